"""What of a text is body: each kind of furniture, in texts with line breaks and without, and what is none."""

from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.ingest import read
from briefing.reading import ArticleReader
from briefing.reading.dateline import day_of, written_on
from briefing.reading.zones import body_of, body_sentences, dateline_of, find_zones
from briefing.slots import Extractor, load_rules
from briefing.types import Article

FIRST = "Peru and Kenya signed a treaty on fisheries in the old town hall."
SECOND = "The two ministers met for an hour, and the talks were useful."
THIRD = "Parliament votes on the treaty in the second week of May."
BODY = [FIRST, SECOND, THIRD]


def kinds(text: str, title: str | None = None, source: str | None = None) -> list[tuple[str, str]]:
    """What is no body, with its kind."""
    return [
        (zone.kind, text[zone.start : zone.end].strip())
        for zone in find_zones(text, title, source)
        if zone.kind != "body"
    ]


def body(text: str, title: str | None = None, source: str | None = None) -> list[str]:
    zones = find_zones(text, title, source)
    return [text[start:end] for start, end in body_sentences(text, zones)]


# ---- datelines

DATELINES = [
    "LIMA, 3 March 2024 - ",
    "LIMA, March 3 (Reuters) - ",
    "LIMA (AP) — ",
    "Lima, 3 March 2024 (ANI): ",
    "LIMA - ",
    "LIMA. March 3. NORDWIRE – ",
    "Lima (VNA) – ",
    "LIMA, Mar. 3 (Xinhua) -- ",
    "NEW DELHI: ",
    "LIMA | ",
    "LIMA, Peru (UzA). ",
    "Mar 3 (Reuters) - ",
    "(LIMA) — ",
    "LIMA/NAIROBI, March 3 (Reuters) - ",
    "ZELDOR, 18 April 2023 - ",
    "UNITED NATIONS, 3 March 2024 — ",
    "Lima, Peru – 3 March 2024 – ",
    "LIMA, March 3, 2024 /PRNewswire/ -- ",
    "ST. PETERSBURG, March 3. /TASS/. ",
    "NAIROBI — ",
    "Nairobi: ",
    "WASHINGTON, D.C. – ",
    "Ottawa, Ontario - ",
    "Paris, le 3 mars 2024 – ",
    "(CNN) -- ",
    "( cnn ) -- ",
    "MEXICO  CITY, Nov.3 (AFP) -- ",
    "LIMA., April 11 (AFP) -- ",
    "BUDAPEST, Hungary (AP)_ ",
    "SEOUL, South Korea — ",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_found_up_to_what_parts_it_from_the_text(dateline: str) -> None:
    text = dateline + " ".join(BODY)
    assert kinds(text) == [("dateline", dateline.strip())]
    assert body(text) == BODY


@pytest.mark.parametrize(
    "text",
    [
        "Brussels – the seat of the Union – is ready for the summit of the ministers.",
        "SHAPIRO: We do not know yet who is responsible for the attack.",
        "Angela Morin (CDU) – the chancellor of the day – spoke to the ministers.",
        "Israel: the ministers of the two states met for an hour on Monday.",
        "Analysis - what the treaty means for the fishermen of the coast.",
        "Lima and Nairobi - two cities that share a coast - are far from each other.",
        "The Environmental Agency (EPA) Administrator Jon Morin said the rules are final.",
        "Yesterday, Ana Odhiambo, Director for Asian American (AA and NHPI) affairs, met leaders in Lima.",
        "May (the minister) said that the talks were useful and that they go on.",
        "EU - the union of 27 states - has signed a treaty with Peru on fisheries.",
    ],
)
def test_what_only_looks_like_a_dateline_is_body(text: str) -> None:
    assert "dateline" not in {kind for kind, _ in kinds(text)}


@pytest.mark.parametrize(
    ("dateline", "published", "day"),
    [
        ("LIMA, March 3 (Reuters) - ", dt.date(2024, 3, 4), dt.date(2024, 3, 3)),
        ("LIMA, Dec. 30 (Reuters) - ", dt.date(2024, 1, 2), dt.date(2023, 12, 30)),
        ("LIMA, Jan. 2 (Reuters) - ", dt.date(2023, 12, 30), dt.date(2024, 1, 2)),
        ("LIMA, 3 March 2021 - ", dt.date(2024, 3, 4), dt.date(2021, 3, 3)),
        ("Paris, le 3 mars 2024 – ", None, dt.date(2024, 3, 3)),
        ("LIMA, March 3 (Reuters) - ", None, None),
        ("LIMA, Feb. 29 (Reuters) - ", dt.date(2023, 3, 1), dt.date(2024, 2, 29)),
        ("LIMA, April 31 (Reuters) - ", dt.date(2023, 3, 1), None),
        ("LIMA (Reuters) - ", dt.date(2023, 3, 1), None),
    ],
)
def test_the_day_of_a_dateline(dateline: str, published: dt.date | None, day: dt.date | None) -> None:
    opening = dateline_of(Article("a", dateline + FIRST, date=published))
    assert opening is not None
    expected = day if dateline != "LIMA, Feb. 29 (Reuters) - " else dt.date(2024, 2, 29)
    assert day_of(opening, published) == expected


def test_the_day_of_the_dateline_goes_before_that_of_the_mail() -> None:
    sent = {
        dt.date(2024, 3, 5): dt.date(2024, 3, 3),
        dt.date(2024, 3, 10): dt.date(2024, 3, 3),
        dt.date(2024, 3, 11): dt.date(2024, 3, 11),
        dt.date(2024, 3, 1): dt.date(2024, 3, 1),
        None: dt.date(2024, 3, 3),
    }
    opening = dateline_of(Article("a", "LIMA, 3 March 2024 - " + FIRST))
    assert {day: written_on(opening, day) for day in sent} == sent
    assert written_on(None, dt.date(2024, 3, 5)) == dt.date(2024, 3, 5)


# ---- everything else

# Kind, text, whether it stands before the body.
FURNITURE = [
    ("byline", "By Jon Vik, Reuters correspondent", True),
    ("byline", "By Jon Vik and Eva Morin", True),
    ("byline", "by Jon Vik", True),
    ("credit", "(Reporting by Jon Vik in Oslo; Editing by Eva Morin and Luc van Dael)", False),
    ("credit", "Additional reporting by Jon Vik.", False),
    ("credit", "Associated Press writers Jon Vik and Eva Morin contributed to this report.", False),
    ("credit", "(With inputs from agencies)", False),
    ("credit", "(Edited by)", False),
    ("credit", "AFP jkl/mno", False),
    ("credit", "jkl/mno", False),
    ("credit", "jm/dm (AFP, dpa)", False),
    ("credit", "Reuters - AP - AFP", False),
    ("caption", "(Xinhua photo by Li Wei)", False),
    ("caption", "Photo: AFP/Getty", False),
    ("caption", "File photo: the ministers on the steps of the hall.", False),
    ("link", "READ MORE: Fiji and Tonga argue about a reef", False),
    ("link", "Also read: Fiji refuses to sign a pact with Tonga.", False),
    ("link", "Related: Fiji refuses to sign a pact with Tonga.", False),
    ("link", "See also: Fiji refuses to sign a pact with Tonga.", False),
    ("link", "Click here to read the whole treaty.", False),
    ("link", "Read: Fiji refuses to sign a pact with Tonga.", False),
    ("link", "Watch the full interview below.", False),
    ("link", "Filed under: World, Fisheries", False),
    ("promotion", "Sign up for our newsletter and be the first to know.", False),
    ("promotion", "Subscribe to our newsletter. We will send you the best of the day every Friday.", False),
    ("promotion", "Follow us on Twitter.", False),
    ("promotion", "Share | Tweet | Email | Print", False),
    ("promotion", "Jon Vik is the Oslo correspondent of Harbour Post. He covers the Nordic states.", False),
    ("promotion", "Have an opinion on this story? Share it!", False),
    (
        "promotion",
        "Jon Vik reports from Oslo. His book on krill came out in May. He tweets at @jonvik.",
        False,
    ),
    ("promotion", "Got a tip? Contact our newsroom in confidence at tips@post.example.", False),
    ("promotion", "Already a subscriber? Log in.", False),
    ("promotion", "You have read all your free articles this month.", False),
    ("promotion", "Never miss a story.", False),
    ("notice", "© 2024 Harbour Post. All rights reserved.", False),
    ("notice", "Copyright 2024 Harbour Post.", False),
    ("notice", "This article was first published by Harbour Post.", False),
    ("notice", "This copy is for your personal, non-commercial use only.", True),
    ("notice", "Reproduction in whole or in part without written permission is prohibited.", False),
    ("notice", "To republish this article, please write to rights@post.example.", False),
    ("notice", "For permission to reprint this article, please contact rights@post.example.", False),
    ("notice", "By clicking Accept you agree to our use of cookies.", True),
    ("notice", "We need your consent to load this content.", False),
    ("notice", "Please enable JavaScript to view this video.", False),
    ("notice", "This story has updates", False),
    ("notice", "• This article was amended on 4 March 2024 to mend the name of the hall.", False),
    ("notice", "FOR IMMEDIATE RELEASE", True),
    ("notice", "ENDS", False),
    ("notice", "Enditem", False),
    ("notice", "###", False),
    ("notice", "Updated at 14:05 GMT:", True),
    ("heading", "URGENT:", True),
    ("heading", "BREAKING:", True),
    ("heading", "1st LD-Writethru:", True),
]


LAID_OUT = [
    (kind, said, before, between)
    for kind, said, before in FURNITURE
    for between in ("\n", "\n\n", " ")
    # In flat text, without a dateline behind it, nothing tells where a name ends.
    if (kind, between) != ("byline", " ")
]


@pytest.mark.parametrize(
    ("kind", "said", "before", "between"),
    LAID_OUT,
    ids=[f"{said}{between!r}" for _, said, _, between in LAID_OUT],
)
def test_furniture_is_found_on_a_line_and_in_flat_text(
    kind: str, said: str, before: bool, between: str
) -> None:
    if said in {"READ MORE: Fiji and Tonga argue about a reef"} and between == " ":
        text = between.join([FIRST, said, SECOND, THIRD])
    else:
        text = between.join([said, *BODY] if before else [*BODY, said])
    assert {kind} == {found for found, _ in kinds(text)}
    assert body(text) == BODY


@pytest.mark.parametrize("between", ["\n", " "], ids=["lines", "flat"])
def test_a_byline_and_the_title_before_a_dateline(between: str) -> None:
    title = "Peru and Kenya sign a treaty on fish"
    text = between.join([title, "By Jon Vik", "LIMA, March 3 (Reuters) - " + " ".join(BODY)])
    assert kinds(text, title) == [
        ("heading", title),
        ("byline", "By Jon Vik"),
        ("dateline", "LIMA, March 3 (Reuters) -"),
    ]
    assert body(text, title) == BODY


def test_headings_between_paragraphs() -> None:
    text = "\n".join([FIRST, "What is in the treaty", SECOND, "'Two of a kind'", THIRD])
    assert [kind for kind, _ in kinds(text)] == ["heading", "heading"]
    assert body(text) == BODY


def test_a_list_has_no_headings() -> None:
    lines = ["Those present:", "Governor Eva Morin", "Senator Luc Odhiambo", "Jon Vik, Head of Office"]
    assert body("\n".join([FIRST, *lines])) == [FIRST, *lines]


def test_a_text_broken_to_a_width_has_no_headings() -> None:
    lines = [
        "Peru and Kenya signed",
        "A treaty on fisheries in",
        "The old town hall, and the",
        "King was there.",
    ]
    assert body("\n".join(lines)) == lines


def test_a_note_of_one_line_is_body() -> None:
    assert body("Talks adjourned") == ["Talks adjourned"]
    assert body("Talks adjourned\nNo date set") == ["Talks adjourned", "No date set"]


def test_links_below_their_heading_are_links() -> None:
    text = "\n".join(
        [*BODY, "Read more:", "Fiji refuses to sign a pact", "Tonga votes on Sunday", "Chad has rain"]
    )
    assert kinds(text) == [("link", text[text.index("Read more:") :])]


def test_all_below_the_sources_of_wikinews_is_furniture() -> None:
    text = "\n\n".join(
        [
            *BODY,
            FIRST,
            SECOND,
            THIRD,
            "Sources",
            '"Fish for all" — Harbour Post, March 3, 2024',
            "Jon Vik. Old News",
        ]
    )
    assert body(text) == [*BODY, *BODY]


def test_a_caption_of_two_sentences_is_one() -> None:
    caption = "The hall of Lima, seen from the sea. It was built for fishermen. (Jon Vik/AP)"
    assert kinds("\n".join([FIRST, caption, SECOND])) == [("caption", caption)]


# What reads like furniture, and is what a report says.
STATEMENTS = [
    "The ministers agreed to follow the matter closely in the coming weeks.",
    "He will see more of the region during his visit next month.",
    "The photo showed the two leaders shaking hands in Geneva.",
    "Photo-sharing sites were closed for a day, the ministry said.",
    "The report was published by the ministry on Monday and names nobody.",
    "The report was revised by the ministry after the vote.",
    "The article of the treaty was amended by parliament in May.",
    "He runs a newsletter for fishermen.",
    "Ana Morin is a reporter for Harbour Post.",
    "Press contacts with the north were resumed on Monday.",
    "The views expressed by the minister were not those of the cabinet.",
    "Reporting by the ministry shows that 30 boats were lost.",
    "Compiled by the institute, the list names 30 boats.",
    "The copyright act was read for the second time.",
    "More to the point, the treaty has no date.",
    "First published in 1925, the book names both states.",
    "Experts at the Environmental Protection Agency (EPA) said so.",
    "Kenya spoke to the Associated Press (AP).",
    "Read the treaty, the minister told them.",
    "Watch the border, said the general, and nothing else.",
    "The two sides share this view of the reef.",
    "Comment was not to be had from the embassy.",
    "Sources close to the ministry said that talks go on.",
    "“Sign up for the treaty today,” the minister said.",
    "Reproduction without consent is a crime under the act, the court said.",
    "Already a member of the union, Peru will vote in May.",
    "You have reached the limit of our patience, the envoy told them.",
    "Stay out of the reef, the general told boats.",
    "By using the canal you agree to nothing, the envoy told them.",
    "The article is for members of the pact alone.",
    "To reproduce the material the institute needed a year.",
    "Permission to land was refused on Monday.",
    "It ends in May.",
    "30.",
]


@pytest.mark.parametrize("said", STATEMENTS)
@pytest.mark.parametrize("between", ["\n", " "], ids=["lines", "flat"])
def test_a_statement_is_not_mistaken_for_furniture(said: str, between: str) -> None:
    for text in (between.join([FIRST, said, SECOND]), between.join([said, FIRST]), said):
        assert kinds(text) == []


def test_a_reporter_of_whom_the_report_tells_is_no_author() -> None:
    arrest = "Ana Morin was arrested in Lima on Monday."
    job = "Ana Morin is a correspondent for Harbour Post."
    assert kinds(f"{arrest} {SECOND} {job}") == []
    assert kinds(f"{FIRST} {SECOND} {job}") == [("promotion", job)]


# ---- the whole way

RULES = load_rules()


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(RULES)


PAGE = """<!DOCTYPE html><html lang="en"><head>
<title>Peru and Kenya sign reef treaty - Coast Mail</title></head>
<body><article><h1>Peru and Kenya sign reef treaty</h1>
<p>Peru and Kenya signed a treaty on reefs on Tuesday and agreed to end a quarrel of ten years over tuna.</p>
<p><strong>READ MORE: <a href="/3">Fiji and Samoa agree to freeze tuna talks</a></strong></p>
<p>The ministers met for three hours in the old palace. Foreign Minister Rosa Quispe said the treaty would
enter into force in May once parliament in Lima had voted on it.</p>
<p>Kenya will send a delegation of nine to Callao in April, her counterpart Juma Odhiambo said.</p>
<p>The treaty covers tuna, squid and crabs, and a joint commission will meet twice a year.</p>
<p>Also read: <a href="/4">Chad refuses to sign river pact with Niger.</a></p>
<p>Eva Morin is the Lima correspondent of Coast Mail. She covers the Andes. Follow her at @evamorin.</p>
<p>Sign up to our newsletter. We will send you the best of our reporting every Sunday.</p></article>
<footer><p>Copyright 2024 Coast Mail. All rights reserved. Terms of use.</p></footer></body></html>"""


def test_nothing_around_a_page_s_article_is_a_statement_of_it(extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (article,) = read([str(tmp_path / "page.html")]).articles
    slots = next(extractor.extract([article]))
    said = [one.text for one in slots.agreed] + [one.text for one in slots.outlook]
    assert any("signed a treaty" in one for one in said)
    for foreign in ("Fiji", "Chad", "Eva Morin", "newsletter", "We will send"):
        assert not any(foreign in one for one in said)
    assert {one.name for one in slots.who}.isdisjoint({"Fiji", "Samoa", "Chad", "Niger", "Eva Morin"})


@pytest.mark.parametrize(
    ("dateline", "place", "country"),
    [
        ("OSLO, March 3 (Reuters) - ", "Oslo", "Norway"),
        ("Oslo, 3 March 2024 (ANI): ", "Oslo", "Norway"),
        ("OSLO. March 3. NORDWIRE – ", "Oslo", "Norway"),
        ("TASHKENT, Uzbekistan (UzA). ", "Tashkent", "Uzbekistan"),
        ("By Jon Vik OSLO, March 3 (Reuters) - ", "Oslo", "Norway"),
        ("UNITED NATIONS, 3 March 2024 — ", "New York", "United States"),
        ("ST. PETERSBURG, March 3. /TASS/. ", "St. Petersburg", "Russia"),
        ("Islamabad: ", "Islamabad", "Pakistan"),
        ("WASHINGTON, D.C. – ", "Washington", "United States"),
        ("Ottawa, Ontario - ", "Ottawa", "Canada"),
        ("ZELDOR, 18 April 2023 - ", "Zeldor", None),
        ("XI'AN, Nov. 26 (Xinhua) -- ", "Xi'an", "China"),
    ],
)
def test_a_dateline_gives_the_place_and_no_actor_and_is_not_printed(
    extractor: Extractor, dateline: str, place: str, country: str | None
) -> None:
    text = f"{dateline}Kenya signed the accord. It will enter into force in June."
    slots = next(extractor.extract([Article("a", text, "Accord signed", dt.date(2024, 3, 3))]))
    (where,) = slots.where
    assert (where.place, where.country, where.basis, where.rule) == (place, country, "dateline", "dateline")
    assert where.evidence[0].quote in dateline
    assert not where.evidence[0].quote.endswith(".")
    assert [one.name for one in slots.who] == ["Kenya"]
    assert [one.evidence[0].quote for one in slots.agreed] == ["Kenya signed the accord."]
    assert [one.text for one in slots.outlook] == ["It will enter into force in June."]


def test_times_are_counted_from_the_day_of_the_dateline(extractor: Extractor) -> None:
    text = "OSLO, March 4 (Reuters) - Kenya signed the accord. It will enter into force tomorrow."
    for published, day in (
        (dt.date(2024, 3, 6), dt.date(2024, 3, 5)),
        (dt.date(2024, 3, 20), dt.date(2024, 3, 21)),
    ):
        slots = next(extractor.extract([Article("a", text, date=published)]))
        (outlook,) = slots.outlook
        assert outlook.when is not None
        assert outlook.when.date == day


def test_the_reading_keeps_the_zones_and_the_sentences_of_the_body_alone() -> None:
    text = f"{FIRST}\nREAD MORE: Fiji and Tonga argue\n{SECOND}"
    (reading,) = ArticleReader(RULES).read([Article("a", text)])
    assert reading.zones == find_zones(text)
    assert [text[a:b] for a, b in reading.sentences] == [FIRST, SECOND]


def test_a_desk_adds_patterns_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = tmp_path_factory.mktemp("desk")
    (desk / "zones.yaml").write_text("whole:\n  notice: ['harbour desk: .{2,80}']\n", encoding="utf-8")
    words = load_rules(desk).zones
    assert "harbour desk: .{2,80}" in words.whole["notice"]
    assert set(RULES.zones.whole["notice"]) < set(words.whole["notice"])


# ---- any text

PIECES = st.sampled_from(
    [
        *DATELINES,
        *(said for _, said, _ in FURNITURE),
        *STATEMENTS,
        *BODY,
        "\n",
        " ",
        "\n\n",
        "(",
        ")",
        "“",
        "a",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(), st.lists(PIECES, max_size=8).map("".join), st.lists(PIECES, max_size=8).map(" ".join)
    )
)
def test_the_zones_cover_any_text_without_overlap(text: str) -> None:
    zones = find_zones(text, "Peru and Kenya sign", "Harbour Post")
    assert [zone.start for zone in zones[1:]] == [zone.end for zone in zones[:-1]]
    assert (zones[0].start, zones[-1].end) == (0, len(text)) if text else not zones
    assert all(zone.start < zone.end for zone in zones)
    assert all(one.kind != other.kind for one, other in pairwise(zones))
    inside = [(zone.start, zone.end) for zone in zones if zone.kind == "body"]
    spans = body_of(Article("a", text, "Peru and Kenya sign", source="Harbour Post"))
    assert all(any(a <= start and end <= b for a, b in inside) for start, end in spans)
    assert sorted(spans) == spans


SLOW = {
    "one letter a line": "a\n" * 500_000,
    "brackets": "(" * 1_000_000,
    "bracketed names": "(Aa Bb) " * 125_000,
    "capitals": "OSLO, " * 170_000,
    "names": "Reporting by " + "Aaa Bbb " * 125_000,
    "short credits": ("Reporting by " + "Aaa Bbb, " * 20 + "x!\n") * 5_000,
    "times": ("Updated " + "1:1:1 " * 30 + "x\n") * 5_000,
    "links": "READ MORE: " * 90_000,
    "photos": ("x" * 380 + " (photo\n") * 2_500,
    "tails": "Sources\n" * 125_000,
    "spaces": " " * 1_000_000,
    "lines": "\n" * 1_000_000,
    "credits of pictures": ("a b " * 100 + "(Aa/Bb)\n") * 2_400,
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_no_text_is_slow(text: str) -> None:
    begun = time.process_time()
    find_zones(text, text[:200])
    assert time.process_time() - begun < 5  # a second on an idle machine; minutes where a loop is unbounded


@pytest.mark.parametrize(
    ("text", "place", "opens"),
    [
        (
            "LIMA, March 11 (Xinhua) -- QUITO, March 11 (Xinhua) Peru sent ships to Callao.",
            "QUITO",
            "Peru",
        ),
        (
            "BONN, March 11 (dpa) - By our man Lars Berg OSLO, March 11 (dpa) - Fish is dear this year.",
            "OSLO",
            "Fish",
        ),
        ("OSLO, March 11 (Reuters) - Norway (a founder of NATO) sent two ships to Bergen.", "OSLO", "Norway"),
    ],
)
def test_of_two_datelines_the_report_begins_behind_the_second(text: str, place: str, opens: str) -> None:
    found = dateline_of(Article("a", text))
    assert found is not None
    assert found.place is not None
    assert text[slice(*found.place)] == place
    (body,) = [zone for zone in find_zones(text) if zone.kind == "body"]
    assert text[body.start : body.end].startswith(opens)
