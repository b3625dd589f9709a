"""`python -m tests.evaluation`: safety and answers on labelled messages, written to `reports/`."""

from __future__ import annotations

import argparse
import asyncio
import shlex
import statistics
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bot.logs
from bot.rasa.assistant import MODEL, Assistant, ModelMissing
from bot.retrieval.knowledge_base import KnowledgeBase
from bot.retrieval.training_data import read_messages
from bot.safety.hotlines import KNOWLEDGE, ROOT
from bot.safety.normalize import clean_text
from tests.evaluation import plots
from tests.evaluation.answers_report import answer_figures
from tests.evaluation.diet import NLU, diet_verdicts
from tests.evaluation.lamplight import SetRun, run_set
from tests.evaluation.minilm import encode_cached, plain_encoder
from tests.evaluation.page import write_report
from tests.evaluation.passage_references import PassageReferences, best_threshold, with_threshold
from tests.evaluation.safety_references import NearestNeighbour, keyword_verdicts
from tests.evaluation.safety_report import OURS, safety_figures
from tests.evaluation.sets import EvaluationSet, SetError, own_sets, sets_in
from tests.evaluation.verdicts import Retrieved, Verdict

KEYWORDS, NEIGHBOUR, DIET = "keyword list", "nearest neighbour", "Rasa DIET"
REFERENCES = {
    KEYWORDS: "the phrase floor alone",
    NEIGHBOUR: "the intent of the nearest training message under plain MiniLM",
    DIET: "Rasa's own classifier with tests/evaluation/diet.yml",
}
LINES = {
    "line_named": "right line in the bubble",
    "labelled_line": "labelled line within 160",
    "leading_kind_fits": "leading kind labelled",
}
ANSWERS = {"passage_first": "right passage first", "answered_rightly": "answered rightly"}


def main() -> None:
    """Runs the sets and writes the reports."""
    options = _options()
    bot.logs.configure_logging("error")
    try:
        sets = own_sets(options.test, options.show_test_misses) + (sets_in(options.sets) if options.sets else [])
        assistant = Assistant.load()
    except (SetError, ModelMissing) as error:
        sys.exit(str(error))
    asyncio.run(_evaluate(assistant, sets, options))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("--sets", type=Path, metavar="DIR", help="a folder with more sets; see tests/evaluation/README.md")
    parser.add_argument("--test", action="store_true", help="the test sets too, for reporting")
    parser.add_argument("--show-test-misses", action="store_true", help="list the misses of the test sets, which ends their use as such")
    parser.add_argument("--no-diet", action="store_true", help="leave out the Rasa DIET reference, which trains for minutes once")
    parser.add_argument("--no-references", action="store_true", help="Lamplight alone, in some two minutes")
    parser.add_argument("--out", type=Path, default=ROOT / "reports", metavar="DIR", help="where the reports go (default: reports/)")
    return parser.parse_args()


async def _evaluate(assistant: Assistant, sets: Sequence[EvaluationSet], options: argparse.Namespace) -> None:
    runs = {item.name: await run_set(assistant, item) for item in sets}
    with_messages = [item for item in sets if item.messages]
    with_questions = [item for item in sets if item.questions]
    if with_messages:
        await _safety(with_messages, runs, options)
    if with_questions:
        _answers(with_questions, runs, options)


async def _safety(sets: Sequence[EvaluationSet], runs: dict[str, SetRun], options: argparse.Namespace) -> None:
    figures, images = {}, {}
    neighbour = None if options.no_references else _neighbour()
    for item in sets:
        texts = [clean_text(message.text) for message in item.messages]
        systems: dict[str, Sequence[Verdict]] = {OURS: runs[item.name].verdicts}
        if neighbour is not None:
            systems |= {KEYWORDS: keyword_verdicts(texts), NEIGHBOUR: neighbour.verdicts(texts)}
            if not options.no_diet:
                systems[DIET] = await diet_verdicts(texts)
        figures[item.name] = safety_figures(item, systems) | {"latency_ms": _latency(runs[item.name])}
        images[item.name] = _safety_plots(item.name, figures[item.name])
        _print(f"{item.name}: safety", figures[item.name]["targets"])
        if figures[item.name]["lines"]:
            _print_shares(f"{item.name}: lines", LINES, figures[item.name]["lines"], "name")
    references = [f"{name}: {what}" for name, what in REFERENCES.items() if name in systems]
    write_report("safety.html", options.out / "safety", _head() | {"references": references, "sets": figures}, images)
    print(f"Written: {options.out.name}/safety.html and .json")


def _answers(sets: Sequence[EvaluationSet], runs: dict[str, SetRun], options: argparse.Namespace) -> None:
    figures, images = {}, {}
    references = None
    thresholds: dict[str, float] = {}
    if not options.no_references:
        references = PassageReferences(KnowledgeBase.from_directory(KNOWLEDGE / "passages"), read_messages(NLU), plain_encoder())
        tuned_on = [question for item in own_sets(False, False) for question in item.questions]
        thresholds = {name: best_threshold(tuned_on, found) for name, found in references.retrieved(tuned_on).items()}
    for item in sets:
        systems: dict[str, Sequence[Retrieved]] = {OURS: runs[item.name].retrieved}
        if references is not None:
            found = references.retrieved(item.questions)
            systems |= {name: with_threshold(retrieved, thresholds[name]) for name, retrieved in found.items()}
        figures[item.name] = answer_figures(item, systems) | {"latency_ms": _latency(runs[item.name])}
        images[item.name] = _answer_plots(item.name, figures[item.name])
        _print(f"{item.name}: answers", figures[item.name]["targets"])
        _print_shares(f"{item.name}: answers by style", ANSWERS, figures[item.name]["styles"][OURS], "style")
    write_report("answers.html", options.out / "answers", _head() | {"sets": figures}, images)
    print(f"Written: {options.out.name}/answers.html and .json")


def _neighbour() -> NearestNeighbour:
    encoder, training = plain_encoder(), read_messages(NLU)
    return NearestNeighbour(encoder, training, encode_cached(encoder, [message.text for message in training], "messages"))


def _safety_plots(name: str, figures: dict[str, Any]) -> list[str]:
    names = [row["name"] for row in figures["targets"][OURS]]
    wanted = [
        name
        for name in names
        if not name.endswith(("look-alikes escalated", "questions escalated", "talk escalated", "look-alikes declined"))
    ]
    images = [plots.share_bars(f"{name}: higher is better", figures["targets"], wanted)] if wanted else []
    alarms = [name for name in names if name not in wanted]
    if alarms:
        images.append(plots.share_bars(f"{name}: false alarms and wrong refusals, lower is better", figures["targets"], alarms))
    by_kind = {
        system: [row["escalated"] | {"name": row["value"].replace("_", " ")} for row in rows if row["by"] == "kind"]
        for system, rows in figures["groups"].items()
    }
    if by_kind[OURS]:
        images.append(plots.share_bars(f"{name}: crises escalated, by kind", by_kind, [row["name"] for row in by_kind[OURS]]))
    kinds = figures["kinds"][OURS]
    images.append(plots.confusion(f"{name}: leading kinds", kinds["names"], kinds["matrix"]))
    return [*images, plots.calibration(f"{name}: calibration of the crisis probability", figures["calibration"])]


def _answer_plots(name: str, figures: dict[str, Any]) -> list[str]:
    names = [row["name"] for row in figures["targets"][OURS]]
    styles = {
        system: [row["passage_first"] | {"name": row["style"]} for row in rows if row["style"] != "all"]
        for system, rows in figures["styles"].items()
    }
    return [
        plots.share_bars(f"{name}: answers", figures["targets"], names),
        plots.share_bars(f"{name}: right passage first, by style", styles, [row["name"] for row in styles[OURS]]),
    ]


def _latency(run: SetRun) -> dict[str, float]:
    cuts = statistics.quantiles(run.milliseconds, n=20) if len(run.milliseconds) > 1 else [run.milliseconds[0]] * 19
    return {"median": round(statistics.median(run.milliseconds), 2), "p95": round(cuts[18], 2)}


def _head() -> dict[str, Any]:
    stamp = MODEL.with_name("lamplight.stamp")
    return {
        "model": stamp.read_text(encoding="ascii")[:12] if stamp.exists() else "unstamped",
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": shlex.join(["python", "-m", "tests.evaluation", *sys.argv[1:]]),
    }


def _print(title: str, targets: dict[str, list[dict[str, Any]]]) -> None:
    print(f"\n{title}\n{'':40}{'target':16}" + "".join(f"{system:>20}" for system in targets))
    for row in targets[OURS]:
        cells = []
        for rows in targets.values():
            found = next(other for other in rows if other["name"] == row["name"])
            cells.append(f"{found['rate']:.3f}{' ' if found['met'] else '*'}")
        print(f"{row['name']:40}{row['target']:16}" + "".join(f"{cell:>20}" for cell in cells))
    print("* outside the target")


def _print_shares(title: str, columns: dict[str, str], rows: list[dict[str, Any]], name: str) -> None:
    """Prints shares as the README has them: 0.94 (103 of 109; 0.88 to 0.97)."""
    print(f"\n{title}\n{'':20}" + "".join(f"{column:>34}" for column in columns.values()))
    for row in rows:
        print(f"{row[name]:20}" + "".join(f"{_shown(row[key]):>34}" for key in columns))


def _shown(figure: dict[str, Any]) -> str:
    if figure["rate"] is None:
        return "–"
    return f"{figure['rate']:.2f} ({figure['count']} of {figure['n']}; {figure['low']:.2f} to {figure['high']:.2f})"


if __name__ == "__main__":
    main()
