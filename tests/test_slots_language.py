"""A text in another language is recognised and left alone; an English one never is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.reading.language import LanguageFinder
from briefing.slots import Extractor, load_rules
from briefing.types import Article, Slots

# ruff: noqa: E501  (a sentence a line reads best)
FOREIGN = [
    ("German", "Die beiden Minister haben sich auf einen Plan für die Grenze geeinigt und werden im Mai nach Oslo reisen."),
    ("French", "Les deux ministres se sont mis d’accord sur un plan pour la frontière et se rendront à Oslo dans une semaine."),
    ("Spanish", "Los dos ministros acordaron un plan para la frontera y viajarán a Oslo con una delegación en mayo."),
    ("Italian", "I due ministri hanno concordato un piano per la frontiera e che la delegazione sarà a Oslo nel mese di maggio."),
    ("Portuguese", "Os dois ministros concordaram com um plano para a fronteira e não vão a Oslo com uma delegação em maio."),
    ("Dutch", "De twee ministers zijn het eens over een plan voor de grens en gaan in mei met een delegatie naar Oslo."),
    ("Swedish", "De två ministrarna har enats om en plan för gränsen och det är inte klart att den gäller till maj."),
    ("Polish", "Ministrowie nie zgodzili się na plan dla granicy, który jest ważny, i pojadą do Oslo przez Bergen."),
    ("Turkish", "İki bakan sınır için bir plan üzerinde anlaştı ve daha sonra mayıs ayında bir heyet ile Oslo için yola çıkacak."),
    ("Indonesian", "Kedua menteri itu sepakat dengan rencana untuk perbatasan dan akan pergi ke Oslo pada bulan Mei."),
    ("Cyrillic script", "Министры договорились о плане для границы и в мае поедут в Осло."),
    ("Arabic script", "اتفق الوزيران على خطة للحدود وسيسافران إلى أوسلو في مايو."),
    ("Chinese or Japanese", "两国部长就边界计划达成一致，将于五月前往奥斯陆。"),
    ("Korean", "두 장관은 국경 계획에 합의했으며 오월에 오슬로를 방문할 예정이다."),
    ("Greek", "Οι δύο υπουργοί συμφώνησαν σε ένα σχέδιο για τα σύνορα και θα πάνε στο Όσλο."),
]  # fmt: skip
ENGLISH = [
    "Kenya agreed.",
    "",
    "Die Welt, Le Monde and El País were all on sale.",
    "the two ministers of kenya and norway met in oslo and agreed on a plan for the border.",
    "Xi Jinping, Kim Jong Un, Luiz Inácio Lula da Silva and Recep Tayyip Erdoğan are expected at the talks in Oslo.",
    "1. 2. 3. Oslo, Nairobi, Lima, Quito, Bern, Rome, Baku, Doha, Riga, Kyiv, Minsk, Accra, Tunis, Paris",
]


@pytest.fixture(scope="module")
def finder() -> LanguageFinder:
    return LanguageFinder(load_rules().languages)


@pytest.mark.parametrize(("language", "text"), FOREIGN, ids=[name for name, _ in FOREIGN])
def test_another_language_is_recognised(finder: LanguageFinder, language: str, text: str) -> None:
    assert finder.find(text) == language


@pytest.mark.parametrize("text", ENGLISH, ids=[text[:30] for text in ENGLISH])
def test_english_names_and_scraps_are_read(finder: LanguageFinder, text: str) -> None:
    assert finder.find(text) == "English"


def test_every_readout_is_english(finder: LanguageFinder) -> None:
    lines = (Path(__file__).parent / "data" / "slots_readouts.jsonl").read_text(encoding="utf-8").splitlines()
    assert {finder.find(json.loads(line)["text"]) for line in lines} == {"English"}


def test_another_language_gives_no_slots_and_says_so() -> None:
    german, english = FOREIGN[0][1], "Kenya agreed to the plan."
    first, second, third = Extractor(load_rules()).extract(
        [Article("a", german), Article("b", english), Article("c", german)]
    )
    assert first == third == Slots(warnings=first.warnings)
    assert "German" in first.warnings[0]
    assert [one.status for one in second.agreed] == ["agreed"]
    assert second.warnings == ()
