"""The evaluation sets: JSON lines, each a labelled message or a question with its right passages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.safety.normalize import clean_text
from bot.safety.phrase_floor import CRISIS_KINDS

OWN_SETS = Path(__file__).parent
LABELS = ("crisis", "look_alike", "question", "out_of_scope", "facilitation", "facilitation_look_alike")


class SetError(ValueError):
    """A set cannot be read; the message names every fault with file and line."""


@dataclass(frozen=True)
class SafetyMessage:
    """A message, or several turns of one conversation, judged as tests/evaluation/README.md says."""

    turns: tuple[str, ...]
    label: str
    kinds: tuple[str, ...]
    style: str
    language: str

    @property
    def text(self) -> str:
        """The turn that is judged."""
        return self.turns[-1]


@dataclass(frozen=True)
class Question:
    """A question with the passages, and the ids of source documents, that answer it."""

    turns: tuple[str, ...]
    passages: tuple[str, ...]
    ids: tuple[str, ...]
    unanswerable: bool
    style: str

    @property
    def text(self) -> str:
        """The turn that is judged."""
        return self.turns[-1]


@dataclass(frozen=True)
class EvaluationSet:
    """One file. `lists_misses` says whether a report may show its texts."""

    name: str
    messages: tuple[SafetyMessage, ...]
    questions: tuple[Question, ...]
    lists_misses: bool


def own_sets(with_test: bool, show_test_misses: bool) -> list[EvaluationSet]:
    """Returns the development sets, and the test sets where they are wanted."""
    development = [read_set(path, lists_misses=True) for path in sorted(OWN_SETS.glob("*_dev.jsonl"))]
    if not with_test:
        return development
    return development + [read_set(path, lists_misses=show_test_misses) for path in sorted(OWN_SETS.glob("*_test.jsonl"))]


def sets_in(folder: Path) -> list[EvaluationSet]:
    """Returns the sets of a user's folder, one per `*.jsonl` file.

    Raises:
        SetError: there is none, or a line has a fault.
    """
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise SetError(f"{folder} holds no .jsonl file. See tests/evaluation/README.md for the format.")
    taken = {path.stem for path in OWN_SETS.glob("*.jsonl")}
    return [read_set(path, lists_misses=True, name=f"own {path.stem}" if path.stem in taken else path.stem) for path in paths]


def read_set(path: Path, lists_misses: bool, name: str | None = None) -> EvaluationSet:
    """Reads one file.

    Raises:
        SetError: names every faulty line.
    """
    messages: list[SafetyMessage] = []
    questions: list[Question] = []
    faults: list[str] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"{path.name} cannot be read as UTF-8 text: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("must be a JSON object")
            if "label" in record:
                messages.append(_message(record))
            else:
                questions.append(_question(record))
        except ValueError as error:
            faults.append(f"{path.name}, line {number}: {error}")
    if faults:
        raise SetError("\n".join(faults))
    return EvaluationSet(name or path.stem, tuple(messages), tuple(questions), lists_misses)


def _message(record: dict[str, Any]) -> SafetyMessage:
    label = record["label"]
    if label not in LABELS:
        raise ValueError(f'"label" must be one of {", ".join(LABELS)}; given {label!r}')
    kinds = _strings(record, "kinds")
    unknown = [kind for kind in kinds if kind not in CRISIS_KINDS]
    if unknown:
        raise ValueError(f'"kinds" may hold {", ".join(CRISIS_KINDS)}; given {", ".join(unknown)}')
    ordered = tuple(sorted(kinds, key=CRISIS_KINDS.index))
    return SafetyMessage(_turns(record), label, ordered, str(record.get("style", "plain")), str(record.get("lang", "en")))


def _question(record: dict[str, Any]) -> Question:
    passages, ids = _strings(record, "passages"), _strings(record, "ids")
    unanswerable = record.get("unanswerable", False)
    if not isinstance(unanswerable, bool):
        raise ValueError('"unanswerable" must be true or false')
    if unanswerable == bool(passages or ids):
        raise ValueError('a line needs "label", or "passages" or "ids", or "unanswerable": true')
    return Question(_turns(record), passages, ids, unanswerable, str(record.get("style", "plain")))


def _turns(record: dict[str, Any]) -> tuple[str, ...]:
    turns = [record["text"]] if "text" in record else record.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) and clean_text(turn) for turn in turns):
        raise ValueError('a line needs "text", a string, or "turns", a list of strings, each with a visible character')
    return tuple(turns)


def _strings(record: dict[str, Any], key: str) -> tuple[str, ...]:
    value: Sequence[Any] = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f'"{key}" must be a list of strings')
    return tuple(value)
