"""`python -m tests.benchmarks`: speed and memory on this machine, printed and written to `reports/benchmarks.json`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import bot.logs
from bot.rasa.assistant import ModelMissing
from bot.safety.hotlines import ROOT
from tests.benchmarks.index_scale import FULL_SIZES, SIZES, index_scale
from tests.benchmarks.parts import time_parts
from tests.benchmarks.serving import measure_serving, measure_training
from tests.evaluation.sets import own_sets

REPORT = ROOT / "reports" / "benchmarks.json"


def main() -> None:
    """Runs every benchmark in turn, since two at once would disturb each other."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="grow the index to 1,000,000 vectors (about 8 GB of memory, half an hour)")
    parser.add_argument("--train", action="store_true", help="time the training of the Rasa model too, in a copy of the checkout")
    options = parser.parse_args()
    bot.logs.configure_logging("error")
    questions = [question.text for item in own_sets(False, False) for question in item.questions]
    report: dict[str, Any] = {"date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "machine": _machine()}
    try:
        report["serving"] = measure_serving(questions)
        _print("Serving", [report["serving"]])
        report["parts"] = asyncio.run(time_parts(questions))
    except ModelMissing as error:
        sys.exit(str(error))
    _print("Time of each part in a message (ms)", report["parts"])
    if options.train:
        report["training"] = measure_training()
        _print("Training", [report["training"]])
    report["index"] = []
    for row in index_scale(questions, FULL_SIZES if options.full else SIZES):
        report["index"].append(row)
        _print("Index", [row])
    _print("Index, by size", report["index"])
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(f"\nWritten: {REPORT.relative_to(ROOT)}")


def _machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "system": platform.system(), "architecture": platform.machine(), "python": platform.python_version()}


def _print(title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Prints one row as a list, several rows side by side."""
    print(f"\n{title}")
    if len(rows) == 1:
        for name, value in rows[0].items():
            print(f"  {name:44}{value:>14}" if not isinstance(value, str) else f"  {name:44}{value:>14}")
        return
    widths = {name: max(len(name), *(len(str(row[name])) for row in rows)) + 2 for name in rows[0]}
    print("".join(f"{name:>{width}}" for name, width in widths.items()))
    for row in rows:
        print("".join(f"{row[name]!s:>{width}}" for name, width in widths.items()), flush=True)


if __name__ == "__main__":
    main()
