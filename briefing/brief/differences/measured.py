"""Quantities that reports of one event give each in its own words: the dead, the hurt, the magnitude."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from briefing.brief.differences.claims import Claim, Topic
from briefing.brief.differences.reading import Sentence, Token, evidence_of, stem, text_of
from briefing.brief.differences.rules import Measure, compiled, language, measures
from briefing.brief.differences.values import Amount
from briefing.types import Article

_BEFORE = 100
_SCOPE = r"^[\s-]*(?P<scope>(?:[\w'’-]+\s+){0,3}?)"
_OBJECT = re.compile(r"^\s+(?P<scope>(?:[a-zA-Z-]+\s?){1,2})")
# "Five of the dead", "10 from Leeds": a part of the whole.
_PART = re.compile(r"^\s+(?:of|from)\b", re.IGNORECASE)
_AGE = re.compile(r"\d\d(?=[,.]|$)")
_Key = tuple[str, frozenset[str]]


def measured(articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]]) -> Iterator[Topic]:
    """A topic for each measure and scope that two articles give, in the order of the articles."""
    claims: dict[_Key, list[Claim]] = defaultdict(list)
    subjects: dict[_Key, str] = {}
    for article, own in zip(articles, sentences, strict=True):
        for sentence in own[: measures().opening]:
            text = text_of(article, sentence)
            if compiled(measures().elsewhere).search(text, sentence.start, sentence.end):
                continue
            for token in sentence.tokens:
                if (aged := _aged(text, sentence, token)) is not None:
                    subjects.setdefault(
                        ("age", frozenset((aged.key.split()[-1],))), text[aged.start : aged.end]
                    )
                    claims["age", frozenset((aged.key.split()[-1],))].append(
                        _claim(article, sentence, token, text)
                    )
                for key, said in _measures(text, sentence, token):
                    subjects.setdefault(key, said)
                    claims[key].append(_claim(article, sentence, token, text))
    for key, found in claims.items():
        if len({claim.article for claim in found}) > 1:
            yield Topic("number", subjects[key], tuple(found))


def _aged(text: str, sentence: Sentence, token: Token) -> Token | None:
    """The person whose age a number gives: "Ana Silva, 45," and no other form."""
    if (
        not isinstance(token.value, Amount)
        or token.n == 0
        or not _AGE.match(text[token.start : sentence.end])
    ):
        return None
    person = sentence.tokens[token.n - 1]
    told = person.kind == "name" and text[person.end : token.start] == ", "
    return person if told and len(person.key.split()) > 1 else None


def _measures(text: str, sentence: Sentence, token: Token) -> Iterator[tuple[_Key, str]]:
    if not isinstance(token.value, Amount) or token.value.unit:
        return
    before = text[max(sentence.start, token.start - _BEFORE) : token.start].rstrip()
    after = text[token.end : sentence.end]
    if _PART.match(after):
        return
    if compiled(rf"(?:{measures().added}|\bof)$").search(before):
        return
    for name, rule in measures().measures.items():
        found = _after(rule, after) or _before(rule, before, after)
        if found is None:
            continue
        scope, said = found
        if compiled(measures().added).search(scope):
            return
        words = frozenset(
            stem(word)
            for word in re.findall(r"[a-z]+", scope.lower())
            if rule.scoped and word not in measures().everybody and word not in language().fillers
        )
        yield (name, words), " ".join(said.split()) or name


def measure_of(text: str, start: int, end: int) -> str | None:
    """What a figure at `start`..`end` of a sentence counts, of the measures that are known; None else."""
    before, after = text[max(0, start - _BEFORE) : start].rstrip(), text[end:]
    found = (
        name
        for name, rule in measures().measures.items()
        if _after(rule, after) or _before(rule, before, after)
    )
    return next(found, None)


def _after(rule: Measure, after: str) -> tuple[str, str] | None:
    if rule.after is None:
        return None
    match = _following(rule.after).match(after)
    return (match["scope"], match.group()) if match else None


@cache
def _following(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{_SCOPE}(?:{pattern})", re.IGNORECASE)


def _before(rule: Measure, before: str, after: str) -> tuple[str, str] | None:
    if rule.before is None:
        return None
    match = compiled(rule.before).search(before)
    if match is None or (rule.object is not None and not compiled(rule.object).match(after)):
        return None
    counted = _OBJECT.match(after)
    scope = counted["scope"] if counted else ""
    # "Killed 12 and injured 30": what follows the figure is the next statement.
    words = scope.split()
    if words and (words[0].lower() in language().fillers - measures().everybody):
        words = []
    elif len(words) > 1 and (
        words[0].lower() in measures().everybody or words[1].lower() in language().fillers
    ):
        words = words[:1]
    return " ".join(words), f"{match.group()} {' '.join(words)}".strip() if not words else " ".join(words)


def _claim(article: Article, sentence: Sentence, token: Token, text: str) -> Claim:
    assert isinstance(token.value, Amount)  # noqa: S101  (`_measures` has seen to it)
    said = text[token.start : token.end]
    return Claim(
        sentence.article,
        (sentence.field, token.start),
        token.value,
        said,
        evidence_of(article, sentence),
    )
