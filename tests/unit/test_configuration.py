"""What stands in config.yml, and what is said when it is wrong."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from rasa.shared.exceptions import InvalidConfigException

from bot.nlu.configuration import configured
from bot.retrieval.answerability import Answerability
from bot.safety.crisis import Thresholds
from bot.safety.hotlines import ROOT

PIPELINE = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
GATE: dict[str, Any] = next(part for part in PIPELINE if part["name"].endswith("CrisisGate"))["thresholds"]


def test_every_threshold_comes_from_the_file() -> None:
    assert vars(configured(Thresholds, GATE, "CrisisGate: thresholds")) == GATE


@pytest.mark.parametrize(
    ("change", "fault"),
    [({"escalat": 0.3}, "escalat is not known. It takes: escalate, "), ({"decay": None}, "decay is missing. It takes: escalate, ")],
)
def test_a_wrong_name_is_named_with_those_that_are_right(change: dict[str, float | None], fault: str) -> None:
    values = {name: value for name, value in {**GATE, **change}.items() if value is not None}
    with pytest.raises(InvalidConfigException, match=f"^config.yml, CrisisGate: thresholds: {fault}"):
        configured(Thresholds, values, "CrisisGate: thresholds")


def test_answerability_has_no_values_of_its_own() -> None:
    with pytest.raises(InvalidConfigException, match="coefficients is missing; threshold is missing"):
        configured(Answerability, {}, "PassageRetriever: answerability")
