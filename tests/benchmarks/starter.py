"""Lamplight beside Rasa's starter pipeline on the same data: start, time of a message, memory, training."""

from __future__ import annotations

import asyncio
import functools
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.fresh_process import in_fresh_process
from tests.benchmarks.timing import median, megabytes, p95, peak_megabytes

Figures = dict[str, float]
Parse = Callable[[str], Awaitable[Any]]
Handle = Callable[[str, str], Awaitable[Any]]
"""Takes a message and the id of its conversation."""

_WARM_UP = 10
_TIMED = 200
_LONG_CONVERSATIONS = 50
_LONG = 30
_SHORTENED = "training as run here, s"
"""One of the encoder's passes and two short ones of the starter's hundred epochs; not comparable."""


def measure_starter(questions: Sequence[str]) -> list[dict[str, Any]]:
    """Trains both, then measures each in a fresh process; every row is a figure of both and the starter's share of ours."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        training = in_fresh_process(_train_starter, work)
        starter = in_fresh_process(_measure_starter, work, questions) | training
    print(f"Rasa's starter: {starter}", file=sys.stderr, flush=True)  # kept if what follows, some minutes long, is interrupted
    with tempfile.TemporaryDirectory() as folder:
        training = in_fresh_process(_train_lamplight, Path(folder))
        ours = in_fresh_process(_measure_lamplight, questions) | training
    return [_row(name, ours[name], starter[name]) for name in ours]


def _row(figure: str, ours: float, starter: float) -> dict[str, Any]:
    ratio = "" if figure == _SHORTENED else round(starter / ours, 2)
    return {"figure": figure, "Lamplight": ours, "Rasa's starter": starter, "starter / Lamplight": ratio}


def _measure_lamplight(questions: Sequence[str]) -> Figures:
    started = time.perf_counter()
    from bot.rasa.assistant import Assistant

    assistant = Assistant.load()
    start = time.perf_counter() - started
    return asyncio.run(_timed(start, assistant._agent.parse_message, assistant.respond, questions))


def _measure_starter(work: Path, questions: Sequence[str]) -> Figures:
    started = time.perf_counter()
    from rasa.core.agent import Agent

    agent = Agent.load(str(next(work.glob("*.tar.gz"))))
    start = time.perf_counter() - started

    async def handle(text: str, conversation: str) -> None:
        await agent.handle_text(text, sender_id=conversation)

    return asyncio.run(_timed(start, agent.parse_message, handle, questions))


async def _timed(start: float, parse: Parse, handle: Handle, questions: Sequence[str]) -> Figures:
    loaded = megabytes(os.getpid())
    asked = questions[: _WARM_UP + _TIMED]
    parsed = [await _milliseconds(parse(text)) for text in asked][_WARM_UP:]
    first = [await _milliseconds(handle(text, f"first-{number}")) for number, text in enumerate(asked)][_WARM_UP:]
    late = []
    for number in range(_LONG_CONVERSATIONS):
        turns = [questions[(number * _LONG + turn) % len(questions)] for turn in range(_LONG)]
        late.append([await _milliseconds(handle(text, f"long-{number}")) for text in turns][-1])
    return {
        "start, s": round(start, 2),
        "parse, median ms": median(parsed),
        "parse, p95 ms": p95(parsed),
        "message at turn 1, median ms": median(first),
        "message at turn 1, p95 ms": p95(first),
        f"message at turn {_LONG}, median ms": median(late),
        f"message at turn {_LONG}, p95 ms": p95(late),
        "memory after loading, MB": loaded,
        "peak memory in serving, MB": peak_megabytes(),
    }


async def _milliseconds(work: Awaitable[Any]) -> float:
    started = time.perf_counter()
    await work
    return 1000 * (time.perf_counter() - started)


def _train_lamplight(work: Path) -> Figures:
    """Trains from nothing, as `python -m bot tune` and `python -m bot train` do, with one pass of the encoders instead of all."""
    import bot.training
    from bot.retrieval import encoder_training
    from bot.retrieval.encoder_building import build_encoder
    from bot.retrieval.training_data import read_messages
    from bot.safety.hotlines import ROOT

    passes: list[float] = []
    encoder_training._fine_tune = _clocked(encoder_training._fine_tune, passes)
    started = time.perf_counter()
    messages, encoders = read_messages(ROOT / "data" / "nlu"), {}
    for name, base in bot.training.BASES.items():
        weights, encoders[name] = work / f"{name}.safetensors", work / name
        encoder_training.tune_encoder(messages, base, weights, epochs=1)
        build_encoder(base, weights, [message.text for message in messages], encoders[name])
    bot.training.train_rasa(encoders, work)
    seconds = time.perf_counter() - started
    return _training_figures(seconds, seconds + (encoder_training.EPOCHS - 1) * sum(passes))


def _train_starter(work: Path) -> Figures:
    os.environ["LOG_LEVEL"] = "ERROR"  # Rasa draws no progress bars then
    from tests.benchmarks.starter_training import train_starter

    return _training_figures(*train_starter(work))


def _training_figures(seconds: float, in_full: float) -> Figures:
    return {
        _SHORTENED: round(seconds),
        "training in full (estimate), s": round(in_full),
        "peak memory in training, MB": peak_megabytes(),
    }


def _clocked(work: Callable[..., Any], seconds: list[float]) -> Callable[..., Any]:
    @functools.wraps(work)
    def clocked(*arguments: Any, **named: Any) -> Any:
        started = time.perf_counter()
        result = work(*arguments, **named)
        seconds.append(time.perf_counter() - started)
        return result

    return clocked
