"""Where a meeting took place, or will: as its own report says, or the dateline before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.brief.meetings.reports import Report, ReportReader
from briefing.types import TITLE, Article, Where, quotation

_STATED = {"stated-city", "stated-region", "stated-place", "stated-state"}
_DATED = 3  # sentences that tell what happened where the dateline says
# A text can be a day ahead of the date that its publisher gives it.
_AHEAD = dt.timedelta(days=1)


def place_of(
    article: Article, reader: ReportReader, report: Report, sentence: int, places: Sequence[Where]
) -> Where | None:
    """The place of a meeting; `places` are those of the article's event: another may be that of another."""
    own = {*report.claims, None} if report.status == "held" else report.claims
    for where in (one for one in places if one.rule != "dateline"):
        for one in where.evidence:
            here = reader.sentence_at(one.start) if one.field != "title" else TITLE
            if here == sentence and reader.innermost(one.start, sentence) in own:
                return where
    stated = _stated(article, reader, report, sentence)
    if stated is not None or report.status != "held" or not 0 <= sentence < _DATED:
        return stated
    return _of_dateline(article, reader, report, sentence, places)


def _stated(article: Article, reader: ReportReader, report: Report, sentence: int) -> Where | None:
    """The place of the claim beside which the meeting is told: "arrived in Lima and held talks"."""
    claims = reader.reading.claims
    beside = report.claims | {claims[n].holder for n in report.claims if claims[n].link == "joined"}
    for place in reader.reading.places:
        told = place.sentence == sentence and place.rule in _STATED and place.country is not None
        if told and reader.innermost(place.start, sentence) in beside:
            at = replace(quotation(article, place.start, place.end, sentence), article=article.id)
            return Where((at,), place.rule, place.place, place.country, place.basis)
    return None


def _of_dateline(
    article: Article, reader: ReportReader, report: Report, sentence: int, places: Iterable[Where]
) -> Where | None:
    """Where the writer sits, unless the sentence names another place or the meeting was on another day."""
    dateline = next((where for where in places if where.rule == "dateline"), None)
    if dateline is None:
        return None
    named = (one for one in reader.reading.places if one.sentence == sentence and one.part == "in")
    late = report.date is not None and article.date is not None and article.date - report.date > _AHEAD
    return None if late or any(one.country != dateline.country for one in named) else dateline
