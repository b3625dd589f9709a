"""The report of the load test for people: one page with plots that fetches nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib
from jinja2 import Environment, StrictUndefined
from matplotlib.figure import Figure

from tests.benchmarks.traffic import Traffic

matplotlib.use("svg")
_COLOURS = {"answered": "#1b5e7a", "notice": "#c9762f", "refused": "#8a5a8f", "lost": "#a1301f"}
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Load and faults</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1c2430 }
  table { border-collapse: collapse; font-size: 13px; display: block; overflow-x: auto }
  th, td { border-bottom: 1px solid #d6dce2; padding: .25rem .6rem; text-align: left }
  svg { max-width: 100%; height: auto }
</style>
<h1>Load and faults</h1>
<p>{{ report.date }}; {{ report.machine.cores }} cores shared by gateways, Rasa workers, Redis and those who write; load average before:
{{ report["load average before"] }}. "notice" is a message whose writer was told at once or at the deadline that there is no answer now,
with the lines; a crisis among them got its own line. Written by <code>make load</code>.</p>
{% for title, rows in tables.items() %}
<h2>{{ title }}</h2>
<table><tr>{% for name in names(rows) %}<th>{{ name }}</th>{% endfor %}</tr>
{% for row in rows %}<tr>{% for name in names(rows) %}<td>{{ row.get(name, "") }}</td>{% endfor %}</tr>{% endfor %}
</table>
{{ plots.get(title, "") | safe }}
{% endfor %}
</html>
"""


def write_page(destination: Path, report: Mapping[str, Any], faults: Mapping[str, Traffic]) -> None:
    """Writes the page from the figures and from all that was sent while faults happened."""
    soak = {name: value for name, value in report["soak"].items() if name != "memory"}
    tables = {
        "As many messages as come through": report["sustained"],
        "Latency by open conversations": report["open"],
        "Soak": [soak],
        "Faults": report["faults"],
    }
    plots = {
        "Latency by open conversations": _latency(report["open"]),
        "Soak": _memory(report["soak"]["memory"]),
        "Faults": "".join(_seconds(name, traffic) for name, traffic in faults.items()),
    }
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(_PAGE)
    destination.write_text(page.render(report=report, tables=tables, plots=plots, names=_names), encoding="utf-8")


def _names(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _latency(rows: Sequence[Mapping[str, Any]]) -> str:
    figure = Figure(figsize=(8, 3.5), layout="constrained")
    axes = figure.subplots()
    for workers, colour in ((1, "#c9762f"), (2, "#1b5e7a")):
        own = [row for row in rows if row["workers"] == workers and "p50 ms" in row]
        for name, line in (("p50 ms", "-"), ("p95 ms", "--"), ("p99 ms", ":")):
            values = [row[name] for row in own]
            axes.plot([row["open"] for row in own], values, line, marker="o", color=colour, label=f"{name[:3]}, {workers} worker(s)")
    axes.set(xscale="log", yscale="log", xlabel="open conversations", ylabel="ms")
    axes.legend(fontsize=8)
    return _svg(figure)


def _memory(rows: Sequence[Mapping[str, Any]]) -> str:
    figure = Figure(figsize=(8, 3), layout="constrained")
    axes = figure.subplots()
    for name in ("gateway", "worker", "Redis"):
        axes.plot([row["minute"] for row in rows], [row[name] for row in rows], label=name)
    axes.set(xlabel="minute", ylabel="MB", ylim=(0, None))
    axes.legend(fontsize=8)
    return _svg(figure)


def _seconds(name: str, traffic: Traffic) -> str:
    figure = Figure(figsize=(8, 1.8), layout="constrained")
    axes = figure.subplots()
    for outcome, colour in _COLOURS.items():
        own = [message for message in traffic.sent if message.outcome == outcome]
        axes.scatter([message.at for message in own], [message.seconds for message in own], s=6, color=colour, label=outcome)
    axes.set_title(name, fontsize=9)
    axes.set(xlabel="second in which the message was sent", ylabel="s to the reply")
    axes.legend(fontsize=7, loc="upper right")
    return _svg(figure)


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue().partition("?>")[2]
