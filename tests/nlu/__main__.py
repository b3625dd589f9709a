"""`python -m tests.nlu`: how well messages are read, and `reports/index.html` over all reports."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import bot.logs
from bot.rasa.assistant import Assistant, ModelMissing
from bot.safety.hotlines import ROOT
from tests.evaluation.sets import own_sets
from tests.nlu.cross_validation import cross_validate, cross_validation_figures
from tests.nlu.index_page import write_index
from tests.nlu.unseen import unseen_figures


def main() -> None:
    """Writes the figures and the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.nlu", description=__doc__)
    parser.add_argument("--folds", type=int, default=3, help="parts of the cross-validation; 0 leaves it out")
    parser.add_argument("--test", action="store_true", help="the test sets too, for reporting")
    parser.add_argument("--page-only", action="store_true", help="only the page, from the reports that are there")
    parser.add_argument("--out", type=Path, default=ROOT / "reports", metavar="DIR")
    options = parser.parse_args()
    bot.logs.configure_logging("error")
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.page_only:
        _evaluate(options)
    print(f"Written: {write_index(options.out)}")


def _evaluate(options: argparse.Namespace) -> None:
    try:
        assistant = Assistant.load()
    except ModelMissing as error:
        sys.exit(str(error))
    unseen = asyncio.run(unseen_figures(assistant, own_sets(options.test, show_test_misses=False)))
    if options.folds:
        cross_validate(options.out / "nlu", options.folds)
    figures = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "unseen": unseen,
        "cross_validation": cross_validation_figures(options.out / "nlu"),
    }
    (options.out / "nlu.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{unseen['right']['rate']:.3f} of {unseen['n']} unseen messages have the right intent")


if __name__ == "__main__":
    main()
