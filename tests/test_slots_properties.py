"""What holds of any article: exact quotations, one reading for all inputs, no influence from afar."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.ingest import IngestOptions, read
from briefing.slots import Extractor, load_rules
from briefing.types import Agreed, Article, Evidence, Outlook, Slots, Where, Who

READOUTS = [
    Article(row["id"], row["text"], row["title"], dt.date.fromisoformat(row["date"]), source=row["source"])
    for row in map(
        json.loads,
        (Path(__file__).parent / "data" / "slots_readouts.jsonl").read_text(encoding="utf-8").splitlines(),
    )
]
# ruff: noqa: E501  (a paragraph a line reads best)
NEWS = Article(
    "news",
    "NAIROBI, March 17 (Reuters) - Kenyan Foreign Minister Amina Odhiambo and her Norwegian counterpart Jonas Berg "
    "signed a treaty on fisheries on Tuesday.\n\nThe two sides agreed to open a joint office, a statement said. "
    "Norway did not agree to pay for it.\n\nMr Berg will travel to Mombasa on Friday. If parliament approves the "
    "treaty, the office would open next month. A senior official, on condition of anonymity, said that the talks could "
    "still fail.",
    "Kenya and Norway sign fisheries treaty",
    dt.date(2026, 3, 18),
)
# Of nothing that any of the articles tells; some with names and verbs that the rules know.
UNRELATED = [
    "The museum opens at ten.",
    "Rain is forecast for the hills.",
    "The orchestra of Lima played two waltzes, and the audience clapped.",
    "Photo: a ship in the harbour of Tallinn.",
    "Chess club members repainted the hall in blue and grey over the summer.",
]
EVERY = [*READOUTS, NEWS]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(load_rules())


def evidence(slots: Slots) -> Iterator[Evidence]:
    values: Iterator[Who | Where | Agreed | Outlook]
    values = itertools.chain(slots.who, slots.where, slots.agreed, slots.outlook)
    for value in values:
        assert value.evidence
        yield from value.evidence


def quotes(article: Article, one: Evidence) -> bool:
    text = (article.title or "") if one.field == "title" else article.text
    return one.start < one.end and one.quote == text[one.start : one.end]


@given(
    first=st.sampled_from(EVERY),
    second=st.sampled_from(EVERY),
    between=st.text(alphabet=" \n\t\u00a0“”\"'’—.💬e\u0301", max_size=12),
    cut=st.integers(min_value=0, max_value=900),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_evidence_quotes_the_article(
    extractor: Extractor, first: Article, second: Article, between: str, cut: int
) -> None:
    article = Article("x", first.text[cut:] + between + second.text[:cut], second.title, first.date)
    slots, notes = extractor.explain(article)
    assert all(quotes(article, one) for one in evidence(slots))
    assert all(quotes(article, note.evidence) for note in notes)


@pytest.mark.parametrize("article", EVERY, ids=[article.id[:50] for article in EVERY])
def test_explaining_changes_nothing(extractor: Extractor, article: Article) -> None:
    explained, notes = extractor.explain(article)
    assert explained == next(extractor.extract([article]))
    made = {(note.slot, note.rule) for note in notes if note.made}
    assert {("agreed", one.rule) for one in explained.agreed} <= made
    assert {("outlook", one.rule) for one in explained.outlook} <= made


@given(article=st.sampled_from(EVERY), more=st.lists(st.sampled_from(UNRELATED), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_unrelated_paragraph_at_the_end_changes_no_value(
    extractor: Extractor, article: Article, more: list[str]
) -> None:
    longer = Article(
        article.id, "\n\n".join([article.text, *more]), article.title, article.date, source=article.source
    )
    before, after = extractor.extract([article, longer])
    assert set(before.who) <= set(after.who)
    assert before.where == after.where
    assert after.agreed[: len(before.agreed)] == before.agreed
    assert after.outlook[: len(before.outlook)] == before.outlook


def written(article: Article, kind: str, folder: Path) -> Path:
    """The article as a file of this kind."""
    title, day = article.title or "", article.date.isoformat() if article.date else ""
    paragraphs = article.text.split("\n\n")
    path = folder / f"article.{kind}"
    if kind == "jsonl":
        path.write_text(json.dumps({"id": "x", "title": title, "date": day, "text": article.text}) + "\n")
    elif kind == "html":
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        path.write_text(
            f"<html lang='en'><head><title>{title}</title><meta property='article:published_time' content='{day}'>"
            f"</head><body><article><h1>{title}</h1>{body}</article></body></html>"
        )
    elif kind == "md":
        path.write_text(f"---\ntitle: {title}\ndate: {day}\n---\n\n{article.text}\n")
    else:
        message = EmailMessage()
        message["Subject"], message["Date"] = title, "Wed, 18 Mar 2026 09:00:00 +0000"
        message["From"] = "press@example.org"
        message.set_content(article.text + "\n")
        path.write_bytes(message.as_bytes())
    return path


def values(slots: Slots) -> list[object]:
    """What the slots say, without where it stands."""
    return [
        *((one.name, one.kind, one.role, one.side) for one in slots.who),
        *((one.place, one.country, one.basis) for one in slots.where),
        *((" ".join(one.text.split()), one.status, one.parties, one.speaker) for one in slots.agreed),
        *((" ".join(one.text.split()), one.kind, one.when, one.speaker) for one in slots.outlook),
    ]


@pytest.mark.parametrize("kind", ["jsonl", "html", "md", "eml"])
def test_one_article_is_read_alike_in_every_kind_of_input(
    extractor: Extractor, kind: str, tmp_path: Path
) -> None:
    intake = read([str(written(NEWS, kind, tmp_path))], IngestOptions())
    assert not intake.failures
    (article,) = intake.articles
    assert values(next(extractor.extract([article]))) == values(next(extractor.extract([NEWS])))
