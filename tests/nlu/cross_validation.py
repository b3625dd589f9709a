"""Runs Rasa's own cross-validation of the intents and reads its report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.safety.hotlines import ROOT

CONFIG = Path(__file__).with_name("config.yml")
_SUMS = ("accuracy", "macro avg", "weighted avg", "micro avg")


def cross_validate(out: Path, folds: int) -> None:
    """Runs `rasa test nlu`; its reports and plots go to a folder.

    Raises:
        subprocess.CalledProcessError: Rasa could not run it.
    """
    options = ["--nlu", "data/nlu", "--config", str(CONFIG), "--cross-validation", "--folds", str(folds), "--out", str(out)]
    subprocess.run([sys.executable, "-m", "rasa", "test", "nlu", *options], cwd=ROOT, check=True)


def cross_validation_figures(out: Path) -> dict[str, Any] | None:
    """Returns a row for each intent from Rasa's report, or None where it has not been run."""
    file = out / "intent_report.json"
    if not file.exists():
        return None
    report = json.loads(file.read_text(encoding="utf-8"))
    rows = [
        {
            "intent": name,
            "n": int(row["support"]),
            "precision": round(row["precision"], 3),
            "recall": round(row["recall"], 3),
            "f1": round(row["f1-score"], 3),
            "confused_with": ", ".join(f"{other} ({count})" for other, count in row.get("confused_with", {}).items()),
        }
        for name, row in report.items()
        if name not in _SUMS
    ]
    return {"f1": round(report["weighted avg"]["f1-score"], 3), "intents": sorted(rows, key=lambda row: row["intent"])}
