"""Condenses every sentence of a file of articles and checks that nothing of weight was lost on the way.

    python -m evals condensing ARTICLES.jsonl[.xz] [--limit N] [--show 20] [--seed 1]

Prints the number of sentences changed by each rule, how much shorter they are, what the check found, and a
sample of pairs.  The check has word lists of its own and knows nothing of the rules, so that it can catch
them out.  Exit status 1 where it found anything.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import lzma
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.reading.parse import Reader
from briefing.summarise.candidates import quotable, sentences_of
from briefing.summarise.condense import Condenser
from briefing.types import Article, Evidence, Summary, SummarySentence

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_BRACKETS = re.compile(r"(?<!\w)\[([^\[\]]*)\](?!\w)")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|(?<![^\W_])‘[^‘’]*’")
_DATELINE = re.compile(
    r"(?:[^\W\d_][^\W\d_.'’-]*[ ,.]{0,3}){0,6}(?:\( ?[A-Za-z -]{2,28} ?\))? ?(?:—|–|--|-|:|(?<=\))) ?"
)
# What must be in the condensed sentence as often as in the source.
KINDS = {
    "negation": r"no|not|\w+n['’]t|cannot|never|none|nobody|nothing|neither|nor|without|hardly|barely|unable",
    "modal": r"can|could|may|might|must|shall|should|will|would|ought|need|\w+['’]ll|\w+['’]d|won['’]t|"
    r"likely|unlikely|possibly|possible|perhaps|probably|going",
    "condition": r"if|unless|until|provided|whether|subject|pending|conditional|except|only|otherwise|once|"
    r"because|depending|despite|although|though|but|however",
    "hedge": r"alleged\w*|reported\w*|apparent\w*|purported\w*|supposed\w*|suspected|believed|expected|"
    r"seem\w*|appear\w*|claim\w*|estimated|about|around|nearly|almost|some|roughly|approximately",
    "comparison": r"least|most|more|less|fewer|than|half|all|every|over|under|up",
    "number": r"[\d.,:]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|first|second|"
    r"third|twice|double|quarter|percent|both",
    "day": r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|"
    r"september|october|november|december|week|month|year|weeks|months|years|ago|tonight",
    "word of": r"sa(?:y|ys|id|ying)|tell|tells|told|according|add(?:s|ed|ing)?|warn\w*|accus\w*|"
    r"den(?:y|ies|ied)|argu\w*|insist\w*|announc\w*|think|thinks|thought|ask(?:s|ed|ing)?|urg(?:e|es|ed|ing)",
    "act": r"agree\w*|sign(?:s|ed|ing)?|pledg\w*|promis\w*|vow\w*|kill\w*|died|dead|injured|wounded|"
    r"arrest\w*|reject\w*|refus\w*|fail\w*|withdr\w*|cancel\w*|resign\w*|sanction\w*|attack\w*|reaffirm\w*|threat\w*",
}
_KINDS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in KINDS.items()}
_STANDS_FOR = frozenset("today yesterday tomorrow here he she they".split())
_DATE = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})")


def losses(article: Article, sentence: SummarySentence) -> Iterator[str]:
    """What a condensed sentence says less, more or otherwise than the sentence it comes from."""
    source = sentence.evidence[0].quote
    text = sentence.text
    put = [] if _BRACKETS.search(source) else [match[1] for match in _BRACKETS.finditer(text)]
    bare = _BRACKETS.sub(" ", text) if put else text
    before, after = _WORD.findall(source), _WORD.findall(bare)
    rest = iter(word.lower() for word in before)
    if not all(any(word.lower() == one for one in rest) for word in after):
        yield "says words that the source has not, or not in this order"
    gone = _gone(source, bare)
    kept_in_brackets = Counter(word.lower() for one in put for word in _WORD.findall(one))
    replaced = 0
    for word, count in gone.items():
        if word.lower() in _STANDS_FOR and replaced < len(put):
            replaced += count
            continue
        lost = count - kept_in_brackets[word.lower()]
        kinds = [kind for kind, pattern in _KINDS.items() if pattern.fullmatch(word)]
        if lost > 0 and (kinds or _is_name(word, source)):
            yield f"has lost {kinds[0] if kinds else 'name'} '{word}'"
    for match in _QUOTED.finditer(source):
        if match[0] not in text:
            yield f"has changed the quotation {match[0]}"
    for mark in '"“”«»()':
        if mark not in "()" and source.count(mark) != text.count(mark):
            yield f"has lost a mark {mark}"
    if text.count("(") - text.count(")") != source.count("(") - source.count(")"):
        yield "has half a pair of brackets"
    yield from _unsupported(article, put)
    yield from _misprinted(source, text)


def _gone(source: str, bare: str) -> Counter[str]:
    """The words that went, as written; a dateline is no part of the sentence."""
    before = Counter(_WORD.findall(source))
    after = Counter(_WORD.findall(bare))
    dateline = _DATELINE.match(source)
    if dateline and dateline[0].strip():
        rest = source[dateline.end() :].lstrip()
        if rest[:12].lower() == bare.lstrip()[:12].lower() and not re.search(r"\d", dateline[0]):
            before = Counter(_WORD.findall(rest))
    gone = before - after
    # The new first word has a capital that it had not.
    for word in after - before:
        for one in (word[0].lower() + word[1:], word):
            if gone[one]:
                gone[one] -= 1
                break
    return +gone


def _is_name(word: str, source: str) -> bool:
    """Whether a word has a capital that no first word needs."""
    if not word[0].isupper():
        return False
    first = _WORD.search(source)
    return first is None or first[0] != word or len(re.findall(rf"\b{re.escape(word)}\b", source)) > 1


def _unsupported(article: Article, put: Sequence[str]) -> Iterator[str]:
    known = {word.lower() for word in _WORD.findall(article.text)}
    for one in put:
        rest = one
        date = _DATE.search(one)
        if date is not None:
            rest = one.replace(date[0], "")
            day = dt.datetime.strptime(date[0] + " +0000", "%d %B %Y %z").date()
            if article.date is None or abs((day - article.date).days) > 6:
                yield f"gives a day that is none of the week of the article: [{one}]"
        for word in _WORD.findall(rest):
            if word.lower() not in known:
                yield f"puts '{word}' in brackets, which the article does not have"


def _misprinted(source: str, text: str) -> Iterator[str]:
    if text[-1:] != source[-1:]:
        yield "does not end as the source does"
    first_source, first = _WORD.search(source), _WORD.search(text)
    if first_source and first and first_source[0][0].isupper() and first[0][0].islower():
        yield "opens with a small letter"
    for wrong in ("  ", " ,", ",,", ", .", ",.", "( ", " .", "– .", "— ."):
        if text.count(wrong) > source.count(wrong):
            yield f"has a stray '{wrong}'"


@dataclass(frozen=True)
class Pair:
    """A sentence before and after."""

    article: Article
    sentence: SummarySentence

    def __str__(self) -> str:
        return f"- {self.sentence.evidence[0].quote}\n+ {self.sentence.text}\n"


def read(path: Path, limit: int | None) -> list[Article]:
    """The articles of a file; a date that is no whole day counts as none."""
    content = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    articles = []
    for line in content.decode("utf-8").splitlines()[:limit]:
        row = json.loads(line)
        try:
            day = dt.date.fromisoformat(row.get("date") or "")
        except ValueError:
            day = None
        articles.append(Article(str(row["id"]), row["text"], row.get("title"), day))
    return articles


def condense_all(articles: Sequence[Article], condenser: Condenser) -> Iterator[Pair]:
    """Every quotable sentence of the articles, each condensed as if it stood alone in a summary."""
    for article in articles:
        alone = [
            Summary((SummarySentence(one.text, (Evidence(one.start, one.end, one.text),)),), "", "")
            for one in quotable(sentences_of(article))
        ]
        for summary in condenser.condense([article] * len(alone), alone):
            yield Pair(article, summary.sentences[0])


def main() -> int:
    """Reads the arguments, prints the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()

    articles = read(args.articles, args.limit)
    condenser = Condenser(Reader())
    started = time.process_time()
    pairs = list(condense_all(articles, condenser))
    taken = time.process_time() - started
    changed = [pair for pair in pairs if pair.sentence.text != pair.sentence.evidence[0].quote]
    before = sum(len(pair.sentence.evidence[0].quote.split()) for pair in pairs)
    after = sum(len(pair.sentence.text.split()) for pair in pairs)
    wrong = [(pair, loss) for pair in pairs for loss in losses(pair.article, pair.sentence)]
    figures = {
        "articles": len(articles),
        "sentences": len(pairs),
        "changed": len(changed),
        "words_before": before,
        "words_after": after,
        "seconds": round(taken, 1),
        "wrong": len(wrong),
        "rules": dict(condenser.applied.most_common()),
    }
    print(json.dumps(figures, indent=1))
    for pair, loss in wrong:
        print(f"WRONG: {loss}\n{pair}")
    for pair in random.Random(args.seed).sample(changed, min(args.show, len(changed))):  # noqa: S311
        print(pair)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
