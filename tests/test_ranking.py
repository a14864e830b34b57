"""The ranking: what lifts a story, what the desk asks to see first, and why."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.brief import Account, BriefOptions, Interests, Material, Ranking, assemble, by_rank, unmatched
from briefing.brief.rank import ranked
from briefing.brief.rules import Weights, ranking_rules
from briefing.cli import run
from briefing.errors import SettingsError
from briefing.settings import RankingSettings, default_file, load_settings
from briefing.slots import load_rules, normal_names
from briefing.types import (
    Agreed,
    Article,
    Evidence,
    Slots,
    Story,
    Summary,
    SummarySentence,
    Where,
    Who,
)

DAY = dt.date(2022, 11, 16)


def quote(text: str) -> tuple[Evidence, ...]:
    return (Evidence(0, len(text), text),)


def who(name: str, side: str) -> Who:
    return Who(name, "person", quote(name), "test", None, side)


def story(
    headline: str = "Talks",
    summary: str = "They met.",
    sources: tuple[str | None, ...] = (None,),
    **slots: object,
) -> Story:
    articles = tuple(Article(f"a{n}", summary, headline, DAY, source=one) for n, one in enumerate(sources))
    told = Summary((SummarySentence(summary, quote(summary)),), "test", "test")
    return Story("s", headline, "Other", articles, told, Slots(**slots))  # type: ignore[arg-type]


def points(one: Story, **interests: tuple[str, ...]) -> float:
    return ranked(one, None, Ranking(Interests(**interests)))[0].score


@pytest.mark.parametrize(
    ("country", "matches"),
    [("Kenya", True), ("kenya", True), ("Chile", True), ("Peru", False), ("Ken", False)],
)
def test_a_country_of_interest_acts_or_is_the_place(country: str, matches: bool) -> None:
    one = story(who=(who("Ann", "Kenya"),), where=(Where(quote("Arica"), "test", "Arica", "Chile"),))
    assert (points(one, countries=(country,)) > points(one)) == matches


@pytest.mark.parametrize(
    ("topic", "matches"),
    [
        ("grain deal", True),
        ("Grain  Deal", True),
        ("grain", True),
        ("rain", False),
        ("deal grain", False),
        ("sanctions", True),
        ("sanction", False),
        ("fisheries", True),
        ("trade", False),
        ("C++ (tools)", False),
    ],
)
def test_a_topic_is_found_as_whole_words_of_what_is_told(topic: str, matches: bool) -> None:
    agreed = Agreed("They agreed on fisheries.", "agreed", quote("They agreed on fisheries."), "test")
    one = story("The grain deal holds", "New sanctions were announced.", agreed=(agreed,))
    assert (points(one, topics=(topic,)) > points(one)) == matches


@pytest.mark.parametrize(
    ("person", "matches"),
    [
        ("Lavrov", True),
        ("Sergei Lavrov", True),
        ("lavrov", True),
        ("Sergei", False),
        ("Anna Lavrov", False),
        ("Biden", True),
        ("Joe Biden", False),
        ("Joseph Biden", True),
        ("Wang Yi", True),
        ("Ernesto Muñoz", True),
        ("Ernesto Munoz", True),
    ],
)
def test_a_person_of_interest_is_named_by_last_or_full_name(person: str, matches: bool) -> None:
    names = ("Sergei Lavrov", "Joseph R. Biden, Jr.", "Wang Yi", "Ernesto Muñoz")
    one = story(who=tuple(who(name, "Kenya") for name in names))
    assert (points(one, people=(person,)) > points(one)) == matches


def test_an_interest_lifts_a_story_over_a_weightier_one_and_the_bottom_line_follows() -> None:
    def material(name: str, side: str, text: str, status: str | None) -> Material:
        facts = {"something was decided": float(status is not None), "about peacemaking": 1.0}
        agreed = (Agreed(text, status, quote(text), "test"),) if status else ()  # type: ignore[arg-type]
        article = Article(name, text, name, DAY)
        summary = Summary((SummarySentence(text, (Evidence(0, len(text), text, article=name),)),), "t", "t")
        slots = Slots(who=(who("Ann", side),), agreed=agreed)
        return Material((article,), (slots,), summary, accounts=(Account(facts=facts),))

    day = [
        material("Treaty", "Peru", "They signed a treaty.", "signed"),
        material("Visit", "Kenya", "She came.", None),
    ]
    plain = assemble(day, BriefOptions("Brief", DAY))
    asked = assemble(day, BriefOptions("Brief", DAY, ranking=Ranking(Interests(countries=("Kenya",)))))
    assert [one.headline for one in by_rank(plain.stories)] == ["Treaty", "Visit"]
    assert [one.headline for one in by_rank(asked.stories)] == ["Visit", "Treaty"]
    assert [line.text for line in plain.bottom_line] == ["They signed a treaty.", "She came."]
    assert [line.text for line in asked.bottom_line] == ["She came.", "They signed a treaty."]


def test_two_articles_of_one_outlet_are_one_source() -> None:
    assert points(story(sources=("Post", "Post"))) == points(story(sources=("Post",)))
    assert points(story(sources=("Post", "Times"))) == points(story(sources=("Post",))) + 1


@given(
    st.builds(
        story,
        sources=st.lists(st.sampled_from(["Post", "Times", None]), min_size=1, max_size=5).map(tuple),
        who=st.lists(st.builds(who, st.sampled_from(["Ann", "Bob"]), st.sampled_from(["Peru", "Kenya"]))).map(
            tuple
        ),
    )
)
def test_the_reasons_add_up_to_the_score(one: Story) -> None:
    ranking = Ranking(Interests(countries=("Kenya",), topics=("met",), people=("Bob",)))
    facts = {"two sides act": 1.0, "about sport": 0.37, "nobody acts": 1.0}
    made, _ = ranked(one, facts, ranking)
    said = [float(reason.rsplit("(", 1)[1].rstrip(")")) for reason in made.reasons]
    assert len(said) > len(facts)
    assert made.score == pytest.approx(sum(said))
    assert ranked(one, facts, ranking)[0] == made


def test_an_interest_that_nothing_is_about_is_named() -> None:
    interests = Interests(countries=("Kenya", "Frnace"), topics=("talks", "fish"), people=("Ann",))
    assert unmatched([story(who=(who("Ann", "Kenya"),))], interests) == ["Frnace", "fish"]


def test_a_state_goes_by_any_of_its_names() -> None:
    names = normal_names(("uk", "Turkey", "Türkiye", "EU", "Frnace"), load_rules())
    assert names == ("United Kingdom", "Turkey", "European Union", "Frnace")


def test_every_weight_can_be_set_and_the_settings_file_shows_its_default() -> None:
    settable = {key.name for key in dataclasses.fields(RankingSettings)}
    assert settable == set(Weights.model_fields)
    shown = tomllib.loads(
        "\n".join(line.removeprefix("# ") for line in default_file().split("[ranking]\n")[1].splitlines())
    )
    assert shown == ranking_rules().weights.model_dump()


def test_a_weight_of_the_settings_wins(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text("[ranking]\nindependent_source = 0.5\n")
    settings = load_settings(None, {"BRIEFING_RANKING_TOPIC": "9"}, tmp_path)
    ranking = Ranking.of(Interests(topics=("met",)), settings.ranking.given())
    assert ranked(story(sources=("Post", "Times")), None, ranking)[0].reasons == (
        "2 sources (+0.5)",
        "of interest: “met” (+9)",
    )


@pytest.mark.parametrize("line", ["sources = 1", "topic = 'much'", "topic = nan", "office = {a = 1}"])
def test_a_weight_that_is_none_is_refused_by_name(line: str, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(f"[ranking]\n{line}\n")
    with pytest.raises(SettingsError, match=rf"ranking\.{line.split()[0]}"):
        load_settings(None, {}, tmp_path)


def test_explain_says_why_the_stories_rank_as_they_do(
    tmp_path: Path, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "briefing.toml"
    settings.write_text(
        f'[paths]\narchive = "a.sqlite3"\nmodels = "{models_dir}"\n'
        '[interests]\ncountries = ["Türkiye"]\ntopics = ["Grain Initiative", "sanctions"]\n'
    )
    day = Path(__file__).parent.parent / "examples" / "2022-11-15"
    command = ["daily", str(day), "--date", "2022-11-15", "--config", str(settings)]
    assert run([*command, "--explain", "-o", str(tmp_path / "brief.md")]) == 0
    said = capsys.readouterr().err
    first = said[said.index("briefing: 1. ") : said.index("briefing: 2. ")]
    assert "President Recep Tayyip Erdogan" in first
    assert "of interest: Turkey (+6)" in first
    assert "of interest: “Grain Initiative” (+6)" in first
    assert "no story is about sanctions" in said
