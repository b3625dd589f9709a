"""The scoreboard on the example set: every system in a process of its own, from reading the folder to the written page."""

from __future__ import annotations

import json
from pathlib import Path

from tests.benchmarks.scoreboard.faq_sets import faq_sets
from tests.benchmarks.scoreboard.report import write_scoreboard
from tests.evaluation.sets import OWN_SETS

SYSTEMS = ["Lamplight", "BM25", "MiniLM + FAISS", "rank fusion", "Rasa ResponseSelector"]
SHARES = ("right_first", "right_in_three", "unanswerable_recognised", "wrongly_unknown")


def test_the_example_set_runs_through_every_system(tmp_path: Path) -> None:
    sets = [item for item in faq_sets(OWN_SETS / "faq") if item.name == "library"]
    report = write_scoreboard(sets, tmp_path / "reports")

    assert json.loads((tmp_path / "reports" / "scoreboard.json").read_text(encoding="utf-8")) == report
    library = report["sets"]["library"]
    systems = library.pop("systems")
    assert library == {
        "passages": 50,
        "training_questions": 22,
        "ranked": 150,
        "judged": 90,
        "judged_unanswerable": 16,
        "tuning": 90,
    }
    assert list(systems) == SYSTEMS
    for figures in systems.values():
        assert [figures[name]["n"] for name in SHARES] == [150, 150, 16, 74]
        assert figures["right_first"]["count"] <= figures["right_in_three"]["count"]
        assert figures["right_in_three"]["rate"] > 0.12  # by chance: 0.06
        assert figures["right_first"]["rate"] <= figures["mean_reciprocal_rank"] <= 1
        assert 0 < figures["median_ms"] <= figures["p95_ms"]
    for peer in ("BM25", "rank fusion", "Rasa ResponseSelector"):
        assert systems["Lamplight"]["mean_reciprocal_rank"] > systems[peer]["mean_reciprocal_rank"]
    assert (
        systems["BM25"]["peak_megabytes"] < systems["MiniLM + FAISS"]["peak_megabytes"] < systems["Rasa ResponseSelector"]["peak_megabytes"]
    )

    page = (tmp_path / "reports" / "scoreboard.html").read_text(encoding="utf-8")
    assert page.count('<img src="data:image/svg+xml;base64,') == 2
    assert all(f"<tr><td>{name}<td>" in page for name in SYSTEMS)
    assert not any(question.text in page for question in sets[0].ranked)
