"""What each part of the pipeline takes in a message, the crisis gate among them."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from typing import Any

from bot.messages import EMBEDDING_KEY, key_of
from bot.nlu.crisis_gate import CrisisGate
from bot.nlu.intent_classifier import IntentClassifier
from bot.nlu.passage_retriever import PassageRetriever
from bot.nlu.sentence_featurizer import SentenceFeaturizer
from bot.rasa.assistant import Assistant
from bot.safety.model_files import ENCODERS
from tests.benchmarks.timing import median, p95

_COMPONENTS: tuple[Any, ...] = (SentenceFeaturizer, IntentClassifier, PassageRetriever, CrisisGate)
_PARTS = ("forward pass (shared)", "intents and crisis kinds", "second forward pass", "second intents", "passages", "crisis gate")
"""In the order of `config.yml`."""

_OF_THE_GATE = (1, 2, 3, 5)
_WARM_UP = 10
_TIMED = 200
_LATE_TURN = 30
_LONG_CONVERSATIONS = 20

Times = list[float]


async def time_parts(texts: Sequence[str], timed: int = _TIMED, long_conversations: int = _LONG_CONVERSATIONS) -> list[dict[str, Any]]:
    """Runs messages in process and times the `process` of each component, and the whole, in milliseconds.

    What the gate adds to the shared forward pass is told apart for messages that are read once and those read again.
    """
    calls: list[tuple[float, bool]] = []
    originals = [component.process for component in _COMPONENTS]
    for component in _COMPONENTS:
        component.process = _timed(component.process, calls)
    parts: list[Times] = []
    whole, once, again = Times(), Times(), Times()
    try:
        assistant = Assistant.load()
        for number, text in enumerate(texts[: _WARM_UP + timed]):
            calls.clear()
            conversation = assistant.new_conversation()
            started = time.perf_counter()
            await assistant.respond(text, conversation)
            spent = 1000 * (time.perf_counter() - started)
            await assistant.erase(conversation)
            if number >= _WARM_UP:
                whole.append(spent)
                parts.append([milliseconds for milliseconds, _ in calls])
                is_read_again = calls[-1][1]
                (again if is_read_again else once).append(sum(parts[-1][part] for part in _OF_THE_GATE))
    finally:
        for component, original in zip(_COMPONENTS, originals, strict=True):
            component.process = original
    late = await _late_turns(assistant, texts, long_conversations)
    columns = dict(zip(_PARTS, map(list, zip(*parts, strict=True)), strict=True))
    return [
        *(_row(name, times) for name, times in columns.items()),
        _row("gate beyond the forward pass, read once", once),
        _row("gate beyond the forward pass, read again", again),
        _row("whole message at turn 1", whole),
        _row(f"whole message at turn {_LATE_TURN}", late),
    ]


def _row(part: str, times: Times) -> dict[str, Any]:
    return {"part": part, "messages": len(times), "median": median(times), "p95": p95(times)}


async def _late_turns(assistant: Assistant, texts: Sequence[str], conversations: int) -> Times:
    """Returns the milliseconds of the last message of each of some long conversations."""
    late = []
    for number in range(conversations):
        conversation = assistant.new_conversation()
        for turn in range(_LATE_TURN):
            started = time.perf_counter()
            await assistant.respond(texts[(number * _LATE_TURN + turn) % len(texts)], conversation)
        late.append(1000 * (time.perf_counter() - started))
        await assistant.erase(conversation)
    return late


def _timed(process: Callable[..., Any], calls: list[tuple[float, bool]]) -> Callable[..., Any]:
    """Notes of each call what it took, and whether the second encoder has read the message by then."""
    second = key_of(ENCODERS[1], EMBEDDING_KEY)

    @functools.wraps(process)
    def timed(component: Any, messages: list[Any], *arguments: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return process(component, messages, *arguments, **named)
        finally:
            calls.append((1000 * (time.perf_counter() - started), messages[0].get(second) is not None))

    return timed
