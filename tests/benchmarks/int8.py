"""The served encoder with weights in int8: what it would save, and what it would change. Nothing that serves is touched."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.sentence_featurizer import use_encoder
from bot.rasa.assistant import Assistant
from bot.retrieval.encoder import Embeddings, Encoder
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


def measure_int8() -> list[dict[str, Any]]:
    """Quantises the encoder into a temporary folder, one scale a matrix and one a channel; a row of figures for each and for float."""
    with tempfile.TemporaryDirectory() as folder:
        encoders = {"float": _FLOAT, "int8": Path(folder, "int8"), "int8 by channel": Path(folder, "by_channel")}
        _quantize(encoders["int8"], per_channel=False)
        _quantize(encoders["int8 by channel"], per_channel=True)
        times, embeddings = _encoded(encoders)
        runs = {name: in_fresh_process(_decided, path) for name, path in encoders.items()}
        return [
            {
                "encoder": name,
                "file MB": round((path / _WEIGHTS).stat().st_size / 2**20, 1),
                "median ms": median(times[name]),
                "p95 ms": p95(times[name]),
                **_cosines(embeddings["float"], embeddings[name]),
                **_changes(runs["float"], runs[name]),
                **_shares(runs[name]),
            }
            for name, path in encoders.items()
        ]


def _quantize(destination: Path, per_channel: bool) -> None:
    import onnx

    onnx.TensorProto.UINT4, onnx.TensorProto.INT4 = 21, 22  # onnxruntime 1.20 names them, onnx 1.15 does not have them; unused here
    from onnxruntime.quantization import QuantType, quantize_dynamic

    destination.mkdir()
    for name in ("tokenizer.json", "encoder.json"):
        shutil.copy(_FLOAT / name, destination)
    quantize_dynamic(_FLOAT / _WEIGHTS, destination / _WEIGHTS, per_channel=per_channel, weight_type=QuantType.QInt8)


def _encoded(paths: dict[str, Path]) -> tuple[dict[str, list[float]], dict[str, Embeddings]]:
    """Returns the milliseconds of each encoder, message after message in turn, and the embeddings of the same messages."""
    texts = [clean_text(asked.text) for item in own_sets(False, False) for asked in (*item.messages, *item.questions)]
    encoders = {name: Encoder.from_directory(path) for name, path in paths.items()}
    times: dict[str, list[float]] = {name: [] for name in paths}
    embeddings: dict[str, list[Embeddings]] = {name: [] for name in paths}
    for text in texts:
        for name, encoder in encoders.items():
            started = time.perf_counter()
            embeddings[name].append(encoder.encode([text]))
            times[name].append(1000 * (time.perf_counter() - started))
    return {name: spent[_WARM_UP:] for name, spent in times.items()}, {name: np.vstack(rows) for name, rows in embeddings.items()}


def _cosines(served: Embeddings, other: Embeddings) -> dict[str, Any]:
    cosines = (served * other).sum(axis=1)
    return {"least cosine": round(float(cosines.min()), 4), "median cosine": round(float(np.median(cosines)), 4)}


def _changes(served: SetRun, other: SetRun) -> dict[str, Any]:
    gate = zip(served.verdicts, other.verdicts, strict=True)
    passages = zip(served.retrieved, other.retrieved, strict=True)
    return {
        "gate changed": _share([(one.level, one.declined) != (another.level, another.declined) for one, another in gate]),
        "first passage changed": _share([one.ranked[:1] != another.ranked[:1] for one, another in passages]),
    }


def _shares(run: SetRun) -> dict[str, Any]:
    messages = [message for item in own_sets(False, False) for message in item.messages]
    questions = [question for item in own_sets(False, False) for question in item.questions]
    judged = list(zip(messages, run.verdicts, strict=True))
    found = zip(questions, run.retrieved, strict=True)
    return {
        "crises escalated": _share([verdict.escalated for message, verdict in judged if message.label == "crisis"]),
        "others escalated": _share([verdict.escalated for message, verdict in judged if message.label != "crisis"]),
        "right first": _share([passage_rank(question, hit) == 1 for question, hit in found if not question.unanswerable]),
    }


def _decided(encoder: Path) -> SetRun:
    """Runs the development sets through the trained assistant with the encoder of a folder."""
    use_encoder(encoder)
    return asyncio.run(_run())


async def _run() -> SetRun:
    assistant = Assistant.load()
    runs = [await run_set(assistant, item) for item in own_sets(False, False)]
    return SetRun(*(tuple(entry for run in runs for entry in getattr(run, field.name)) for field in fields(SetRun)))


def _share(hits: list[bool]) -> float:
    return round(sum(hits) / len(hits), 4)
