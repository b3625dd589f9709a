"""Whether the best passage answers the question at all: a calibrated probability from several signals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_COEFFICIENTS = {
    "bias": -4.0,
    "score": 6.0,
    "margin": 1.0,
    "dense": 3.0,
    "lexical": 1.0,
    "unanswerable": -3.0,
    "ask": 2.0,
    "out_of_scope": -3.0,
}


@dataclass(frozen=True)
class Answerability:
    """A logistic model over the evidence of `PassageIndex.query` and two intent probabilities."""

    coefficients: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_COEFFICIENTS))
    threshold: float = 0.5

    def probability(self, evidence: Mapping[str, float], ask: float, out_of_scope: float) -> float:
        """Returns the probability that the best passage answers the question."""
        signals = {"bias": 1.0, "ask": ask, "out_of_scope": out_of_scope, **evidence}
        logit = sum(weight * signals[name] for name, weight in self.coefficients.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
