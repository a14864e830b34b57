"""Holds a brief against the archived texts: every quotation, sentence and slot, and what follows from them.

    evidence     each quotation stands where it says, each article is what was read
    sentences    each sentence of a summary follows from its evidence
    compare      slots, bottom line, meetings, forward look: read again, and the same

The choice of the sentences is not repeated, that takes the model; `reproduce` does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing.archive import Archive
from briefing.brief import Material, assemble
from briefing.errors import SourceError
from briefing.pipeline import Pipeline, Progress
from briefing.proof.compare import compare
from briefing.proof.evidence import Wrong, check_evidence, check_references, place_of, references_of
from briefing.proof.manifest import Manifest, digest_of, read_manifest
from briefing.proof.reproduce import code_differences, settings_of
from briefing.proof.sentences import SentenceCheck
from briefing.render import brief_object, load_brief
from briefing.settings import Settings
from briefing.types import Article, Brief, Story

# Parts of a story that are not read from the sources here: sentences are checked for themselves.
_ELSEWHERE = ("summary", "articles", "duplicates", "comment", "told")
_DERIVED = ("bottom_line", "forward", "meetings")


@dataclass(frozen=True)
class Verification:
    """All that is wrong with a brief, and why that may be: rules or code that are not those that made it."""

    wrong: tuple[Wrong, ...]
    differing: tuple[str, ...]


def verify(
    value: Mapping[str, Any],
    name: str,
    settings: Settings,
    archive: Archive,
    progress: Progress,
    processes: int = 2,
) -> Verification:
    """Holds the brief that `value` describes against the archived texts; `name` says where it comes from.

    Raises SourceError where it is no brief, has no manifest, or texts are missing; SettingsError as the stages.
    """
    manifest = read_manifest(value, name)
    texts = _texts(value, archive, name)
    brief = load_brief(value, name, texts)
    wrong = [*check_references(value, manifest), *check_evidence(value, _quotable(brief))]
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder, Archive(Path(folder, "anew")) as anew:
        pipeline = Pipeline(settings_of(manifest, settings), anew, progress, processes)
        differing = tuple(code_differences(manifest, pipeline))
        wrong += _read_again(value, brief, manifest, pipeline)
    sentences = SentenceCheck()
    for n, story in enumerate(brief.stories):
        wrong += sentences.check(story, ("stories", n))
        wrong += _summary(value, story, n, manifest)
    return Verification(tuple(_once(wrong)), differing)


def _texts(value: Mapping[str, Any], archive: Archive, name: str) -> dict[str, str]:
    """The archived texts of the articles that the brief may quote, by sha256.

    Raises SourceError that lists those that are missing or are not what they were.
    """
    needed = [one for path, one in references_of(value) if path[0] == "stories"]
    needed += value.get("earlier", ())
    texts = archive.texts(str(one.get("sha256")) for one in needed)
    lost = [one for one in needed if digest_of(texts.get(one["sha256"], "")) != one["sha256"]]
    if lost:
        raise SourceError(
            f"{name}: the archive {archive.path} lacks {len(lost)} of {len(needed)} texts:\n"
            + "\n".join(
                f"  text missing: {one.get('title') or one.get('origin')} (sha256 {one['sha256']})"
                for one in lost
            ),
            "Name the archive of the desk that made the brief: BRIEFING_PATHS_ARCHIVE.",
        )
    return texts


def _quotable(brief: Brief) -> Iterator[Article]:
    for story in brief.stories:
        yield from story.articles
    yield from brief.earlier


def _read_again(
    value: Mapping[str, Any], brief: Brief, manifest: Manifest, pipeline: Pipeline
) -> Iterator[Wrong]:
    """What is not what the rules read in the articles of the stories, and make of it."""
    articles = [article for story in brief.stories for article in story.articles]
    slots = iter(pipeline.slots(articles))
    materials = [
        Material(story.articles, tuple(next(slots) for _ in story.articles), story.summary, story.duplicates)
        for story in brief.stories
    ]
    made = assemble(materials, manifest.brief)
    by_earliest = {frozenset(map(_identity, story.articles)): story for story in made.stories}
    ordered = tuple(by_earliest[frozenset(map(_identity, story.articles))] for story in brief.stories)
    again = brief_object(replace(made, stories=ordered))
    for n in range(len(ordered)):
        for part in again["stories"][n]:
            if part not in _ELSEWHERE:
                yield from compare(value, again, ("stories", n, part))
    for part in _DERIVED:
        yield from compare(value, again, (part,))
    if [story.id for story in made.stories] != [story.id for story in ordered]:
        yield Wrong(("stories",), "stories", "they do not stand in the order of their rank")


def _identity(article: Article) -> tuple[str, str]:
    return article.id, article.origin


def _summary(value: Mapping[str, Any], story: Story, n: int, manifest: Manifest) -> Iterator[Wrong]:
    """The rest of a summary: its text as a whole, and how it was made."""
    path = ("stories", n, "summary")
    given = value["stories"][n]["summary"]
    if given["text"] != story.summary.text:
        yield Wrong((*path, "text"), place_of(value, path), "the text is not that of its sentences")
    model = manifest.models.get("summaries")
    if model and story.summary.model != model.name:
        yield Wrong((*path, "model"), place_of(value, path), f"the manifest names the model {model.name}")
    if (story.summary.method == "generated") != (story.summary.checked is not None):
        yield Wrong((*path, "method"), place_of(value, path), f"nothing shows that it was {given['method']}")


def _once(wrong: Sequence[Wrong]) -> Iterator[Wrong]:
    """Each once, in the order of the brief; what is wrong within an evidence is not said again for its parts."""
    told: set[tuple[str | int, ...]] = set()
    for one in wrong:
        if not any(one.path[:length] in told for length in range(1, len(one.path) + 1)):
            told.add(one.path)
            yield one
