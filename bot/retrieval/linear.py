"""A softmax classifier that trains with scikit-learn and serves as two arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.retrieval.encoder import Embeddings


@dataclass(frozen=True)
class LinearClassifier:
    """Class probabilities from sentence embeddings: softmax(x @ weights + bias)."""

    labels: tuple[str, ...]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    @classmethod
    def fit(cls, embeddings: Embeddings, labels: Sequence[str], inverse_regularisation: float = 10.0) -> LinearClassifier:
        """Fits a logistic regression on embeddings of shape (n, 384)."""
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=inverse_regularisation, max_iter=100, tol=1e-3)
        model.fit(embeddings, np.asarray(labels))
        weights, bias = model.coef_.T, model.intercept_
        if len(model.classes_) == 2:  # scikit-learn keeps one column for two classes
            weights, bias = np.hstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
        return cls(tuple(str(label) for label in model.classes_), weights.astype(np.float32), bias.astype(np.float32))

    def predict(self, embeddings: Embeddings) -> npt.NDArray[np.float32]:
        """Returns probabilities of shape (n, number of labels)."""
        logits = embeddings @ self.weights + self.bias
        exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
        probabilities: npt.NDArray[np.float32] = exponentials / exponentials.sum(axis=1, keepdims=True)
        return probabilities

    def save(self, path: Path) -> None:
        """Writes the arrays to one `.npz` file."""
        np.savez(path, labels=np.array(self.labels), weights=self.weights, bias=self.bias)

    @classmethod
    def load(cls, path: Path) -> LinearClassifier:
        """Reads what `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls(tuple(data["labels"].tolist()), data["weights"], data["bias"])
