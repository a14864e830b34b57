"""The news of an article in one line: the sentence that tells its event, without what can be spared.

Nothing is put in that the article does not say: parts of the sentence are left out, in a fixed order, until
it is short enough; a pronoun gives way to the name that it stands for, and "here" to the place of the
dateline, in brackets.  Who says it always stays: without its "police said" it would be another statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.brief.rules import telling_rules
from briefing.editing import Edit, applied, overlaps
from briefing.reading.headline import headline, names_document
from briefing.reading.here import placed
from briefing.reading.standing import Needs
from briefing.types import DECIDED, TITLE, Article, Claim, Entity, Evidence, Reading, Slots, quotation
from briefing.types.claims import Span

MOST = 30  # words of a line
_ENOUGH = 26  # words from which on nothing more is left out of a line ...
_HEADING = 16  # ... and of a heading, which keeps ...
_FEWEST_IN_HEADING = 10  # ... as many: "voiced satisfaction" alone is no news
_FEWEST = 5
_FEWEST_IN_TITLE = 4
_OPENING = 3  # sentences
_OFFICE = 5  # words of an office that is told with a name
_FINITE = {"past", "present"}
_DOERS = {"agent", "subject"}
_ASIDE_FROM_IT = {"place", "office"}
_THE = re.compile(r"\b[Tt]he\s+(?:\w+\s+)?$")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_ANY = re.compile(r"\b[Aa]n?\s+(?:[\w-]+\s+){1,3}$")
_ON = re.compile(r"\b[Oo]n\s+$")
_OPENS = re.compile(r"(?:,|\s[\u2013\u2014-])\s*$")
_CLOSES = re.compile(r"\s*(?:,|[.!]?\s*$)")
_BLANKS = re.compile(r"\s+([,.;:])")
_ENDED = re.compile(r"[.!?][\"\u201d'\u2019]?$")
_STOP = re.compile(r"(?<!\.\w)\.$")


@dataclass(frozen=True)
class Told:
    """A line of at most MOST words with what it quotes, the whole sentence first; a heading is shorter.

    `sides` are those whom its sentence concerns, who does something first.
    """

    text: str
    evidence: tuple[Evidence, ...]
    heading: str = ""
    sides: tuple[str, ...] = ()


def told(article: Article, reading: Reading, slots: Slots, needs: Sequence[Needs]) -> Told | None:
    """The line for an article; None where nothing of its opening stands alone in so few words.

    The lead comes first, then the title, if it is one of news, then the sentences that follow.  A record of a
    meeting opens with the fact that there was one: there, what was decided comes before all else.  Of each
    sentence, in order, `needs` says what it leans on.
    """
    decided = {}
    if reading.readout:
        starts = {start: number for number, (start, _) in enumerate(reading.sentences)}
        agreed = [one for one in slots.agreed if one.status in DECIDED and one.evidence[0].start in starts]
        decided = {starts[one.evidence[0].start]: one.parties for one in agreed}
    for number in dict.fromkeys((*decided, 0, TITLE, *range(1, _OPENING))):
        if number == TITLE:
            line = _titled(article, reading)
        elif number < len(reading.sentences):
            line = _line(article, reading, number, decided.get(number), needs[number])
        else:
            line = None
        if line is not None:
            return line
    return None


def _titled(article: Article, reading: Reading) -> Told | None:
    """The title, where it tells the news, with a verb and as no question, or what a record is of."""
    title = article.title or ""
    span = headline(title)
    tells = any(claim.form != "noun" for claim in reading.claims_in(TITLE)) and not title.endswith("?")
    if span is None or not (tells or names_document(title)):
        return None
    text = " ".join(title[slice(*span)].split())
    if not _FEWEST_IN_TITLE <= len(text.split()) <= MOST:
        return None
    return Told(text, (quotation(article, *span, TITLE),), text, _sides(reading, TITLE, ()))


def _line(
    article: Article, reading: Reading, number: int, parties: tuple[str, ...] | None, needs: Needs
) -> Told | None:
    """The sentence, cut; None where it tells no event, is too long, or does not stand alone.

    `parties` are those who decided what it says, None for a sentence that is not told for that.
    """
    main = next((one for one in reading.claims_in(number) if one.link == "main" and one.holder is None), None)
    if main is None or main.form == "noun" or main.subject is None:
        return None
    if number > 0 and parties is None and main.role in {"background", "view"}:
        return None
    span = reading.sentences[number]
    whole = article.text[slice(*span)].strip()
    if whole.endswith("?") or whole.count('"') % 2 or whole.count("\u201c") != whole.count("\u201d"):
        return None
    named = _named(article, reading, main, parties or (), first=number == 0)
    if named is None or needs.never or not (named or needs.nothing):
        return None
    edits = [*named, *_placed(article, reading, span)]
    cuts = list(_cuts(article, reading, number))
    text, used = _cut(article, span, edits, cuts, _ENOUGH, _FEWEST)
    if not _FEWEST <= len(text.split()) <= MOST:
        return None
    heading, _ = _cut(article, span, edits, cuts, _HEADING, _FEWEST_IN_HEADING)
    sources = dict.fromkeys(at for one in used if one.put in text for at in one.sources)
    evidence = (quotation(article, *span, number), *(quotation(article, *one) for one in sources))
    return Told(text, evidence, _STOP.sub("", heading), _sides(reading, number, used))


def _sides(reading: Reading, number: int, edits: Sequence[Edit]) -> tuple[str, ...]:
    """The states that are named in what is told of a sentence, and those for whom somebody acts there."""
    gone = [one.span for one in edits if not one.put]
    found = []
    for entity in reading.entities:
        side = entity.name if entity.kind == "state" else entity.side
        own = [
            (one.part not in _DOERS or one.modifying, one.start)
            for one in entity.mentions
            if one.sentence == number and one.part not in _ASIDE_FROM_IT
            if not overlaps((one.start, one.end), gone)
            # "The G20 Summit" is where others met.
            if not (one.part == "beside" and one.governor in telling_rules().gatherings)
        ]
        if side is not None and not entity.outsider and own:
            found.append((min(own), side))
    return tuple(dict.fromkeys(side for _, side in sorted(found)))


def _cut(
    article: Article, span: Span, edits: Sequence[Edit], cuts: Sequence[Span], enough: int, fewest: int
) -> tuple[str, list[Edit]]:
    """The sentence with the edits, and with cuts until it has few enough words; none leaves too few."""
    used = sorted(edits, key=lambda one: one.span)
    text = _sentence(article, span, used)
    for cut in cuts:
        if len(text.split()) <= enough:
            break
        rest = [one for one in used if one.put or not (cut[0] <= one.span[0] and one.span[1] <= cut[1])]
        if overlaps(cut, (one.span for one in rest)):
            continue
        fewer = sorted((*rest, Edit(cut)), key=lambda one: one.span)
        shorter = _sentence(article, span, fewer)
        if len(shorter.split()) >= fewest:
            text, used = shorter, fewer
    return text, used


def _named(
    article: Article, reading: Reading, main: Claim, parties: tuple[str, ...], *, first: bool
) -> list[Edit] | None:
    """The names for a pronoun that acts, or for a surname alone; None where nobody is known for it."""
    doer = main.agents[0] if main.agents else main.subject
    if doer is None:
        return []
    span = (doer.start, doer.end)
    entity = reading.entity(doer.actor)
    if entity is None and parties and (doer.pronoun or doer.several):
        # "They", "The two leaders": whoever decided it.
        begins = doer.start if doer.opens is None else doer.opens
        article_before = _THE.search(article.text, 0, begins)
        span = (article_before.start() if article_before else begins, doer.end)
        full = [_full(article, reading.entity(one)) for one in parties]
        known = [one for one in full if one is not None]
        put = f"[{' and '.join(parties)}]" if len(parties) < 3 else f"[{', '.join(parties)}]"
        return [Edit(span, put, known)] if len(known) == len(full) else None
    if entity is None:
        return None if doer.pronoun or not (first or doer.proper) else []
    written, whole = set(article.text[slice(*span)].split()), set(entity.name.split())
    if not doer.pronoun and (first or entity.kind != "person" or not written < whole):
        return []
    at = _titled_name(article, entity)
    return [Edit(span, f"[{' '.join(article.text[slice(*at)].split())}]", [at])] if at is not None else None


def _full(article: Article, entity: Entity | None) -> Span | None:
    """Where the text first gives the whole name."""
    named = () if entity is None else (one for one in entity.mentions if one.sentence != TITLE)
    return next(
        (
            (one.start, one.end)
            for one in named
            if entity and " ".join(article.text[one.start : one.end].split()) == entity.name
        ),
        None,
    )


def _titled_name(article: Article, entity: Entity) -> Span | None:
    """The same with the office right before it, if that is short: "Foreign Minister Ida Lund"."""
    at = _full(article, entity)
    office = next(
        (one.office for one in entity.mentions if (one.start, one.end) == at and one.sentence != TITLE), None
    )
    if at is None or office is None or not 0 <= at[0] - office[1] <= 1:
        return at
    return (office[0], at[1]) if len(article.text[slice(*office)].split()) <= _OFFICE else at


def _placed(article: Article, reading: Reading, span: Span) -> Iterator[Edit]:
    """The place of the dateline for "here"."""
    place = next((one for one in reading.places if one.basis == "dateline" and one.place), None)
    if place is not None and place.place is not None:
        yield from placed(article.text, span, (place.start, place.end), place.place)


def _cuts(article: Article, reading: Reading, number: int) -> Iterator[Span]:
    """What can be spared, what is missed least first."""
    yield from _asides(article, reading, number)
    yield from _days(article, reading, number)
    yield from _clauses(article, reading, number, "relative")
    yield from _clauses(article, reading, number, "adverbial")
    yield from _about_any(article, reading, number)
    if reading.readout and number == 0:
        yield from _purposes(article, reading, number)


def _asides(article: Article, reading: Reading, number: int) -> Iterator[Span]:
    start, end = reading.sentences[number]
    yield from (found.span() for found in _ASIDE.finditer(article.text, start, end))


def _days(article: Article, reading: Reading, number: int) -> Iterator[Span]:
    """The day of the article: a brief of that day need not say it."""
    start, _ = reading.sentences[number]
    for time in reading.times_in(number):
        if article.date is not None and time.when.date == article.date and time.when.precision == "day":
            before = _ON.search(article.text, start, time.start)
            yield (before.start() if before else time.start), time.end


def _clauses(article: Article, reading: Reading, number: int, link: str) -> Iterator[Span]:
    """Clauses that a comma or a word of their own sets off, the last first.

    None by whose word the sentence stands, and no relative clause without a comma, which says who is meant.
    """
    start, end = reading.sentences[number]
    source = reading.sources[number]
    for claim in reversed(reading.claims_in(number)):
        first, last = claim.start, min(claim.end, end)
        told_by = source.at is not None and first <= source.at < last
        if claim.link != link or told_by:
            continue
        before = _OPENS.search(article.text, start, first)
        closed = _CLOSES.match(article.text, last, end)
        if closed is None or (before is None and (link == "relative" or not claim.marks)):
            continue
        if closed.group().strip() == "," and link != "relative" and claim.form not in _FINITE:
            continue  # "including those of China, of the climate, and of Russia": it may go on
        # The comma that closes it goes too, where the sentence goes on.
        comma = before is not None and before.group().strip() == "," and closed.group().strip() == ","
        yield (before.start() if before else first), closed.end() if comma else last


def _about_any(article: Article, reading: Reading, number: int) -> Iterator[Span]:
    """Relative clauses about "a town", "an official": without them the sentence only says less."""
    start, _ = reading.sentences[number]
    source = reading.sources[number]
    for claim in reversed(reading.claims_in(number)):
        told_by = source.at is not None and claim.start <= source.at < claim.end
        # "In a bid to win" is none: it has no subject of its own.
        perfect = claim.form == "participle" and bool(claim.auxiliaries)
        whole = claim.subject is not None and (claim.form in _FINITE or perfect)
        any_one = _ANY.search(article.text, start, claim.start) is not None
        if claim.link == "relative" and whole and any_one and not told_by:
            yield claim.start, claim.end


def _purposes(article: Article, reading: Reading, number: int) -> Iterator[Span]:
    """What those who met or spoke did so for; not where a noun needs it ("in a bid to …")."""
    start, end = reading.sentences[number]
    claims = reading.claims_in(number)
    for claim in reversed(claims):
        infinitive = claim.form == "base" and article.text.startswith("to ", claim.start)
        # What follows and tells of no deed of its own belongs to it: "to discuss dams, ports and trade".
        last = not any(one.start >= claim.end for one in claims)
        if infinitive and claim.link in {"adverbial", "relative"} and last:
            before = article.text[start : claim.start].rstrip().rpartition(" ")[2]
            if before.lower() not in telling_rules().needs_purpose:
                yield claim.start, start + len(article.text[start:end].rstrip(" ."))


def _sentence(article: Article, span: Span, edits: Sequence[Edit]) -> str:
    """The text of the span after the edits, on one line, as a sentence."""
    text = applied(article.text, span, edits, gap=" ")
    text = _BLANKS.sub(r"\1", " ".join(text.split())).strip(" ,;:-\u2013\u2014")
    return text[:1].upper() + text[1:] + ("" if _ENDED.search(text) else ".")
