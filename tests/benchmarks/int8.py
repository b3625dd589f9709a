"""The served encoder with weights in int8: what it would save, and what it would change. Nothing that serves is touched."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from onnxruntime.quantization import QuantType, quantize_dynamic

from bot.nlu.sentence_featurizer import use_encoder
from bot.rasa.assistant import Assistant
from bot.retrieval.encoder import Encoder
from bot.safety.normalize import clean_text
from bot.settings import MODELS
from tests.benchmarks.fresh_process import in_fresh_process
from tests.benchmarks.timing import median, p95
from tests.evaluation.answers_report import passage_rank
from tests.evaluation.lamplight import SetRun, run_set
from tests.evaluation.sets import own_sets

_FLOAT = MODELS / "encoder"
_WEIGHTS = "model.onnx"
_WARM_UP = 10
_TIMED = 300


def measure_int8() -> dict[str, Any]:
    """Quantises the encoder into a temporary folder and runs the development sets through both."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder)
        for name in ("tokenizer.json", "encoder.json"):
            shutil.copy(_FLOAT / name, small)
        quantize_dynamic(_FLOAT / _WEIGHTS, small / _WEIGHTS, weight_type=QuantType.QInt8)
        return _encoders(small) | _decisions(small)


def _encoders(small: Path) -> dict[str, Any]:
    texts = [clean_text(turn) for item in own_sets(False, False) for asked in (*item.messages, *item.questions) for turn in asked.turns]
    encoders = {"float": Encoder.from_directory(_FLOAT), "int8": Encoder.from_directory(small)}
    embeddings = {name: np.vstack([encoder.encode([text]) for text in texts]) for name, encoder in encoders.items()}
    cosines = (embeddings["float"] * embeddings["int8"]).sum(axis=1)
    figures: dict[str, Any] = {
        "messages": len(texts),
        "cosine to float, least": round(float(cosines.min()), 4),
        "cosine to float, median": round(float(np.median(cosines)), 4),
    }
    times: dict[str, list[float]] = {name: [] for name in encoders}
    for text in texts[:: len(texts) // (_WARM_UP + _TIMED)]:
        for name, encoder in encoders.items():
            started = time.perf_counter()
            encoder.encode([text])
            times[name].append(1000 * (time.perf_counter() - started))
    for name, folder in {"float": _FLOAT, "int8": small}.items():
        figures |= {
            f"{name}, one message, median ms": median(times[name][_WARM_UP:]),
            f"{name}, one message, p95 ms": p95(times[name][_WARM_UP:]),
            f"{name}, file MB": round((folder / _WEIGHTS).stat().st_size / 2**20, 1),
        }
    return figures


def _decisions(small: Path) -> dict[str, Any]:
    by_encoder = {name: in_fresh_process(_decided, folder) for name, folder in {"float": _FLOAT, "int8": small}.items()}
    changed = [
        (one.level, one.declined) != (other.level, other.declined)
        for one, other in zip(by_encoder["float"].verdicts, by_encoder["int8"].verdicts, strict=True)
    ]
    moved = [
        one.ranked[:1] != other.ranked[:1] for one, other in zip(by_encoder["float"].retrieved, by_encoder["int8"].retrieved, strict=True)
    ]
    figures: dict[str, Any] = {
        "gate decisions": len(changed),
        "gate decisions changed": _share(changed),
        "questions": len(moved),
        "first passages changed": _share(moved),
    }
    messages = [message for item in own_sets(False, False) for message in item.messages]
    questions = [question for item in own_sets(False, False) for question in item.questions]
    for name, run in by_encoder.items():
        judged = list(zip(messages, run.verdicts, strict=True))
        ranks = [passage_rank(*pair) for pair in zip(questions, run.retrieved, strict=True) if not pair[0].unanswerable]
        figures |= {
            f"{name}, crises escalated": _share([verdict.escalated for message, verdict in judged if message.label == "crisis"]),
            f"{name}, others escalated": _share([verdict.escalated for message, verdict in judged if message.label != "crisis"]),
            f"{name}, right passage first": _share([rank == 1 for rank in ranks]),
        }
    return figures


def _decided(encoder: Path) -> SetRun:
    """Runs the development sets through the trained assistant with an encoder of another folder."""
    use_encoder(encoder)
    return asyncio.run(_run())


async def _run() -> SetRun:
    assistant = Assistant.load()
    runs = [await run_set(assistant, item) for item in own_sets(False, False)]
    return SetRun(*(tuple(entry for run in runs for entry in getattr(run, field.name)) for field in fields(SetRun)))


def _share(hits: Sequence[bool]) -> float:
    return round(sum(hits) / len(hits), 4)
