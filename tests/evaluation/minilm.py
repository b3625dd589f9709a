"""The plain packaged MiniLM, for the references: exported once, training embeddings kept in `.cache/`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.retrieval.base_models import MINILM
from bot.retrieval.encoder import Embeddings, Encoder
from bot.retrieval.encoder_building import build_encoder
from bot.safety.hotlines import ROOT

CACHE = ROOT / ".cache" / "evaluation"
_CHECKED = ("Is it legal in Missouri?", "he wont let me leave", "good recipe for banana bread")
"""What the export is compared on."""


def plain_encoder(cache: Path = CACHE) -> Encoder:
    """Returns MiniLM as it was published, without any tuning."""
    cache.mkdir(parents=True, exist_ok=True)
    build_encoder(MINILM, None, _CHECKED, cache / "minilm")
    return Encoder.from_directory(cache / "minilm")


def encode_cached(encoder: Encoder, texts: Sequence[str], name: str, cache: Path = CACHE) -> Embeddings:
    """Returns embeddings of shape (len(texts), 384); the same texts are encoded once only."""
    digest = hashlib.sha256("\0".join([encoder.version, *texts]).encode()).hexdigest()[:16]
    path = cache / f"{name}-{digest}.npy"
    if path.exists():
        kept: Embeddings = np.load(path)
        return kept
    for old in cache.glob(f"{name}-*.npy"):
        old.unlink()
    embeddings = encoder.encode(texts)
    np.save(path, embeddings)
    return embeddings
