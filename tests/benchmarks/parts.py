"""What each part of the pipeline takes in a message, the crisis gate among them."""

from __future__ import annotations

import functools
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from bot.nlu.crisis_gate import CrisisGate
from bot.nlu.intent_classifier import IntentClassifier
from bot.nlu.passage_retriever import PassageRetriever
from bot.nlu.sentence_featurizer import SentenceFeaturizer
from bot.rasa.assistant import Assistant
from tests.benchmarks.timing import median, p95

_PARTS = {
    "forward pass (shared)": SentenceFeaturizer,
    "intents and crisis kinds": IntentClassifier,
    "passages": PassageRetriever,
    "crisis gate": CrisisGate,
}
_WARM_UP = 10
_TIMED = 200
_LATE_TURN = 30
_LONG_CONVERSATIONS = 20 + _WARM_UP


async def time_parts(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Runs messages in process and times the `process` of each component, and the whole."""
    spent: dict[str, list[float]] = defaultdict(list)
    originals = {component: component.process for component in _PARTS.values()}
    for name, component in _PARTS.items():
        component.process = _timed(originals[component], spent[name])
    try:
        assistant = Assistant.load()
        for text in texts[: _WARM_UP + _TIMED]:
            conversation = assistant.new_conversation()
            started = time.perf_counter()
            await assistant.respond(text, conversation)
            spent["whole message at turn 1"].append(1000 * (time.perf_counter() - started))
            await assistant.erase(conversation)
    finally:
        for component, original in originals.items():
            component.process = original
    spent[f"whole message at turn {_LATE_TURN}"] = await _late_turns(assistant, texts)
    added = [sum(pair) for pair in zip(spent["intents and crisis kinds"], spent["crisis gate"], strict=True)]
    spent["gate beyond the forward pass"] = added
    return [{"part": name, "median": median(times[_WARM_UP:]), "p95": p95(times[_WARM_UP:])} for name, times in spent.items()]


async def _late_turns(assistant: Assistant, texts: Sequence[str]) -> list[float]:
    """Returns the milliseconds of the last message of each of some long conversations."""
    late = []
    for number in range(_LONG_CONVERSATIONS):
        conversation = assistant.new_conversation()
        for turn in range(_LATE_TURN):
            started = time.perf_counter()
            await assistant.respond(texts[(number * _LATE_TURN + turn) % len(texts)], conversation)
        late.append(1000 * (time.perf_counter() - started))
        await assistant.erase(conversation)
    return late


def _timed(process: Callable[..., Any], times: list[float]) -> Callable[..., Any]:
    @functools.wraps(process)
    def timed(*arguments: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return process(*arguments, **named)
        finally:
            times.append(1000 * (time.perf_counter() - started))

    return timed
