"""The scoreboard's sets and thresholds: what is read, every fault by file and line, and that tuning never sees what is judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.scoreboard.faq_sets import faq_sets, read_faq_set
from tests.benchmarks.scoreboard.report import printed, system_figures
from tests.benchmarks.scoreboard.systems import Measured
from tests.evaluation.sets import OWN_SETS, SetError
from tests.evaluation.verdicts import Retrieved

FAQ = ({"id": "hours", "question": "When?", "answer": "At nine."}, {"id": "place", "question": "Where?", "answer": "On Oak Street."})
QUESTIONS = (
    {"text": "how late", "faq": "hours"},
    {"text": "what street", "faq": ["place", "hours"]},
    {"text": "banana bread", "faq": None},
    {"text": "capital of peru", "faq": None},
)


def _write(folder: Path, **files: Any) -> Path:
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        shown = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        (folder / f"{name}.jsonl").write_text("\n".join(shown) + "\n", encoding="utf-8")
    return folder


def _found(passage: str, score: float) -> Retrieved:
    return Retrieved(((passage, ()),), unknown=False, answered=True, score=score)


def test_a_set_is_read_and_split_by_line(tmp_path: Path) -> None:
    item = read_faq_set(_write(tmp_path / "town", faq=FAQ, questions=QUESTIONS, train=[{"text": "opening times", "faq": "hours"}]))
    assert item.name == "town"
    assert [(passage.id, passage.title, passage.answer) for passage in item.knowledge.passages.values()] == [
        ("hours", "When?", "At nine."),
        ("place", "Where?", "On Oak Street."),
    ]
    assert [(message.text, message.passage_id) for message in item.training] == [("opening times", "hours")]
    assert [question.text for question in item.tuning] == ["what street", "capital of peru"]
    assert [question.text for question in item.judged] == ["how late", "banana bread"]
    assert [question.passages for question in item.ranked] == [("hours",), ("place", "hours"), (), ()]


def test_without_unanswerable_questions_nothing_is_tuned(tmp_path: Path) -> None:
    item = read_faq_set(_write(tmp_path / "town", faq=FAQ, questions=QUESTIONS[:2]))
    assert item.tuning == ()
    assert len(item.judged) == 2
    figures = system_figures(item, Measured((_found("hours", 0.1), _found("hours", 0.9)), (1.0, 2.0), 50.0), judges_itself=False)
    assert figures["threshold"] is None
    assert figures["right_first"]["rate"] == 1.0
    assert printed({"BM25": figures})[0]["unanswerable recognised"] == "-"


def test_every_fault_is_named_with_file_and_line(tmp_path: Path) -> None:
    _write(tmp_path / "a", faq=[*FAQ, "", FAQ[0], {"id": "x"}], questions=[*QUESTIONS, {"text": "b"}], train=[{"text": "c", "faq": "none"}])
    _write(tmp_path / "b", faq=FAQ[:1], questions=["not json", {"text": " ", "faq": "hours"}, {"text": "d", "faq": []}])
    _write(tmp_path / "c", faq=FAQ)
    with pytest.raises(SetError) as caught:
        faq_sets(tmp_path)
    expected = [
        "a/faq.jsonl, line 4: \"id\" 'hours' stands on two lines",
        'a/faq.jsonl, line 5: "question" must be a string',
        'a/questions.jsonl, line 5: "faq" must be an id',
        "a/train.jsonl, line 1: \"faq\" names 'none', which faq.jsonl does not hold",
        "b/faq.jsonl: at least two entries are needed; found 1",
        "b/questions.jsonl, line 1: Expecting value",
        'b/questions.jsonl, line 2: "text" must be a string',
        'b/questions.jsonl, line 3: "faq" must be an id',
        "b/questions.jsonl: at least one question with an answer",
        "c/questions.jsonl cannot be read",
        "c/questions.jsonl: at least one question with an answer",
    ]
    for fault, start in zip(str(caught.value).splitlines(), expected, strict=True):
        assert fault.startswith(start)


def test_unanswerable_questions_must_stand_on_both_halves(tmp_path: Path) -> None:
    _write(tmp_path / "town", faq=FAQ, questions=QUESTIONS[:3])
    with pytest.raises(SetError, match="town/questions.jsonl: questions without an answer must stand on even and on odd lines"):
        faq_sets(tmp_path)


def test_a_folder_without_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="no sub-folder with a faq.jsonl"):
        faq_sets(tmp_path)


def test_the_threshold_comes_from_the_even_lines_and_is_judged_on_the_odd(tmp_path: Path) -> None:
    item = read_faq_set(_write(tmp_path / "town", faq=FAQ, questions=QUESTIONS))
    scores = {"how late": 0.2, "what street": 0.6, "banana bread": 0.7, "capital of peru": 0.5}
    measured = Measured(tuple(_found("hours", scores[question.text]) for question in item.asked), (1.0, 2.0, 3.0, 4.0), 50.0)
    figures = system_figures(item, measured, judges_itself=False)
    assert figures["threshold"] == 0.6
    assert (figures["unanswerable_recognised"]["count"], figures["unanswerable_recognised"]["n"]) == (0, 1)
    assert (figures["wrongly_unknown"]["count"], figures["wrongly_unknown"]["n"]) == (1, 1)
    assert (figures["right_first"]["count"], figures["right_first"]["n"]) == (2, 2)
    assert (figures["median_ms"], figures["peak_megabytes"]) == (2.5, 50.0)


def test_a_system_that_judges_itself_keeps_its_own_unknowns(tmp_path: Path) -> None:
    item = read_faq_set(_write(tmp_path / "town", faq=FAQ, questions=QUESTIONS))
    retrieved = tuple(Retrieved((("place", ()),), unknown=question.unanswerable, answered=True) for question in item.asked)
    figures = system_figures(item, Measured(retrieved, (1.0, 1.0, 1.0, 1.0), 50.0), judges_itself=True)
    assert figures["threshold"] is None
    assert figures["unanswerable_recognised"]["rate"] == 1.0
    assert figures["wrongly_unknown"]["rate"] == 0.0


def test_the_examples_are_in_the_documented_format() -> None:
    sizes = {
        item.name: (
            len(item.knowledge.passages),
            len(item.training),
            len(item.ranked),
            sum(q.unanswerable for q in item.judged),
            len(item.tuning),
        )
        for item in faq_sets(OWN_SETS / "faq")
    }
    assert sizes == {"internet": (35, 0, 120, 10, 60), "library": (50, 22, 180, 16, 90), "shelter": (35, 0, 120, 10, 60)}
