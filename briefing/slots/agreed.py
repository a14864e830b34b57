"""What was agreed, pledged, proposed or refused, by whom, and on whose word."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.numbers import numbers
from briefing.reading import grammar
from briefing.reading.article import Reading, folded
from briefing.reading.cast import TITLE
from briefing.reading.parse import Sentence, Word
from briefing.reading.speech import FACT, Source
from briefing.sentences import statement as printed
from briefing.slots.matching import Context, Match, Matcher, settle_notes
from briefing.slots.notes import Notes
from briefing.slots.rules import AgreedRule, Rules
from briefing.types import Agreed, Evidence, Status

_SEVERAL = frozenset(
    "they both two three four side leader delegation government minister president party country official "
    "participant secretary counterpart".split()
)
# With a word beside them ("business leaders") these are others than those who met.
_KINDS = {"leader", "official", "participant", "delegation"}
_PEOPLE = _KINDS | set(
    "activist advocate delegate executive expert family governor lawmaker legislator mayor member organizer "
    "representative student survivor worker".split()
)
# Numbers, whatever tag they have.
_NUMBERS = set("two three four five six seven eight nine ten eleven twelve".split())
_FOR_SIDES = {"side", "delegation", "government", "party", "country"}


class AgreedReader:
    """Reads the agreed slot."""

    def __init__(self, rules: Rules) -> None:
        self._matcher = Matcher(rules, rules.agreed.rules)
        self._order = rules.agreed.order

    def read(
        self, reading: Reading, principals: Sequence[str], sides: Sequence[str], notes: Notes
    ) -> list[Agreed]:
        """The statements in order of the text.

        `principals` and `sides` are whom "they" and "the two sides" stand for.  The title is read only
        where the text holds nothing.
        """
        found = [
            self._value(reading, sentence, match, source, principals, sides)
            for sentence, source in zip(reading.sentences, reading.sources, strict=True)
            if (match := self._settle(reading, sentence, source, notes)) is not None
        ]
        if not found and reading.title_sentence is not None:
            match = self._settle(reading, reading.title_sentence, FACT, notes)
            if match is not None:
                found.append(self._value(reading, reading.title_sentence, match, FACT, principals, sides))
        return found

    def _settle(self, reading: Reading, sentence: Sentence, source: Source, notes: Notes) -> Match | None:
        """Of the rules that find a sentence, the one that settles it.

        What the main clause states comes before an aside ("after signing the bill, he reaffirmed …"),
        then the strongest status, then the first rule.
        """
        lower = folded(reading.text_of(sentence.number)[sentence.start : sentence.end])
        considered = list(self._matcher.consider(Context(sentence, lower, reading.cast, source)))
        chosen = min(
            (one for one in considered if isinstance(one, Match)),
            key=lambda one: (grammar.is_aside(sentence, one.word), self._order.index(_status(one))),
            default=None,
        )
        settle_notes(notes, "agreed", reading, sentence, considered, chosen)
        return chosen

    def _value(
        self,
        reading: Reading,
        sentence: Sentence,
        match: Match,
        source: Source,
        principals: Sequence[str],
        sides: Sequence[str],
    ) -> Agreed:
        statement = reading.evidence(sentence.start, sentence.end, sentence.number)
        evidence = [statement]
        if source.evidence is not None and sentence.number != TITLE:
            evidence.append(reading.evidence(*source.evidence))
        parties = _parties(reading, sentence, match.word, principals, sides)
        if not parties and source.speaker is not None and _speaks_of_itself(sentence, match.word):
            parties = (source.speaker,)
        if source.verb is not None and match.word.i == source.verb:
            # "Mr Faisal reaffirmed …": he is the party, and the article itself says so.
            source = FACT
            evidence = [statement]
        return Agreed(
            text=printed(statement.quote),
            status=_status(match),
            evidence=_distinct(evidence),
            rule=match.rule.name,
            parties=parties,
            speaker=source.speaker,
            attribution=source.attribution,
        )


def _status(match: Match) -> Status:
    assert isinstance(match.rule, AgreedRule)  # noqa: S101  (the matcher was given no other)
    return match.rule.status


def _speaks_of_itself(sentence: Sentence, word: Word) -> bool:
    """Whether the one who acts is a pronoun for the speaker: "the US said that it would", "we stand by"."""
    doer = grammar.subject(sentence, word)
    return doer is not None and doer.lower in {"i", "we", "it", "he", "she"}


def _distinct(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))


def _parties(
    reading: Reading, sentence: Sentence, word: Word, principals: Sequence[str], sides: Sequence[str]
) -> tuple[str, ...]:
    """Who agreed: the actors named as subject, or whom a plural subject stands for."""
    doer = grammar.subject(sentence, word)
    if doer is None:
        return ()
    named = []
    for one in grammar.joined(sentence, doer):
        found = reading.cast.at(sentence, one)
        actor = found[0] if found is not None else reading.cast.office_holder(sentence, one)
        if actor is not None:
            named.append(actor.name)
    if named:
        return tuple(dict.fromkeys(named))
    several = doer.lemma in _SEVERAL and doer.tag in {"NNS", "NNPS", "PRP", "CD", "DT", "NN"}
    if not several or doer.tag == "NN" or (doer.lower == "they" and _follows_a_group(reading, sentence)):
        return ()
    others = [one for one in sentence.children(doer) if one.dep in {"amod", "compound"}]
    if doer.lemma in _KINDS and any(reading.cast.at(sentence, one) is None for one in others):
        return ()  # "business leaders" are others than those who met, "the Kenyan leaders" are not
    meant = tuple(sides if doer.lemma in _FOR_SIDES and len(sides) > 1 else principals)
    # "The four leaders", where two are known: better nobody than some of them.
    count = _count_of(sentence, doer)
    return meant if count in (None, len(meant)) else ()


def _count_of(sentence: Sentence, doer: Word) -> int | None:
    """How many the subject says that they are: "both", "the four leaders"; None where it does not say."""
    if doer.lower == "both":
        return 2
    for word in (doer, *sentence.children(doer)):
        if word.tag == "CD" or word.lower in _NUMBERS:
            told = next(numbers(word.text), None)
            return int(told.value) if told is not None and told.value.isdigit() else 0
    return None


def _follows_a_group(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence before is about people without names: "The business leaders spoke.  They …"."""
    before = reading.sentences[sentence.number - 1] if sentence.number > 0 else None
    root = next((word for word in before.words if word.dep == "ROOT"), None) if before else None
    if before is None or root is None:
        return False
    doer = grammar.subject_of_its_own(before, root)
    if doer is None or doer.lemma not in _PEOPLE or doer.tag != "NNS":
        return False
    if reading.cast.at(before, doer) is not None:
        return False
    return any(word.dep in {"amod", "compound"} for word in before.children(doer))
