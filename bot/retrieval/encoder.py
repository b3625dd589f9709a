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
_FEW = 32


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
        tokenizer.no_padding()
        return cls(session, tokenizer, version)

    @property
    def vocabulary(self) -> list[str]:
        """The whole words that the tokenizer knows."""
        return [piece for piece in self._tokenizer.get_vocab() if piece.isalpha()]

    def encode(self, texts: Sequence[str]) -> Embeddings:
        """Returns float32 embeddings of shape (len(texts), 384), each of length 1.

        Each text is encoded by itself: in int8 the values of a batch would depend on what else is in it.
        """
        if len(texts) <= _FEW:
            return np.array([self._encode_one(text) for text in texts], dtype=np.float32).reshape(-1, DIMENSION)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return np.stack(list(pool.map(self._encode_one, texts)))

    def _encode_one(self, text: str) -> Embeddings:
        encoding = self._tokenizer.encode(text)
        inputs = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
        }
        embedding: Embeddings = self._session.run(["embedding"], inputs)[0][0]
        return embedding
