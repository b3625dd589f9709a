"""Figures on retrieval: the right passage, answerability and misses, per style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.evaluation.intervals import share
from tests.evaluation.safety_report import OURS
from tests.evaluation.sets import EvaluationSet, Question
from tests.evaluation.verdicts import Retrieved

Found = Sequence[tuple[Question, Retrieved]]

TARGETS = (
    ("right passage first", "passage_first", "at least", 0.85),
    ("right passage among the first three", "passage_in_three", "at least", 0.95),
    ("unanswerable recognised", "unanswerable_recognised", "at least", 0.75),
    ("answerable wrongly unknown", "wrongly_unknown", "at most", 0.08),
)


def answer_figures(evaluation_set: EvaluationSet, systems: Mapping[str, Sequence[Retrieved]]) -> dict[str, Any]:
    """Returns every figure on one set as JSON-ready values; `systems` must hold `OURS`."""
    found = {name: list(zip(evaluation_set.questions, retrieved, strict=True)) for name, retrieved in systems.items()}
    return {
        "n": len(evaluation_set.questions),
        "targets": {name: _targets(pairs) for name, pairs in found.items()},
        "styles": {name: _styles(pairs) for name, pairs in found.items()},
        "misses": _misses(found[OURS]) if evaluation_set.lists_misses else None,
    }


def reciprocal_rank(question: Question, retrieved: Retrieved) -> float:
    """Returns 1 / rank of the first right passage, 0 where none is among the ranked."""
    position = passage_rank(question, retrieved)
    return 1.0 / position if position else 0.0


def passage_rank(question: Question, retrieved: Retrieved) -> int | None:
    """Returns the rank, from 1, of the first passage that answers the question."""
    return next((rank for rank, (passage, _) in enumerate(retrieved.ranked, start=1) if passage in question.passages), None)


def source_rank(question: Question, retrieved: Retrieved) -> int | None:
    """Returns the rank, from 1, of the first passage that rests on a right source document."""
    return next((rank for rank, (_, ids) in enumerate(retrieved.ranked, start=1) if set(ids) & set(question.ids)), None)


def _styles(found: Found) -> list[dict[str, Any]]:
    styles = sorted({question.style for question, _ in found})
    return [_row("all", found), *(_row(style, [pair for pair in found if pair[0].style == style]) for style in styles)]


def _row(style: str, found: Found) -> dict[str, Any]:
    answerable = [pair for pair in found if not pair[0].unanswerable]
    by_passage = [pair for pair in answerable if pair[0].passages]
    by_source = [pair for pair in answerable if pair[0].ids]
    ranks = [passage_rank(*pair) for pair in by_passage]
    source_ranks = [source_rank(*pair) for pair in by_source]
    shares = {
        "passage_first": share(rank == 1 for rank in ranks),
        "passage_in_three": share(rank is not None and rank <= 3 for rank in ranks),
        "source_first": share(rank == 1 for rank in source_ranks),
        "source_in_three": share(rank is not None and rank <= 3 for rank in source_ranks),
        "answered_rightly": share(rank == 1 and retrieved.answered for rank, (_, retrieved) in zip(ranks, by_passage, strict=True)),
        "unanswerable_recognised": share(retrieved.unknown for question, retrieved in found if question.unanswerable),
        "wrongly_unknown": share(retrieved.unknown for _, retrieved in answerable),
    }
    ranked = [reciprocal_rank(*pair) for pair in by_passage]
    return {
        "style": style,
        "n": len(found),
        "mean_reciprocal_rank": round(sum(ranked) / len(ranked), 4) if ranked else None,
        **{name: value.as_dict() for name, value in shares.items()},
    }


def _targets(found: Found) -> list[dict[str, Any]]:
    overall = _row("all", found)
    rows = []
    for name, measure, sense, bound in TARGETS:
        figure = overall[measure]
        if figure["rate"] is None:
            continue
        met = figure["rate"] >= bound if sense == "at least" else figure["rate"] <= bound
        rows.append({"name": name, "target": f"{sense} {bound:g}", "met": met, **figure})
    return rows


def _misses(found: Found) -> list[dict[str, Any]]:
    rows = []
    for question, retrieved in found:
        why = _fault(question, retrieved)
        if why:
            rows.append(
                {
                    "why": why,
                    "text": " ⏎ ".join(question.turns),
                    "style": question.style,
                    "expected": list(question.passages or question.ids),
                    "found": [passage for passage, _ in retrieved.ranked[:3]],
                    "kind": retrieved.kind,
                }
            )
    return sorted(rows, key=lambda row: row["why"])


def _fault(question: Question, retrieved: Retrieved) -> str | None:
    if question.unanswerable:
        return None if retrieved.unknown else f"unanswerable, first bubble: {retrieved.kind}"
    if retrieved.unknown:
        return "answerable, called unknown"
    rank = passage_rank(question, retrieved) if question.passages else source_rank(question, retrieved)
    if rank is None or rank > 3:
        return "right passage not among three"
    return "right passage not first" if rank > 1 else None
