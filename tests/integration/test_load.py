"""`make load` in short: a soak of 25 seconds, and faults under traffic, with two gateways, two Rasa workers and a Redis."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.faults import FAULTS, NEW_MODEL, RECOVERY, Clock, Fault, model_taken_in, suffer
from tests.benchmarks.load import broken_promises, soak
from tests.benchmarks.traffic import QUESTIONS
from tests.cluster import Cluster, OneMachine

TOLD = {"answered", "notice", "cut off"}
"""What may become of a message: the person has an answer, or the lines, or is told by the widget that the connection broke."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="module")
def clock(folder: Path) -> Clock:
    """The clock of Redis alone."""
    return Clock(folder / "clock")


@pytest.fixture(scope="module")
def cluster(folder: Path, clock: Clock) -> Iterator[Cluster]:
    with Cluster(folder, redis_environment=clock.environment, TRUSTED_PROXIES="127.0.0.1") as running:
        yield running


def broken(row: dict[str, Any]) -> list[str]:
    return broken_promises({"sustained": [], "open": [], "soak": row, "faults": []})


def test_a_soak_loses_nothing_and_takes_no_more_memory(cluster: Cluster) -> None:
    row = asyncio.run(soak(cluster, 25.0))
    assert broken(row) == []
    assert row["answered"] > 100
    assert "refused" not in row
    told = {name: row.get(name, 0) for name in TOLD - {"answered"}}
    assert sum(told.values()) <= row["answered"] / 50, told  # whatever else runs on the machine may hold a process up for a second


@pytest.mark.parametrize("name", ["a worker killed", "Redis killed", "Redis's clock jumps an hour"])
def test_a_fault_loses_nothing_untold(cluster: Cluster, clock: Clock, name: str) -> None:
    fault: Fault = FAULTS.get(name, clock.jump)
    row, traffic = asyncio.run(suffer(cluster, name, fault, after=9.0))
    assert broken(row) == []
    assert {message.outcome for message in traffic.sent} <= TOLD
    assert row["answered"] > 50


def test_a_new_model_is_taken_in_under_load_and_every_message_is_answered(tmp_path: Path) -> None:
    with OneMachine(tmp_path, TRUSTED_PROXIES="127.0.0.1") as machine:
        row, traffic = asyncio.run(suffer(machine, NEW_MODEL, model_taken_in, after=25.0))
    assert broken(row) == [] and row[RECOVERY] is not None
    assert {message.outcome for message in traffic.sent} == {"answered"}
    assert row["answered"] > 200


def test_conversations_begin_anew_when_the_clock_of_redis_jumps_an_hour(cluster: Cluster, clock: Clock) -> None:
    gateway = cluster.gateways[0]
    token = gateway.say(QUESTIONS[0]).json()["conversation"]
    assert gateway.say("my husband beats me", token).json()["conversation"] == token
    clock.move("+3700")
    crisis, anew = gateway.say("he has a gun on me", token).json(), gateway.say(QUESTIONS[0], token).json()
    clock.move("+0")
    assert (crisis["replies"][0]["kind"], crisis["replies"][0]["fallback"]) == ("escalation", False)
    assert "911" in crisis["replies"][0]["text"]
    assert anew["replies"][0]["kind"] == "answer"
    assert token not in {crisis["conversation"], anew["conversation"]}
    back = gateway.say(QUESTIONS[1], anew["conversation"]).json()
    assert (back["conversation"], back["replies"][0]["kind"]) == (anew["conversation"], "answer")
