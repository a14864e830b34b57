"""Reads sources into articles: files, folders, patterns, URLs, feeds, mail, standard input.

    files, web      open a source                    → Document
    kinds           tells what it is
    text, html, …   one reader a kind                → Article, Failure, Notice
    reading         leads each source through these
    duplicates      finds the articles that are there twice

What cannot be read comes back as a `Failure` beside the articles that can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from briefing.errors import UsageError
from briefing.ingest.document import MEGABYTE, IngestOptions, Notice
from briefing.ingest.duplicates import find_duplicates
from briefing.ingest.reading import Reading
from briefing.settings import WebSettings
from briefing.types import Article, Failure, Intake

__all__ = ["IngestOptions", "options_of", "read"]

_MOST_NAMED = 20


def options_of(web: WebSettings, *, allow_private: bool = False) -> IngestOptions:
    """How far to go as the settings say; `allow_private` opens the desk's own network beside them."""
    return IngestOptions(
        timeout=web.timeout,
        deadline=web.deadline,
        max_bytes=web.max_megabytes * MEGABYTE,
        allow_private=web.allow_private or allow_private,
        ca_file=web.ca_file,
    )


def read(
    sources: Sequence[str], options: IngestOptions | None = None, *, stdin: BinaryIO | None = None
) -> Intake:
    """Reads every source, in order; "-" is `stdin`.

    Raises UsageError where there are no sources, and nothing else: every failure is in the intake.
    """
    if not sources:
        raise UsageError(
            "there is nothing to read", "Give a file, a folder, a URL, or `-` for standard input."
        )
    reading = Reading(options or IngestOptions(), stdin)
    items = [item for source in sources for item in reading.items(source)]
    articles = [item for item in items if isinstance(item, Article)]
    duplicates = find_duplicates(articles)
    return Intake(
        articles=tuple(articles),
        duplicates=duplicates,
        failures=tuple(item for item in items if isinstance(item, Failure)),
        warnings=(
            *dict.fromkeys(item.text for item in items if isinstance(item, Notice)),
            *_repeated_ids(articles, duplicates),
            *_named_duplicates(articles, duplicates),
        ),
    )


def _repeated_ids(articles: Sequence[Article], duplicates: Mapping[int, int]) -> Iterator[str]:
    """A warning for each id that articles of different texts share."""
    first: dict[str, int] = {}
    for index, article in enumerate(articles):
        earlier = first.setdefault(article.id, index)
        if earlier != index and duplicates.get(index, index) != duplicates.get(earlier, earlier):
            other = articles[earlier].origin
            yield f"{article.origin}: the id {article.id!r} is also that of {other}; both stay"


def _named_duplicates(articles: Sequence[Article], duplicates: Mapping[int, int]) -> Iterator[str]:
    pairs = [(articles[index].origin, articles[earlier].origin) for index, earlier in duplicates.items()]
    for later, earlier in pairs[:_MOST_NAMED]:
        yield f"{later} is the same text as {earlier}: read once"
    if len(pairs) > _MOST_NAMED:
        yield f"{len(pairs) - _MOST_NAMED} more articles are the same text as one before: read once"
