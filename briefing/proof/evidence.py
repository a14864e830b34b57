"""The quotations of a brief against the texts that they point into, and its articles against its inputs.

Works on the JSON as it stands, so that nothing with evidence is passed over, whatever part it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.proof.manifest import Manifest
from briefing.render import article_reference
from briefing.types import Article

Path = tuple[str | int, ...]

# The articles of a story.
REFERENCES = ("articles", "duplicates")
# What names a value to a reader, first come.
_NAMING = ("name", "place", "country", "text", "subject", "value", "headline", "object", "format")
_LONGEST_NAME = 70
# What a list is called of which one item is meant.
_ONE = {
    "articles": "article",
    "bottom_line": "bottom line",
    "commitments": "commitment",
    "conflicts": "conflict",
    "duplicates": "reprint",
    "forward": "forward look",
    "items": "story",
    "meetings": "meeting",
    "parties": "party",
    "revisions": "value",
    "sentences": "sentence",
    "sources": "source",
    "topics": "topic",
    "updates": "update",
    "versions": "version",
}


@dataclass(frozen=True)
class Wrong:
    """What does not hold: its path in the JSON, its place as a reader knows it, and what is wrong with it."""

    path: Path
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def check_evidence(value: Mapping[str, Any], articles: Iterable[Article]) -> Iterator[Wrong]:
    """The quotations that do not stand where they say; `articles`, with texts, are those it may quote."""
    known: dict[str, list[Article]] = {}
    for article in articles:
        known.setdefault(article.id, []).append(article)
    for path, one in evidence_of(value, ()):
        allowed = known.get(str(one.get("article")), [])
        if path[0] == "stories":
            own = {each["id"] for each in value["stories"][path[1]]["articles"]}
            allowed = allowed if one.get("article") in own else []
        if not allowed:
            what = f"quotes the article {one.get('article')!r}, which is not among those it may quote"
        elif not any(_stands(one, article) for article in allowed):
            where = "title" if one.get("field") == "title" else "text"
            what = (
                f"“{shortened(one.get('quote'))}” does not stand at {one.get('start')} to {one.get('end')}"
                f" of the {where} of “{allowed[0].title or allowed[0].origin}”"
            )
        else:
            continue
        yield Wrong(path, place_of(value, path), what)


def check_references(
    value: Mapping[str, Any], manifest: Manifest, texts: Mapping[str, str]
) -> Iterator[Wrong]:
    """The articles that are not what was read, those that nobody read, and those that are lost.

    `texts` are the archived ones by sha256, for briefs that print them.
    """
    left = [article_reference(one) for one in manifest.inputs]
    for path, given in references_of(value):
        if "text" in given and given["text"] != texts.get(str(given.get("sha256"))):
            yield Wrong((*path, "text"), place_of(value, path), "the text is not the archived one")
        plain = {name: one for name, one in given.items() if name != "text"}
        if plain in left:
            left.remove(plain)
            continue
        same = [one for one in left if one["sha256"] == given.get("sha256") or one["id"] == given.get("id")]
        if not same:
            yield Wrong(path, place_of(value, path), "the article is not among the inputs of the manifest")
            continue
        left.remove(same[0])
        for name, read in same[0].items():
            if plain.get(name) != read:
                what = f"the article has the {name} {plain.get(name)!r}, and was read with {read!r}"
                yield Wrong((*path, name), place_of(value, path), what)
    for one in left:
        yield Wrong(("manifest",), "manifest", f"the input “{one['title'] or one['origin']}” is in no story")


def references_of(value: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Each article of the brief once, with its path; `sources` repeats them."""
    for n, story in enumerate(value["stories"]):
        for name in REFERENCES:
            for m, one in enumerate(story.get(name, ())):
                yield ("stories", n, name, m), one
    for m, one in enumerate(value.get("outside", ())):
        yield ("outside", m), one


def evidence_of(value: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Everything below that is an evidence, with its path."""
    if isinstance(value, Mapping):
        if "quote" in value:
            yield path, value
        for name, one in value.items():
            if name != "manifest":
                yield from evidence_of(one, (*path, name))
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from evidence_of(one, (*path, n))


def place_of(value: Any, path: Path) -> str:
    """A path as a reader knows it: “Headline”, who “Anna Berg”, evidence 2."""
    parts = [_story_of(value, path)]
    at = value
    for n, step in enumerate(path):
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            at = None
        if n == 0 and step == "stories" and len(path) > 1:
            continue
        if isinstance(step, int):
            if n > 1 or path[0] != "stories":
                parts[-1] = f"{_ONE.get(parts[-1], parts[-1])} {named(at) or step + 1}"
        elif step != "slots":
            parts.append(step)
    return ", ".join(part for part in parts if part) or "brief"


def _story_of(value: Any, path: Path) -> str:
    """The headline of the story that a path leads into, or whose id its value gives."""
    if len(path) < 2:
        return ""
    one = value[path[0]][path[1]] if isinstance(path[1], int) else None
    if path[0] == "stories":
        return named(one) or f"story {path[1]}"
    story = one.get("story") if isinstance(one, Mapping) else None
    return next((named(each) for each in value["stories"] if each.get("id") == story), "")


def named(value: Any) -> str:
    """What a reader knows a value by, in quotation marks; "" where it has no name."""
    if not isinstance(value, Mapping) or "quote" in value:
        return ""
    first = value.get("headline") or next(
        (value[name] for name in _NAMING if isinstance(value.get(name), str)), None
    )
    return f"“{shortened(first)}”" if first else ""


def shortened(text: Any) -> str:
    """The text on one line, cut where it is long."""
    line = " ".join(str(text).split())
    return line if len(line) <= _LONGEST_NAME else line[:_LONGEST_NAME] + "…"


def _stands(evidence: Mapping[str, Any], article: Article) -> bool:
    start, end, quote = (evidence.get(name) for name in ("start", "end", "quote"))
    if type(start) is not int or type(end) is not int or not isinstance(quote, str):
        return False
    text = article.title or "" if evidence.get("field", "text") == "title" else article.text
    return 0 <= start < end <= len(text) and text[start:end] == quote
