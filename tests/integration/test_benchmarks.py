"""The benchmark of the parts finds its way through the pipeline as `config.yml` has it; its times are not judged here."""

from __future__ import annotations

from bot.nlu.crisis_gate import CrisisGate
from tests.benchmarks.parts import time_parts

READ_ONCE, READ_AGAIN = "Is prostitution legal in Missouri?", "hola, ¿es legal la prostitución en Misuri?"


async def test_every_part_of_every_message_is_timed() -> None:
    process = CrisisGate.process
    rows = await time_parts([READ_ONCE] * 12 + [READ_AGAIN] * 3, timed=5, long_conversations=2)
    assert {row["part"]: row["messages"] for row in rows} == {
        "forward pass (shared)": 5,
        "intents and crisis kinds": 5,
        "second forward pass": 5,
        "second intents": 5,
        "passages": 5,
        "crisis gate": 5,
        "gate beyond the forward pass, read once": 2,
        "gate beyond the forward pass, read again": 3,
        "whole message at turn 1": 5,
        "whole message at turn 30": 2,
    }
    assert CrisisGate.process is process
