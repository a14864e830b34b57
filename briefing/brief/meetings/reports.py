"""Claims that say that two sides met, or will."""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.brief.meetings.parties import Cast, distinct
from briefing.brief.rules import meeting_rules
from briefing.types import Article, Claim, Mood, Reading, Ref, Time, Who, quotation

Status = Literal["held", "planned"]
# What lies further back is background to the news, not news.
_RECENT = dt.timedelta(days=7)
# A text can be a day ahead of the date that its publisher gives it, by the clock of where they met.
_AHEAD = dt.timedelta(days=1)
# What is said so has not been held, and nobody says that it will.
_OPEN: set[Mood] = {
    "negated", "denied", "possible", "conditional", "obliged", "urged", "unreal", "believed", "asked",
}  # fmt: skip


@dataclass(frozen=True)
class Report:
    """A meeting as the `claims` report it; `start`..`end` is from its word to the last of those met."""

    parties: tuple[Who, ...]
    format: str
    status: Status
    claims: frozenset[int]
    start: int
    end: int
    date: dt.date | None = None
    last: dt.date | None = None


def formats_of(claims: Sequence[Claim]) -> list[str]:
    """The forms of meeting that claims name, in their order."""
    return [form for claim in claims if (form := _form(claim))]


def compatible(one: str, other: str) -> bool:
    """Whether two reports of one meeting may call it so."""
    forms = meeting_rules().forms
    return one == other or one in forms[other].general or other in forms[one].general


def narrower(one: str, other: str) -> str:
    """Of two forms the one that says more, else the first."""
    return other if one in meeting_rules().forms[other].general else one


def _form(claim: Claim) -> str | None:
    forms = meeting_rules().forms
    noun = claim.form == "noun"
    return next((n for n, form in forms.items() if claim.verb in (form.nouns if noun else form.verbs)), None)


class ReportReader:
    """Finds the meetings that the claims of an article report."""

    def __init__(self, article: Article, reading: Reading, who: Sequence[Who]) -> None:
        self._article = article
        self.reading = reading
        self._claims = reading.claims
        self._cast = Cast(who, article, reading)
        self._rules = meeting_rules()

    def read(self, sentence: int) -> list[Report]:
        """The meetings that a sentence, or the title, reports."""
        numbered = [(n, claim) for n, claim in enumerate(self._claims) if claim.sentence == sentence]
        found = [(n, report) for n, claim in numbered for report in self._reports(n, claim)]
        # "Flew to Lima to meet Conti" is one meeting, told by its purpose.
        told = {self._claims[n].holder for n, _ in found if _is_purpose(self._claims[n])}
        return [report for n, report in found if n not in told]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that goes on at this offset of the text."""
        return bisect(self.reading.sentences, (offset, len(self._article.text))) - 1

    def innermost(self, offset: int, sentence: int) -> int | None:
        """The claim to which what stands at this offset belongs."""
        around = [
            (claim.end - claim.start, n)
            for n, claim in enumerate(self._claims)
            if claim.sentence == sentence and claim.start <= offset < claim.end
        ]
        return min(around)[1] if around else None

    def _reports(self, n: int, claim: Claim) -> Iterator[Report]:
        form = _form(claim)
        if form is None or (status := self._status(claim)) is None:
            return
        holder = self._holder(claim)
        own = {n}
        # "Travelled to Lima on Monday and met Conti": the day and the form are those of the journey.
        journey = claim.link == "joined" and holder is not None and _form(holder) == self._rules.journey
        if claim.holder is not None and (journey or _is_infinitive(claim) or claim.form == "noun"):
            own.add(claim.holder)
        if holder is not None and (journey or _is_purpose(claim)):
            form = narrower(_form(holder) or form, form)
        lead, met = self._sides_of(claim, holder)
        times = self._times(claim, own, planned=status == "planned")
        settled = self._settled(status, claim, holder, times)
        if settled is None:
            return
        when = times[0].when if times and times[0].when.precision == "day" else None
        for parties in (
            [[*lead, one] for one in met] if len(met) > 1 and self._apart(claim) else [[*lead, *met]]
        ):
            if len(self._cast.sides(parties)) > 1:
                yield Report(
                    distinct(parties),
                    self._narrowed(form, claim),
                    settled,
                    frozenset(own),
                    claim.at[0],
                    max([claim.at[1], *(ref.end for ref in self._partners(claim))]),
                    when.date if when else None,
                    when.end if when else None,
                )

    def _holder(self, claim: Claim) -> Claim | None:
        return self._claims[claim.holder] if claim.holder is not None else None

    def _partners(self, claim: Claim) -> list[Ref]:
        form = self._rules.forms[_form(claim) or ""]
        if claim.form == "noun":
            holder = self._holder(claim)
            more: Sequence[Ref] = ()
            if holder is not None and holder.verb in self._rules.including:
                more = (*(ref for ref in holder.obliques if ref.via == "to"), *holder.objects)
            elif holder is not None and holder.verb in self._rules.holding:
                more = [ref for ref in holder.obliques if ref.via == "with"]
            return [*(ref for ref in claim.obliques if ref.via in self._rules.beside_noun), *more]
        places = form.verbs[claim.verb]
        objects = claim.objects if "object" in places else ()
        return [*objects, *(ref for ref in claim.obliques if ref.via in places)]

    def _sides_of(self, claim: Claim, holder: Claim | None) -> tuple[list[Who], list[Who]]:
        """Those who act, and those whom they meet; nobody where it takes two and there is one."""
        partners = self._partners(claim)
        # "Met at the White House with Conti": the parser has him beside the house.
        met = self._cast.named(partners, claim) or self._cast.beside(claim, claim.obliques, {"with"})
        met += [
            who for who in self._cast.listed(partners, claim) if who.name not in {one.name for one in met}
        ]
        if any(ref.via == "between" for ref in partners):
            return [], met
        lead = self._cast.possessors(claim) if claim.form == "noun" else []
        lead = lead or self._cast.named(claim.agents, claim)
        above: Claim | None = claim
        while not lead and above is not None and not above.agents and (above := self._holder(above)):
            lead = self._cast.named(above.agents, above)
        if (
            _is_infinitive(claim)
            and holder is not None
            and "object" in holder.complements
            and claim.link == "complement"
        ):
            lead = self._cast.named(holder.objects, holder) or lead  # "sent him to meet"
        mutual = claim.form == "noun" or "together" in self._rules.forms[_form(claim) or ""].verbs[claim.verb]
        named = [ref for ref in partners if ref.via is None]
        if not met and not mutual:
            return [], []
        if claim.verb in self._rules.naming and len(named) > 1 and len(met) < len(named):
            return [], []  # "called him a friend"
        return lead, met

    def _apart(self, claim: Claim) -> bool:
        """Whether there was one meeting with each: "meetings with", "met separately with"."""
        if not self._rules.separately.isdisjoint(claim.marks):
            return True
        word = quotation(self._article, *claim.at, claim.sentence).quote.lower()
        return claim.form == "noun" and word != claim.verb and claim.verb not in self._rules.plural

    def _status(self, claim: Claim) -> Status | None:
        """Whether the claim says that it was, or will be; None where it says neither."""
        moods = claim.moods
        if moods & _OPEN:
            return None
        holder = self._holder(claim)
        if claim.form == "noun":
            return self._status_of_noun(claim, holder)
        if holder is not None and (_is_infinitive(claim) or "hoped" in moods):
            if _is_purpose(claim):
                return self._status(holder) if _form(holder) else None
            if holder.verb in self._rules.carrying:
                return self._status(holder)
            return "planned" if self._plans(claim, holder) and not holder.moods & _OPEN else None
        if "hoped" in moods or (claim.verb in self._rules.only_planned and "future" not in moods):
            return None
        return "planned" if "future" in moods else None if "earlier" in moods else "held"

    def _plans(self, claim: Claim, holder: Claim) -> bool:
        """Whether the clause above says that it will be: "agreed to", "is due to", "are to"."""
        cues = [
            quotation(self._article, q.start, q.end, claim.sentence).quote.lower() for q in claim.qualifiers
        ]
        due = holder.verb == "be" and any(cue in self._rules.due for cue in cues)
        return due or holder.verb in self._rules.planning

    def _status_of_noun(self, claim: Claim, holder: Claim | None) -> Status | None:
        if holder is None:
            return "held"
        holder, via = self._hung(claim, holder)
        if holder.verb in self._rules.called_off or (holder.verb == "call" and "off" in holder.complements):
            return None
        if _form(holder) and holder.verb not in self._rules.holding:
            # "Met Minh after talks between others", but "flew to Lima for talks with Conti".
            return None if via in self._rules.apart else self._status(holder)
        if via in self._rules.ahead:
            return "planned"
        if via in self._rules.around or holder.verb in self._rules.holding | self._rules.including:
            return self._status(holder)
        return "planned" if holder.verb in self._rules.planning and self._status(holder) else None

    def _hung(self, claim: Claim, holder: Claim) -> tuple[Claim, str | None]:
        """The claim on which a noun hangs by a preposition, and this one."""
        above: Claim | None = holder
        while above is not None:
            for ref in above.obliques:
                if ref.start == claim.at[0]:
                    return above, ref.via
            above = self._holder(above)
        return holder, None

    def _settled(
        self, status: Status, claim: Claim, holder: Claim | None, times: Sequence[Time]
    ) -> Status | None:
        """The status as the times have it; None where they put it out of the news of the article."""
        first = times[0] if times else None
        day = first.when.end or first.when.date if first is not None else None
        published = self._article.date
        since = published - day if published is not None and day is not None else None
        if status == "planned":
            past = holder is not None and holder.verb == "be" and holder.form == "past"
            over = since is not None and since > dt.timedelta(0)
            return None if over or (past and not (first and first.future)) else status
        if since is not None and since > _RECENT:
            return None
        if first is None or not first.future:
            return status
        if claim.form in ("present", "ing") or (holder is not None and holder.form == "present"):
            return "planned"
        near = first.when.precision == "day" and since is not None and -since <= _AHEAD
        return status if near else None

    def _times(self, claim: Claim, own: set[int], *, planned: bool) -> list[Time]:
        """The times of the claim, the nearest first; that of a plan follows it."""
        at, end = claim.at
        found = [
            time
            for time in self.reading.times_in(claim.sentence)
            if self.innermost(time.start, claim.sentence) in own
        ]
        return sorted(found, key=lambda one: (planned and one.start < at, max(one.start - end, at - one.end)))

    def _narrowed(self, form: str, claim: Claim) -> str:
        """The form by the means that the claim names: "by phone", "in a video call", "virtually"."""
        forms, means = self._rules.forms, self._rules.means
        words = [*claim.marks, *(ref.lemma for ref in claim.obliques if ref.via in self._rules.by_means)]
        remote = self.reading.remote
        if (
            remote is not None
            and remote.sentence == claim.sentence
            and claim.start <= remote.start < claim.end
        ):
            words += quotation(self._article, remote.start, remote.end, remote.sentence).quote.lower().split()
        for word in words:
            named = means.get(word) or next((n for n, one in forms.items() if word in one.nouns), None)
            form = narrower(form, named) if named else form
        return form


def _is_infinitive(claim: Claim) -> bool:
    return claim.form == "base" and "to" in claim.auxiliaries


def _is_purpose(claim: Claim) -> bool:
    return _is_infinitive(claim) and claim.link == "adverbial"
