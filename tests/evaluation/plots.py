"""The plots of the reports, as data addresses of SVG images; nothing is fetched."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib
from matplotlib.figure import Figure

matplotlib.use("svg")
_COLOURS = ("#1b5e7a", "#c9762f", "#7a8b3c", "#8a5a8f", "#b0483f")

Rows = Sequence[Mapping[str, Any]]


def share_bars(title: str, by_system: Mapping[str, Rows], names: Sequence[str]) -> str:
    """Bars with 95 % intervals: one group a name, one bar a system; rows hold `name`, `rate`, `low`, `high`."""
    figure = Figure(figsize=(10, 4.2), layout="constrained")
    axes = figure.subplots()
    width = 0.8 / max(1, len(by_system))
    for number, (system, rows) in enumerate(by_system.items()):
        known = {row["name"]: row for row in rows if row["rate"] is not None}
        shown = [(place, known[name]) for place, name in enumerate(names) if name in known]
        rates = [row["rate"] for _, row in shown]
        below = [max(0.0, row["rate"] - row["low"]) for _, row in shown]
        above = [max(0.0, row["high"] - row["rate"]) for _, row in shown]
        axes.bar(
            [place + (number - (len(by_system) - 1) / 2) * width for place, _ in shown],
            rates,
            width,
            yerr=[below, above],
            label=system,
            color=_COLOURS[number % len(_COLOURS)],
            ecolor="#444",
            capsize=2,
        )
    axes.set_xticks(range(len(names)), [name.replace(" ", "\n", 1) for name in names], fontsize=8)
    axes.set_ylim(0, 1.02)
    axes.set_title(title, fontsize=10)
    axes.legend(fontsize=8, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.18))
    return _address(figure)


def cost_bars(title: str, by_system: Mapping[str, Mapping[str, float]], measures: Sequence[tuple[str, str]]) -> str:
    """Bars on logarithmic axes: one panel a measure (key and label), one bar a system."""
    figure = Figure(figsize=(10, 2.6), layout="constrained")
    figure.suptitle(title, fontsize=10)
    for axes, (key, label) in zip(figure.subplots(1, len(measures), sharey=True), measures, strict=True):
        bars = axes.barh(list(by_system), [values[key] for values in by_system.values()], color=_COLOURS[: len(by_system)])
        axes.bar_label(bars, fmt="%.3g", fontsize=8, padding=2)
        axes.set_xscale("log")
        axes.margins(x=0.2)
        axes.invert_yaxis()
        axes.set_xlabel(label, fontsize=8)
    return _address(figure)


def confusion(title: str, names: Sequence[str], matrix: Sequence[Sequence[int]], axis: str = "to lead") -> str:
    """Counts of what was expected (rows) and found (columns), coloured by the share of the row."""
    side = max(6.0, 0.42 * len(names))
    figure = Figure(figsize=(side + 1.5, side), layout="constrained")
    axes = figure.subplots()
    shares = [[count / max(1, sum(row)) for count in row] for row in matrix]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row, counts in enumerate(matrix):
        for column, count in enumerate(counts):
            if count:
                axes.text(
                    column, row, str(count), ha="center", va="center", fontsize=8, color="white" if shares[row][column] > 0.5 else "black"
                )
    labels = [name.replace("_", " ") for name in names]
    axes.set_xticks(range(len(names)), labels, rotation=45, ha="right", fontsize=8)
    axes.set_yticks(range(len(names)), labels, fontsize=8)
    axes.set_xlabel(f"found {axis}")
    axes.set_ylabel(f"expected {axis}")
    axes.set_title(title, fontsize=10)
    return _address(figure)


def calibration(title: str, by_system: Mapping[str, Mapping[str, Any]]) -> str:
    """Mean crisis probability of each bin against the share of crises in it, with intervals."""
    figure = Figure(figsize=(5.5, 5), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="#999", linestyle="--", linewidth=1)
    for number, (system, figures) in enumerate(by_system.items()):
        bins = figures["bins"]
        axes.errorbar(
            [entry["predicted"] for entry in bins],
            [entry["rate"] for entry in bins],
            yerr=[[max(0.0, entry["rate"] - entry["low"]) for entry in bins], [max(0.0, entry["high"] - entry["rate"]) for entry in bins]],
            marker="o",
            capsize=2,
            color=_COLOURS[number],
            label=f"{system} (Brier {figures['brier']:.3f})",
        )
    axes.set_xlabel("crisis probability")
    axes.set_ylabel("share that are crises")
    axes.set_title(title, fontsize=10)
    axes.legend(fontsize=8)
    return _address(figure)


def _address(figure: Figure) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
