"""Tuning, on a few real messages, and building the encoder from what was learned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from bot.retrieval.base_models import E5
from bot.retrieval.encoder import Embeddings, Encoder, load_embeddings
from bot.retrieval.encoder_building import build_encoder, version_of
from bot.retrieval.encoder_training import digest_of, tune_encoder, tuned_on
from bot.retrieval.training_data import LabelledMessage, read_messages
from bot.safety.hotlines import ROOT

INTENTS = ("crisis_overdose", "goodbye")


@pytest.fixture(scope="module")
def messages() -> list[LabelledMessage]:
    """Forty messages of each of two intents."""
    everything = read_messages(ROOT / "data" / "nlu")
    return [message for intent in INTENTS for message in [each for each in everything if each.intent == intent][:40]]


@pytest.fixture(scope="module")
def weights(messages: list[LabelledMessage], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("weights") / "encoder.safetensors"
    tune_encoder(messages, E5, file, epochs=16)
    return file


def apartness(embeddings: Embeddings) -> float:
    """How much less alike messages of two intents are than those of one."""
    one, other = embeddings[:40], embeddings[40:]
    return float(((one @ one.T).mean() + (other @ other.T).mean()) / 2 - (one @ other.T).mean())


def test_weights_hold_the_layers_that_learned_and_say_on_what(weights: Path, messages: list[LabelledMessage]) -> None:
    tensors = load_file(weights)
    assert {name.split(".")[2] for name in tensors} == {str(layer) for layer in range(E5.frozen_layers, 12)}
    assert {str(tensor.dtype) for tensor in tensors.values()} == {"float16"}
    assert tuned_on(weights) == digest_of(messages)
    assert tuned_on(weights) != digest_of(messages[1:])


def test_what_was_learned_sets_intents_apart(weights: Path, messages: list[LabelledMessage], tmp_path: Path) -> None:
    texts = [message.text for message in messages]
    assert build_encoder(E5, weights, texts, tmp_path / "tuned")
    assert build_encoder(E5, None, texts, tmp_path / "plain")
    tuned, plain = (Encoder.from_directory(tmp_path / name).encode(texts) for name in ("tuned", "plain"))
    assert np.allclose(np.linalg.norm(tuned, axis=1), 1.0, atol=1e-5)
    assert apartness(tuned) >= 2 * apartness(plain)
    kept = load_embeddings(tmp_path / "tuned")
    assert np.array_equal(np.stack([kept[text] for text in texts]), tuned)


def test_an_encoder_is_built_once_from_the_same_weights(weights: Path, messages: list[LabelledMessage], tmp_path: Path) -> None:
    texts = [message.text for message in messages[:4]]
    assert build_encoder(E5, weights, texts, tmp_path / "encoder")
    assert Encoder.from_directory(tmp_path / "encoder").version == version_of(E5, weights)
    assert not build_encoder(E5, weights, texts, tmp_path / "encoder")
    assert version_of(E5, weights) != version_of(E5, None)


def test_weights_of_another_model_are_refused(weights: Path, tmp_path: Path) -> None:
    strange = tmp_path / "encoder.safetensors"
    save_file(load_file(weights) | {"encoder.layer.99.output.dense.bias": np.zeros(384, np.float16)}, strange)
    with pytest.raises(RuntimeError, match=r"encoder.safetensors is not of this model: it has no encoder.layer.99.output.dense.bias"):
        build_encoder(E5, strange, ["is it legal?"], tmp_path / "encoder")
