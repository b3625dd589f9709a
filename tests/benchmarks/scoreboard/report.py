"""The scoreboard: figures of every system on every set, as a table, a page with plots, and JSON."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.settings import MODELS
from tests.benchmarks.scoreboard.entrants import ENTRANTS
from tests.benchmarks.scoreboard.faq_sets import ScoredSet
from tests.benchmarks.scoreboard.systems import Entrant, Measured, measure
from tests.benchmarks.table import print_table
from tests.benchmarks.timing import median, p95
from tests.evaluation import plots
from tests.evaluation.answers_report import passage_rank, reciprocal_rank
from tests.evaluation.intervals import share
from tests.evaluation.page import write_report
from tests.evaluation.passage_references import best_threshold, with_threshold
from tests.evaluation.safety_report import OURS
from tests.evaluation.sets import Question
from tests.evaluation.verdicts import Retrieved

SHARES = {
    "right_first": "right first",
    "right_in_three": "right among three",
    "unanswerable_recognised": "unanswerable recognised",
    "wrongly_unknown": "answerable wrongly unknown",
}
COSTS = (("median_ms", "median ms"), ("p95_ms", "p95 ms"), ("peak_megabytes", "peak MB"))


def write_scoreboard(sets: Sequence[ScoredSet], folder: Path, entrants: Sequence[Entrant] = ENTRANTS) -> dict[str, Any]:
    """Measures every system on every set, one after the other; prints, writes and returns the figures."""
    figures: dict[str, Any] = {}
    images: dict[str, list[str]] = {}
    for item in sets:
        systems = {}
        for entrant in entrants:
            with tempfile.TemporaryDirectory() as work:
                systems[entrant.name] = system_figures(item, measure(entrant, item, Path(work)), item.served and entrant.name == OURS)
        figures[item.name] = {
            "passages": len(item.knowledge.passages),
            "training_questions": sum(message.passage_id in item.knowledge.passages for message in item.training),
            "ranked": sum(not question.unanswerable for question in item.ranked),
            "judged": len(item.judged),
            "judged_unanswerable": sum(question.unanswerable for question in item.judged),
            "tuning": len(item.tuning),
            "systems": systems,
        }
        images[item.name] = _plots(item.name, systems)
        print_table(_title(figures[item.name] | {"name": item.name}), printed(systems))
    report = {"model": _model(), "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "command": "make benchmark", "sets": figures}
    write_report("scoreboard.html", folder / "scoreboard", report, images)
    print(f"\nWritten: {folder.name}/scoreboard.html and .json")
    return report


def system_figures(item: ScoredSet, measured: Measured, judges_itself: bool) -> dict[str, Any]:
    """Returns the figures of one system on one set, JSON-ready; shares of nothing have no rate."""
    by_question = dict(zip(item.asked, measured.retrieved, strict=True))
    threshold = None
    if item.tuning and not judges_itself:
        tuned = [by_question[question] for question in item.tuning]
        threshold = best_threshold(item.tuning, tuned)
        by_question = dict(zip(by_question, with_threshold(list(by_question.values()), threshold), strict=True))
    ranked = [(question, by_question[question]) for question in item.ranked if not question.unanswerable]
    judged = [(question, by_question[question]) for question in item.judged] if item.tuning else []
    ranks = [passage_rank(question, found) for question, found in ranked]
    return {
        "right_first": share(rank == 1 for rank in ranks).as_dict(),
        "right_in_three": share(rank is not None and rank <= 3 for rank in ranks).as_dict(),
        "mean_reciprocal_rank": round(sum(reciprocal_rank(question, found) for question, found in ranked) / len(ranked), 4),
        "unanswerable_recognised": _unknown(judged, unanswerable=True),
        "wrongly_unknown": _unknown(judged, unanswerable=False),
        "threshold": threshold,
        "median_ms": median(measured.milliseconds),
        "p95_ms": p95(measured.milliseconds),
        "peak_megabytes": measured.megabytes,
    }


def printed(systems: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    """Returns the rows of the table in the terminal."""
    rows = []
    for name, figures in systems.items():
        rates = {label: figures[key]["rate"] for key, label in SHARES.items()}
        shown = {label: "-" if rate is None else f"{rate:.3f}" for label, rate in rates.items()}
        costs = {label: f"{figures[key]:.1f}" for key, label in COSTS}
        first = {key: shown[key] for key in ("right first", "right among three")}
        rows.append({"system": name, **first, "MRR": f"{figures['mean_reciprocal_rank']:.3f}", **shown, **costs})
    return rows


def _unknown(judged: Sequence[tuple[Question, Retrieved]], unanswerable: bool) -> dict[str, Any]:
    return share(found.unknown for question, found in judged if question.unanswerable == unanswerable).as_dict()


def _plots(name: str, systems: Mapping[str, Mapping[str, Any]]) -> list[str]:
    rows = {system: [figures[key] | {"name": label} for key, label in SHARES.items()] for system, figures in systems.items()}
    names = [label for key, label in SHARES.items() if any(figures[key]["n"] for figures in systems.values())]
    return [plots.share_bars(f"{name}: answers", rows, names), plots.cost_bars(f"{name}: cost", systems, COSTS)]


def _title(figures: Mapping[str, Any]) -> str:
    return "{name} ({ranked} questions ranked; {judged} judged for unknowns, {judged_unanswerable} of them without an answer)".format(
        **figures
    )


def _model() -> str:
    stamp = MODELS / "lamplight.stamp"
    return stamp.read_text(encoding="ascii")[:12] if stamp.exists() else "unstamped"
