"""JSON → Brief: reads back what render/json.py wrote.

Articles are written as references, so their texts come from elsewhere, by sha256; where one is not at hand,
its article has an empty text and keeps its digest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from briefing.errors import SourceError
from briefing.render.json import SCHEMA
from briefing.types import Brief

_ARTICLES = ("articles", "duplicates")
_NO_TEXTS: Mapping[str, str] = {}


def read_object(text: str, name: str) -> dict[str, Any]:
    """The JSON object of a brief; `name` says in messages where it comes from.  Raises SourceError."""
    try:
        value = json.loads(text, object_pairs_hook=_once)
    except _Twice as error:
        raise SourceError(f"{name} is no brief: it has the key {error} twice in one place", _REMEDY) from None
    except ValueError as error:
        raise SourceError(f"{name} is no JSON: {error}", _REMEDY) from None
    except RecursionError:
        raise SourceError(f"{name} is no brief: its brackets are nested too deep", _REMEDY) from None
    if not isinstance(value, dict) or not isinstance(value.get("stories"), list) or "date" not in value:
        raise SourceError(f"{name} is no brief", _REMEDY)
    if value.get("schema") != SCHEMA:
        raise SourceError(
            f"{name} has schema {value.get('schema')!r}, and this version reads {SCHEMA}",
            "Make the brief again with this version.",
        )
    return value


class _Twice(Exception):  # noqa: N818 - the key
    """A key that an object has twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, as every reader sees it: of two values under one key some take the first, some the last."""
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for n, key in enumerate(keys) if key in keys[:n]))
    return made


def digests_of(value: Mapping[str, Any]) -> list[str]:
    """The sha256 of every article that a brief refers to; none where it is damaged."""
    groups = [story.get(key) for story in value["stories"] if isinstance(story, dict) for key in _ARTICLES]
    groups += [value.get("outside"), value.get("earlier")]
    references = [one for group in groups if isinstance(group, list) for one in group]
    return [str(one.get("sha256")) for one in references if isinstance(one, dict)]


def load_brief(value: Mapping[str, Any], name: str, texts: Mapping[str, str] = _NO_TEXTS) -> Brief:
    """The brief that an object describes, with the texts that are at hand.

    Briefs of earlier versions lack what was added since and are read without it.  Raises SourceError, every
    mistake listed.
    """
    whole = dict(value)
    try:
        whole["stories"] = [
            {**story, **{key: _with_texts(story.get(key, ()), texts) for key in _ARTICLES}}
            for story in value["stories"]
        ]
        whole["meetings"] = [_with_full_parties(meeting) for meeting in value.get("meetings", ())]
        whole["told"] = sum(bool(story.get("told")) for story in value["stories"])
        for key in ("outside", "earlier"):
            whole[key] = _with_texts(value.get(key, ()), texts)
        return _adapter().validate_python(whole)
    except ValidationError as error:
        mistakes = [f"  {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise SourceError(f"{name} cannot be read:\n" + "\n".join(mistakes[:_MISTAKES]), _REMEDY) from None
    except (TypeError, AttributeError, KeyError):
        raise SourceError(f"{name} is no brief", _REMEDY) from None


_REMEDY = "Name a file that `briefing daily -o brief.json` wrote."
_MISTAKES = 10


def _with_texts(references: Any, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{**one, "text": one.get("text") or texts.get(one["sha256"], "")} for one in references]


def _with_full_parties(meeting: Any) -> dict[str, Any]:
    """The meeting as it is written now: parties once came without evidence, which was that of the meeting."""
    own = {"evidence": meeting["evidence"], "rule": "meeting"}
    return {**meeting, "parties": [{**own, **party} for party in meeting["parties"]]}


@cache
def _adapter() -> TypeAdapter[Brief]:
    return TypeAdapter(Brief)
