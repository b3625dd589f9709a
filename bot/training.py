"""Trains what serves: the encoders as cached steps, then Rasa's model, then what is packed for the gateway; all in place at once."""

from __future__ import annotations

import bot.logs  # isort: skip

import hashlib
import json
import logging
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.retrieval.base_models import E5, MINILM, BaseModel
from bot.retrieval.encoder_building import build_encoder, version_of
from bot.retrieval.encoder_training import digest_of, tune_encoder, tuned_on
from bot.retrieval.knowledge_base import loading_faults
from bot.retrieval.training_data import LabelledMessage, read_messages
from bot.safety.hotlines import KNOWLEDGE, ROOT, knowledge_hotlines
from bot.safety.model_files import (
    ENCODER_FILES,
    ENCODERS,
    HOTLINES_FILE,
    MANIFEST,
    MODEL_FILE,
    NEXT,
    PASSAGES_FILE,
    SERVING,
    ModelRefused,
    take_over,
    verify,
    write_manifest,
)
from bot.settings import MODELS

BASES: dict[str, BaseModel] = dict(zip(ENCODERS, (MINILM, E5), strict=True))
WEIGHTS = ROOT / "weights"
"""What the encoders learned, a file for each; `tune` writes them."""
_STAMP = "lamplight.stamp"
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


class TrainingFailed(RuntimeError):
    """No new model could be made; the last good one is untouched. The message says why."""


def train(force: bool = False) -> bool:
    """Brings the encoder and the model up to date; returns False where both were.

    The new set takes the old one's place as a whole at the very end, so that a failed or interrupted training leaves
    the last good encoder and model serving together.

    Raises:
        TrainingFailed: the knowledge or the training data is broken, or Rasa could not train.
    """
    try:
        return _bring_up_to_date(force)
    except Exception as error:
        kept = "The last good model stays in place. " if (MODELS / MANIFEST).exists() else ""
        raise TrainingFailed(
            f"No model was trained: {error or type(error).__name__}\n{kept}Run `python -m bot check`, then `make setup`."
        ) from error


def _bring_up_to_date(force: bool) -> bool:
    take_over(MODELS)
    faults = loading_faults(KNOWLEDGE)
    if faults:
        raise TrainingFailed("\n".join(faults))
    ready = MODELS / NEXT
    ready.mkdir(parents=True, exist_ok=True)
    messages = _messages()
    encoders = {name: _encoder(name, messages, ready) for name in ENCODERS}
    are_new = any(encoder.parent == ready for encoder in encoders.values())
    stamp = _digest(encoders)
    if not (force or are_new) and _serves(stamp):
        shutil.rmtree(ready)
        return False
    print("  model: training", file=sys.stderr, flush=True)
    train_rasa(encoders, ready)
    hotlines = knowledge_hotlines()
    (ready / HOTLINES_FILE).write_text(json.dumps(hotlines, default=str, ensure_ascii=False), encoding="utf-8")
    passages = sorted(file.stem for file in (KNOWLEDGE / "passages").glob("*.md"))
    (ready / PASSAGES_FILE).write_text(json.dumps(passages), encoding="utf-8")
    (ready / _STAMP).write_text(stamp, encoding="ascii")
    write_manifest(ready, MODELS)
    take_over(MODELS)
    return True


def tune() -> None:
    """Tunes the encoders anew on the training messages and puts what they learned in `weights/`; over an hour on two cores."""
    messages = _messages()
    for name, base in BASES.items():
        print(f"  {name}: tuning {base.package} on {len(messages)} messages", file=sys.stderr, flush=True)
        tune_encoder(messages, base, weights_of(name))


def weights_of(encoder: str) -> Path:
    """Returns the file of what an encoder learned."""
    return WEIGHTS / f"{encoder}.safetensors"


def _encoder(name: str, messages: list[LabelledMessage], ready: Path) -> Path:
    """Returns the folder of an encoder: the one in place where it is up to date, else a new one among what is being made ready."""
    base, weights = BASES[name], weights_of(name)
    if not weights.exists():
        raise TrainingFailed(f"{weights} is missing. Restore it from the repository, or tune anew: .venv/bin/python -m bot tune")
    if tuned_on(weights) != digest_of(messages):
        print(f"  {name}: data/nlu has changed since it was tuned; it serves all the same, `make encoders` tunes it anew", file=sys.stderr)
    if _is_current(name, version_of(base, weights)):
        shutil.rmtree(ready / name, ignore_errors=True)
        return MODELS / name
    print(f"  {name}: reading {len(messages)} messages, some minutes", file=sys.stderr, flush=True)
    build_encoder(base, weights, [message.text for message in messages], ready / name)
    return ready / name


def _messages() -> list[LabelledMessage]:
    return read_messages(ROOT / "data" / "nlu")


def train_rasa(encoders: Mapping[str, Path], output: Path) -> None:
    """Trains Rasa's model with the encoders of these folders, by name.

    Raises:
        TrainingFailed: Rasa gave no model.
    """
    os.environ["RASA_CACHE_DIRECTORY"] = str(ROOT / ".rasa" / "cache")
    os.environ["TQDM_DISABLE"] = "1"
    bot.logs.configure_logging("warning")
    import rasa.model_training

    from bot.nlu.sentence_featurizer import use_encoders

    logging.getLogger("rasa").setLevel(logging.ERROR)
    use_encoders(encoders)
    result = rasa.model_training.train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data")],
        output=str(output),
        fixed_model_name=MODEL_FILE.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.code != 0 or not (output / MODEL_FILE).exists():
        raise TrainingFailed("Rasa could not train the model.")


def _is_current(folder: str, version: str) -> bool:
    """Whether the encoder in place has a version and, where a manifest tells, is as training wrote it."""
    marker = MODELS / folder / "encoder.json"
    if not marker.exists() or json.loads(marker.read_text(encoding="utf-8"))["version"] != version:
        return False
    return not (MODELS / MANIFEST).exists() or _unchanged([name for name in ENCODER_FILES if name.startswith(f"{folder}/")])


def _serves(stamp: str) -> bool:
    """Whether what is in place was trained from the same and is complete."""
    kept = MODELS / _STAMP
    return kept.exists() and kept.read_text(encoding="ascii") == stamp and _unchanged(SERVING)


def _unchanged(names: Sequence[str]) -> bool:
    try:
        verify(MODELS, names)
    except ModelRefused as refused:
        print(f"  {refused}", file=sys.stderr, flush=True)
        return False
    return True


def _digest(encoders: Mapping[str, Path]) -> str:
    digest = hashlib.sha256()
    for file in _shaping_files():
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    for encoder in encoders.values():
        digest.update((encoder / "encoder.json").read_bytes())
    return digest.hexdigest()


def _shaping_files() -> Iterator[Path]:
    for name in _SHAPING:
        path = ROOT / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in files if file.is_file() and "__pycache__" not in file.parts)
