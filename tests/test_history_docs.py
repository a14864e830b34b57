"""The examples of docs/changes.md and docs/ledger.md are what the program makes of them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.brief import compare, entry, ledger
from briefing.brief.merge import merge
from briefing.render import find_template, render_changes, render_ledger
from briefing.slots import Extractor, load_rules
from briefing.types import Article, Brief, Period, Story, Summary

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_rules(None))


def blocks(page: str, kind: str) -> list[tuple[str, str]]:
    """(what stands behind the kind, the block) of each block of a page."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\b ?([^\n]*)\n(.*?)```", text, re.DOTALL)


def stories(page: str, extractor: Extractor) -> list[tuple[dt.date, Story]]:
    found = []
    for n, (day, text) in enumerate(blocks(page, "article"), start=1):
        article = Article(str(n), " ".join(text.split()), "Report", dt.date.fromisoformat(day), source="Post")
        (slots,) = extractor.extract([article])
        merged = merge([article], [slots])
        found.append(
            (dt.date.fromisoformat(day), Story(str(n), "", "", (article,), Summary((), "", ""), merged))
        )
    return found


def test_the_example_of_the_ledger(extractor: Extractor) -> None:
    days = [entry([story], day) for day, story in stories("ledger.md", extractor)]
    ((today, shown),) = blocks("ledger.md", "ledger")
    template = find_template("ledger", "text", None)
    made = render_ledger(ledger(days), dt.date.fromisoformat(today), template)

    def without_ids(text: str) -> str:
        return re.sub(r"(?m)^[0-9a-f]{10}", "id", text.strip())

    assert without_ids(made) == without_ids(shown)


def test_the_example_of_the_changes(extractor: Extractor) -> None:
    (yesterday, old), (today, new) = stories("changes.md", extractor)
    before, after = Brief("", yesterday, Period(), (old,), 1), Brief("", today, Period(), (new,), 1)
    changes = compare(before, after, {new.id: old.id})
    whole = replace(after, changes=changes, earlier=old.articles)
    ((_, shown),) = blocks("changes.md", "changes")
    made = render_changes(whole, find_template("changes", "markdown", None))
    assert re.findall(r"(?m)^  - .*$", made) == shown.rstrip().splitlines()


def test_background_takes_nothing_back_and_the_next_date_moves(extractor: Extractor) -> None:
    signed = "Norway and Chile signed a fisheries accord in Oslo on Monday. "
    june = "Foreign Minister Kari Lund said the accord would enter into force in June."
    strike = (
        "Unions said on Wednesday they would strike over the accord that Norway and Chile signed on Monday. "
    )
    july = "Foreign Minister Kari Lund said it would enter into force in July instead."
    briefs = []
    for n, text in enumerate((signed + june, strike + july)):
        article = Article(str(n), text, "Accord", dt.date(2024, 3, 11 + 2 * n), source="Post")
        merged = merge([article], list(extractor.extract([article])))
        story = Story(str(n), "", "", (article,), Summary((), "", ""), merged)
        briefs.append(Brief("", dt.date(2024, 3, 11 + 2 * n), Period(), (story,), 1))
    (change,) = compare(briefs[0], briefs[1], {"1": "0"}).items
    assert [(one.what, one.old, one.new) for one in change.revisions] == [
        ("enter into force", "June 2024", "July 2024")
    ]
