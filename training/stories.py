"""Fits what makes two articles one story: briefing/cluster/weights/stories.yaml, from known events.

    python -m training.stories EVENTS.jsonl[.xz]... --days DAY.jsonl... [--common ARTICLES.jsonl...]

EVENTS have the `event` of each article.  A DAY is one of a wire, with DAY.gold.jsonl beside it that gives
each article's `story`.  Pairs of articles of one event, and groups of such articles, should be one story;
pairs of different events should not, nor an article and its twin, in which all names, or all but those of
states, are those of others: an event of the same kind elsewhere.  COMMON articles say how many of a thousand
use a word (weights/common.yaml); what ships must be made of texts that may be used so.

A story ends where one event is no longer the likelier.  How well stories are told by weights that were fitted
without the day, or without a share of the events, is printed.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np

from briefing._inference import load_selector
from briefing.cluster import Profile, cluster, profile_of
from briefing.cluster.common import COMMON
from briefing.cluster.likeness import FACTS, WEIGHTS, Group, Weights, compare, groups_of, merged
from briefing.cluster.profile import folded_words
from briefing.models import find_model, load_models, verify
from briefing.reading import ArticleReader
from briefing.settings import Settings
from briefing.slots import load_rules
from briefing.types import Article, Reading
from evals.documents import article_of, read_documents, read_rows
from evals.scoring.clusters import bcubed
from training.common import common_words, texts_of
from training.logistic import logistic

_SEED = 1
_RIDGE = 5.0
_FOLDS = 4
_SPLITS = 20  # of each event into two groups
_TWINS = 150
_TWIN_CHARS = 2500
# How much the examples count: those of a large event together as those of a small one.
_EVENT, _SPLIT, _SAME_DAY, _OTHER, _TWIN = 2.0, 0.1, 1.0, 0.3, 0.1

Example = tuple[list[float], bool, float]
"""The facts of two groups, whether they are one story, and how much that counts."""


@dataclass(frozen=True)
class Known:
    """An article with the event it reports and, where it is of a whole day, that day."""

    article: Article
    profile: Profile
    event: str
    day: str | None = None


def main() -> None:
    """Reads the arguments, fits and writes."""
    parser = argparse.ArgumentParser(
        prog="python -m training.stories",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("events", type=Path, nargs="+")
    parser.add_argument("--days", type=Path, nargs="+", required=True)
    parser.add_argument("--common", type=Path, nargs="*", default=[])
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS, metavar="FILE")
    args = parser.parse_args()
    if args.common:
        COMMON.write_text(common_words([texts_of(path) for path in args.common]), "utf-8")
    reader = _Profiler()
    known = [
        *(one for path in args.events for one in reader.known(path, None)),
        *(one for path in args.days for one in reader.known(path, path.with_suffix(".gold.jsonl"))),
    ]
    twins = list(reader.twins([one.article for one in known]))
    weights, report = fitted(known, twins)
    sys.stderr.write("\n".join(report) + "\n")
    args.output.write_text(_written(weights, len(known)), "utf-8")


class _Profiler:
    """Reads articles as the product does."""

    def __init__(self) -> None:
        settings = Settings()
        models = load_models(settings.paths.models_file)
        self._encoder = load_selector(verify(find_model("salience", models), settings.paths.models), 1)
        self._reader = ArticleReader(load_rules())

    def known(self, path: Path, gold: Path | None) -> Iterator[Known]:
        """The articles of a file with their events."""
        documents = read_documents(path)
        stories = {str(row["id"]): str(row["story"]) for row in read_rows(gold)} if gold else {}
        articles = [article_of(one) for one in documents]
        for one, article, (_, profile) in zip(documents, articles, self._profiles(articles), strict=True):
            event = stories[one.id] if gold else one.event
            yield Known(article, profile, f"{path.name} {event}", path.name if gold else None)

    def twins(self, articles: Sequence[Article]) -> Iterator[tuple[Profile, Profile]]:
        """Articles, cut short, each with a twin: all names of another, or all but those of states."""
        chance = random.Random(_SEED)  # noqa: S311 - no secrets
        some = chance.sample(list(articles), min(_TWINS, len(articles)))
        short = [replace(one, text=one.text[:_TWIN_CHARS], sha256="") for one in some]
        read = list(self._profiles(short))
        names = [_names_in(article, profile) for article, (_, profile) in zip(short, read, strict=True)]
        states = [_states_in(article, reading) for article, (reading, _) in zip(short, read, strict=True)]
        others = sorted(set().union(*names))
        other_states = {
            form: sorted({text for one in states for text, of in one.items() if of == form})
            for form in ("name", "adjective")
        }
        made = []
        for number, article in enumerate(short):
            exchanged = {name: chance.choice(others) for name in sorted(names[number])}
            if number % 2:
                exchanged |= {
                    text: chance.choice(other_states[form]) for text, form in sorted(states[number].items())
                }
            made.append(_exchanged(article, exchanged))
        for (_, one), (_, twin) in zip(read, self._profiles(made), strict=True):
            yield one, twin

    def _profiles(self, articles: Sequence[Article]) -> Iterator[tuple[Reading, Profile]]:
        for article, reading in zip(articles, self._reader.read(articles), strict=True):
            yield reading, profile_of(article, reading, self._encoder)


def _names_in(article: Article, profile: Profile) -> set[str]:
    return {
        word.group()
        for word in re.finditer(r"\b[A-Z][\w’'-]+", article.text)
        if set(folded_words(word.group())) & profile.names.keys()
    }


def _states_in(article: Article, reading: Reading) -> dict[str, str]:
    return {
        article.text[one.start : one.end]: one.form
        for entity in reading.entities
        if entity.kind == "state"
        for one in entity.mentions
        if one.form in ("name", "adjective") and one.sentence >= 0
    }


def _exchanged(article: Article, names: dict[str, str]) -> Article:
    if not names:
        return article
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")

    def other(text: str) -> str:
        return pattern.sub(lambda found: names[found.group()], text)

    return replace(article, title=other(article.title or ""), text=other(article.text), sha256="")


def fitted(known: Sequence[Known], twins: Sequence[tuple[Profile, Profile]]) -> tuple[Weights, list[str]]:
    """The weights, and lines that say how well stories are told on what was left out of the fit."""
    every = groups_of([*(one.profile for one in known), *(profile for pair in twins for profile in pair)])
    groups, of_twins = every[: len(known)], every[len(known) :]
    doubled = [
        (_facts(one, twin), False, _TWIN) for one, twin in zip(of_twins[::2], of_twins[1::2], strict=True)
    ]
    table = [*_examples(known, groups), *((None, None, example) for example in doubled)]
    parts = [_part(one) for one in known]
    folds = sorted(set(parts))
    without = {
        part: _fit([example for one, other, example in table if part not in (one, other)]) for part in folds
    }
    whole = _fit([example for _, _, example in table])
    scores = {**_scores(known, parts, without), "all in one run": _f1(known, whole)}
    same = (
        f"of {len(known)} articles, {_same_in_one_run(known, whole)} have the same story in one run as apart"
    )
    return whole, [*(f"{name}: F1 {value:.3f}" for name, value in scores.items()), same]


def _part(one: Known) -> str:
    """What is left out of a fit together: a day, or a share of the events."""
    return one.day or f"events {sum(one.event.encode()) % _FOLDS}"


def _examples(known: Sequence[Known], groups: Sequence[Group]) -> Iterator[tuple[str, str, Example]]:
    """Pairs of articles, and of groups of an event, each with the parts it is of."""
    sizes = Counter(one.event for one in known)
    for (n, one), (m, other) in combinations(enumerate(known), 2):
        same = one.event == other.event
        near = one.day is not None and one.day == other.day
        counts = _EVENT / (sizes[one.event] - 1) if same else _SAME_DAY if near else _OTHER
        yield _part(one), _part(other), (_facts(groups[n], groups[m]), same, counts)
    chance = random.Random(_SEED)  # noqa: S311 - no secrets
    events: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(known):
        events[one.event].append(n)
    for members in events.values():
        for _ in range(_SPLITS if len(members) > 2 else 0):
            mixed = chance.sample(members, len(members))
            cut = chance.randint(1, len(mixed) - 1)
            halves = [_together(groups, some) for some in (mixed[:cut], mixed[cut:])]
            part = _part(known[members[0]])
            yield part, part, (_facts(*halves), True, _SPLIT)


def _together(groups: Sequence[Group], numbers: Sequence[int]) -> Group:
    whole = groups[numbers[0]]
    for n in numbers[1:]:
        whole = merged(whole, groups[n])
    return whole


def _facts(one: Group, other: Group) -> list[float]:
    return list(compare(one, other).named().values())


def _fit(examples: Sequence[Example]) -> Weights:
    table, right, counts = (np.array(column, dtype=float) for column in zip(*examples, strict=True))
    start, weights = logistic(table, right, _RIDGE, counts)
    return Weights(start=start, bound=0.0, **dict(zip(FACTS, weights.tolist(), strict=True)))


def _scores(known: Sequence[Known], parts: Sequence[str], weights: dict[str, Weights]) -> dict[str, float]:
    """F1 over the articles of events, and the mean of F1 over the days, each by weights fitted without it."""
    days = sorted({one.day for one in known if one.day})
    of_days = [_f1([one for one in known if one.day == day], weights[day]) for day in days]
    events = [one for one in known if one.day is None]
    found = {part: _stories(events, weights[part]) for part in sorted({_part(one) for one in events})}
    precision = recall = 0.0
    for n, one in enumerate(events):
        together = {m for m, story in enumerate(found[_part(one)]) if story == found[_part(one)][n]}
        event = {m for m, other in enumerate(events) if other.event == one.event}
        precision += len(together & event) / len(together)
        recall += len(together & event) / len(event)
    f1 = 2 * precision * recall / (precision + recall) / len(events)
    return {"events": f1} | dict(zip(days, of_days, strict=True))


def _same_in_one_run(known: Sequence[Known], weights: Weights) -> int:
    """How many articles have the same others of their day or their file of events around them in one run."""
    run = _stories(known, weights)
    same = 0
    for day in {one.day for one in known}:
        members = [n for n, one in enumerate(known) if one.day == day]
        apart = _stories([known[n] for n in members], weights)
        both = list(zip((run[n] for n in members), apart, strict=True))
        for in_run, alone in both:
            same += all((a == in_run) == (b == alone) for a, b in both)
    return same


def _f1(known: Sequence[Known], weights: Weights) -> float:
    stories = _stories(known, weights)
    names = [str(n) for n in range(len(known))]
    return bcubed(
        dict(zip(names, stories, strict=True)), {n: one.event for n, one in zip(names, known, strict=True)}
    )[2]


def _stories(known: Sequence[Known], weights: Weights) -> list[int]:
    """The number of the story of each article."""
    found = [0] * len(known)
    for number, story in enumerate(
        cluster([one.article for one in known], [one.profile for one in known], weights)
    ):
        for n in story.articles:
            found[n] = number
    return found


def _written(weights: Weights, count: int) -> str:
    values = weights.model_dump()
    return (
        "# How much each fact says for two groups of articles being one story, or against it\n"
        "# (likeness.py names them).  "
        f"Fitted by `python -m training.stories` on {count} articles.\n\n"
        + "".join(f"{name}: {value:.3f}\n" for name, value in values.items())
    )


if __name__ == "__main__":
    main()
