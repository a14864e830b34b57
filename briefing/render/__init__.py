"""Brief, summary and slots → Markdown, HTML, text, JSON and a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from briefing import __version__
from briefing.render.calendar import render_calendar
from briefing.render.claims import told
from briefing.render.environment import (
    Format,
    copy_template,
    fill,
    find_template,
    kind_of,
    template_names,
)
from briefing.render.graph import graph_of
from briefing.render.json import (
    article_reference,
    brief_object,
    changes_object,
    claims_line,
    dumps,
    ledger_line,
    slots_line,
    summary_line,
)
from briefing.render.load import load_brief, read_object
from briefing.render.sources import Footnote, Footnotes, Source, Sources
from briefing.render.timeline import timeline_of
from briefing.render.views import by_region, left_out, tell
from briefing.seal import seal
from briefing.types import Article, Brief, Commitment, Evidence, Note, Reading, Slots, Summary, Where, Who

__all__ = [
    "Format",
    "Page",
    "article_reference",
    "brief_object",
    "changes_object",
    "claims_line",
    "copy_template",
    "dumps",
    "find_template",
    "kind_of",
    "ledger_line",
    "load_brief",
    "read_object",
    "render_article",
    "render_brief",
    "render_calendar",
    "render_changes",
    "render_ledger",
    "slots_line",
    "summary_line",
    "template_names",
]


@dataclass(frozen=True)
class Page:
    """The parts of an article's page: what was asked for is there, the rest is None."""

    article: Article
    summary: Summary | None = None
    slots: Slots | None = None
    notes: Sequence[Note] | None = None
    reading: Reading | None = None


def render_brief(brief: Brief, template: Path) -> str:
    """Fills a daily template.  Markdown is sealed, so that `email` can tell whether it was changed.

    Raises TemplateError.
    """
    sources = Sources([*(article for story in brief.stories for article in story.articles), *brief.earlier])
    # Built before the template runs, because a template may list the sources before it cites them.
    regions = by_region(brief)
    numbers = {story.id: n for n, story in enumerate(brief.stories, start=1)}
    text = _fill(
        template,
        {
            "brief": brief,
            "regions": regions,
            "rest": [story for story in brief.stories[brief.told :] if story.dropped is None],
            "left_out": left_out(brief),
            "numbers": numbers,
            "timeline": timeline_of(brief.forward, brief.date, numbers),
            "graph": graph_of(brief.meetings),
        },
        sources,
    )
    return seal(text) if kind_of(template) == "markdown" else text


def render_changes(brief: Brief, template: Path) -> str:
    """Fills a template with the changes of a brief, which must have some.  Raises TemplateError."""
    articles = [article for story in brief.stories for article in story.articles]
    numbers = {story.id: n for n, story in enumerate(brief.stories, start=1)}
    return _fill(template, {"brief": brief, "numbers": numbers}, Sources([*articles, *brief.earlier]))


def render_ledger(rows: Sequence[Commitment], today: dt.date, template: Path) -> str:
    """Fills a ledger template.  Raises TemplateError."""
    return _fill(template, {"rows": rows, "today": today}, Sources([]))


def render_article(page: Page, template: Path) -> str:
    """Fills an article template.  Raises TemplateError."""
    article = page.article
    summary = page.summary or Summary((), "none", "none")
    slots = page.slots or Slots()
    context = {
        "article": article,
        "summary": page.summary,
        "slots": page.slots,
        "telling": tell(summary, slots),
        "notes": page.notes,
        "said": told(article, page.reading) if page.reading is not None else None,
    }
    return _fill(template, context, Sources([article]))


def _fill(template: Path, context: Mapping[str, Any], sources: Sources) -> str:
    html = kind_of(template) == "html"
    footnotes = Footnotes()

    def shown(cited: dict[str, Source]) -> Markup | str:
        return _mark(footnotes.mark(cited)) if html else f"({', '.join(cited)})"

    def cite(evidence: tuple[Evidence, ...]) -> Markup | str:
        return shown(sources.cite(evidence))

    def cite_each(values: Sequence[Who | Where]) -> Markup | str:
        first = [value.evidence[0] for value in values]
        return shown(sources.cite(first, limit=len(first)))

    filters: dict[str, Callable[..., Any]] = {
        "cite": cite,
        "cite_each": cite_each,
        "outlets": sources.outlets,
    }
    known = {**context, "sources": sources, "footnotes": footnotes, "version": __version__}
    return fill(template, known, filters)


def _mark(footnote: Footnote) -> Markup:
    """The mark of one line, which its footnote leads back to: r12-2 is the second line of footnote 12."""
    outlets = len(footnote.outlets)
    text = f"{footnote.number} · {outlets} sources" if outlets > 1 else f"{footnote.number}"
    return Markup(
        '<sup class="ref"><a id="r{0}-{1}" href="#e{0}" aria-label="Evidence {2}">{2}</a></sup>'
    ).format(footnote.number, footnote.lines, text)
