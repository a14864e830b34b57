"""Who says what: each attribution of an article with its source, its cue and its content, as written.

Candidates come from the grammar, and three small linear models decide, as in the labelling of semantic roles:

1. which verbs, nouns and prepositions are cues ("said", "claim", "according to");
2. which clauses and phrases around a cue are said, and which one says it;
3. which cue a quotation belongs to, wherever its sentences stand.

They are trained on PolNeAR (Newell, Margolin and Ruths, "An Attribution Relations Corpus for Political News",
LREC 2018), whose attributions go further than speech: thoughts, plans, orders and judgements have sources,
too.  To seek the cue first and then what hangs on it follows Pareti ("PARC 3.0: A Corpus of Attribution
Relations", LREC 2016, and her thesis before it); to seek quotations by their marks and give them to a speaker
afterwards is the idea of the BBC's Citron.  english/README.md tells how the models were made and how good
they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache

from briefing.reading.cues import candidates, cue_features
from briefing.reading.data import ENGLISH_DATA, Speech
from briefing.reading.linear import Linear, load_models
from briefing.reading.parts import CONTENT, LABELS, OPEN, SOURCE, Node, node_features, surroundings, walk
from briefing.reading.quotations import find_quotations
from briefing.reading.quoting import Quotation, Told, place, quoting_features, tellers
from briefing.reading.tree import Tree
from briefing.reading.words import Sentence, Word
from briefing.types.claims import Attribution, Span

WEIGHTS = ENGLISH_DATA / "attribution.npz"
CUES, PARTS, QUOTING = "cues", "parts", "quoting"
"""The names of the models in `WEIGHTS`."""

# From how probable a cue is one: lower finds more, and more that is none.  A verb that may tell of a deed
# ("smashed a record") must be surer than what has a clause or is a word for saying.
_LEAST_CUE = {True: 0.12, False: 0.22}
# A quotation of so many words is always said by somebody; a shorter one may be a title, or a word from which
# the writer keeps a distance.
_SURELY_SAID = 5
_LEAST_QUOTING = {True: 0.1, False: 0.3}


def find_attributions(
    sentences: Sequence[Sentence], text: str, words: Speech, *, begins: int = 0
) -> tuple[Attribution, ...]:
    """The attributions of a text in order of their content; those within what others say are among them.

    What stands before `begins`, such as a dateline, is part of none.  A long quotation that no cue tells of
    is an attribution without source and cue.
    """
    finder = _finder(verbs_of_saying(words))
    found = (_clipped(one, begins) for one in finder.find(plant(sentences, text), text))
    return tuple(sorted((one for one in found if one.content), key=_order))


def _clipped(one: Attribution, begins: int) -> Attribution:
    source, cue, content = (
        tuple((max(start, begins), end) for start, end in spans if end > begins)
        for spans in (one.source, one.cue, one.content)
    )
    return Attribution(source, cue, content)


@cache
def _finder(saying: frozenset[str]) -> Finder:
    return Finder(load_models(WEIGHTS), saying)


def verbs_of_saying(words: Speech) -> frozenset[str]:
    """The listed verbs, on which the models lean for those that they have not seen."""
    return frozenset(words.verbs) | frozenset(words.voiced)


def _order(one: Attribution) -> tuple[Span, Span]:
    return one.content[0], (one.cue or one.content)[0]


def plant(sentences: Sequence[Sentence], text: str) -> list[Tree]:
    """The sentences as trees, each with the quotations that have words in it."""
    quotations = find_quotations(sentences, text)
    trees: list[Tree] = []
    first = 0
    for number, sentence in enumerate(sentences):
        while first < len(quotations) and quotations[first][1] <= sentence.start:
            first += 1
        last = first
        while last < len(quotations) and quotations[last][0] < sentence.end:
            last += 1
        trees.append(Tree(sentence, number, tuple(quotations[first:last])))
    return trees


class Finder:
    """Finds attributions with models that are given."""

    def __init__(self, models: Mapping[str, Linear], saying: Set[str]) -> None:
        self._cues, self._parts, self._quoting = models[CUES], models[PARTS], models[QUOTING]
        self._known = frozenset(
            one.removeprefix("word=") for one in self._cues.rows if one.startswith("word=")
        )
        self._saying = saying

    def find(self, trees: Sequence[Tree], text: str) -> Iterator[Attribution]:
        """The attributions of a text, in no order."""
        told = [self.tell(tree) for tree in trees]
        placed = place(trees)
        unsaid = self._give(placed, told, trees, text)
        for one in (one for many in told for one in many):
            content = list(_content(one, trees, placed))
            if content:
                source, cue = one.tree.spans(one.source), one.tree.spans(one.words)
                yield Attribution(tuple(source), tuple(cue), tuple(content))
        for quotation in unsaid:
            content = [span for n in _numbers(quotation) for span in _pieces(trees[n], quotation)]
            if content:
                yield Attribution((), (), tuple(content))

    def tell(self, tree: Tree) -> list[Told]:
        """The cues of a sentence with what is told within it."""
        return [self._told(tree, cue, sure) for cue, sure in self._cues_of(tree)]

    def _cues_of(self, tree: Tree) -> Iterator[tuple[Word, float]]:
        for word in candidates(tree, self._known, self._saying):
            sure = self._cues.probabilities(cue_features(tree, word, self._saying))[1]
            if sure >= _LEAST_CUE[self._reports(tree, word)]:
                yield word, sure

    def _reports(self, tree: Tree, word: Word) -> bool:
        if not word.is_full_verb or word.lemma in self._saying:
            return True
        return any(child.is_clause_of_verb for child in tree.children(word))

    def _told(self, tree: Tree, cue: Word, sure: float) -> Told:
        beside = surroundings(tree, cue)
        sources: list[tuple[float, int]] = []

        def decide(node: Node) -> str:
            probable = self._parts.probabilities(node_features(tree, cue, node, beside))
            label = LABELS[probable.index(max(probable))]
            if label == SOURCE:
                sources.append((max(probable), node.words))
            return label

        content = 0
        opened = [cue]
        for node, label in walk(tree, cue, decide):
            if label == CONTENT:
                content |= node.words
            elif label == OPEN:
                opened.append(node.word)
        source = max(sources, default=(0.0, 0))[1]
        # Where one was taken for part of the other, the smaller is right.
        if source & ~content:
            source &= ~content
        else:
            content &= ~source
        words = _cue_words(tree, cue, opened) & ~content & ~source
        return Told(tree, cue, sure, words, source, content, [])

    def _give(
        self, quotations: Sequence[Quotation], told: list[list[Told]], trees: Sequence[Tree], text: str
    ) -> list[Quotation]:
        """Gives each quotation to the cue that most probably tells of it; returns those with none."""
        unsaid = []
        before: Told | None = None
        for number, quotation in enumerate(quotations):
            ranked = [
                (self._quoting.probabilities(quoting_features(quotation, one, where, trees, text))[1], one)
                for one, where in tellers(quotation, told, trees, before)
            ]
            probable, best = max(ranked, key=lambda pair: pair[0], default=(0.0, None))
            long = len(text[slice(*quotation.span)].split()) >= _SURELY_SAID
            if best is not None and probable >= _LEAST_QUOTING[long]:
                best.quotations.append(number)
                before = best
                _take(quotation, told, trees, best)
            elif long and not _is_covered(quotation, told, trees):
                unsaid.append(quotation)
        return unsaid


def _cue_words(tree: Tree, cue: Word, opened: Sequence[Word]) -> int:
    """The cue with its auxiliaries, and what leads from it to what is said: "casts doubt on"."""
    found = 1 << cue.i
    for word in opened:
        if word.i > cue.i:
            found |= ((2 << word.i) - 1) & ~((1 << cue.i) - 1)
    for child in tree.children(cue):
        if child.is_helper:
            found |= 1 << child.i
    return found


def _numbers(quotation: Quotation) -> range:
    return range(quotation.first, quotation.last + 1)


def _pieces(tree: Tree, quotation: Quotation) -> Iterator[Span]:
    yield from tree.spans(tree.between(quotation.span))


def _content(one: Told, trees: Sequence[Tree], quotations: Sequence[Quotation]) -> Iterator[Span]:
    sets = {one.tree.number: one.content}
    for number in one.quotations:
        for n in _numbers(quotations[number]):
            sets[n] = sets.get(n, 0) | trees[n].between(quotations[number].span)
    for n in sorted(sets):
        own = one.words | one.source if trees[n] is one.tree else 0
        yield from trees[n].spans(sets[n] & ~own)


def _take(quotation: Quotation, told: Sequence[Sequence[Told]], trees: Sequence[Tree], teller: Told) -> None:
    """Leaves the quotation to its teller where the grammar made it all that another cue tells."""
    for n in _numbers(quotation):
        inside = trees[n].between(quotation.span)
        for one in told[n]:
            if one is not teller and not inside >> one.cue.i & 1 and not one.content & ~inside:
                one.content = 0


def _is_covered(quotation: Quotation, told: Sequence[Sequence[Told]], trees: Sequence[Tree]) -> bool:
    """Whether the quotation is part of what somebody is told to say."""
    for n in _numbers(quotation):
        inside = trees[n].between(quotation.span) & trees[n].solid
        if any(inside & one.content == inside for one in told[n]):
            return True
    return False
