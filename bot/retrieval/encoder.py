"""The sentence encoder as it serves: ONNX Runtime and tokenizers, without torch."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

Embeddings = npt.NDArray[np.float32]

DIMENSION = 384
MAX_TOKENS = 256
"""About 190 words; the pieces of a longer message are read too (`SentenceFeaturizer`)."""
_KEPT = "training.npz"


class EncoderMissing(FileNotFoundError):
    """The encoder's folder is absent or incomplete."""


def save_embeddings(path: Path, texts: Sequence[str], embeddings: Embeddings) -> None:
    """Keeps the embeddings of the training messages beside the encoder, so that training the model is quick."""
    np.savez(path / _KEPT, texts=np.array(texts), embeddings=embeddings)


def load_embeddings(path: Path) -> dict[str, npt.NDArray[np.float32]]:
    """Returns the kept embeddings by text; a folder without them gives none."""
    if not (path / _KEPT).exists():
        return {}
    with np.load(path / _KEPT, allow_pickle=False) as kept:
        return dict(zip(kept["texts"].tolist(), kept["embeddings"], strict=True))


class Encoder:
    """Turns texts into sentence embeddings of length 1.

    Example:
        >>> encoder = Encoder.from_directory(Path("models/encoder"))
        >>> encoder.encode(["is it legal in missouri?"]).shape
        (1, 384)
    """

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, version: str) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.version = version

    @classmethod
    def from_directory(cls, path: Path) -> Encoder:
        """Loads `model.onnx`, `tokenizer.json` and `encoder.json` from a folder.

        Raises:
            EncoderMissing: a file is not there; `make setup` builds them.
        """
        try:
            version = json.loads((path / "encoder.json").read_text(encoding="utf-8"))["version"]
            tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            session = onnxruntime.InferenceSession(str(path / "model.onnx"), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise EncoderMissing(
                f"The encoder in {path} cannot be loaded ({type(error).__name__}). Run `make setup` to build it."
            ) from error
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")  # noqa: S106
        return cls(session, tokenizer, version)

    @property
    def vocabulary(self) -> list[str]:
        """The whole words that the tokenizer knows."""
        return [piece for piece in self._tokenizer.get_vocab() if piece.isalpha()]

    def encode(self, texts: Sequence[str], batch_size: int = 32) -> Embeddings:
        """Returns float32 embeddings of shape (len(texts), 384), each of length 1."""
        if not texts:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        if len(texts) <= batch_size:
            return self._encode_batch(texts)
        order = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
        embeddings = np.empty((len(texts), DIMENSION), dtype=np.float32)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            encoded = pool.map(lambda batch: self._encode_batch([texts[position] for position in batch]), batches)
            for batch, part in zip(batches, encoded, strict=True):
                embeddings[batch] = part
        return embeddings

    def _encode_batch(self, texts: Sequence[str]) -> Embeddings:
        encodings = self._tokenizer.encode_batch(list(texts))
        inputs = {
            "input_ids": np.array([encoding.ids for encoding in encodings], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64),
        }
        embeddings: Embeddings = self._session.run(["embedding"], inputs)[0]
        return embeddings
