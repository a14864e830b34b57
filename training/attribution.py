"""Makes the models of who says what: briefing/reading/english/attribution.npz, from annotated news.

    python -m training.attribution POLNEAR_TRAIN.jsonl[.xz]

A line is {"text", "attributions": [{"source": [[start, end], ...], "cue": ..., "content": ...}]}, offsets in
code points.  Takes some five minutes on one core; nothing is left to chance, so that the same articles make
the same models.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.reading.attribution import CUES, PARTS, QUOTING, WEIGHTS, Finder, plant, verbs_of_saying
from briefing.reading.cues import candidates, cue_features, key
from briefing.reading.data import ENGLISH_DATA, Speech
from briefing.reading.linear import Linear, save_models
from briefing.reading.parse import Reader
from briefing.reading.parts import (
    CONTENT,
    LABELS,
    NONE,
    OPEN,
    SOURCE,
    Node,
    node_features,
    surroundings,
    walk,
)
from briefing.reading.quoting import Quotation, Told, place, quoting_features, tellers
from briefing.reading.tree import Tree
from briefing.reading.words import Sentence, Word
from briefing.strict_yaml import load_yaml
from briefing.types.claims import Span
from training.linear import Example, fit
from training.prepare import read

NO, YES = ANSWERS = ("no", "yes")
PENALTY = {CUES: 3.0, PARTS: 3.0, QUOTING: 1.0}
"""Of large weights; set on articles that were held out."""

# Words other than verbs may be cues if they were one so often, and in such a share of their uses.
_OFTEN, _SHARE = 2, 0.05
# From this share of its words a phrase is what is said: by itself; if its head is; if it is a rest.
_WHOLE, _PARTIAL, _REST = 0.6, 0.3, 0.8
_NAMING = ("VERB", "NOUN", "PROPN", "ADJ", "AUX")


@dataclass(frozen=True)
class Gold:
    """An annotated attribution: the word that is its cue, and for each sentence the words of the others."""

    number: int
    cue: Word
    source: Mapping[int, int]
    content: Mapping[int, int]


@dataclass(frozen=True)
class Annotated:
    """An article with what its annotators found."""

    text: str
    trees: Sequence[Tree]
    gold: Sequence[Gold]


def main() -> None:
    """Reads the arguments, trains and writes."""
    parser = argparse.ArgumentParser(
        prog="python -m training.attribution",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--held-out", type=int, default=0, metavar="N", help="leave out the last N articles")
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS, metavar="FILE")
    args = parser.parse_args()
    rows = list(read(args.articles))
    rows = rows[: len(rows) - args.held_out]
    parsed = Reader().read(row["text"] for row in rows)
    articles = [annotated(row, sentences) for row, sentences in zip(rows, parsed, strict=True)]
    sys.stderr.write(f"{len(articles)} articles, {sum(len(one.gold) for one in articles)} attributions\n")
    save_models(args.output, train(articles, verbs_of_saying(listed_words())))


def listed_words() -> Speech:
    """Those of speech.yaml."""
    return Speech.model_validate(load_yaml((ENGLISH_DATA / "speech.yaml").read_text("utf-8")))


def annotated(row: Mapping[str, Any], sentences: Sequence[Sentence]) -> Annotated:
    """A row of the file with its sentences."""
    trees = plant(sentences, row["text"])
    gold = (_gold(one, trees) for one in row["attributions"])
    return Annotated(row["text"], trees, [one for one in gold if one is not None])


def _gold(row: Mapping[str, Sequence[Span]], trees: Sequence[Tree]) -> Gold | None:
    cue, source, content = (_words(row[part], trees) for part in ("cue", "source", "content"))
    if not cue or not content:
        return None
    number = min(cue)
    word = _cue_word(trees[number], cue[number], content.get(number, 0))
    return Gold(number, word, source, content) if word is not None else None


def _words(spans: Sequence[Span], trees: Sequence[Tree]) -> dict[int, int]:
    """The words that begin within the spans, for each sentence that has some."""
    found: dict[int, int] = {}
    for start, end in spans:
        for tree in trees:
            if tree.sentence.start < end and start < tree.sentence.end:
                found[tree.number] = found.get(tree.number, 0) | tree.between((start, end))
    return {number: words for number, words in found.items() if words}


def _cue_word(tree: Tree, cue: int, content: int) -> Word | None:
    """The word of the annotated cue that stands for it: its first verb that governs what is said."""
    words = [word for word in tree.words if cue >> word.i & 1 and not word.is_punctuation]
    words = [word for word in words if word.dep not in {"aux", "auxpass"}]
    verbs = [word for word in words if word.pos == "VERB"] or words

    def fitness(word: Word) -> tuple[bool, int]:
        governed = tree.below[word.i]
        for other in words:
            if other.i != word.i and governed >> other.i & 1 and other.pos in _NAMING:
                governed &= ~tree.below[other.i]
        return bool(governed & content), -word.i

    return max(verbs, key=fitness, default=None)


def train(articles: Sequence[Annotated], saying: Set[str]) -> dict[str, Linear]:
    """The models of these articles."""
    models = _train_words(articles, saying)
    # What a quotation's model sees of the others must be as good as on new text, not as on their own.
    examples: list[Example] = []
    for half in (0, 1):
        finder = Finder(_train_words(articles[half::2], saying), saying)
        for article in articles[1 - half :: 2]:
            examples += quoting_examples(article, finder)
    models[QUOTING] = fit(examples, ANSWERS, PENALTY[QUOTING])
    return models


def _train_words(articles: Sequence[Annotated], saying: Set[str]) -> dict[str, Linear]:
    """The models of cues and of their parts; that of quotations has learnt nothing yet."""
    known = known_cues(articles)
    cues = [example for article in articles for example in cue_examples(article, known, saying)]
    parts = [example for article in articles for example in part_examples(article)]
    return {
        CUES: fit(cues, ANSWERS, PENALTY[CUES]),
        PARTS: fit(parts, LABELS, PENALTY[PARTS]),
        QUOTING: Linear(ANSWERS, {}),
    }


def known_cues(articles: Iterable[Annotated]) -> frozenset[str]:
    """The words other than verbs that are cues often enough to be asked about."""
    cues: Counter[str] = Counter()
    uses: Counter[str] = Counter()
    for article in articles:
        cues.update(key(one.cue) for one in article.gold if one.cue.pos != "VERB")
        uses.update(key(word) for tree in article.trees for word in tree.words)
    return frozenset(one for one, count in cues.items() if count >= max(_OFTEN, _SHARE * uses[one]))


def cue_examples(article: Annotated, known: Set[str], saying: Set[str]) -> Iterator[Example]:
    """Every word that may be a cue, and whether it is one."""
    right = {(one.number, one.cue.i) for one in article.gold}
    for tree in article.trees:
        for word in candidates(tree, known, saying):
            yield cue_features(tree, word, saying), int((tree.number, word.i) in right)


def part_examples(article: Annotated) -> Iterator[Example]:
    """Every phrase around a cue, and what it is."""
    for gold in article.gold:
        tree = article.trees[gold.number]
        source, content = gold.source.get(gold.number, 0), gold.content.get(gold.number, 0)
        beside = surroundings(tree, gold.cue)

        def decide(node: Node, tree: Tree = tree, source: int = source, content: int = content) -> str:
            return part(tree, node, source, content)

        for node, label in walk(tree, gold.cue, decide):
            yield node_features(tree, gold.cue, node, beside), LABELS.index(label)


def part(tree: Tree, node: Node, source: int, content: int) -> str:
    """What a phrase is, if these are the words of the source and those of the content."""
    words = node.words & tree.solid
    count = words.bit_count() or 1
    said = (words & content).bit_count()
    if node.rest:
        says = source >> node.word.i & 1 and 2 * (words & source).bit_count() >= count
        return CONTENT if said >= _REST * count else SOURCE if says else NONE
    if said >= (_PARTIAL if content >> node.word.i & 1 else _WHOLE) * count:
        return CONTENT
    if source >> node.word.i & 1 and not said:
        return SOURCE
    return OPEN if said or words & source else NONE


def quoting_examples(article: Annotated, finder: Finder) -> Iterator[Example]:
    """Every quotation with every cue around it, and whether that cue tells of it."""
    told = [finder.tell(tree) for tree in article.trees]
    before: Told | None = None
    for number, quotation in enumerate(place(article.trees)):
        teller = None
        for one, where in tellers(quotation, told, article.trees, before):
            right = any(_tells(gold, one, quotation, article.trees) for gold in article.gold)
            yield quoting_features(quotation, one, where, article.trees, article.text), int(right)
            teller = one if right else teller
        if teller is not None:
            before = teller
            teller.quotations.append(number)


def _tells(gold: Gold, one: Told, quotation: Quotation, trees: Sequence[Tree]) -> bool:
    if (gold.number, gold.cue.i) != (one.tree.number, one.cue.i):
        return False
    said = count = 0
    for n in range(quotation.first, quotation.last + 1):
        words = trees[n].between(quotation.span) & trees[n].solid
        said += (words & gold.content.get(n, 0)).bit_count()
        count += words.bit_count()
    return 2 * said > count


if __name__ == "__main__":
    main()
