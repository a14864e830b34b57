"""Holds a brief against the archived texts: every quotation, sentence and slot, and what follows from them.

    filed        no key is a stranger's; marking, number and archive are as they were filed
    evidence     each quotation stands where it says, each article is what was read
    sentences    each sentence of a summary follows from its evidence
    compare      slots, bottom line, meetings, forward look: read again, and the same

The choice of the sentences is not repeated, that takes the model; `reproduce` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefing.archive import Archive
from briefing.brief import Material, assemble, differences
from briefing.comparing import with_changes
from briefing.errors import SourceError
from briefing.pipeline import Pipeline
from briefing.proof.compare import compare
from briefing.proof.evidence import REFERENCES, Wrong, check_evidence, check_references, place_of
from briefing.proof.filed import check_books, check_given, check_keys
from briefing.proof.manifest import Manifest, digest_of, in_period, read_manifest
from briefing.proof.reproduce import code_differences, past_differences, with_past
from briefing.proof.sentences import SentenceCheck
from briefing.render import brief_object, load_brief
from briefing.types import Article, Brief, Story

# Parts of a story that are not read from the sources here: sentences are checked for themselves.
_ELSEWHERE = ("summary", "articles", "duplicates", "joins", "comment")
_DERIVED = (
    "title",
    "date",
    "period",
    "bottom_line",
    "forward",
    "meetings",
    "changes",
    "commitments",
    "earlier",
    "reliability",
    "sources",
    "failures",
    "outside",
)


@dataclass(frozen=True)
class Verification:
    """All that is wrong with a brief, and why that may be: rules or code that are not those that made it."""

    wrong: tuple[Wrong, ...]
    differing: tuple[str, ...]


def verify(
    value: Mapping[str, Any],
    name: str,
    archive: Archive,
    pipeline: Pipeline,
    sentences: SentenceCheck | None = None,
) -> Verification:
    """Holds the brief that `value` describes against the archived texts; `name` says where it comes from.

    `pipeline` reads the slots again (see `fresh_pipeline`).  Raises SourceError where it is no brief, has no
    manifest, or texts are missing; SettingsError as the stages do.
    """
    brief = load_brief(value, name)
    _check_articles(brief, name)
    manifest = read_manifest(value, name)
    texts = _texts(brief, archive, name)
    # What is printed beside the references is no proof of itself.
    bare = _without_texts(value)
    brief = load_brief(bare, name, texts)
    wrong = [*check_keys(value, brief, manifest), *check_references(value, manifest, texts)]
    wrong += check_given(value, brief, manifest, archive)
    wrong += check_books(brief, archive)
    quotations = [*check_evidence(value, _quotable(brief))]
    read = _read_again(bare, brief, manifest, archive, pipeline)
    amiss = [one.path for one in quotations]
    wrong += quotations
    # What is wrong of a quotation is said once.
    wrong += [one for one in read if not any(one.path[: len(path)] == path for path in amiss)]
    sentences = sentences or SentenceCheck()
    for n, story in enumerate(brief.stories):
        wrong += sentences.check(story, ("stories", n))
        wrong += _summary(value, story, n, manifest)
    differing = (
        *code_differences(manifest, pipeline),
        *past_differences(manifest, archive, pipeline.settings),
    )
    return Verification(tuple(dict.fromkeys(wrong)), differing)


def _check_articles(brief: Brief, name: str) -> None:
    """Raises SourceError where a story has nothing that it could be held against."""
    without = [story.headline for story in brief.stories if not story.articles]
    if without:
        raise SourceError(
            f"{name} names no article for " + ", ".join(f"“{headline}”" for headline in without),
            "Name the file that `briefing daily` wrote, unchanged.",
        )


def _texts(brief: Brief, archive: Archive, name: str) -> dict[str, str]:
    """The archived texts of the articles that the brief may quote, by sha256.

    Raises SourceError that lists those that are missing or are not what they were.
    """
    needed = [*_quotable(brief), *(one for story in brief.stories for one in story.duplicates)]
    texts = archive.texts(one.sha256 for one in needed)
    lost = [one for one in needed if digest_of(texts.get(one.sha256, "")) != one.sha256]
    if lost:
        raise SourceError(
            f"{name}: the archive {archive.path} lacks {len(lost)} of {len(needed)} texts:\n"
            + "\n".join(f"  text missing: {one.title or one.origin} (sha256 {one.sha256})" for one in lost),
            "Name the archive of the desk that made the brief: BRIEFING_PATHS_ARCHIVE.",
        )
    return texts


def _without_texts(value: Mapping[str, Any]) -> dict[str, Any]:
    def bare(story: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
        return [
            {key: one for key, one in article.items() if key != "text"} for article in story.get(name, ())
        ]

    stories = [{**story, **{name: bare(story, name) for name in REFERENCES}} for story in value["stories"]]
    return {**value, "stories": stories}


def _quotable(brief: Brief) -> Iterator[Article]:
    for story in brief.stories:
        yield from story.articles
    yield from brief.earlier


def _read_again(
    value: Mapping[str, Any], brief: Brief, manifest: Manifest, archive: Archive, pipeline: Pipeline
) -> Iterator[Wrong]:
    """What is not what the rules read in the articles of the stories, and make of it."""
    articles = [article for story in brief.stories for article in story.articles]
    read = pipeline.slots(articles)
    slots, accounts = iter(read), iter(pipeline.accounts(articles, read))
    materials = []
    for story in brief.stories:
        own = tuple(next(slots) for _ in story.articles)
        parted = differences(story.articles, own)
        materials.append(
            Material(
                story.articles,
                own,
                story.summary,
                story.duplicates,
                parted.conflicts,
                parted.updates,
                tuple(next(accounts) for _ in story.articles),
                story.joins,
                # What the lead is like takes the model to tell; what follows from that does not.
                story.subjects,
            )
        )
    made = assemble(
        materials,
        manifest.brief,
        outside=[one for one in manifest.inputs if not in_period(one, manifest)],
        failures=manifest.failures,
    )
    known = {frozenset(map(_identity, story.articles)): story for story in made.stories}
    ordered = tuple(known[frozenset(map(_identity, story.articles))] for story in brief.stories)
    if ordered != made.stories:
        yield Wrong(("stories",), "stories", "they do not stand in the order of their rank")
    items = brief.changes.items if brief.changes else ()
    # Which stories go on with which takes the model to tell; what follows from that does not.
    same = {one.story: one.previous for one in items if one.story is not None and one.previous is not None}

    def compared(old: Brief, new: Brief) -> Brief:
        before, after = ({story.id for story in one.stories} for one in (old, new))
        return with_changes(
            pipeline,
            old,
            new,
            {mine: theirs for mine, theirs in same.items() if mine in after and theirs in before},
        )

    made = replace(made, stories=ordered)
    again = brief_object(with_past(made, manifest, archive, pipeline.settings, compared))
    for n in range(len(ordered)):
        for part in again["stories"][n]:
            if part not in _ELSEWHERE:
                yield from compare(value, again, ("stories", n, part))
    for part in _DERIVED:
        yield from compare(value, again, (part,))


def _identity(article: Article) -> tuple[str, str]:
    return article.id, article.origin


def _summary(value: Mapping[str, Any], story: Story, n: int, manifest: Manifest) -> Iterator[Wrong]:
    """The rest of a summary: its text as a whole, and how it was made."""
    path = ("stories", n, "summary")
    if value["stories"][n]["summary"].get("text") != story.summary.text:
        yield Wrong((*path, "text"), place_of(value, path), "the text is not that of its sentences")
    model = manifest.models.get("summaries")
    if model and story.summary.model != model.name:
        yield Wrong((*path, "model"), place_of(value, path), f"the manifest names the model {model.name}")
    made = "selected" if story.summary.checked is None else "generated"
    if story.summary.method != made:
        yield Wrong((*path, "method"), place_of(value, path), f"it was {made}, not {story.summary.method}")
