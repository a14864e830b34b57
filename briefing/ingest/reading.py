"""Opens one source after another and hands each to the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, BinaryIO

from briefing.errors import SourceError
from briefing.guard import blamed
from briefing.ingest import jsonlines, text
from briefing.ingest.addresses import is_url, without_login
from briefing.ingest.decoding import refuse_unreadable
from briefing.ingest.document import Document, IngestOptions, Item, Notice, open_pipe, too_long
from briefing.ingest.files import find_files, open_file, why
from briefing.ingest.kinds import kind_of
from briefing.types import Article, Failure

if TYPE_CHECKING:  # only URLs need it
    from briefing.ingest.web import WebClient

STANDARD_INPUT = "-"


class Reading:
    """One run over the sources."""

    def __init__(self, options: IngestOptions, stdin: BinaryIO | None) -> None:
        self._options = options
        self._stdin = stdin

    def items(self, source: str) -> Iterator[Item]:
        """What one source holds, in its order."""
        if source == STANDARD_INPUT:
            yield from self._contained(source, self._open_stdin)
        elif is_url(source):
            yield from self._contained(without_login(source), lambda: self._web.fetch(source))
        else:
            for found in find_files(source):
                if isinstance(found, Failure | Notice):
                    yield found
                else:
                    yield from self._contained(str(found), partial(open_file, found, self._options.max_bytes))

    @cached_property
    def _web(self) -> WebClient:
        from briefing.ingest.web import WebClient

        return WebClient(self._options)

    def _contained(self, origin: str, opener: Callable[[], Document]) -> Iterator[Item]:
        """The items of a document; what goes wrong with it becomes a failure, and the run goes on."""
        try:
            document = replace(opener(), max_characters=self._options.max_characters)
            with document.stream:
                for item in self._read(document):
                    yield self._bounded(item) if isinstance(item, Article) else item
        except SourceError as error:
            yield Failure(origin, error.message, error.remedy)
        except OSError as error:  # a disk or a share that goes away while it is read
            yield Failure(origin, why(error), "Try again, or copy the file first.")
        except Exception as error:
            failed = blamed("taking it in", [origin], error)
            yield Failure(origin, failed.message, failed.remedy)

    def _open_stdin(self) -> Document:
        if self._stdin is None:
            raise SourceError("standard input was read already, or there is none", "Name it once.")
        stream, self._stdin = self._stdin, None
        return Document(STANDARD_INPUT, open_pipe(stream), max_bytes=self._options.max_bytes)

    def _bounded(self, article: Article) -> Article | Failure:
        if len(article.text) > self._options.max_characters:
            error = too_long(len(article.text), self._options.max_characters)
            return Failure(article.origin, error.message, error.remedy)
        if not article.text.strip():
            return Failure(article.origin, "there is no text in it", "Save it again, or leave it out.")
        return article

    def _read(self, document: Document) -> Iterator[Item]:
        refuse_unreadable(document.head())
        # The readers of HTML, feeds and mail bring parsers that wake slowly and that few runs need.
        match kind_of(document):
            case "text":
                return text.read_text(document)
            case "markdown":
                return text.read_markdown(document)
            case "json":
                return jsonlines.read_json(document)
            case "jsonlines":
                return jsonlines.read_jsonlines(document)
            case "mail":
                from briefing.ingest.mail import read_mail

                return read_mail(document)
            case "mbox":
                from briefing.ingest.mail import read_mbox

                return read_mbox(document)
            case "html":
                from briefing.ingest.html import read_html

                return read_html(document)
            case "feed":
                from briefing.ingest.feeds import read_feed

                follows = document.url is not None and self._options.follow_feed_links
                return read_feed(document, self._page if follows else None)

    def _page(self, url: str) -> Article:
        """The article behind a feed's link.  Raises SourceError where there is none."""
        from briefing.ingest.html import read_html

        with (document := self._web.fetch(url)).stream:
            refuse_unreadable(document.head())
            for item in read_html(document):
                if isinstance(item, Article):
                    return item
        raise SourceError("there is no article on the page")
