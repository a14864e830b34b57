"""What earlier days say about a brief: its changes, the ledger, and the articles that these quote.

Everything is read from the archive's briefs, the latest of each day; days from that of the brief on are never
looked at, so a brief made again comes out the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pydantic import TypeAdapter, ValidationError

from briefing.archive import Archive
from briefing.brief import Entry, entry, ledger, to_show
from briefing.errors import UsageError
from briefing.render.load import digests_of, load_brief, read_object
from briefing.types import Article, Brief, Changes, Commitment, Evidence

# How far ahead a due date is worth a line.
_AHEAD = dt.timedelta(days=7)

Compared = Callable[[Brief, Brief], Brief]
"""Gives the second brief with its changes since the first one."""


@dataclass(frozen=True)
class History:
    """The days in an archive."""

    archive: Archive

    def brief(self, day: dt.date) -> Brief | None:
        """The latest brief of a day, with the texts of its articles; None where there is none."""
        filed = self.archive.brief(day)
        return self.load(filed, f"the brief of {day} in {self.archive.path}") if filed else None

    def load(self, text: str, name: str) -> Brief:
        """A brief from its JSON, with the texts that the archive has.  Raises SourceError."""
        value = read_object(text, name)
        return load_brief(value, name, self.archive.texts(digests_of(value)))

    def ledger(self, until: dt.date) -> tuple[Commitment, ...]:
        """The ledger as of a day."""
        return ledger(self._entries(until))

    def earlier_day(self, date: dt.date, since: dt.date | None) -> dt.date | None:
        """The day to compare a brief of `date` with: `since`, else the latest earlier one that has a brief.

        Raises UsageError where `since` has none, or is no earlier day.
        """
        last = self.archive.last_day_before(date)
        if since is None:
            return last
        if since >= date:
            raise UsageError(f"{since} is not before {date}", "Name an earlier day to compare with.")
        if self.archive.brief(since) is None:
            raise UsageError(
                f"there is no brief of {since} in {self.archive.path}",
                f"The latest earlier one is of {last}." if last else "There is no earlier brief at all.",
            )
        return since

    def complete(self, brief: Brief, since: dt.date | None, compared: Compared) -> tuple[Brief, str]:
        """The brief with its changes and commitments, and what the archive keeps of it for the ledger.

        `since` names the day to compare with (`earlier_day`, which raises UsageError).
        """
        day = self.earlier_day(brief.date, since)
        return self.beside(brief, self.brief(day) if day else None, compared)

    def beside(self, brief: Brief, old: Brief | None, compared: Compared) -> tuple[Brief, str]:
        """As `complete` does, with the earlier brief at hand; None compares with nothing."""
        changes = compared(old, brief).changes if old else None
        today = entry(brief.stories, brief.date)
        before = self._entries(day_before(brief.date))
        shown = to_show(ledger([*before, today]), brief.date, _AHEAD)
        known = [*(_articles(old) if old else ()), *(article for day in before for article in day.articles)]
        earlier = self._quoted(brief, changes, shown, known)
        whole = replace(brief, changes=changes, commitments=shown, earlier=earlier)
        return whole, dump_entry(today)

    def entries_digest(self, until: dt.date | None) -> str:
        """Hex sha256 of what the ledger is folded from, up to a day; None is before all days."""
        kept = [(str(day), value) for day, value in self._filed(until)]
        return hashlib.sha256(json.dumps(kept).encode()).hexdigest()

    def _entries(self, until: dt.date | None) -> list[Entry]:
        return [self._entry(day, value) for day, value in self._filed(until)]

    def _filed(self, until: dt.date | None) -> list[tuple[dt.date, str]]:
        return self.archive.commitments(until) if until is not None else []

    def _entry(self, day: dt.date, value: str) -> Entry:
        if value:
            try:
                return _entries_adapter().validate_json(value)
            except ValidationError:
                raise self.archive.damaged(f"what the ledger reads of {day}") from None
        # Filed before there was a ledger.
        old = self.brief(day)
        return entry(old.stories, old.date) if old else Entry()

    def _quoted(
        self,
        brief: Brief,
        changes: Changes | None,
        commitments: Sequence[Commitment],
        known: Iterable[Article],
    ) -> tuple[Article, ...]:
        """The articles that only earlier briefs had, as far as lines of this one quote them."""
        todays: dict[str | None, Article] = {
            article.id: article for story in brief.stories for article in story.articles
        }
        wanted = [
            one for one in _old_evidence(changes, commitments) if not _quotes(one, todays.get(one.article))
        ]
        by_digest = {article.sha256: article for article in known}
        ids = {one.article for one in wanted}
        candidates = [article for article in by_digest.values() if article.id in ids]
        texts = self.archive.texts(article.sha256 for article in candidates)
        whole = [replace(one, text=texts.get(one.sha256, "")) for one in candidates]
        return tuple(article for article in whole if any(_quotes(one, article) for one in wanted))


def day_before(day: dt.date) -> dt.date | None:
    """The last day that may count for what a brief says of the past; None where there is no earlier day."""
    return day - dt.timedelta(days=1) if day > dt.date.min else None


def lacking(brief: Brief, archive: Archive) -> str:
    """A sentence for the reader where articles of a brief have no text; "" where all have.

    Stories are known again by the texts of their articles: one without them counts as new, or as dropped.
    """
    articles = [article for story in brief.stories for article in story.articles]
    missing = sum(not article.text for article in articles)
    if not missing:
        return ""
    return (
        f"the archive {archive.path} lacks {missing} of the {len(articles)} texts"
        f" of the brief of {brief.date}: its stories may show as new or dropped although they go on"
    )


def dump_entry(day: Entry) -> str:
    """What the archive keeps of a day for the ledger."""
    return _entries_adapter().dump_json(day).decode("utf-8")


def _old_evidence(changes: Changes | None, commitments: Sequence[Commitment]) -> Iterator[Evidence]:
    for change in changes.items if changes else ():
        for revision in change.revisions:
            yield from revision.old_evidence
            yield from revision.evidence
    for row in commitments:
        for step in row.history:
            yield from step.evidence


def _quotes(evidence: Evidence, article: Article | None) -> bool:
    if article is None or evidence.article != article.id:
        return False
    text = article.title or "" if evidence.field == "title" else article.text
    return text[evidence.start : evidence.end] == evidence.quote


def _articles(brief: Brief) -> list[Article]:
    told = [one for story in brief.stories for one in (*story.articles, *story.duplicates)]
    return [*told, *brief.earlier, *brief.outside]


@cache
def _entries_adapter() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)
