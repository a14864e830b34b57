"""Sources are numbered, cited by sentence, and quoted amid what stands around."""

from __future__ import annotations

from briefing.render import Page, find_template, render_article, render_brief
from briefing.render.sources import Footnotes, Sources
from briefing.types import Article, Brief, Evidence, Slots, Story, Summary, Who
from tests.test_render import ARTICLE, TEXT, brief_of, evidence


def test_an_article_with_the_id_of_another_is_cited_as_itself() -> None:
    other = Article("a1", "Nothing happened. " + TEXT, "Same id")
    brief = brief_of(other)
    first = Story("0", "First", "Europe", (ARTICLE,), Summary((), "t", "t"), Slots())
    both = Brief(brief.title, brief.date, brief.period, (first, brief.stories[0]), 2)
    assert "The ministers met in Vienna. (S2.2)" in render_brief(
        both, find_template("daily", "markdown", None)
    )


def test_the_sentences_of_a_source_stand_in_the_order_of_its_text() -> None:
    text = " ".join(f"This is sentence number {n} of the text." for n in range(1, 21))
    article = Article("a1", text, "Title")
    places = [text.index(f"number {n} ") for n in (17, 2, 11)]
    evidence = [Evidence(at, at + 6, "number", article="a1") for at in places]
    (source,) = Sources([article])
    for one in evidence:
        source.cite(one)
    source.cite(Evidence(0, 5, "Title", "title", "a1"))
    assert [locator for locator, _ in source.sentences] == ["S1.title", "S1.2", "S1.11", "S1.17"]


def test_a_footnote_shows_each_sentence_between_its_neighbours_and_runs_together_what_meets() -> None:
    text = " ".join(f"Sentence {n} stands here." for n in range(1, 11))
    article = Article("a1", text, "Title")
    sources, footnotes = Sources([article]), Footnotes()
    cited = [evidence(f"Sentence {n} ", article)[0] for n in (1, 3, 9)]
    footnote = footnotes.mark(sources.cite(cited))
    shown = [[(one.text[9:11].strip(), one.locator) for one in each.pieces] for each in footnote.passages]
    assert shown == [
        [("1", "S1.1"), ("2", None), ("3", "S1.3"), ("4", None)],
        [("8", None), ("9", "S1.9"), ("10", None)],
    ]
    # The quotation is the source's, to the letter.
    assert all(piece.text in text for each in footnote.passages for piece in each.pieces)


def test_lines_with_the_same_evidence_share_a_footnote() -> None:
    sources, footnotes = Sources([ARTICLE]), Footnotes()
    first, other = evidence("ministers", ARTICLE), evidence("agreed", ARTICLE)
    marks = [footnotes.mark(sources.cite(one)) for one in (first, other, first)]
    assert [mark.number for mark in marks] == [1, 2, 1]
    assert [footnote.lines for footnote in footnotes] == [2, 1]


def test_the_sentences_that_a_report_cites_stand_at_its_end() -> None:
    page = render_brief(brief_of(ARTICLE), find_template("daily", "markdown", None))
    assert "  - **S1.2** They agreed to reopen the border.\n" in page.partition("## Sources")[2]


def test_a_title_that_is_evidence_is_cited_as_title() -> None:
    who = Who("Ana", "person", (Evidence(0, 9, "Ministers", field="title"),), "test")
    text = render_article(Page(ARTICLE, slots=Slots(who=(who,))), find_template("article", "markdown", None))
    assert "Ana (S1.title)" in text
