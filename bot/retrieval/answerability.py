"""Whether the best passage answers the question at all: a calibrated probability from several signals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Answerability:
    """A logistic model over the evidence of `PassageIndex.query` and two intent probabilities."""

    coefficients: Mapping[str, float]
    threshold: float

    def probability(self, evidence: Mapping[str, float], ask: float, out_of_scope: float) -> float:
        """Returns the probability that the best passage answers the question."""
        signals = {"bias": 1.0, "ask": ask, "out_of_scope": out_of_scope, **evidence}
        logit = sum(weight * signals[name] for name, weight in self.coefficients.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
