"""Ratios as a picture: three panels over the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from bench.compare import Row
from bench.methods import OURS

_OURS, _OTHERS = "#1f4e79", "#a9b7c6"
_INCHES = (10.0, 0.45, 1.2)
"""Width, height of a row, height of the rest."""
_NONE = "no score"


def draw(rows: Sequence[Row], quality_on: str, path: Path) -> None:
    """Writes an SVG: ROUGE-1 on one set of documents, articles a second and peak memory of each method.

    The same rows make the same file.
    """
    width, each, rest = _INCHES
    figure = Figure(figsize=(width, each * len(rows) + rest), layout="tight")
    panels: Any = figure.subplots(1, 3, sharey=True)
    found = [row.quality.get(quality_on) for row in rows]
    _bars(panels[0], rows, [one.rouge[0] if one else None for one in found], f"ROUGE-1\non {quality_on}")
    _bars(panels[1], rows, [row.speed.median for row in rows], "articles a second\n(logarithmic)", log=True)
    _bars(panels[2], rows, [row.peak.median / 1e6 for row in rows], "peak memory, MB")
    panels[0].invert_yaxis()
    with mpl.rc_context({"svg.hashsalt": "briefing"}):
        figure.savefig(path, format="svg", metadata={"Date": None})


def _bars(
    panel: Any, rows: Sequence[Row], values: Sequence[float | None], title: str, *, log: bool = False
) -> None:
    colours = [_OURS if row.method.name == OURS else _OTHERS for row in rows]
    bars = panel.barh([row.method.label for row in rows], [value or 0 for value in values], color=colours)
    labels = [_NONE if value is None else _label(value) for value in values]
    panel.bar_label(bars, labels, padding=3, fontsize=8)
    panel.set_title(title, fontsize=10)
    if log:
        panel.set_xscale("log")
    panel.margins(x=0.25)
    panel.spines[["top", "right"]].set_visible(False)
    panel.tick_params(labelsize=8)


def _label(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
