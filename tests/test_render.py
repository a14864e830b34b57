from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefing.errors import OutputError, TemplateError
from briefing.plain import plain
from briefing.render import (
    copy_template,
    escape,
    find_template,
    render_brief,
    sandbox,
    template_names,
)
from briefing.render.environment import days, fill
from briefing.render.views import tell
from briefing.seal import check_seal
from briefing.types import (
    Agreed,
    Article,
    Brief,
    Evidence,
    Failure,
    Line,
    Outlook,
    Period,
    Slots,
    Story,
    Summary,
    SummarySentence,
    When,
    Who,
)

TEXT = "The ministers met in Vienna. They agreed to reopen the border. Talks resume on 3 May."
HOSTILE = "<script>alert(1)</script> **bold** [x](javascript:alert(1)) | # `code` & &amp; {{ 7 * 7 }}"
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def evidence(quote: str, article: Article) -> tuple[Evidence, ...]:
    start = article.text.index(quote)
    return (Evidence(start, start + len(quote), quote, article=article.id),)


def brief_of(article: Article, headline: str = "Ministers meet", **more: object) -> Brief:
    opening, agreed, outlook = TEXT.split(". ")
    slots = Slots(
        who=(Who("Ana Lopez", "person", evidence("ministers", article), "test", "Minister", "Chile"),),
        agreed=(Agreed(agreed + ".", "agreed", evidence(agreed + ".", article), "test"),),
        outlook=(
            Outlook(
                outlook,
                "scheduled",
                evidence(outlook, article),
                "test",
                When("on 3 May", dt.date(2022, 5, 3), None, "day"),
                attribution="unnamed",
            ),
        ),
    )
    summary = Summary((SummarySentence(opening + ".", evidence(opening + ".", article)),), "test", "test")
    story = Story("1", headline, "Europe", (article,), summary, slots)
    values: dict[str, object] = {
        "bottom_line": (Line(agreed + ".", "1", slots.agreed[0].evidence, ("Chile",)),),
    }
    return Brief("Daily brief", dt.date(2022, 4, 30), Period(), (story,), 1, **(values | more))  # type: ignore[arg-type]


ARTICLE = Article(
    "a1", TEXT, "Ministers meet", dt.date(2022, 4, 30), source="Agency", url="https://x.org/a?b=1"
)


@given(st.text())
def test_escaped_text_reads_in_markdown_as_the_same_words(text: str) -> None:
    shown = MARKDOWN.render("- " + escape.markdown(text))
    words = re.sub(r"</?(?:ul|li|p)>", "", shown)
    expected = plain(text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        words = words.replace(entity, character)
    assert " ".join(words.split()) == " ".join(expected.split())


@given(st.text(alphabet="#-+=>1.)(*_`[]<>|~!&;\\ ax\n", max_size=30))
def test_markup_characters_make_no_markup(text: str) -> None:
    shown = MARKDOWN.render("- " + escape.markdown(text))
    assert set(re.findall(r"<(\w+)", shown)) <= {"ul", "li", "p"}


@given(st.text(alphabet="[](): abc_^.x\n", max_size=30))
def test_brackets_make_no_link(text: str) -> None:
    shown = MARKDOWN.render(f"- {escape.markdown(text)}({escape.markdown(text)})")
    assert "<a " not in shown


def test_words_in_brackets_read_well_in_the_raw_text_too() -> None:
    assert escape.markdown("He met [15 November 2022] with her.") == "He met [15 November 2022] with her."
    assert escape.markdown("[a](https://x.org)") == r"\[a\](https://x.org)"
    assert escape.markdown("Read [more here](https://x.org)") == r"Read \[more here\](https://x.org)"
    assert escape.markdown("[more here]: https://x.org") == r"\[more here\]: https://x.org"


def test_control_and_direction_characters_are_left_out() -> None:
    assert plain("a\x1b[31mb\u202ec\x00d") == "a[31mbcd"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.org/a b", "https://x.org/a%20b"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//x.org", None),
        ("http://[", None),
        ("https://x.org/)><script>", "https://x.org/%29%3E%3Cscript%3E"),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, expected: str | None) -> None:
    assert escape.web_address(url) == expected


def test_every_line_of_the_markdown_brief_is_cited() -> None:
    text = render_brief(brief_of(ARTICLE), find_template("daily", "markdown", None))
    assert "- **Chile:** They agreed to reopen the border. (S1.2)" in text
    assert "The ministers met in Vienna. (S1.1)" in text
    assert "**Agreed:** They agreed to reopen the border. (S1.2)" in text
    assert "**Outlook: scheduled, 3 May 2022, speaker not named:**" in text
    assert "[Ministers meet](<https://x.org/a?b=1>)" in text


def test_a_page_tells_what_is_told() -> None:
    slots = Slots(
        agreed=(Agreed("They signed.", "signed", evidence("They", ARTICLE), "test"),),
        outlook=(
            Outlook("Rain may come.", "assessment", evidence("ministers", ARTICLE), "test", told=False),
        ),
    )
    assert [one.text for one in tell(Summary((), "test", "test"), slots).statements] == ["They signed."]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2006-12-14", None, "14 December 2006"),
        ("2006-12-14", "2006-12-14", "14 December 2006"),
        ("2006-12-14", "2006-12-15", "14 to 15 December 2006"),
        ("2006-11-27", "2006-12-03", "27 November to 3 December 2006"),
        ("2006-12-14", "2007-12-15", "14 December 2006 to 15 December 2007"),
    ],
)
def test_what_two_days_share_is_said_once(first: str, last: str | None, shown: str) -> None:
    end = dt.date.fromisoformat(last) if last else None
    assert days(dt.date.fromisoformat(first), end) == shown


def test_the_markdown_brief_is_sealed() -> None:
    text = render_brief(brief_of(ARTICLE), find_template("daily", "markdown", None))
    assert check_seal(text) == "intact"
    assert check_seal(text.replace("Vienna", "Geneva")) == "changed"


def test_a_hostile_headline_is_shown_as_its_words() -> None:
    article = Article("a1", TEXT, HOSTILE, source=HOSTILE, url="javascript:alert(1)")
    failures = (Failure(HOSTILE, HOSTILE),)
    brief = brief_of(article, HOSTILE, failures=failures, warnings=(HOSTILE,))
    page = render_brief(brief, find_template("daily", "html", None))
    assert "<script" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    assert "{{ 7 * 7 }}" in page
    shown = MARKDOWN.render(render_brief(brief, find_template("daily", "markdown", None)))
    assert "<script" not in shown
    assert "<code>" not in shown
    assert 'href="javascript' not in shown
    assert "**bold**" in shown


def template(folder: Path, text: str, name: str = "own.md.j2") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one\ntwo {% if %}", r"own\.md\.j2, line 2"),
        ("one\n{{ breif.title }}", r"own\.md\.j2, line 2: 'breif' is undefined"),
        ("{{ brief.titel }}", "has no attribute 'titel'"),
        ("{{ brief.__class__.__mro__ }}", "unsafe"),
        ("{{ ''.__class__ }}", "unsafe"),
        ("{% include 'nowhere.md.j2' %}", "nowhere"),
        ("{% include '../../etc/passwd' %}", "passwd"),
        ("{{ brief|nofilter }}", "nofilter"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{% for n in range(10 ** 9) %}{% endfor %}", "too big"),
        ("{% include 'own.md.j2' %}", r"own\.md\.j2, line 1: .*takes itself in"),
        ("{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}", r"own\.md\.j2, line 1: .*takes itself in"),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "nested too deep"),
        ("\n{{ 'x' * 10 ** 10 }}", r"own\.md\.j2, line 2: it takes too much memory"),
        ("{{ 'x'|center(10 ** 10) }}", "too much memory"),
        ("{{ '%10000000000d' % 1 }}", "too much memory"),
        ("{{ [1, 2]|random }}", "chance"),
        ("{{ lipsum() }}", "chance"),
        ("{{ brief.date.today() }}", "not safely callable"),
        ("{{ brief.stories|map(attribute='headline') }}", "cannot be printed"),
        ("{{ brief.date.isoformat }}", "cannot be printed"),
    ],
)
def test_a_broken_template_is_named_with_its_mistake(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message):
        render_brief(brief_of(ARTICLE), template(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "{% set r = range(100000) %}\n{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}",
        "{% macro a(n) %}\n{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(99) }}",
    ],
)
def test_a_template_without_an_end_is_stopped(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "_SECONDS", 0.1)
    with pytest.raises(TemplateError, match=r"own\.md\.j2, line [12]: it runs too long"):
        render_brief(brief_of(ARTICLE), template(tmp_path, text))


@pytest.mark.parametrize("name", ["linked.md.j2", "folder/note.txt"])
def test_a_link_out_of_the_template_folders_is_not_followed(tmp_path: Path, name: str) -> None:
    inside, outside = tmp_path / "templates", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "note.txt").write_text("secret")
    (inside / "linked.md.j2").symlink_to(outside / "note.txt")
    (inside / "folder").symlink_to(outside)
    with pytest.raises(TemplateError, match=f"{name} is a link"):
        render_brief(brief_of(ARTICLE), template(inside, f"{{% include '{name}' ignore missing %}}"))
    with pytest.raises(TemplateError, match="is a link"):
        render_brief(brief_of(ARTICLE), inside / "linked.md.j2")


def test_a_link_within_a_template_folder_is_followed(tmp_path: Path) -> None:
    template(tmp_path, "mine", "_part.md.j2")
    (tmp_path / "_linked.md.j2").symlink_to("_part.md.j2")
    assert "mine" in render_brief(brief_of(ARTICLE), template(tmp_path, "{% include '_linked.md.j2' %}"))
    os.mkfifo(tmp_path / "pipe.md.j2")
    with pytest.raises(TemplateError, match="pipe"):
        render_brief(brief_of(ARTICLE), template(tmp_path, "{% include 'pipe.md.j2' %}"))


def test_a_template_of_ones_own_may_use_the_parts_that_ship(tmp_path: Path) -> None:
    text = '{% from "_parts.j2" import actor %}{{ actor(brief.stories[0].slots.who[0]) }}'
    own = template(tmp_path, text)
    assert render_brief(brief_of(ARTICLE), own).startswith("Ana Lopez, Minister (Chile)")


def test_templates_are_found_in_the_users_folder_first(tmp_path: Path) -> None:
    own = template(tmp_path, "mine", "daily.md.j2")
    assert find_template("daily", "markdown", tmp_path) == own
    assert find_template("daily", "html", tmp_path) != own


def test_an_unknown_template_lists_what_there_is() -> None:
    with pytest.raises(TemplateError, match=r"daily\.md\.j2"):
        find_template("weekly", "markdown", None)


def test_a_template_must_say_what_it_makes(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="escaping"):
        fill(template(tmp_path, "x", "own.j2"), {}, {})


def test_templates_are_copied_but_never_over_ones_own(tmp_path: Path) -> None:
    for name in template_names():
        copy_template(name, tmp_path)
    with pytest.raises(OutputError, match="exists already"):
        copy_template("daily.md.j2", tmp_path)
    with pytest.raises(TemplateError, match="no template"):
        copy_template("../README.md", tmp_path)


def test_a_copied_template_makes_the_same_brief(tmp_path: Path) -> None:
    copied = copy_template("daily.md.j2", tmp_path)
    assert render_brief(brief_of(ARTICLE), copied) == render_brief(
        brief_of(ARTICLE), find_template("daily", "markdown", None)
    )
