"""Which messages the second encoder reads, and what its reading counts (docs/decisions/0003-encoder.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.shared.nlu.constants import INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.safety.crisis import FACILITATION, crisis_probability
from bot.safety.language import telling_language


@dataclass(frozen=True)
class Doubt:
    """The probabilities of a crisis or of a request to do harm, between which a first reading is doubtful."""

    least: float = 0.05
    most: float = 0.97


def is_read_again(message: Message, doubt: Doubt) -> bool:
    """Whether a message is in Spanish, which the first encoder hardly knows, or whether its first reading is doubtful."""
    if _is_spanish(message):
        return True
    first = _first_reading(message)
    return doubt.least <= crisis_probability(first) + first.get(FACILITATION, 0.0) <= doubt.most


def with_first_reading(message: Message, labels: Sequence[str], second: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Returns the mean of both readings, each of shape (labels,); of a message in Spanish the second one alone."""
    if _is_spanish(message):
        return second
    first = _first_reading(message)
    mean: npt.NDArray[np.float64] = (second + np.array([first[label] for label in labels])) / 2
    return mean


def _first_reading(message: Message) -> Mapping[str, float]:
    ranking: list[dict[str, Any]] = message.get(INTENT_RANKING_KEY) or []
    return {entry[INTENT_NAME_KEY]: entry[PREDICTED_CONFIDENCE_KEY] for entry in ranking}


def _is_spanish(message: Message) -> bool:
    return telling_language(message.get(TEXT)) == "es"
