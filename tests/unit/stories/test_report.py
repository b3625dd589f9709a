"""What is written about played stories: a failure with all that is needed, and JUnit XML."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from bot.messages import CRISIS_KEY, RETRIEVAL_KEY
from bot.rasa.assistant import Turn
from bot.stories.expectations import faults
from bot.stories.people import Heard
from bot.stories.report import failure, write_junit
from bot.stories.runner import Played, PlayedTurn
from bot.stories.schema import Expectation
from bot.stories.story import Story, StoryTurn

HOTLINES = {"suicide": {"call": "988"}}
PARSED = {
    "intent": {"name": "ask", "confidence": 0.9},
    "intent_ranking": [{"name": "ask", "confidence": 0.9}],
    RETRIEVAL_KEY: {"ranked": [{"passage": "law-missouri", "score": 0.71, "ids": ["S02"]}], "answerable": 0.93, "answers": True},
    CRISIS_KEY: {"level": "none", "kinds": [], "probability": 0.01, "evidence": [], "risk": 0.0},
}


def reply(text: str, kind: str = "answer") -> dict:
    source = {"id": "law-missouri", "title": "RSMo 567.020", "url": None}
    return {"kind": kind, "text": text, "buttons": [{"title": "More", "payload": "more:law-missouri"}], "sources": [source], "hotlines": []}


def heard(text: str, kind: str = "answer", slots: dict | None = None) -> Heard:
    return Heard(kind, [text], [reply(text, kind)], Turn([], PARSED, slots or {}, ("utter_answer",)))


def found(expect: Expectation, what: Heard, channel: str = "web", **turn: object) -> list[str]:
    return [fault.field for fault in faults(StoryTurn(1, 4, "hi", expect=expect, **turn), what, HOTLINES, channel, True)]  # type: ignore[arg-type]


def test_what_holds_has_no_faults() -> None:
    expect = Expectation(
        kind="answer", contains="against\n the law", not_contains="x y", passage="law-missouri", source=["567.020", "S02"], buttons=["More", "more:law-missouri"],
        hotline="suicide", max_segments=1, reading_grade=12, slots={"city": None},
    )  # fmt: skip
    assert found(expect, heard("It is against the law. Call 988."), intent="ask", actions=("utter_answer",)) == []


def test_what_does_not_hold_is_named_by_its_field() -> None:
    expect = Expectation(
        kind="escalation", contains="legal", not_contains="law", passage="safe-at-home", source="S99", buttons="Less", hotline="suicide",
        max_segments=1, reading_grade=1, slots={"city": "kansas_city"},
    )  # fmt: skip
    said = heard("It is unambiguously prohibited by statutory law. " * 5)
    assert found(expect, said, intent="greet", actions=("utter_greet",)) == [
        "intent", "action", "kind", "contains", "not_contains", "max_segments", "reading_grade", "passage", "source", "hotline", "buttons", "slots",
    ]  # fmt: skip


def test_a_line_of_an_escalation_must_come_early() -> None:
    late = heard("word " * 40 + "988", "escalation")
    assert found(Expectation(hotline="suicide"), late) == ["hotline"]
    assert found(Expectation(hotline="suicide"), heard("word " * 40 + "988")) == []


def test_what_must_always_hold() -> None:
    assert found(Expectation(), heard(" ")) == ["always"]
    assert found(Expectation(), heard("Call {suicide.call}.")) == ["always"]
    assert found(Expectation(), heard("a" * 400), channel="sms") == ["always"]
    turn = StoryTurn(1, 4, "I want to die")
    assert [fault.field for fault in faults(turn, heard("Hello."), HOTLINES, "web", True)] == ["always"]


def played(tmp_path: Path) -> Played:
    turn = StoryTurn(1, 4, "Is it legal?", expect=Expectation(kind="escalation"))
    story = Story(tmp_path / "test_it.yml", 3, "A student's question", (turn,))
    what = heard("It is against the law.")
    return Played(story, [PlayedTurn(turn, what, faults(turn, what, HOTLINES, "web", True))], 0.02)


def test_a_failure_says_all_that_is_needed_to_mend_it(tmp_path: Path) -> None:
    text = failure(played(tmp_path))
    for part in (
        "test_it.yml:4", "(web, turn 1 of 1)", "writes: Is it legal?", "bot (answer): It is against the law.", "expected: escalation", "got:      answer",
        "law-missouri 0.71; answerable 0.93", "none (no kind), probability 0.010", "python -m bot test", "-k 'A student'\"'\"'s question'",
    ):  # fmt: skip
        assert part in text, part


def test_junit_counts_and_carries_the_failure(tmp_path: Path) -> None:
    write_junit(tmp_path / "out" / "stories.xml", [played(tmp_path)])
    suite = ElementTree.parse(tmp_path / "out" / "stories.xml").getroot().find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    case = suite.find("testcase/failure")
    assert case is not None
    assert case.get("message") == "kind: expected escalation, got answer"
    assert "run it alone" in str(case.text)
