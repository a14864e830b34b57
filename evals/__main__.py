"""The command line: python -m evals COMMAND.  Each prints its figures as one JSON object."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from evals import gate, product
from evals.documents import read_documents, read_rows

_DATA = click.Path(exists=True, dir_okay=False, path_type=Path)
_COMPARED = ("rouge1", "rouge2", "rougeLsum")
_DIGITS = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Measure what briefing makes.  How, and what it does not say: docs/evaluation.md.

    Files are JSON Lines, plain or compressed (.jsonl.xz).
    """


@cli.command()
@click.argument("docs", type=_DATA)
@click.argument("flags", nargs=-1, type=click.UNPROCESSED, metavar="[-- FLAGS OF briefing summarise]")
@click.option("--lead", "first", default=3, show_default=True, help="Sentences of the baseline.")
@click.option("--model", help="What `briefing summarise --model` takes; else the default.")
@click.option("--limit", type=click.IntRange(min=1), help="Only so many documents, the first ones.")
def summaries(docs: Path, flags: tuple[str, ...], first: int, model: str | None, limit: int | None) -> None:
    """Score summaries of DOCS, each with `summary` or `summaries`, beside the first sentences."""
    from evals.scoring.paired import paired_bootstrap
    from evals.scoring.summaries import Scorer, figures, lead, per_document

    documents = [document for document in read_documents(docs, limit) if document.references]
    if not documents:
        raise click.UsageError(f"no document of {docs} has a reference summary")
    given = [*(["--model", model] if model else []), *flags]
    made = {row["article"]["id"]: row for row in product.summaries(documents, given)}
    scorer = Scorer()
    ours, baseline = [], []
    for document in documents:
        row = made.get(document.id, {})
        ours.append(scorer.score(document, row.get("summary") or "", row.get("sentences") or []))
        baseline.append(scorer.score(document, lead(document, first)))
    mine, theirs = per_document(ours), per_document(baseline)
    gain = {
        name: {part: round(value, _DIGITS) for part, value in asdict(difference).items()}
        for name in _COMPARED
        for difference in [paired_bootstrap(mine[name], theirs[name])]
    }
    _print(figures(ours) | {"lead": {"sentences": first} | figures(baseline), "gain": gain})


@cli.command()
@click.argument("docs", type=_DATA)
@click.argument("annotations", type=_DATA)
def slots(docs: Path, annotations: Path) -> None:
    """Score the slots of DOCS against ANNOTATIONS, a line a document."""
    from evals.scoring.slots import figures

    documents = read_documents(docs)
    made = {row["article"]["id"]: row for row in product.slots(documents)}
    _print(figures(documents, read_rows(annotations), made))


@cli.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--half", type=click.Choice(["tuned", "held"]), help="Only the documents of this half.")
@click.option("--places", is_flag=True, help="Only where the events of places.jsonl take place.")
def annotated(data: Path, half: str | None, places: bool) -> None:
    """Score the slots of the annotated articles whose texts lie in the folder DATA."""
    from evals.annotated import annotated as read
    from evals.scoring.slots import figures

    name = "places.jsonl" if places else "annotated.jsonl"
    documents, annotations = read(gate.SHIPPED / name, data, half)
    made = {row["article"]["id"]: row for row in product.slots(documents)}
    empty: dict[str, Any] = {"who": [], "agreed": [], "outlook": []}
    found = figures(documents, [{**empty, **row} for row in annotations], made)
    _print({name: found[name] for name in ("where", "city")} if places else found)


@cli.command()
@click.argument("docs", type=_DATA)
def clusters(docs: Path) -> None:
    """Score how a brief of DOCS, each with its `event`, tells stories apart."""
    from evals.scoring.clusters import figures

    documents = read_documents(docs)
    _print(figures({document.id: document.event for document in documents}, product.stories(documents)))


@cli.command()
@click.argument("annotations", type=_DATA, default=gate.SHIPPED / "days.jsonl")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="A folder with wires.jsonl.xz, whose texts cannot be shipped, and perhaps days/ with further days.",
)
@click.option("--half", type=click.Choice(["tuned", "held"]), help="Only the judged days of this half.")
@click.option("--only", help="Only this day, YYYY-MM-DD.")
def days(annotations: Path, data: Path, half: str | None, only: str | None) -> None:
    """Score the choice and the order of the briefs of days whose articles readers judged (ANNOTATIONS)."""
    from evals import days as judged
    from evals.scoring.clusters import figures as told_apart

    found = judged.read_days(annotations, data, half)
    if half is None:
        found += judged.open_days(data / "days")
    rows = {}
    for day in found:
        if only not in (None, day.name):
            continue
        made = product.brief_of(day.documents, day.name)["stories"]
        apart = told_apart({one: str(story) for one, story in day.story.items()}, made)
        rows[day.name] = {**judged.figures(day, made), "stories": apart["f1"]}
    if not rows:
        raise click.UsageError(f"{data} has no such day")
    _print({"days": rows, "mean": judged.means([*rows.values()])})


@cli.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
def mixed(data: Path) -> None:
    """Find the first dull story in the brief of a mixed feed: days of a wire, readouts, sport and culture.

    DATA is a folder with days/, readouts_2021_2023.jsonl.xz and clusters_dev.jsonl.xz.
    """
    from evals import days as judged

    feed = judged.mixed_feed(data)
    stories = product.brief_of(feed.documents, feed.name)["stories"]
    told = [story for story in stories if story["told"]]
    _print(
        {
            "stories": len(stories),
            "told": len(told),
            "first_dull": judged.first_dull(feed, stories),
            "dull_told": judged.first_dull(feed, told) is not None,
        }
    )


@cli.command()
@click.argument("docs", type=_DATA)
def reprints(docs: Path) -> None:
    """Score how copies of DOCS are known for copies, and changed copies are not."""
    from evals.reprints import figures

    _print(figures(read_documents(docs)))


@cli.command()
@click.argument("data", type=_DATA, nargs=-1, required=True)
@click.option("--pairs", default=40, show_default=True, help="Pairs of each kind.")
@click.option("--seed", default=1, show_default=True, help="Of the sample.")
@click.option("--show", is_flag=True, help="What failed, on standard error.")
def conflicts(data: tuple[Path, ...], pairs: int, seed: int, show: bool) -> None:
    """Score the conflicts between articles of DATA and copies changed in one thing."""
    from evals.conflicts import figures

    failed: list[str] = []
    _print(figures(data, pairs, seed, failed))
    if show:
        click.echo("\n".join(failed), err=True)


@cli.command()
@click.argument("docs", type=_DATA)
@click.argument("read", type=_DATA, default=gate.SHIPPED / "disagreements.jsonl")
def disagreements(docs: Path, read: Path) -> None:
    """Score the conflicts and updates of DOCS against those that people READ in them."""
    from evals.disagreements import figures

    _print(figures(read_rows(read), product.stories(read_documents(docs))))


@cli.command()
@click.argument("docs", type=_DATA, default=gate.SHIPPED / "meetings" / "docs.jsonl")
@click.argument("read", type=_DATA, default=gate.SHIPPED / "meetings.jsonl")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with wires.jsonl.xz, whose texts cannot be shipped.",
)
@click.option("--show", is_flag=True, help="What differs, on standard error.")
def meetings(docs: Path, read: Path, data: Path | None, show: bool) -> None:
    """Score who met whom in DOCS against what people READ: 70 articles, or the 50 whose texts are here."""
    from evals.scoring.meetings import figures, told

    gold = read_rows(read)
    documents = read_documents(docs)
    if data is not None:
        known = {row["article"] for row in gold}
        documents += [one for one in read_documents(data / "wires.jsonl.xz") if one.id in known]
    differing: list[str] = []
    _print(figures(documents, gold, told(documents), differing))
    if show:
        click.echo("\n".join(differing), err=True)


# What follows reads its own arguments.
_PASSED_ON: dict[str, Any] = {"add_help_option": False, "context_settings": {"ignore_unknown_options": True}}


@cli.command(**_PASSED_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def faithfulness(arguments: tuple[str, ...]) -> None:
    """Score the check on generated sentences against people's judgement."""
    from evals import faithfulness as command

    sys.argv = ["python -m evals faithfulness", *arguments]
    command.main()


@cli.command(**_PASSED_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def condensing(arguments: tuple[str, ...]) -> None:
    """Look for what condensing the sentences of articles lost; status 1 where it lost anything."""
    from evals import condensing as command

    sys.argv = ["python -m evals condensing", *arguments]
    sys.exit(command.main())


@cli.command("gate")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the data that cannot be shipped.",
)
@click.option(
    "--floors",
    type=_DATA,
    default=gate.FLOORS,
    show_default="evals/floors.yaml",
    help="Another file of floors.",
)
def gate_(data: Path | None, floors: Path) -> None:
    """Refuse a drop below the recorded floors: status 1, and each figure that dropped."""
    folders = [gate.SHIPPED, *([data] if data else [])]
    refused = False
    for verdict in gate.hold(gate.load_checks(floors), folders):
        click.echo(verdict)
        refused |= verdict.outcome == "REFUSED"
    sys.exit(1 if refused else 0)


def _print(figures: Mapping[str, Any]) -> None:
    click.echo(json.dumps(figures, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    try:
        cli(prog_name="python -m evals")
    except product.ProductError as error:
        sys.exit(f"evals: {error}")
