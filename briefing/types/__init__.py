"""The data that flows through the stages: Article → Summary, Slots → Story → Brief.

All of it is frozen.  Offsets count Unicode code points of `Article.text` (or of `Article.title`
where an evidence says so), start inclusive, end exclusive, as Python slices do.
"""

from __future__ import annotations

from briefing.types.articles import Article, Evidence, Failure, Intake, Period
from briefing.types.brief import (
    Aspect,
    Brief,
    Change,
    Changes,
    ChangeStatus,
    Commitment,
    Difference,
    Event,
    Grade,
    Line,
    Meeting,
    Revision,
    Step,
    Story,
    Topic,
    Version,
)
from briefing.types.claims import Attribution, Span, Time, Zone, ZoneKind
from briefing.types.services import DeliveryLog, Generator, Reading, Selector
from briefing.types.slots import (
    DECIDED,
    Agreed,
    Basis,
    Kind,
    Note,
    Outlook,
    Precision,
    Prospect,
    Slot,
    Slots,
    Standing,
    Status,
    When,
    Where,
    Who,
)
from briefing.types.summary import Checked, Summary, SummarySentence

__all__ = [
    "DECIDED",
    "Agreed",
    "Article",
    "Aspect",
    "Attribution",
    "Basis",
    "Brief",
    "Change",
    "ChangeStatus",
    "Changes",
    "Checked",
    "Commitment",
    "DeliveryLog",
    "Difference",
    "Event",
    "Evidence",
    "Failure",
    "Generator",
    "Grade",
    "Intake",
    "Kind",
    "Line",
    "Meeting",
    "Note",
    "Outlook",
    "Period",
    "Precision",
    "Prospect",
    "Reading",
    "Revision",
    "Selector",
    "Slot",
    "Slots",
    "Span",
    "Standing",
    "Status",
    "Step",
    "Story",
    "Summary",
    "SummarySentence",
    "Time",
    "Topic",
    "Version",
    "When",
    "Where",
    "Who",
    "Zone",
    "ZoneKind",
]
