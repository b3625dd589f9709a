"""The sets that the scoreboard asks: our own unseen questions, and public FAQs from a user's folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.retrieval.knowledge_base import STATEWIDE, KnowledgeBase, Passage
from bot.retrieval.passage_index import UNANSWERABLE
from bot.retrieval.training_data import LabelledMessage, read_messages
from bot.safety.hotlines import ROOT
from bot.safety.normalize import clean_text
from tests.evaluation.sets import OWN_SETS, Question, SetError, read_set

Read = TypeVar("Read")


@dataclass(frozen=True)
class ScoredSet:
    """What every system learns from, and what it is asked.

    Thresholds for "I don't have that" are chosen on `tuning`. Ranks are judged on `ranked`, unknowns on
    `judged`, which shares no question with `tuning`. `served` marks the set of the trained assistant.
    """

    name: str
    knowledge: KnowledgeBase
    training: tuple[LabelledMessage, ...]
    tuning: tuple[Question, ...]
    ranked: tuple[Question, ...]
    judged: tuple[Question, ...]
    served: bool = False

    @property
    def asked(self) -> tuple[Question, ...]:
        """Every question once."""
        return tuple(dict.fromkeys((*self.tuning, *self.ranked)))


def own_set() -> ScoredSet:
    """Returns our unseen test questions, with thresholds from the development questions."""
    development = read_set(OWN_SETS / "questions_dev.jsonl", lists_misses=False).questions
    test = read_set(OWN_SETS / "questions_test.jsonl", lists_misses=False).questions
    return ScoredSet(
        name="our unseen questions",
        knowledge=KnowledgeBase.from_directory(ROOT / "knowledge" / "passages"),
        training=tuple(message for message in read_messages(ROOT / "data" / "nlu") if message.intent in {"ask", "out_of_scope"}),
        tuning=development,
        ranked=test,
        judged=test,
        served=True,
    )


def faq_sets(folder: Path) -> list[ScoredSet]:
    """Returns the FAQ sets of a folder, one per sub-folder with a `faq.jsonl`.

    Raises:
        SetError: there is none, or lines have faults; each is named with file and line.
    """
    paths = sorted(path.parent for path in folder.glob("*/faq.jsonl"))
    if not paths:
        raise SetError(f"{folder} holds no sub-folder with a faq.jsonl. See tests/benchmarks/README.md for the format.")
    sets, faults = [], []
    for path in paths:
        try:
            sets.append(read_faq_set(path))
        except SetError as error:
            faults.append(str(error))
    if faults:
        raise SetError("\n".join(faults))
    return sets


def read_faq_set(folder: Path) -> ScoredSet:
    """Reads `faq.jsonl`, `questions.jsonl` and, where it is there, `train.jsonl`.

    Where some questions have no answer, those on even lines choose the thresholds and those on odd lines are judged.

    Raises:
        SetError: names every faulty line.
    """
    faults: list[str] = []
    ids: set[str] = set()
    entries = _read(folder / "faq.jsonl", lambda record: _entry(record, ids), faults)
    if len(entries) < 2:
        faults.append(f"{folder.name}/faq.jsonl: at least two entries are needed; found {len(entries)}")
    questions = _read(folder / "questions.jsonl", lambda record: _question(record, ids), faults)
    if not any(question.passages for _, question in questions):
        faults.append(f"{folder.name}/questions.jsonl: at least one question with an answer is needed")
    halves = {number % 2 for number, question in questions if question.unanswerable}
    if len(halves) == 1:
        faults.append(f"{folder.name}/questions.jsonl: questions without an answer must stand on even and on odd lines")
    train = folder / "train.jsonl"
    training = _read(train, lambda record: _phrasing(record, ids), faults) if train.exists() else []
    if faults:
        raise SetError("\n".join(faults))
    return ScoredSet(
        name=folder.name,
        knowledge=KnowledgeBase({passage.id: passage for _, passage in entries}),
        training=tuple(message for _, message in training),
        tuning=tuple(question for number, question in questions if halves and number % 2 == 0),
        ranked=tuple(question for _, question in questions),
        judged=tuple(question for number, question in questions if not halves or number % 2 == 1),
    )


def _read(path: Path, parse: Callable[[dict[str, Any]], Read], faults: list[str]) -> list[tuple[int, Read]]:
    """Returns what each line holds with its number; faults are collected with file and line."""
    name = f"{path.parent.name}/{path.name}"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{name} cannot be read as UTF-8 text: {error.__class__.__name__}")
        return []
    found = []
    for number, line in _filled(lines):
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("must be a JSON object")
            found.append((number, parse(record)))
        except ValueError as error:
            faults.append(f"{name}, line {number}: {error}")
    return found


def _filled(lines: list[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _entry(record: dict[str, Any], ids: set[str]) -> Passage:
    entry = _text(record, "id")
    if entry == UNANSWERABLE:
        raise ValueError(f'"id" may not be {UNANSWERABLE!r}')
    if entry in ids:
        raise ValueError(f'"id" {entry!r} stands on two lines')
    question, answer = _text(record, "question"), _text(record, "answer")
    ids.add(entry)
    return Passage(
        id=entry,
        title=question,
        asks=(),
        topic="faq",
        cities=(STATEWIDE,),
        audience=(),
        sources=(),
        level="",
        status="",
        checked_on=datetime.now(UTC).date(),
        references=(),
        hotline="",
        related=(),
        sms="",
        answer=answer,
    )


def _question(record: dict[str, Any], ids: set[str]) -> Question:
    text = _text(record, "text")
    if "faq" not in record:
        raise ValueError('"faq" must be an id, a list of ids, or null where no entry answers')
    right = record["faq"]
    if right is None:
        return Question((text,), (), (), unanswerable=True, style="plain")
    named = right if isinstance(right, list) else [right]
    if not named or not all(isinstance(entry, str) for entry in named):
        raise ValueError('"faq" must be an id, a list of ids, or null where no entry answers')
    _check_known(named, ids)
    return Question((text,), tuple(named), (), unanswerable=False, style="plain")


def _phrasing(record: dict[str, Any], ids: set[str]) -> LabelledMessage:
    text, entry = _text(record, "text"), _text(record, "faq")
    _check_known([entry], ids)
    return LabelledMessage(text, "ask", entry)


def _check_known(named: list[str], ids: set[str]) -> None:
    unknown = [entry for entry in named if entry not in ids]
    if unknown:
        raise ValueError(f'"faq" names {", ".join(map(repr, unknown))}, which faq.jsonl does not hold')


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not clean_text(value):
        raise ValueError(f'"{key}" must be a string with a visible character')
    return value
