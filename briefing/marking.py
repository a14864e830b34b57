"""The marking of a report after the Traffic Light Protocol, version 2.0 (https://www.first.org/tlp/).

A report carries its marking as a line of its own that is exactly the label, bold or not: above everything
but headings, and as its last line.

    **TLP:AMBER**

Those two places alone are looked at, because no text of an article ever comes to stand there: an article
that holds the words "TLP:CLEAR" marks nothing.
"""

from __future__ import annotations

import re

from briefing.errors import SourceError

# From the widest circle of readers to the narrowest: each is stronger than those before it.
LABELS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
LISTED = ", ".join(reversed(LABELS))

_LABEL = "|".join(re.escape(label) for label in LABELS)
_LINE = re.compile(rf"(\*\*|__|)({_LABEL})\1")
_AT_START = re.compile(rf"({_LABEL})(?![\w+])")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
# A line that means to be a marking: it must be one, or a reader would take it for one and a program not.
# A list item or quotation is none: such lines hold text of articles.
_ATTEMPT = re.compile(r"[*_`]*tlp\W*(?:white|clear|green|amber|red)\b(?:\W*strict)?[*_`.]*", re.IGNORECASE)


def label(text: str) -> str:
    """The label that was typed, with or without its "TLP:".

    Raises ValueError that lists the labels: they are written in capitals and without a space.
    """
    full = text if text.startswith("TLP:") else f"TLP:{text}"
    if full not in LABELS:
        raise ValueError(f"{text!r} is no label of TLP 2.0; there are {LISTED}")
    return full


def weaker(one: str, other: str) -> bool:
    """Whether the first label lets more people read than the second."""
    return LABELS.index(one) < LABELS.index(other)


def marking_of(report: str) -> str | None:
    """The marking of a Markdown report, None where it has none.

    Raises SourceError where the top and the bottom differ, or a line there is nearly a marking.
    """
    top, bottom = marking_lines(report)
    if top and bottom and top != bottom:
        raise SourceError(
            f"the report is marked {top} at the top and {bottom} at the bottom",
            "Mark it alike in both places.",
        )
    return top or bottom


def marking_lines(report: str) -> tuple[str | None, str | None]:
    """The label at the top and the one at the bottom of a report, None where there is none.

    Raises SourceError where a line in one of the places is nearly a label.
    """
    lines = report.split("\n")
    first, last = _places(lines)
    top = _read(lines[first]) if first is not None else None
    # A report that is one line long has one place.
    bottom = _read(lines[last]) if last is not None and last != first else None
    return top, bottom


def marked(report: str, marking: str) -> str:
    """The report with this marking at its top and bottom, in place of any that it had."""
    line = f"**{marking}**"
    lines = report.rstrip().split("\n")
    first, last = _places(lines)
    top, bottom = marking_lines(report)
    if first is not None and top is not None:
        lines[first] = lines[first] if top == marking else line
    if last is not None and bottom is not None:
        lines[last] = lines[last] if bottom == marking else line
    before = [] if top else [line, ""]
    after = [] if bottom else ["", line]
    return "\n".join([*before, *lines, *after]) + "\n"


def marked_subject(subject: str, marking: str) -> str:
    """The subject with the marking first, unless it opens or ends with it already."""
    if opening_label(subject) == marking or subject.endswith(f" {marking}"):
        return subject
    return f"{marking} {subject}"


def opening_label(text: str) -> str | None:
    """The label that a text opens with."""
    found = _AT_START.match(text)
    return found[1] if found else None


def _places(lines: list[str]) -> tuple[int | None, int | None]:
    """The line of the marking at the top and the one at the bottom."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    first = next((n for n in filled if not _HEADING.match(lines[n])), None)
    return first, filled[-1] if filled else None


def _read(line: str) -> str | None:
    found = _LINE.fullmatch(line.strip())
    if found:
        return found[2]
    if _ATTEMPT.fullmatch(line.strip()):
        raise SourceError(
            f"the line {line.strip()!r} of the report is nearly a marking, and none",
            f"Write it as one of {LISTED}"
            + ("; TLP 2.0 says TLP:CLEAR for white." if "white" in line.lower() else "."),
        )
    return None
