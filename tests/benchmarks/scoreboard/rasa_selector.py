"""Rasa's own ResponseSelector and FallbackClassifier, trained on the passages and questions of a set."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import io
import math
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.retrieval.passage_index import UNANSWERABLE
from bot.retrieval.training_data import LabelledMessage, read_messages
from bot.safety.hotlines import ROOT
from bot.safety.normalize import clean_text
from tests.benchmarks.scoreboard.faq_sets import ScoredSet
from tests.evaluation.minilm import CACHE
from tests.evaluation.verdicts import Retrieved

CONFIG = Path(__file__).with_name("response_selector.yml")
_SELECTED = "ask"
_STARTER = ("greet", "goodbye", "affirm", "deny", "thank", "bot_challenge")
_STARTER_EXAMPLES = 20
"""Examples of each small talk that stand beside the questions: Rasa's classifier learns nothing from one intent alone."""

_PLAIN = str.maketrans("[]{}", "()()")
"""Brackets mark entities in Rasa's training files."""

_MOST_WORDINGS = 25
"""Training questions of each passage, evenly chosen: learning in one epoch from all of them, the selector learns nothing."""

_BESIDE = 20
"""Times as many questions without an answer, and messages about other things."""

_INTENT_EXAMPLES = 80_000
_SELECTOR_EXAMPLES = 200_000
"""Examples that training goes through, in at most 100 epochs as in Rasa's starter project; some minutes on two cores."""


def train_selector(item: ScoredSet, cache: Path = CACHE) -> None:
    """Trains the model of a set, unless the cache holds it."""
    model = _model(item, cache)
    if model.exists():
        return
    print(f"Rasa ResponseSelector: training for {item.name} (once for these data)", file=sys.stderr, flush=True)
    for old in cache.glob(f"selector-{_slug(item)}-*.tar.gz"):
        old.unlink()
    work = model.with_suffix("").with_suffix("")
    work.mkdir(parents=True, exist_ok=True)
    (work / "nlu.yml").write_text(_training_file(item), encoding="utf-8")
    (work / "config.yml").write_text(_config(item), encoding="utf-8")
    os.environ |= {"RASA_CACHE_DIRECTORY": str(work / "cache"), "TQDM_DISABLE": "1"}
    from rasa.model_training import train_nlu

    try:
        with contextlib.redirect_stdout(io.StringIO()):
            train_nlu(str(work / "config.yml"), str(work / "nlu.yml"), str(cache), fixed_model_name=work.name)
    finally:
        shutil.rmtree(work)
    if not model.exists():
        raise RuntimeError(f"Rasa could not train its ResponseSelector for {item.name}.")


class RasaSelector:
    """The trained model, asked in process."""

    def __init__(self, item: ScoredSet, cache: Path = CACHE) -> None:
        from rasa.core.agent import Agent

        self._passages = list(item.knowledge.passages.values())
        self._agent = Agent.load(str(_model(item, cache)))
        self._loop = asyncio.new_event_loop()

    def retrieve(self, text: str) -> Retrieved:
        """Ranks the responses; the score is the selector's confidence, 0 where another intent or the fallback wins."""
        parsed = self._loop.run_until_complete(self._agent.parse_message(clean_text(text)))
        found = parsed["response_selector"][_SELECTED]["ranking"]
        keys = [entry["intent_response_key"].partition("/")[2] for entry in found]
        unasked = parsed["intent"]["name"] != _SELECTED or keys[0] == UNANSWERABLE
        passages = [self._passages[int(key)] for key in keys if key != UNANSWERABLE]
        ranked = tuple((passage.id, passage.sources) for passage in passages[:5])
        return Retrieved(ranked, unknown=False, answered=True, score=0.0 if unasked else float(found[0]["confidence"]))


def _model(item: ScoredSet, cache: Path) -> Path:
    digest = hashlib.sha256((_config(item) + _training_file(item)).encode()).hexdigest()[:16]
    return cache / f"selector-{_slug(item)}-{digest}.tar.gz"


def _slug(item: ScoredSet) -> str:
    return hashlib.sha256(item.name.encode()).hexdigest()[:8]


def _config(item: ScoredSet) -> str:
    config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    messages = list(_messages(item))
    selected = sum(intent.startswith(f"{_SELECTED}/") for intent, _ in messages)
    for component in config["pipeline"]:
        if component["name"] == "DIETClassifier":
            component["epochs"] = min(100, max(1, _INTENT_EXAMPLES // len(messages)))
        if component["name"] == "ResponseSelector":
            component["epochs"] = min(100, max(1, _SELECTOR_EXAMPLES // selected))
    return yaml.safe_dump(config, sort_keys=False)


def _training_file(item: ScoredSet) -> str:
    examples: dict[str, list[str]] = {}
    for intent, text in _messages(item):
        examples.setdefault(intent, []).append(" ".join(text.split()).translate(_PLAIN))
    responses: dict[str, Any] = {
        f"utter_{_SELECTED}/{position}": [{"text": passage.answer}] for position, passage in enumerate(item.knowledge.passages.values())
    }
    if f"{_SELECTED}/{UNANSWERABLE}" in examples:
        responses[f"utter_{_SELECTED}/{UNANSWERABLE}"] = [{"text": "I don't have that."}]
    nlu = [{"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in examples.items()]
    return yaml.safe_dump({"version": "3.1", "nlu": nlu, "responses": responses}, allow_unicode=True, width=10_000)


def _messages(item: ScoredSet) -> Iterator[tuple[str, str]]:
    """Yields intent and text: titles, other askings and questions as `ask/<position>`, and what is not asked."""
    places = {passage_id: str(position) for position, passage_id in enumerate(item.knowledge.passages)} | {UNANSWERABLE: UNANSWERABLE}
    for passage in item.knowledge.passages.values():
        for text in (passage.title, *passage.asks):
            yield f"{_SELECTED}/{places[passage.id]}", text
    for message in (*_evenly_chosen(item.training), *_small_talk()):
        if message.intent != _SELECTED:
            yield message.intent, message.text
        elif message.passage_id in places:
            yield f"{_SELECTED}/{places[message.passage_id]}", message.text


def _evenly_chosen(training: Sequence[LabelledMessage]) -> Iterator[LabelledMessage]:
    labelled: dict[tuple[str, str | None], list[LabelledMessage]] = {}
    for message in training:
        labelled.setdefault((message.intent, message.passage_id), []).append(message)
    for (_, passage_id), messages in labelled.items():
        most = _MOST_WORDINGS * (1 if passage_id not in {None, UNANSWERABLE} else _BESIDE)
        yield from messages[:: math.ceil(len(messages) / most)]


def _small_talk() -> Iterator[LabelledMessage]:
    messages = read_messages(ROOT / "data" / "nlu")
    for intent in _STARTER:
        yield from [message for message in messages if message.intent == intent][:_STARTER_EXAMPLES]
