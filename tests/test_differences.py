"""Conflicts and updates: minimal pairs, the order of articles, what is later, and that evidence quotes."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.brief.differences import Differences, differences
from briefing.strict_yaml import load_yaml
from briefing.types import Article, Slots

CASES = load_yaml((Path(__file__).parent / "data" / "differences.yaml").read_text(encoding="utf-8"))
DIFFERS = [(aspect, *pair) for aspect, pairs in CASES["differs"].items() for pair in pairs]
TUESDAY = dt.date(2022, 11, 15)
# What both reports of a pair have around the statement.
BEFORE = "Delegates from both countries had arrived in the morning. "
AFTER = " Further consultations are under way, a spokeswoman said."


def report(name: str, statement: str, date: dt.date | None = TUESDAY, **more: object) -> Article:
    return Article(id=name, text=BEFORE + statement + AFTER, date=date, source=name, **more)  # type: ignore[arg-type]


def compare(*articles: Article) -> Differences:
    return differences(articles, [Slots()] * len(articles))


def shown(found: Differences) -> list[tuple[str, frozenset[str]]]:
    return [(one.aspect, frozenset(v.value for v in one.versions)) for one in found.conflicts]


def parted(found: Differences) -> set[tuple[str, frozenset[frozenset[str | None]]]]:
    """Who stands against whom, and over what."""
    return {
        (one.aspect, frozenset(frozenset(e.article for e in v.evidence) for v in one.versions))
        for one in found.conflicts
    }


@pytest.mark.parametrize(("aspect", "one", "other"), DIFFERS)
def test_what_two_reports_say_differently_is_shown_with_both_sources(
    aspect: str, one: str, other: str
) -> None:
    articles = [report("A", one), report("B", other)]
    found = compare(*articles)
    assert [conflict.aspect for conflict in found.conflicts] == [aspect]
    assert not found.updates
    (conflict,) = found.conflicts
    assert [{e.article for e in version.evidence} for version in conflict.versions] == [{"A"}, {"B"}]
    assert sorted(shown(found)) == sorted(shown(compare(*reversed(articles))))


@pytest.mark.parametrize(("one", "other"), CASES["agrees"])
def test_what_can_be_true_together_is_no_conflict(one: str, other: str) -> None:
    assert compare(report("A", one), report("B", other)) == Differences()
    assert compare(report("B", other), report("A", one)) == Differences()


@pytest.mark.parametrize("statement", [text for _, one, other in DIFFERS for text in (one, other)])
def test_a_copy_never_conflicts(statement: str) -> None:
    assert compare(report("A", statement), report("B", statement)) == Differences()


@pytest.mark.parametrize(("aspect", "one", "other"), [case for case in DIFFERS if case[0] == "number"])
def test_a_later_figure_is_an_update_from_the_old_to_the_new(aspect: str, one: str, other: str) -> None:
    old, new = report("old", one), report("new", other, TUESDAY + dt.timedelta(1))
    for articles in permutations((old, new)):
        found = compare(*articles)
        assert not found.conflicts
        (update,) = found.updates
        assert update.aspect == aspect
        assert [version.evidence[0].article for version in update.versions] == ["old", "new"]


def test_a_denial_stays_a_conflict_however_late_it_comes() -> None:
    found = compare(
        report("A", "Norway will send observers to the vote in Lima."),
        report("B", "Norway will not send observers to the vote in Lima.", TUESDAY + dt.timedelta(2)),
    )
    assert [one.aspect for one in found.conflicts] == ["denial"]
    assert not found.updates


@pytest.mark.parametrize(("hours", "kind"), [(1, "conflicts"), (8, "updates")])
def test_moments_hours_apart_make_an_update_of_the_same_day(hours: int, kind: str) -> None:
    noon = dt.datetime(2022, 11, 15, 12, tzinfo=dt.UTC)
    found = compare(
        report("A", "The blast killed 12 people.", published=noon),
        report("B", "The blast killed 15 people.", published=noon + dt.timedelta(hours=hours)),
    )
    assert len(getattr(found, kind)) == 1
    assert len(found.conflicts) + len(found.updates) == 1


def test_a_spelling_does_not_change_in_the_course_of_a_day() -> None:
    found = compare(
        report("A", "Elena Quispe signed the text for Peru."),
        report("B", "It was for Elana Quispe to sign the text.", TUESDAY + dt.timedelta(2)),
    )
    assert [one.aspect for one in found.conflicts] == ["spelling"]
    assert not found.updates


def test_all_articles_that_say_so_are_cited() -> None:
    found = compare(
        report("A", "The blast killed 12 people."),
        report("B", "Fifteen people died in the blast."),
        report("C", "Police say the blast killed 12 people."),
    )
    (conflict,) = found.conflicts
    assert [[e.article for e in version.evidence] for version in conflict.versions] == [["A", "C"], ["B"]]


def test_an_update_tells_every_step_oldest_first() -> None:
    found = compare(
        report("third", "The blast killed 19 people.", TUESDAY + dt.timedelta(2)),
        report("first", "The blast killed 12 people."),
        report("second", "The blast killed 15 people.", TUESDAY + dt.timedelta(1)),
    )
    (update,) = found.updates
    assert [version.value for version in update.versions] == ["12", "15", "19"]


def test_articles_without_dates_conflict_over_what_needs_no_date() -> None:
    found = compare(
        report("A", "The blast killed 12 people.", None), report("B", "The blast killed 15 people.", None)
    )
    assert len(found.conflicts) == 1


def test_headlines_are_read_too() -> None:
    one, other = (
        report("A", "More soon.", title="Blast kills 12"),
        report("B", "More soon.", title="15 dead in blast"),
    )
    (conflict,) = compare(one, other).conflicts
    assert {e.field for version in conflict.versions for e in version.evidence} == {"title"}


def test_evidence_quotes_the_sentence_of_its_article(readouts: list[Article]) -> None:
    for _, one, other in DIFFERS:
        articles = {article.id: article for article in (report("A", one), report("B", other))}
        found = compare(*articles.values())
        for difference in (*found.conflicts, *found.updates):
            for version in difference.versions:
                for evidence in version.evidence:
                    assert evidence.article is not None
                    assert articles[evidence.article].text[evidence.start : evidence.end] == evidence.quote


def test_real_readouts_of_other_meetings_do_not_conflict(readouts: list[Article]) -> None:
    assert len(compare(*readouts).conflicts) <= 1


@settings(max_examples=40, deadline=None)
@given(st.permutations([*range(6)]), st.lists(st.sampled_from(range(len(DIFFERS))), min_size=3, max_size=3))
def test_the_order_of_articles_decides_nothing(order: list[int], chosen: list[int]) -> None:
    texts = [text for n in dict.fromkeys(chosen) for text in DIFFERS[n][1:]]
    articles = [report(str(n), text) for n, text in enumerate(texts)]
    mixed = [articles[n] for n in order if n < len(articles)]
    # "12" and "twelve" are one version, shown as the article that comes first has it.
    assert parted(compare(*articles)) == parted(compare(*mixed))
