"""The officer's own comments, in a Markdown file beside the brief: brief.comments.md beside brief.md.

    # Comments

    ## Leaders meet in Bali
    <!-- story 1f0c3a9b2d47: 1f0c3a9b2d47 9d377b10ce77 -->

    We expect a visit before the summer.

The line under a heading says which story the text below it is about: the story's id, then the opening of the
sha256 of each of its articles, by which the text still finds the story when the id has changed.  The text is
the officer's, and nothing here ever changes or drops a line of it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.errors import SourceError
from briefing.plain import plain
from briefing.seal import STORY_MARKER
from briefing.types import Brief, Story

_DIGITS = 12
# A line that was a marker once: its text would silently go to the story before it.
_DAMAGED = re.compile(r"\W*\bstory [0-9a-f]{12}\b.*|<!--\s*story\b.*", re.IGNORECASE)
_HEADING = "## "
_PREAMBLE = (
    "# Comments\n\n"
    "Write below the heading of a story, and leave the line in <!-- --> under it as it is.\n"
    "What you write is kept, and printed as your Comment when the brief is made again.\n"
)


@dataclass(frozen=True)
class Subject:
    """A story that can be commented on: its id, its headline, and the hex sha256 of its articles."""

    id: str
    headline: str
    articles: tuple[str, ...]

    @property
    def digests(self) -> frozenset[str]:
        """The articles as markers name them."""
        return frozenset(digest[:_DIGITS] for digest in self.articles)


def subject_of(story: Story) -> Subject:
    """What a story is known by."""
    return Subject(story.id, story.headline, tuple(article.sha256 for article in story.articles))


@dataclass(frozen=True)
class Comment:
    """A section of the file: the story that its marker names, and what is written there, "" for nothing.

    `start` is the index of its first line in the file, `marker` that of the marker, `end` the one after its
    last.
    """

    heading: str
    story: str
    articles: frozenset[str]
    text: str
    start: int
    marker: int
    end: int


@dataclass(frozen=True)
class Comments:
    """The sections of the file `name`, in its order."""

    name: str
    sections: tuple[Comment, ...] = ()


def parse_comments(text: str, name: str) -> Comments:
    """Reads the file.  What stands above the first section is nobody's comment.

    Raises SourceError with the line where a story's heading has lost its marker, a marker is damaged, or two
    name one story.
    """
    lines = text.split("\n")
    markers = {n: found for n, line in enumerate(lines) if (found := STORY_MARKER.fullmatch(line.strip()))}
    headings = _headings(lines, markers, name)
    starts = [headings.get(marker, marker) for marker in markers]
    ends = [*starts, len(lines)][1:]
    sections: dict[str, Comment] = {}
    for (marker, found), start, end in zip(markers.items(), starts, ends, strict=True):
        heading = lines[start].strip().removeprefix(_HEADING) if start != marker else ""
        written = "\n".join(line.rstrip() for line in lines[marker + 1 : end]).strip()
        if found[1] in sections:
            raise _broken(
                name,
                marker,
                f"has story {found[1]} a second time",
                f"Put both texts under the first, line {sections[found[1]].marker + 1}.",
            )
        digests = frozenset(found[2].split())
        sections[found[1]] = Comment(heading, found[1], digests, written, start, marker, end)
    return Comments(name, tuple(sections.values()))


def with_comments(brief: Brief, comments: Comments) -> Brief:
    """The brief with the officer's comment at each story; those whose story is gone become warnings."""
    written = [section for section in comments.sections if section.text]
    subjects = [subject_of(story) for story in brief.stories]
    told: dict[str, list[str]] = {}
    warnings = []
    for section in written:
        subject = _subject_of(section, subjects)
        if subject is None:
            warnings.append(
                f"the comment on “{section.heading or section.story}” has no story in this brief; "
                f"it stays in {Path(comments.name).name}"
            )
        else:
            told.setdefault(subject.id, []).append(section.text)
    stories = tuple(
        replace(story, comment="\n\n".join(told[story.id])) if story.id in told else story
        for story in brief.stories
    )
    return replace(brief, stories=stories, warnings=(*brief.warnings, *warnings))


def extend_comments(text: str | None, subjects: Sequence[Subject], name: str) -> str:
    """The text of the file with a section for each story; None begins the file.

    Every line that somebody wrote stays as it is and in its order.  The marker of a story that is there is
    brought up to date, an empty section whose story is gone goes, new stories come last.

    Raises SourceError as `parse_comments` does.
    """
    whole = text if text and text.strip() else _PREAMBLE
    lines = whole.split("\n")
    sections = parse_comments(whole, name).sections
    there = {section.story for section in sections}
    kept: list[str] = []
    done = 0
    for section in sections:
        subject = _subject_of(section, subjects)
        kept += lines[done : section.start]
        done = section.end if subject is None and not section.text else section.start
        # Of two stories that became one, each text keeps its own marker but the first.
        if subject is not None and (subject.id == section.story or subject.id not in there):
            there.add(subject.id)
            kept += [*lines[section.start : section.marker], _marker(subject, lines[section.marker])]
            done = section.marker + 1
    kept += lines[done:]
    whole = "\n".join(kept)
    for subject in subjects:
        if subject.id not in there:
            gap = "" if whole.endswith("\n\n") else "\n" if whole.endswith("\n") else "\n\n"
            whole += f"{gap}{_HEADING}{_one_line(subject.headline)}\n{_marker(subject)}\n\n"
    return whole


def _subject_of(section: Comment, subjects: Sequence[Subject]) -> Subject | None:
    """The story of a section: by its id, else the one that has most of its articles."""
    for subject in subjects:
        if subject.id == section.story:
            return subject
    best = max(subjects, key=lambda subject: len(subject.digests & section.articles), default=None)
    return best if best is not None and best.digests & section.articles else None


def _headings(lines: Sequence[str], markers: Container[int], name: str) -> dict[int, int]:
    """The line of the heading above each marker that has one."""
    for n, line in enumerate(lines):
        if n not in markers and _DAMAGED.fullmatch(line.strip()):
            raise _broken(
                name,
                n,
                "has a damaged <!-- story … --> line",
                "Undo the change to this line, or delete the section.",
            )
    found: dict[int, int] = {}
    for n, line in enumerate(lines):
        if line.startswith(_HEADING):
            below = next((m for m in range(n + 1, len(lines)) if lines[m].strip()), None)
            if below is None or below not in markers:
                raise _broken(
                    name,
                    n,
                    "has a heading without its <!-- story … --> line",
                    "Put the line back, or begin a heading of your own with ###.",
                )
            found[below] = n
    return found


def _marker(subject: Subject, before: str = "") -> str:
    digests = "".join(f" {digest}" for digest in sorted(subject.digests))
    return f"<!-- story {subject.id}:{digests} -->" + ("\r" if before.endswith("\r") else "")


def _one_line(text: str) -> str:
    return plain(text).strip()


def _broken(name: str, line: int, what: str, remedy: str) -> SourceError:
    return SourceError(f"{name}, line {line + 1}: {what}", remedy)
