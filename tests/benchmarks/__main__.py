"""`python -m tests.benchmarks`: speed and memory on this machine, and the scoreboard; printed and written to `reports/`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bot.logs
from bot.rasa.assistant import ModelMissing
from bot.safety.hotlines import ROOT
from tests.benchmarks.index_scale import FULL_SIZES, SIZES, index_scale
from tests.benchmarks.parts import time_parts
from tests.benchmarks.scoreboard.faq_sets import faq_sets, own_set
from tests.benchmarks.scoreboard.report import write_scoreboard
from tests.benchmarks.serving import measure_serving, measure_training
from tests.benchmarks.table import print_table
from tests.evaluation.sets import SetError, own_sets

REPORT = ROOT / "reports" / "benchmarks.json"


def main() -> None:
    """Runs every benchmark in turn, since two at once would disturb each other; last the scoreboard."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="grow the index to 1,000,000 vectors (about 8 GB of memory, half an hour)")
    parser.add_argument("--train", action="store_true", help="time the training of the Rasa model too, in a copy of the checkout")
    parser.add_argument(
        "--faq", type=Path, metavar="DIR", help="a folder of public FAQ sets for the scoreboard; see tests/benchmarks/README.md"
    )
    parser.add_argument("--scoreboard", action="store_true", help="the scoreboard alone, without speed and scale")
    parser.add_argument(
        "--starter",
        action="store_true",
        help="Lamplight beside Rasa's starter pipeline (about half an hour), alone",
    )
    options = parser.parse_args()
    bot.logs.configure_logging("error")
    if options.starter:
        _beside_starter()
        return
    try:
        scored = [own_set(), *(faq_sets(options.faq) if options.faq else [])]
    except SetError as error:
        sys.exit(str(error))
    if not options.scoreboard:
        _speed(options)
    write_scoreboard(scored, ROOT / "reports")


def _beside_starter() -> None:
    from tests.benchmarks.starter import measure_starter

    starter = measure_starter(_questions())
    print_table("Beside Rasa's starter pipeline", starter)
    _write({"starter": _dated() | {"figures": starter}})


def _speed(options: argparse.Namespace) -> None:
    questions = _questions()
    report = _dated()
    try:
        report["serving"] = measure_serving(questions)
        print_table("Serving", [report["serving"]])
        report["parts"] = asyncio.run(time_parts(questions))
    except ModelMissing as error:
        sys.exit(str(error))
    print_table("Time of each part in a message (ms)", report["parts"])
    if options.train:
        report["training"] = measure_training()
        print_table("Training", [report["training"]])
    report["index"] = []
    for row in index_scale(questions, FULL_SIZES if options.full else SIZES):
        report["index"].append(row)
        print_table("Index", [row])
    print_table("Index, by size", report["index"])
    _write(report)


def _questions() -> list[str]:
    return [question.text for item in own_sets(False, False) for question in item.questions]


def _dated() -> dict[str, Any]:
    machine = {
        "cores": os.cpu_count(),
        "system": platform.system(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
    }
    return {"date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "machine": machine}


def _write(report: dict[str, Any]) -> None:
    """Adds figures to the report; those of another kind of run stay, each with its date."""
    REPORT.parent.mkdir(exist_ok=True)
    kept: dict[str, Any] = json.loads(REPORT.read_text(encoding="utf-8")) if REPORT.exists() else {}
    REPORT.write_text(json.dumps(kept | report, indent=1) + "\n", encoding="utf-8")
    print(f"\nWritten: {REPORT.relative_to(ROOT)}", flush=True)


if __name__ == "__main__":
    main()
