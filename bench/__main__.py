"""The command line: python -m bench."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import click

from bench.compare import Rouge, compare
from bench.material import Material, read_material, sample
from bench.measure import BenchError, Run, run
from bench.methods import METHODS, OURS, Method
from bench.page import circumstances, page
from bench.picture import draw
from evals.scoring.summaries import Scorer

_PAGE, _PICTURE = "benchmark.md", "benchmark.svg"
_AT_LEAST_ONE = click.IntRange(min=1)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of more data (docs/evaluation.md); else the readouts that ship.",
)
@click.option(
    "--rounds", type=_AT_LEAST_ONE, default=3, show_default=True, help="Times each method is timed."
)
@click.option("--scored", type=_AT_LEAST_ONE, default=500, show_default=True, help="Most documents of a set.")
@click.option("--timed", type=_AT_LEAST_ONE, help="Most articles of a round; else all.")
@click.option(
    "--method", "names", type=click.Choice(list(METHODS)), multiple=True, help="Only these, and ours."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("docs"),
    show_default=True,
    help=f"The folder for {_PAGE} and {_PICTURE}.",
)
def main(
    data: Path | None, rounds: int, scored: int, timed: int | None, names: tuple[str, ...], output: Path
) -> None:
    """Compare the default summariser with others, and write the page."""
    load = os.getloadavg()[0]
    try:
        material = read_material(data, scored, timed)
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from error
    methods = [method for name, method in METHODS.items() if not names or name in (OURS, *names)]
    rouge = _score(methods, material)
    rows = compare(_time(methods, material, rounds), rouge, METHODS)
    sets = {name: len(documents) for name, documents in material.scored.items()}
    today = dt.datetime.now(dt.UTC).date().isoformat()
    draw(rows, next(iter(sets)), output / _PICTURE)
    text = page(rows, circumstances(today, load, rounds, sets, _PICTURE))
    (output / _PAGE).write_text(text, encoding="utf-8")
    click.echo(output / _PAGE)


def _score(methods: list[Method], material: Material) -> dict[str, dict[str, dict[str, Rouge]]]:
    """ROUGE by set, method and document, of every method that says something."""
    scorer = Scorer()
    rouge: dict[str, dict[str, dict[str, Rouge]]] = {}
    for name, documents in material.scored.items():
        rouge[name] = {}
        for method in methods:
            if method.writes_nonsense:
                continue
            some = sample(documents, method.most)
            _say(f"{name}: {method.label}, {len(some)} documents")
            made = run(method, some).summaries
            rouge[name][method.name] = {
                document.id: scorer.rouge(summary, document.references)
                for document, summary in zip(some, made, strict=True)
            }
    return rouge


def _time(methods: list[Method], material: Material, rounds: int) -> dict[str, list[Run]]:
    """The rounds of each method.  All take part in every round, so that what slows the machine slows all."""
    runs: dict[str, list[Run]] = {method.name: [] for method in methods}
    for number in range(rounds):
        for method in methods:
            made = run(method, sample(material.timed, method.most))
            runs[method.name].append(made)
            _say(
                f"round {number + 1}: {method.label}, {made.speed:.3g} articles a second, "
                f"loaded in {made.load:.1f} s, {made.peak / 1e6:.0f} MB"
            )
    return runs


def _say(message: str) -> None:
    click.echo(f"bench: {message}", err=True)


if __name__ == "__main__":
    try:
        main(prog_name="python -m bench")
    except BenchError as error:
        sys.exit(f"bench: {error}")
