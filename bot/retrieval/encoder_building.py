"""Builds the encoder that serves: a published model with tuned layers, as ONNX with weights in int8."""

from __future__ import annotations

import ast
import hashlib
import json
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.retrieval import base_models
from bot.retrieval.base_models import BaseModel
from bot.retrieval.encoder import MAX_TOKENS, Encoder, save_embeddings

MINIMUM_COSINE = 0.999
_CHECKED = 64


def version_of(base: BaseModel, weights: Path | None) -> str:
    """Returns a digest of everything that shapes an encoder."""
    digest = hashlib.sha256(base.sha256.encode())
    for file in (__file__, base_models.__file__):
        code = ast.dump(ast.parse(Path(file).read_text(encoding="utf-8")))  # blind to layout and comments
        digest.update(code.encode())
    if weights:
        digest.update(weights.read_bytes())
    return digest.hexdigest()


def build_encoder(base: BaseModel, weights: Path | None, texts: Sequence[str], destination: Path) -> bool:
    """Writes an encoder into a folder, and beside it the embeddings of texts; returns False where an up-to-date one is there.

    Without weights it is the published model as it is.

    Raises:
        WeightsError: the packaged weights are wrong.
        RuntimeError: the exported encoder differs from the model.
    """
    version = version_of(base, weights)
    marker = destination / "encoder.json"
    if marker.exists() and json.loads(marker.read_text(encoding="utf-8"))["version"] == version:
        return False
    scratch = destination.with_name(destination.name + ".new")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    model = base.open(scratch)
    model.max_seq_length = MAX_TOKENS
    if weights:
        _take(model, weights)
    (scratch / "encoder.json").write_text(json.dumps({"version": version}), encoding="utf-8")
    _export(model.eval(), scratch / "model.onnx")
    _verify(model, scratch, texts[:: max(1, len(texts) // _CHECKED)])
    _quantise(scratch / "model.onnx")
    save_embeddings(scratch, texts, Encoder.from_directory(scratch).encode(texts))
    shutil.rmtree(scratch / "base", ignore_errors=True)
    shutil.rmtree(destination, ignore_errors=True)
    scratch.rename(destination)
    return True


def _take(model: Any, weights: Path) -> None:
    from safetensors.torch import load_file

    learned = {name: tensor.float() for name, tensor in load_file(weights).items()}
    strange = model[0].auto_model.load_state_dict(learned, strict=False).unexpected_keys
    if strange:
        raise RuntimeError(
            f"{weights.name} is not of this model: it has no {strange[0]}. Restore it, or tune anew: .venv/bin/python -m bot tune"
        )


def _export(model: Any, path: Path) -> None:
    import torch

    class SentenceEncoder(torch.nn.Module):
        """The transformer with mean pooling and normalisation, as sentence-transformers does it."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = model[0].auto_model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            hidden = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, dim=1)

    example = model.tokenizer(["one short text", "another, somewhat longer text"], padding=True, return_tensors="pt")
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        SentenceEncoder().eval(),
        (example["input_ids"], example["attention_mask"]),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def _quantise(path: Path) -> None:
    """Turns the weights into bytes, one scale a channel: half the time of a message, a quarter of the memory.

    Unsigned ones, because signed ones can overflow on processors without VNNI.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.disable(logging.WARNING)  # it advises a preparation that changes nothing here
    quantize_dynamic(path, path, per_channel=True, weight_type=QuantType.QUInt8)
    logging.disable(logging.NOTSET)


def _verify(model: Any, folder: Path, texts: Sequence[str]) -> None:
    expected: npt.NDArray[np.float32] = model.encode(list(texts), normalize_embeddings=True)
    cosine = float((expected * Encoder.from_directory(folder).encode(texts)).sum(axis=1).min())
    if cosine < MINIMUM_COSINE:
        raise RuntimeError(f"The exported encoder differs from the tuned one: cosine {cosine:.5f}, at least {MINIMUM_COSINE} is needed.")
