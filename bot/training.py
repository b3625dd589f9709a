"""Trains what serves: the encoder as a cached step, then Rasa's model, then the packed hotlines."""

from __future__ import annotations

import bot.logs  # isort: skip

import hashlib
import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.checksums import write_checksums
from bot.retrieval.encoder_training import build_encoder
from bot.retrieval.training_data import read_messages
from bot.safety.hotlines import KNOWLEDGE_HOTLINES, PACKED_HOTLINES, ROOT, load_hotlines
from bot.settings import MODELS

_STAMP = MODELS / "lamplight.stamp"
_SHAPING = (
    "config.yml",
    "domain.yml",
    "data",
    "knowledge",
    "bot/nlu",
    "bot/retrieval",
    "bot/safety",
    "bot/messages.py",
    "requirements.txt",
)


def train(force: bool = False) -> bool:
    """Brings the encoder and the model up to date; returns False where both were.

    Raises:
        RuntimeError: Rasa could not train.
    """
    MODELS.mkdir(exist_ok=True)
    encoder_is_new = build_encoder(read_messages(ROOT / "data" / "nlu"), MODELS / "encoder")
    stamp = _digest()
    model = MODELS / "lamplight.tar.gz"
    if not (force or encoder_is_new) and model.exists() and PACKED_HOTLINES.exists() and _STAMP.exists() and _STAMP.read_text() == stamp:
        write_checksums(MODELS)
        return False
    print("  model: training", file=sys.stderr, flush=True)
    os.environ["RASA_CACHE_DIRECTORY"] = str(ROOT / ".rasa" / "cache")
    bot.logs.configure_logging("warning")
    import rasa.model_training

    logging.getLogger("rasa").setLevel(logging.ERROR)
    os.environ["TQDM_DISABLE"] = "1"

    result = rasa.model_training.train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data")],
        output=str(MODELS),
        fixed_model_name="lamplight",
        force_training=True,
    )
    if result.code != 0 or not model.exists():
        raise RuntimeError("Rasa could not train the model. Run `python -m bot check`, then `make setup` again.")
    PACKED_HOTLINES.write_text(
        json.dumps(load_hotlines(packed=Path("/dev/null"), knowledge=KNOWLEDGE_HOTLINES), default=str, ensure_ascii=False), encoding="utf-8"
    )
    write_checksums(MODELS)
    _STAMP.write_text(stamp)
    return True


def _digest() -> str:
    digest = hashlib.sha256()
    for file in _shaping_files():
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    digest.update((MODELS / "encoder" / "encoder.json").read_bytes())
    return digest.hexdigest()


def _shaping_files() -> Iterator[Path]:
    for name in _SHAPING:
        path = ROOT / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in files if file.is_file() and "__pycache__" not in file.parts)
