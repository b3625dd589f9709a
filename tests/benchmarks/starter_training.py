"""Rasa's starter pipeline, as `rasa init` sets it up, trained on our messages, rules, stories and passages.

Its own 100 epochs would take most of a day, so each part is trained for two that are cut short, with batches of the starter's mean
size, and the time of a batch in the second one tells what the hundred would take. Vocabulary, labels and the sizes of all layers
are those of the whole data, so times and memory of a message do not depend on this.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from bot.retrieval.knowledge_base import KnowledgeBase
from bot.retrieval.passage_index import UNANSWERABLE
from bot.safety.hotlines import ROOT
from bot.stories.command import DIALOGUES
from bot.stories.plain import as_rasa
from bot.stories.reader import read_stories

_EPOCHS = 2
_BATCHES = 40
"""Of an epoch of DIET on 31,000 messages, a fifth."""

_STARTER_EPOCHS = 100
_MEAN_BATCH = 160
"""The starter's batches grow from 64 to 256 examples."""

_PLAIN = str.maketrans("{}", "()")
"""Rasa reads braces in a response as slots."""


def train_starter(work: Path) -> tuple[float, float]:
    """Writes `starter.tar.gz`; returns the seconds that it took, and an estimate of those of the starter's own epochs.

    Raises:
        RuntimeError: Rasa made no model.
    """
    _write_project(work)
    os.environ["RASA_CACHE_DIRECTORY"] = str(work / "cache")
    from rasa.model_training import train
    from rasa.utils.tensorflow.models import RasaModel

    fitting: list[float] = []
    epochs: list[float] = []
    RasaModel.fit = _cut_short(RasaModel.fit, fitting, epochs)
    started = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        train(
            str(work / "domain.yml"),
            str(work / "config.yml"),
            [str(ROOT / "data" / "nlu"), str(work / "data")],
            str(work),
            fixed_model_name="starter",
        )
    seconds = time.perf_counter() - started
    if not (work / "starter.tar.gz").exists():
        raise RuntimeError("Rasa could not train its starter pipeline.")
    return seconds, seconds - sum(fitting) + _STARTER_EPOCHS * sum(epochs)


def _cut_short(fit: Callable[..., Any], fitting: list[float], epochs: list[float]) -> Callable[..., Any]:
    """Notes the seconds that each part was fitted for, and those that one whole epoch of it takes."""
    from tensorflow.keras.callbacks import LambdaCallback

    @functools.wraps(fit)
    def timed(model: Any, batches: Any, callbacks: Any, **named: Any) -> Any:
        whole = len(batches)
        steps = min(whole, _BATCHES)
        marks: list[float] = []
        clock = LambdaCallback(
            on_epoch_begin=lambda epoch, logs: marks.append(time.perf_counter()),
            on_epoch_end=lambda epoch, logs: marks.append(time.perf_counter()),
        )
        started = time.perf_counter()
        fitted = fit(model, batches, callbacks=[*callbacks, clock], steps_per_epoch=steps, **named)
        fitting.append(time.perf_counter() - started)
        epochs.append((marks[-1] - marks[-2]) / steps * whole)
        return fitted

    return timed


def _write_project(work: Path) -> None:
    config = yaml.safe_load((files("rasa.engine.recipes.config_files") / "default_config.yml").read_text(encoding="utf-8"))
    for component in (*config["pipeline"], *config["policies"]):
        if "epochs" in component:
            component |= {"epochs": _EPOCHS, "batch_size": _MEAN_BATCH}
    passages = KnowledgeBase.from_directory(ROOT / "knowledge" / "passages").passages
    answers = {passage.id: passage.answer for passage in passages.values()} | {UNANSWERABLE: "I don't have that."}
    responses = {f"utter_ask/{key}": [{"text": answer.translate(_PLAIN)}] for key, answer in answers.items()}
    stories = as_rasa(read_stories([DIALOGUES]))
    for story in stories["stories"]:
        for step in story["steps"]:
            step.pop("user", None)
    domain = (ROOT / "domain.yml").read_text(encoding="utf-8").translate(_PLAIN)
    rules = (ROOT / "data" / "rules.yml").read_text(encoding="utf-8")
    (work / "data").mkdir()
    for name, content in {
        "config.yml": yaml.safe_dump(config, sort_keys=False),
        "domain.yml": domain,
        "data/responses.yml": yaml.safe_dump({"version": "3.1", "responses": responses}, allow_unicode=True, width=10_000),
        "data/rules.yml": _through_selector(rules),
        "data/stories.yml": _through_selector(yaml.safe_dump(stories, allow_unicode=True, sort_keys=False)),
    }.items():
        (work / name).write_text(content, encoding="utf-8")


def _through_selector(content: str) -> str:
    """Questions are answered by the ResponseSelector instead of our composer."""
    return content.replace("action: utter_answer", "action: utter_ask")
