"""What is summarised: documents with reference summaries, and articles to measure speed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.documents import Document, read_documents

_ROOT = Path(__file__).parent.parent
_SHIPPED = _ROOT / "evals" / "data" / "readouts" / "docs.jsonl"
_READOUTS = _ROOT / "tests" / "data" / "readouts.jsonl"
# Files in a folder of data that is given, where they are there; news with references is long, so part of it.
_SCORED = {"articles and readouts": "gold/docs.jsonl", "news, lower case": "cnndm_lower_val.jsonl.xz"}
_TIMED = ("readouts_2021_2023.jsonl.xz", "clusters_dev.jsonl.xz")


@dataclass(frozen=True)
class Material:
    """`scored`: documents with references, by the name of their set; `timed`: articles, none twice."""

    scored: dict[str, list[Document]]
    timed: list[Document]


def read_material(data: Path | None, scored: int | None = None, timed: int | None = None) -> Material:
    """What ships, or what is in `data` in its place; at most so many documents of each set.

    Raises FileNotFoundError: a folder is given that has no file of a kind.
    """
    if data is None:
        sets = {"readouts": read_documents(_SHIPPED)}
        pool = [*read_documents(_SHIPPED), *read_documents(_READOUTS)]
    else:
        sets = {
            name: read_documents(data / file) for name, file in _SCORED.items() if (data / file).is_file()
        }
        pool = read_articles(data)
        if not sets:
            wanted = ", ".join(_SCORED.values())
            raise FileNotFoundError(f"{data} has too little to measure with; looked for {wanted}")
    unique = list({document.text: document for document in pool}.values())
    return Material({name: sample(found, scored) for name, found in sets.items()}, sample(unique, timed))


def read_articles(data: Path) -> list[Document]:
    """The articles in `data`, reprints and all.  Raises FileNotFoundError where there are none."""
    pool = [
        document for file in _TIMED if (data / file).is_file() for document in read_documents(data / file)
    ]
    if not pool:
        raise FileNotFoundError(f"{data} has too little to measure with; looked for {', '.join(_TIMED)}")
    return pool


def sample(documents: Sequence[Document], most: int | None) -> list[Document]:
    """At most `most` of them, in their order, long and short ones in the proportion of all.

    So a slow method, measured on few, is measured on the same kind of articles as the quick ones.
    """
    if most is None or len(documents) <= most:
        return list(documents)
    by_length = sorted(range(len(documents)), key=lambda number: (len(documents[number].text), number))
    step = len(documents) / most
    # The middle one of each of `most` equal parts.
    chosen = sorted(by_length[int((part + 0.5) * step)] for part in range(most))
    return [documents[number] for number in chosen]
