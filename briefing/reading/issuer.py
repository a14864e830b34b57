"""For whom the officials of a readout speak: the state that issued it, or the other side."""

from __future__ import annotations

import re
from collections import Counter

from briefing.reading.cast import Actor, Mention
from briefing.reading.lexicon import Entry, Lexicon
from briefing.reading.offices import OfficeReader
from briefing.reading.parsed import Parsed
from briefing.reading.words import Sentence, Word
from briefing.types import TITLE

_STANDS_FOR = frozenset("commitment support position resolve readiness determination willingness".split())
_PAIR = re.compile(r"\b([A-Z][\w.]*)[-–]([A-Z][\w.]*)")
_OPENING = 2  # sentences
# Between the two sides of a title: "Meeting of X and Y with Z", "Call of X and Z".
_WITH = re.compile(r".*?\bwith\b|.*?\band\b(?!.*\bwith\b)", re.IGNORECASE)
# "Readout of X's Trip to Y".
_TO = re.compile(r".*?\b(?:trip|visit|travel|travels)\s+to\b", re.IGNORECASE)
# Who bears such an office in a readout without a second state is of the issuer's own administration.
_OWN_OFFICES = re.compile(
    r"\b(?:secretary|director|advis[eo]r|administrator|coordinator|counsel(?:l)?or)\b", re.IGNORECASE
)
# "Met with X", "spoke to X"; not "between X and Y", of whom either may be the one who received.
_RECEIVED_BY = {"with", "to", "for"}
_BODY = re.compile(
    r"\b(?:Department|Office|Administration|Agency|Council|Bureau|Ministry|Cabinet|Commission|Service)\b"
)
_OF_MANY = re.compile(r"^(?:International|World|Global|European|African|Inter-|United Nations|UN )")
_WITH_STATE = {"name", "adjective", "organisation", "body"}


def settle_readout(parsed: Parsed, lexicon: Lexicon, offices: OfficeReader) -> None:
    """Gives the officials of a readout their sides.

    In this order: a member of parliament speaks for the parliament that the text names; an office that
    the issuer has not is the other side's; the second of two joined officials shares the side of the
    first; the partners in the title have the state that the title gives them; the rest are the issuer's, but
    a head of state or government only where the text tells him from the other side's.
    """
    partner = _title_partner(parsed, lexicon)
    issuer = _issuer(parsed, lexicon, partner)
    if partner is None and issuer is not None:
        partner = _other_of_pair(parsed, lexicon, issuer)
    _settle_bodies(parsed, issuer)
    # Who stands before "'s Trip to" went there, whoever sent them.
    split = _WITH.match(parsed.title) or _TO.match(parsed.title)
    parliament = offices.parliament_of.get(issuer or "")
    for actor in parsed.cast.persons():
        role = actor.role
        if role is None or actor.side is not None or actor.former:
            continue
        if offices.is_regional(role):
            actor.side = _only_region(parsed, lexicon)
            continue
        if offices.is_legislator(role):
            actor.side = parliament or partner or issuer
            continue
        title = [m for m in actor.mentions if m.sentence == TITLE]
        if title and split is not None:
            partners = title[0].start >= split.end()
        else:
            partners = _is_received(parsed, actor)
        if issuer is not None and offices.is_unknown_in(role, issuer):
            partners = True
        if partner is None and (_OWN_OFFICES.search(role) or role.lower() in {"president", "vice president"}):
            partners = False
        shared = None if title else _joined_side(parsed, actor, offices)
        side = shared or (partner if partners else issuer)
        rivals = _rivals(parsed, actor, offices)
        head = offices.portfolio(role) == "head"
        if side == issuer and head and not title and (rivals or (partner and not _opens(parsed, actor))):
            # "The engagement between President X and President Y": nothing says whose presidents they are.
            continue
        # "President X, President Y": a state has but one.
        taken = offices.is_single(role) and side in rivals
        actor.side = None if taken else side


def _only_region(parsed: Parsed, lexicon: Lexicon) -> str | None:
    """The region of a governor or mayor: the one that the title or the opening names."""
    opening = (parsed.title_sentence, *parsed.sentences[:_OPENING])
    named = {
        word.text
        for sentence in opening
        if sentence is not None
        for word in sentence.words
        if word.is_proper_noun and lexicon.region(word.text) is not None
    }
    return named.pop() if len(named) == 1 else None


def _settle_bodies(parsed: Parsed, issuer: str | None) -> None:
    """A department or council that the readout names without a state is the issuer's."""
    for actor in parsed.cast.actors:
        if (
            actor.kind == "organisation"
            and actor.side == actor.name
            and _BODY.search(actor.name)
            and not _OF_MANY.match(actor.name)
        ):
            actor.side = issuer


def _joined_side(parsed: Parsed, actor: Actor, offices: OfficeReader) -> str | None:
    """The side of the official right before: "ROK President X and First Lady Y"."""
    for mention in actor.mentions:
        if mention.sentence == TITLE:
            continue
        sentence = parsed.sentences[mention.sentence]
        words = sentence.words
        first = mention.role_span[0] if mention.role_span else mention.first
        if first < 2 or words[first - 1].lower not in {"and", "&"}:
            continue
        found = parsed.cast.at(sentence, words[first - 2])
        if found is None or found[0].kind != "person" or found[0].former or not found[0].role:
            continue
        office, other = offices.portfolio(actor.role or ""), offices.portfolio(found[0].role)
        if offices.side(found[0].role) is not None and (office is None or office != other):
            return found[0].side
    return None


def _title_partner(parsed: Parsed, lexicon: Lexicon) -> str | None:
    """The state after "with" in the title, or that of the journey."""
    split = _WITH.match(parsed.title) or _TO.match(parsed.title)
    rest = parsed.title[split.end() :] if split else ""
    entry: Entry | None = lexicon.first_in(rest)
    if entry is not None and entry.form == "organisation":
        _, _, behind = rest.partition(f"{entry.name} of ")  # "the Democratic Party of Japan"
        state = lexicon.first_in(behind)
        entry = state if state is not None and state.form == "name" else entry
    return entry.side if entry is not None and entry.form in _WITH_STATE else None


def _pairs(parsed: Parsed, lexicon: Lexicon) -> list[tuple[str, str]]:
    """The states of "the U.S.-Kenya partnership", in this order."""
    found = []
    for match in _PAIR.finditer(f"{parsed.title} {parsed.text}"):
        first, second = lexicon.look_up(match[1]), lexicon.look_up(match[2])
        if first is not None and second is not None and first.side != second.side:
            found.append((first.side, second.side))
    return found


def _other_of_pair(parsed: Parsed, lexicon: Lexicon, issuer: str) -> str | None:
    others = {second for first, second in _pairs(parsed, lexicon) if first == issuer}
    return next(iter(others)) if len(others) == 1 else None


def _issuer(parsed: Parsed, lexicon: Lexicon, partner: str | None) -> str | None:
    """The state whose readout it is.

    That of the source; else the first half of "the U.S.-Kenya partnership"; else the state whose bodies
    open the text, or which owns ("the United States' commitment") and acts most often.  Where none of
    these speaks clearly, none is guessed.
    """
    entry = lexicon.first_in(parsed.source or "")
    if entry is not None:
        return entry.side
    for first, second in _pairs(parsed, lexicon):
        if second == partner:
            return first
    counts: Counter[str] = Counter()
    for actor in parsed.cast.actors:
        if actor.side is None or actor.side == partner or actor.side not in lexicon.states:
            continue
        for mention in actor.mentions:
            counts[actor.side] += _speaks_as_issuer(parsed, actor, mention, partner)
    for sentence in parsed.sentences:
        for word in sentence.words:
            region = lexicon.region(word.text) if word.entity == "GPE" else None
            if region is not None:
                counts[region] += 1
    ranked = [(name, count) for name, count in counts.most_common(2) if count]
    clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] >= 2 * ranked[1][1])
    return ranked[0][0] if ranked and clear else None


def _speaks_as_issuer(parsed: Parsed, actor: Actor, mention: Mention, partner: str | None) -> int:
    if actor.kind == "organisation":
        return 3 if mention.sentence < _OPENING else 0
    if actor.kind != "state" or mention.sentence == TITLE or mention.form != "name":
        return 0
    sentence = parsed.sentences[mention.sentence]
    word = sentence.words[mention.last]
    above = sentence.words[word.head]
    joined = [above] if word.is_joined else [c for c in sentence.children(word) if c.is_joined]
    for other in joined:  # "between the United States and Gabon"
        found = parsed.cast.at(sentence, other)
        if partner is not None and found is not None and found[0].name == partner:
            return 3
    return int(word.is_actor or word.is_compound or (word.is_owner and above.lemma in _STANDS_FOR))


def _is_received(parsed: Parsed, actor: Actor) -> bool:
    """Whether the text first names the person as the one met: "met with X", "hosted X"."""
    mention = next((m for m in actor.mentions if m.sentence != TITLE), None)
    if mention is None:
        return False
    sentence = parsed.sentences[mention.sentence]
    if sentence.words[mention.last].is_compound:
        return False  # "the Biden-Harris Administration"
    word = _top(sentence, mention)
    return word.is_direct_object or (
        word.follows_preposition and sentence.words[word.head].lower in _RECEIVED_BY
    )


def _rivals(parsed: Parsed, actor: Actor, offices: OfficeReader) -> list[str | None]:
    """The sides of the others who bear the same office."""
    core = offices.core(actor.role or "")
    return [
        other.side
        for other in parsed.cast.persons()
        if other is not actor and not other.former and other.role and offices.core(other.role) == core
    ]


def _opens(parsed: Parsed, actor: Actor) -> bool:
    """Whether the first sentence names him, the opening tells what he does, or an administration is his."""
    surname = actor.name.split()[-1]
    if re.search(rf"\b(?:\w+-)?{re.escape(surname)}(?:-\w+)? Administration\b", parsed.text):
        return True
    for mention in actor.mentions:
        if 0 <= mention.sentence < _OPENING:
            sentence = parsed.sentences[mention.sentence]
            word = _top(sentence, mention)
            if mention.sentence == 0 or (word.is_doer_or_done_to and sentence.words[word.head].is_root):
                return True
    return False


def _top(sentence: Sentence, mention: Mention) -> Word:
    word = sentence.words[mention.last]
    first, last = mention.role_span or (0, -1)
    # The office is read with the name: "Director of the Water Council Ana Lind" hangs on "Director".
    while word.head != word.i and (word.is_joined or word.names_its_head or first <= word.head <= last):
        word = sentence.words[word.head]
    return word
