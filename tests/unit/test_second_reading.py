"""Which messages are read by the second encoder, and how much its reading counts."""

from __future__ import annotations

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.second_reading import Doubt, is_read_again, with_first_reading

LABELS = ("ask", "crisis_suicide", "facilitation")
DOUBT = Doubt(least=0.05, most=0.97)


def a_message(text: str, ask: float, suicide: float, facilitation: float) -> Message:
    ranking = [{"name": name, "confidence": value} for name, value in zip(LABELS, (ask, suicide, facilitation), strict=True)]
    return Message({TEXT: text, INTENT_RANKING_KEY: ranking})


@pytest.mark.parametrize(
    ("ask", "suicide", "facilitation", "again"),
    [
        (0.99, 0.01, 0.00, False),
        (0.96, 0.02, 0.02, False),
        (0.94, 0.03, 0.03, True),
        (0.50, 0.50, 0.00, True),
        (0.05, 0.00, 0.95, True),
        (0.02, 0.98, 0.00, False),
    ],
)
def test_doubtful_messages_are_read_again(ask: float, suicide: float, facilitation: float, again: bool) -> None:
    assert is_read_again(a_message("the house is so quiet since she left", ask, suicide, facilitation), DOUBT) is again


@pytest.mark.parametrize(("ask", "suicide"), [(1.0, 0.0), (0.0, 1.0), (0.5, 0.5)])
def test_spanish_is_always_read_again(ask: float, suicide: float) -> None:
    assert is_read_again(a_message("no quiero seguir viviendo así", ask, suicide, 0.0), DOUBT)


def test_both_readings_of_an_english_message_count_alike() -> None:
    message = a_message("the house is so quiet since she left", 0.4, 0.6, 0.0)
    assert with_first_reading(message, LABELS, np.array([0.9, 0.1, 0.0])).tolist() == pytest.approx([0.65, 0.35, 0.0])


def test_labels_are_matched_by_name() -> None:
    message = a_message("the house is so quiet since she left", 0.4, 0.6, 0.0)
    assert with_first_reading(message, LABELS[::-1], np.array([0.0, 0.1, 0.9])).tolist() == pytest.approx([0.0, 0.35, 0.65])


def test_of_a_spanish_message_the_second_reading_stands_alone() -> None:
    message = a_message("la casa está muy callada desde que se fue", 0.0, 1.0, 0.0)
    assert with_first_reading(message, LABELS, np.array([0.9, 0.1, 0.0])).tolist() == [0.9, 0.1, 0.0]
