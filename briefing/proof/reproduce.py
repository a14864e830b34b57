"""Makes the Markdown of a brief again from its manifest and the archived texts.

Nothing is fetched, and nothing that was computed before is used: every article is read anew, into an archive
of its own that lasts as long as the run.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from briefing.archive import Archive
from briefing.brief.grading import grade
from briefing.brief.ratings import load_ratings
from briefing.comparing import with_changes
from briefing.errors import BriefingError, SourceError
from briefing.history import Compared, History, day_before
from briefing.making import make_brief
from briefing.pipeline import Pipeline
from briefing.proof.manifest import (
    Manifest,
    Named,
    digest_of,
    earlier_of,
    file_digest,
    in_period,
    library_versions,
    read_manifest,
    stage_digests,
    template_digest,
)
from briefing.render import find_template, load_brief, render_brief
from briefing.results import Progress
from briefing.settings import Settings
from briefing.types import Article, Brief, Intake


@dataclass(frozen=True)
class Reproduction:
    """The Markdown made again, whether it is the same byte for byte, and what differs from the manifest."""

    markdown: str
    same: bool
    differing: tuple[str, ...]


def reproduce(
    value: Mapping[str, Any],
    name: str,
    settings: Settings,
    archive: Archive,
    progress: Progress,
    processes: int = 2,
) -> Reproduction:
    """Makes the Markdown of the brief that `value` describes again; `name` says where that comes from.

    Raises SourceError where there is no manifest or a text is missing, and as the stages do; what differs
    from the manifest is said then, too.
    """
    manifest = read_manifest(value, name)
    settings = settings_of(manifest, settings)
    with fresh_pipeline(settings, progress, processes) as pipeline:
        differing: list[str] = []
        try:
            differing += differences(manifest, pipeline)
            differing += past_differences(manifest, archive, settings)
            template = find_template(manifest.template.name, "markdown", settings.paths.templates)
            if template_digest(template) != manifest.template.digest:
                differing.append(f"template {manifest.template.name}: it was changed since")
            markdown = render_brief(_made_again(value, name, manifest, archive, pipeline), template)
        except BriefingError as error:
            if differing:
                error.message = "\n".join((error.message, *(f"  differs: {one}" for one in differing)))
            raise
    return Reproduction(markdown, digest_of(markdown) == manifest.markdown, tuple(differing))


@contextmanager
def fresh_pipeline(settings: Settings, progress: Progress, processes: int = 2) -> Iterator[Pipeline]:
    """A pipeline that knows of no result: its archive is made for it, and gone with it."""
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder, Archive(Path(folder, "anew")) as anew:
        yield Pipeline(settings, anew, progress, processes)


def archived_inputs(manifest: Manifest, archive: Archive, name: str) -> tuple[Article, ...]:
    """The inputs with their texts; those outside the period have none, no brief needs them.

    Raises SourceError that lists every text that is not in the archive, or is not what it was.
    """
    texts = archive.texts(one.sha256 for one in manifest.inputs)
    needed = [one for one in manifest.inputs if in_period(one, manifest)]
    lost = [
        f"  input missing: {one.title or one.origin} (sha256 {one.sha256})"
        for one in needed
        if digest_of(texts.get(one.sha256, "")) != one.sha256
    ]
    if lost:
        raise SourceError(
            f"{name}: the archive {archive.path} lacks {len(lost)} of {len(needed)} texts:\n"
            + "\n".join(lost),
            "Name the archive of the desk that made the brief: BRIEFING_PATHS_ARCHIVE.",
        )
    return tuple(replace(one, text=texts.get(one.sha256, "")) for one in manifest.inputs)


def settings_of(manifest: Manifest, settings: Settings) -> Settings:
    """The settings with what decided about the brief as it was then."""
    summary, length = settings.summary, manifest.summary
    model = manifest.models["summaries"].name if "summaries" in manifest.models else summary.model
    made = replace(
        summary, model=model, sentences=length.sentences, words=length.words, verbatim=length.verbatim
    )
    return replace(settings, summary=made)


def differences(manifest: Manifest, pipeline: Pipeline) -> Iterator[str]:
    """What is not as it was when the brief was made, by name."""
    for use, model in pipeline.models().items():
        was = manifest.models.get(use, Named("none", ""))
        if was.digest != model.digest:
            yield f"model {was.name} of {use}: its digest was {was.digest}, and is {model.digest}"
    yield from code_differences(manifest, pipeline)


def code_differences(manifest: Manifest, pipeline: Pipeline) -> Iterator[str]:
    """What of the code, the rules and the libraries is not as it was when the brief was made, by name."""
    if pipeline.rules.digest != manifest.rules:
        yield "rules of the slots: they were changed since"
    for stage, digest in stage_digests().items():
        if manifest.stages.get(stage) != digest:
            yield f"code or rules of {stage}: the brief was made by another version ({manifest.version})"
    for library, version in library_versions().items():
        if manifest.libraries.get(library) != version:
            yield f"library {library}: it was {manifest.libraries.get(library)}, and is {version}"


def with_past(
    brief: Brief, manifest: Manifest, archive: Archive, settings: Settings, compared: Compared
) -> Brief:
    """The brief with what the desk's files and earlier days add to it: grades, changes, commitments.

    Raises SourceError where the earlier brief is gone, SettingsError where the file of sources is wrong.
    """
    if manifest.grading is not None and settings.grading.sources is not None:
        brief = grade(brief, load_ratings(settings.grading.sources))
    history, old = History(archive), None
    if manifest.since is not None:
        old = history.brief(manifest.since.date)
        if old is None:
            raise SourceError(
                f"the archive {archive.path} lacks the brief of {manifest.since.date}, the one before",
                "Name the archive of the desk that made the brief: BRIEFING_PATHS_ARCHIVE.",
            )
    whole, _ = history.beside(brief, old, compared)
    return whole


def past_differences(manifest: Manifest, archive: Archive, settings: Settings) -> Iterator[str]:
    """What of the desk's files and of earlier days is not as it was when the brief was made, by name."""
    if manifest.since is not None and earlier_of(manifest.since.date, archive) != manifest.since:
        yield f"earlier brief of {manifest.since.date}: it was made again since"
    if manifest.ledger != History(archive).entries_digest(day_before(manifest.brief.date)):
        yield "ledger: earlier days were added or made again since"
    sources = settings.grading.sources
    if manifest.grading is not None and (sources is None or file_digest(sources) != manifest.grading):
        yield "grading: the desk's file of sources was changed since, or is not named"


def _made_again(
    value: Mapping[str, Any], name: str, manifest: Manifest, archive: Archive, pipeline: Pipeline
) -> Brief:
    """The brief made anew, with what is not computed: number, time, marking and comments."""
    articles = archived_inputs(manifest, archive, name)
    intake = Intake(articles, manifest.duplicates, manifest.failures, manifest.warnings)
    then = load_brief(value, name)
    now = then.made or dt.datetime.combine(then.date, dt.time(), dt.UTC)
    made = make_brief(pipeline, intake, manifest.brief, manifest.summary, now)
    made = with_past(made, manifest, archive, pipeline.settings, partial(with_changes, pipeline))
    comments = {story.id: story.comment for story in then.stories}
    return replace(
        made,
        stories=tuple(replace(story, comment=comments.get(story.id)) for story in made.stories),
        warnings=(*made.warnings, *(one for one in then.warnings if one not in made.warnings)),
        serial=then.serial,
        made=then.made,
        marking=then.marking,
    )
