"""Marking, length and fields of a brief, as JSON or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.errors import SourceError
from briefing.lint.finding import Finding
from briefing.lint.likelihood import check_comments
from briefing.lint.rules import field_rules
from briefing.marking import LABELS, marking_lines, weaker
from briefing.seal import unsealed

# Words of sources, and keys for programs: whatever they hold is no field that we left empty.
_NOT_OURS = frozenset(
    "articles duplicates sources outside earlier changes failures warnings id rule quote model method "
    "value phrase".split()
)
_LIST = re.compile(r"\s*[-*] \*\*(?P<name>[^*]+):\*\*(?P<value>.*)")
_CITATION = re.compile(r"\((?:S\d+\.(?:\d+|title)(?:, )?)+\)")
_TABLE_RULE = re.compile(r"\|[\s:|-]+\|")
_SOURCES = re.compile(r"^## Sources[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class House:
    """The house's own limits: whether a brief must be marked, how at least, and how long it may be."""

    marking: bool = False
    tlp: str | None = None
    summary_words: int | None = None
    brief_words: int | None = None


def lint_brief(brief: Mapping[str, Any], house: House) -> list[Finding]:
    """What breaks the rules in a brief as `briefing daily --format json` prints it.

    Raises KeyError or TypeError where the object is no such brief.
    """
    findings = list(_marking("marking", brief.get("marking"), house))
    comments = []
    for n, story in enumerate(brief["stories"], start=1):
        where = f"story {n} “{story['headline']}”"
        words = len(story["summary"]["text"].split())
        if house.summary_words and words > house.summary_words:
            findings.append(_too_long(f"{where}: summary", words, house.summary_words))
        if story.get("comment"):
            comments.append((f"{where}: comment", story["comment"]))
        findings += _fields(where, story)
    rest = {name: value for name, value in brief.items() if name != "stories"}
    findings += _fields("", rest)
    return [*findings, *check_comments(comments)]


def lint_report(report: str, house: House) -> list[Finding]:
    """What breaks the rules in a Markdown report; of its comments only what any field must hold to."""
    body = unsealed(report)
    try:
        top, bottom = marking_lines(body)
    except SourceError as error:
        return [Finding("marking", "marking", error.message, error.remedy)]
    findings = list(_marking("marking", top or bottom, house))
    if top != bottom and (top or bottom):
        found = f"{top or 'nothing'} stands at the top, {bottom or 'nothing'} at the bottom"
        findings.append(Finding("marking", "marking", found, "Mark it alike in both places."))
    # What comes last are the sources and the notes: nobody reads them from end to end.
    told = _SOURCES.split(body)[0]
    words = len(_CITATION.sub("", told).split())
    if house.brief_words and words > house.brief_words:
        findings.append(_too_long("report", words, house.brief_words))
    for number, line in enumerate(told.split("\n"), start=1):
        for name, value in _values(line):
            if _padding().fullmatch(value.strip()):
                findings.append(_padded(f"line {number}, {name}", value.strip()))
    return findings


def lint_comments(comments: Sequence[tuple[str, str]]) -> list[Finding]:
    """What breaks the rules in comments that are not in a brief yet, given as (where, text)."""
    padded = [_padded(where, text) for where, text in comments if _padding().fullmatch(text.strip())]
    return [*padded, *check_comments(comments)]


def _marking(where: str, marking: str | None, house: House) -> Iterator[Finding]:
    if marking is None:
        if house.marking or house.tlp:
            asked = house.tlp or "one of " + ", ".join(LABELS)
            yield Finding(
                where, "marking", "the brief is not marked", f"Make it with `--tlp`; the house wants {asked}."
            )
    elif marking not in LABELS:
        yield Finding(
            where, "marking", f"{marking!r} is no label of TLP 2.0", f"Use one of {', '.join(LABELS)}."
        )
    elif house.tlp and weaker(marking, house.tlp):
        yield Finding(
            where,
            "marking",
            f"{marking} is weaker than {house.tlp}, which the settings ask for",
            f"Make it with `--tlp {house.tlp.removeprefix('TLP:')}`.",
        )


def _too_long(where: str, words: int, limit: int) -> Finding:
    return Finding(where, "length", f"{words} words, and {limit} are allowed", "Shorten it.")


def _padded(where: str, value: str) -> Finding:
    shown = f"“{value}” fills a field of which nothing is known" if value else "an empty text stands here"
    return Finding(where, "empty field", shown, "Leave it out: in JSON null or [], in Markdown no line.")


def _fields(where: str, value: object, name: str = "") -> Iterator[Finding]:
    """Texts that are empty or say nothing, and statements without evidence, anywhere below a value."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            # A summary without a sentence has no text, which follows and is no field of its own.
            if key in _NOT_OURS or (key == "text" and value.get("sentences") == []):
                continue
            path = f"{name}.{key}" if name else str(key)
            if key == "evidence" and not inner:
                yield Finding(
                    _place(where, path), "empty field", "nothing supports this", "Make the brief again."
                )
            yield from _fields(where, inner, path)
    elif isinstance(value, list):
        for n, inner in enumerate(value, start=1):
            yield from _fields(where, inner, f"{name}.{n}")
    elif isinstance(value, str) and (not value.strip() or _padding().fullmatch(value.strip())):
        yield _padded(_place(where, name), value.strip())


def _place(where: str, name: str) -> str:
    return f"{where}: {name}" if where else name


def _values(line: str) -> Iterator[tuple[str, str]]:
    """Name and value of the fields in a line of Markdown: "- **Where:** Bali" or the cells of a table row.

    An empty cell is how a table leaves something out.
    """
    field = _LIST.fullmatch(line)
    if field:
        yield field["name"], _CITATION.sub("", field["value"])
    elif line.startswith("|") and not _TABLE_RULE.fullmatch(line.strip()):
        for n, cell in enumerate(line.strip().strip("|").split(" | "), start=1):
            if cell.strip() and (value := _CITATION.sub("", cell)).strip():
                yield f"column {n}", value


@cache
def _padding() -> re.Pattern[str]:
    return re.compile(rf"(?:{field_rules().padding.pattern})?", re.IGNORECASE)
