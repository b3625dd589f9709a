"""Writes a report twice: for people as one HTML page that fetches nothing, for programs as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True, undefined=StrictUndefined)


def write_report(template: str, destination: Path, report: Mapping[str, Any], plots: Mapping[str, list[str]]) -> None:
    """Writes `<destination>.json` from the figures and `<destination>.html` from figures and plots."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    destination.with_suffix(".json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    html = _TEMPLATES.get_template(template).render(report=report, plots=plots, shown=_shown)
    destination.with_suffix(".html").write_text(html, encoding="utf-8")


def _shown(figure: Mapping[str, Any] | None) -> str:
    """A share as people read it: 0.94 (0.90–0.97), 103 of 109."""
    if not figure or figure["rate"] is None:
        return "–"
    return f"{figure['rate']:.3f} ({figure['low']:.2f}–{figure['high']:.2f}), {figure['count']} of {figure['n']}"
