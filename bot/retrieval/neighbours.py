"""How the training messages nearest to a message are labelled."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from bot.retrieval.encoder import Embeddings

_COUNT = 10
_SHARPNESS = 20.0
"""A neighbour that is 0.05 less alike counts 1/e of the nearest."""

_EXACT_LIMIT = 5_000
_PROBED = 32


class Neighbours:
    """The vote of the nearest training messages, kept as bytes in FAISS.

    A linear classifier is sure of itself far from everything it has seen; a vote is not (docs/decisions/0003).

    Example:
        >>> Neighbours.fit(embeddings, intents, labels).vote(encoder.encode([text])).sum()
        1.0
    """

    def __init__(self, index: faiss.Index, owners: npt.NDArray[np.int64], width: int) -> None:
        self._index = index
        self._owners = owners
        self._width = width

    @classmethod
    def fit(cls, embeddings: Embeddings, labels: Sequence[str], order: Sequence[str]) -> Neighbours:
        """Indexes embeddings of shape (messages, 384); `order` gives the columns of a vote."""
        count, dimension = embeddings.shape
        cells = f"IVF{4 * int(math.sqrt(count))}," if count > _EXACT_LIMIT else ""
        index = faiss.index_factory(dimension, f"{cells}SQ8", faiss.METRIC_INNER_PRODUCT)
        index.train(embeddings)
        index.add(embeddings)
        return cls(index, np.array([order.index(label) for label in labels], dtype=np.int64), len(order))

    def vote(self, embeddings: Embeddings) -> npt.NDArray[np.float64]:
        """Returns shares of shape (messages, labels), each row of sum 1."""
        if hasattr(self._index, "nprobe"):
            self._index.nprobe = _PROBED
        similarities, rows = self._index.search(embeddings, min(_COUNT, self._index.ntotal))
        weights = np.where(rows >= 0, np.exp(_SHARPNESS * (similarities - similarities[:, :1])), 0.0)
        shares = np.zeros((len(embeddings), self._width))
        np.add.at(shares, (np.arange(len(embeddings))[:, None], self._owners[rows]), weights)
        voted: npt.NDArray[np.float64] = shares / shares.sum(axis=1, keepdims=True)
        return voted

    def save(self, path: Path) -> None:
        """Writes the index and its owners into a folder."""
        path.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self._index, str(path / "messages.faiss"))
        np.savez(path / "owners.npz", owners=self._owners, width=self._width)

    @classmethod
    def load(cls, path: Path) -> Neighbours:
        """Reads what `save` wrote."""
        with np.load(path / "owners.npz") as kept:
            return cls(faiss.read_index(str(path / "messages.faiss")), kept["owners"], int(kept["width"]))
