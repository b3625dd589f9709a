"""Messages that measure never train: an overlap would make every figure a lie."""

import json
import re
from pathlib import Path

import pytest

from bot.retrieval.training_data import read_messages

ROOT = Path(__file__).parents[2]


def key(text: str) -> str:
    return re.sub(r"\W+", "", text.lower()) or text


def texts_of(line: str) -> list[str]:
    record = json.loads(line)
    return [record["text"]] if "text" in record else list(record["turns"])


@pytest.mark.parametrize(
    "name", ["safety_dev", "safety_test", "everyday_dev", "questions_dev", "questions_test", "long_dev", "turns_dev", "turns_test"]
)
def test_no_evaluation_message_is_a_training_message(name: str) -> None:
    trained = {key(message.text) for message in read_messages(ROOT / "data" / "nlu")}
    lines = (ROOT / "tests" / "evaluation" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [text for line in lines for text in texts_of(line) if key(text) in trained] == []


def test_development_and_test_messages_are_apart() -> None:
    development, test = (
        {
            key(texts_of(line)[-1])
            for path in (ROOT / "tests" / "evaluation").glob(f"*_{part}.jsonl")
            for line in path.read_text(encoding="utf-8").splitlines()
        }
        for part in ("dev", "test")
    )
    assert development & test == set()


def test_every_question_label_is_a_passage() -> None:
    passages = {file.stem for file in (ROOT / "knowledge" / "passages").glob("*.md")} | {"unanswerable"}
    assert {message.passage_id for message in read_messages(ROOT / "data" / "nlu") if message.passage_id} == passages
