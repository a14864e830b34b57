"""The same readouts in every input kind give the same articles."""

from __future__ import annotations

import datetime as dt
import html
import json
import mailbox
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from briefing.brief.comments import extend_comments, subject_of
from briefing.deliver.envelope import Envelope
from briefing.deliver.message import compose, write_eml
from briefing.ingest import read
from briefing.render import brief_object, dumps, find_template, render_brief, slots_line
from briefing.types import Article, Slots
from tests.test_render import ARTICLE as PRINTED
from tests.test_render import brief_of

DATA = Path(__file__).parent / "data" / "ingest"
READOUTS: list[dict[str, str]] = [
    json.loads(line) for line in (DATA / "readouts.jsonl").read_text("utf-8").splitlines()
]
MORNING = dt.time(9, 30, tzinfo=dt.timezone(dt.timedelta(hours=-4)))


def moment(readout: dict[str, str]) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(readout["date"]), MORNING)


def paragraphs(readout: dict[str, str]) -> str:
    return "\n".join(f"<p>{html.escape(line)}</p>" for line in readout["text"].split("\n"))


def as_text(readout: dict[str, str]) -> str:
    head = f"Title: {readout['title']}\nDate: {readout['date']}\nSource: White House\nURL: {readout['url']}"
    return head + "\n\n" + readout["text"].replace("\n", "\n\n") + "\n"


def as_markdown(readout: dict[str, str]) -> str:
    head = f"---\ntitle: {json.dumps(readout['title'])}\ndate: {readout['date']}\nsource: White House\n"
    return f"{head}url: {readout['url']}\n---\n\n" + readout["text"].replace("\n", "\n\n") + "\n"


def as_page(readout: dict[str, str]) -> str:
    return (
        (DATA / "page.html")
        .read_text("utf-8")
        .format(
            title=html.escape(readout["title"]),
            date=readout["date"],
            url=readout["url"],
            paragraphs=paragraphs(readout),
        )
    )


def as_mail(readout: dict[str, str]) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = readout["title"]
    message["From"] = "White House <press@whitehouse.example>"
    message["To"] = "desk@ministry.example"
    message["Date"] = format_datetime(moment(readout))
    message["Archived-At"] = f"<{readout['url']}>"
    message.set_content(readout["text"].replace("\n", "\n\n") + "\n\n-- \nPress office\n")
    return message


def as_atom(readouts: list[dict[str, str]]) -> str:
    entries = "".join(
        f"<entry><id>{readout['url']}</id><title>{html.escape(readout['title'])}</title>"
        f"<link href='{readout['url']}'/><published>{moment(readout).isoformat()}</published>"
        f"<updated>2024-01-01T00:00:00Z</updated>"
        f"<content type='html'>{html.escape(paragraphs(readout))}</content></entry>"
        for readout in readouts
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en-US'>"
        f"<title>White House</title><id>urn:x</id><updated>2024-01-01T00:00:00Z</updated>{entries}</feed>"
    )


def as_rss(readouts: list[dict[str, str]]) -> str:
    items = "".join(
        f"<item><title>{html.escape(readout['title'])}</title><link>{readout['url']}</link>"
        f"<pubDate>{format_datetime(moment(readout))}</pubDate><description>A teaser.</description>"
        f"<content:encoded>{html.escape(paragraphs(readout))}</content:encoded></item>"
        for readout in readouts
    )
    return (
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><title>White House</title><link>https://x.example/</link><language>en-US</language>"
        f"<description>d</description>{items}</channel></rss>"
    )


def write_each(folder: Path, suffix: str, content: Callable[[dict[str, str]], str | EmailMessage]) -> Path:
    for number, readout in enumerate(READOUTS):
        made = content(readout)
        data = made.encode("utf-8") if isinstance(made, str) else bytes(made)
        (folder / f"{number:02}{suffix}").write_bytes(data)
    return folder


def write_kind(folder: Path, kind: str) -> Path:
    """Writes the readouts in one kind and returns the path to read."""
    match kind:
        case "txt":
            return write_each(folder, ".txt", as_text)
        case "md":
            return write_each(folder, ".md", as_markdown)
        case "html":
            return write_each(folder, ".html", as_page)
        case "eml":
            return write_each(folder, ".eml", as_mail)
    path = folder / f"all.{kind}"
    if kind == "mbox":
        box = mailbox.mbox(path)
        for readout in READOUTS:
            box.add(as_mail(readout))
        box.close()
    else:
        feed = as_rss if kind == "rss" else as_atom
        path.write_text(json.dumps(READOUTS) if kind == "json" else feed(READOUTS), "utf-8")
    return path


@pytest.fixture(scope="module")
def expected() -> tuple[Article, ...]:
    return read([str(DATA / "readouts.jsonl")]).articles


def test_json_lines_keep_every_field(expected: tuple[Article, ...]) -> None:
    for readout, article in zip(READOUTS, expected, strict=True):
        assert article.id == readout["id"]
        assert article.text == readout["text"]
        assert article.title == readout["title"]
        assert str(article.date) == readout["date"]
        assert article.published is None
        assert (article.source, article.url) == ("White House", readout["url"])


KINDS = ["json", "txt", "md", "html", "eml", "mbox", "atom", "rss", "xml"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_articles_come_out_of_every_kind(
    kind: str, expected: tuple[Article, ...], tmp_path: Path
) -> None:
    intake = read([str(write_kind(tmp_path, kind))])
    assert not intake.failures
    assert not intake.warnings

    def facts(articles: tuple[Article, ...]) -> list[tuple[str | None, ...]]:
        return [(a.title, str(a.date), a.url, a.text) for a in articles]

    assert facts(intake.articles) == facts(expected)
    source = "The White House" if kind == "html" else "White House"
    assert {article.source for article in intake.articles} == {source}


@pytest.mark.parametrize("kind", ["eml", "mbox", "atom", "rss"])
def test_moments_keep_their_time_zone(kind: str, tmp_path: Path) -> None:
    intake = read([str(write_kind(tmp_path, kind))])
    assert [article.published for article in intake.articles] == [moment(readout) for readout in READOUTS]
    assert {str(article.published)[-6:] for article in intake.articles} == {"-04:00"}


@pytest.mark.parametrize("kind", ["html", "atom", "rss"])
def test_the_language_is_taken_where_it_is_stated(kind: str, tmp_path: Path) -> None:
    intake = read([str(write_kind(tmp_path, kind))])
    assert {(article.language or "").lower() for article in intake.articles} == {"en-us"}


def test_copies_in_other_kinds_are_duplicates(tmp_path: Path) -> None:
    for kind in ("txt", "html", "eml"):
        (tmp_path / kind).mkdir()
        write_kind(tmp_path / kind, kind)
    intake = read([str(tmp_path)])
    count = len(READOUTS)
    assert len(intake.articles) == 3 * count
    assert intake.duplicates == {index: index % count for index in range(count, 3 * count)}
    named = f"{tmp_path}/html/00.html is the same text as {tmp_path}/eml/00.eml: read once"
    assert named in intake.warnings
    assert f"{2 * count - 20} more articles are the same text as one before: read once" in intake.warnings


def test_what_briefing_wrote_itself_is_no_article(tmp_path: Path) -> None:
    made = brief_of(PRINTED)
    report = render_brief(made, find_template("daily", "markdown", None))
    (tmp_path / "brief.md").write_text(report, encoding="utf-8")
    (tmp_path / "brief.txt").write_text(report.replace("Vienna", "Berne"), encoding="utf-8")
    page = render_brief(made, find_template("daily", "html", None))
    (tmp_path / "brief.html").write_text(page, encoding="utf-8")
    (tmp_path / "brief.json").write_text(dumps(brief_object(made, with_text=True)), encoding="utf-8")
    comments = extend_comments(None, [subject_of(story) for story in made.stories], "brief.comments.md")
    (tmp_path / "brief.comments.md").write_text(comments, encoding="utf-8")
    lines = [dumps(slots_line(PRINTED, Slots())) for _ in range(2)]
    (tmp_path / "slots.jsonl").write_text("\n".join(lines), encoding="utf-8")
    mail = compose(report, Envelope("desk@example.org", ("ana@example.org",)), now=dt.datetime.now(dt.UTC))
    write_eml(mail, tmp_path / "brief.eml")
    (tmp_path / "press.md").write_text("# A report\n\nThe ministers met in Vienna.", encoding="utf-8")
    intake = read([str(tmp_path)])
    assert [one.title for one in intake.articles] == ["A report"]
    assert intake.failures == ()
    assert len(intake.warnings) == 7
