"""`reports/index.html`: what the reports say, on one page, for somebody who writes no code."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.evaluation.plots import confusion

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True, undefined=StrictUndefined)
_PARTS = {"stories": "stories.json", "mutations": "mutations.json", "nlu": "nlu.json", "safety": "safety.json", "answers": "answers.json"}
_OURS = "Lamplight"


def write_index(reports: Path) -> Path:
    """Writes the page from the reports that are there; the others are named with their command."""
    parts = {name: _read(reports / file) for name, file in _PARTS.items()}
    plots = [_inlined(path) for path in (reports / "nlu" / "intent_confusion_matrix.png", reports / "rasa" / "story_confusion_matrix.png")]
    page = _TEMPLATES.get_template("index.html").render(
        parts=parts,
        safety=_targets(parts["safety"]),
        answers=_targets(parts["answers"]),
        plots=[plot for plot in plots if plot],
        unseen_plot=_unseen_plot(parts["nlu"]),
        rasa_test=(reports / "rasa" / "story_report.json").exists(),
        date=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        percent=lambda value: f"{100 * value:.0f} %",
    )
    path = reports / "index.html"
    path.write_text(page, encoding="utf-8")
    return path


def _read(path: Path) -> dict[str, Any] | None:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _targets(report: Mapping[str, Any] | None) -> list[tuple[str, list[dict[str, Any]]]]:
    """The aims of each set of messages, with what was measured."""
    return [(name, figures["targets"][_OURS]) for name, figures in report["sets"].items()] if report else []


def _unseen_plot(report: Mapping[str, Any] | None) -> str | None:
    if report is None:
        return None
    unseen = report["unseen"]
    return confusion(
        "Messages not used for training: what they are, and what they were read as", unseen["names"], unseen["matrix"], "intent"
    )


def _inlined(path: Path) -> str | None:
    return base64.b64encode(path.read_bytes()).decode("ascii") if path.exists() else None
