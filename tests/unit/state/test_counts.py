"""The tables of counts, in a file and in Redis: the same contract."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import structlog
from redis.asyncio import Redis
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings
from bot.state.counts import Count, Counts, FileCounts, add_if_possible
from bot.state.open import open_state
from tests.gateway_process import SECRET
from tests.unit.state.conftest import OpenState

DAY, WEEK_AFTER = date(2026, 11, 22), date(2026, 11, 29)


@pytest.fixture(params=["file", "redis"])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Counts]:
    """Opens the table of gaps as one more process would."""
    if request.param == "file":
        return lambda: FileCounts(tmp_path / ".state" / "gaps.sqlite", "topic", "city")
    shared: OpenState = request.getfixturevalue("shared")
    return lambda: shared().gaps


async def test_counts_show_from_five_on_by_week_and_labels_the_latest_and_highest_first(another: Callable[[], Counts]) -> None:
    for labels, times in ((("help", "none"), 5), (("laws", "kansas_city"), 6), (("risks", "creve_coeur"), 4)):
        for _ in range(times):
            await another().add(*labels, today=DAY)
    await another().add("help", "none", today=WEEK_AFTER)
    shown = [Count("2026-W47", ("laws", "kansas_city"), 6), Count("2026-W47", ("help", "none"), 5)]
    assert await another().rows() == shown
    assert await another().rows(1) == [
        Count("2026-W48", ("help", "none"), 1),
        *shown,
        Count("2026-W47", ("risks", "creve_coeur"), 4),
    ]


async def test_none_is_lost_where_several_count_at_once(another: Callable[[], Counts]) -> None:
    tables = [another(), another()]
    await asyncio.gather(*(tables[turn % 2].add("laws", "none", today=DAY) for turn in range(30)))
    assert await another().rows() == [Count("2026-W47", ("laws", "none"), 30)]


async def test_nothing_counted_is_no_row(another: Callable[[], Counts]) -> None:
    assert await another().rows() == []


async def test_gaps_and_votes_stand_apart_and_end_in_redis(shared: OpenState, redis: Redis) -> None:
    state = shared()
    await state.gaps.add("laws", "none", today=DAY)
    await state.votes.add("law-missouri", "yes", today=DAY)
    assert await state.gaps.rows(1) == [Count("2026-W47", ("laws", "none"), 1)]
    assert await state.votes.rows(1) == [Count("2026-W47", ("law-missouri", "yes"), 1)]
    for table in ("gaps", "votes"):
        assert 399 * 24 * 3600 < await redis.ttl(f"lamplight:{table}:2026-W47") <= 400 * 24 * 3600


def _broken(path: Path) -> Counts:
    path.write_bytes(b"no table")
    return FileCounts(path, "passage", "helpful")


@pytest.mark.parametrize(
    "counts",
    [
        lambda folder: FileCounts(Path("/proc/nowhere/votes.sqlite"), "passage", "helpful"),
        lambda folder: FileCounts(Path("/dev/full/votes.sqlite"), "passage", "helpful"),
        lambda folder: _broken(folder / "votes.sqlite"),
        lambda folder: open_state(Settings(redis_url="redis://:hidden@127.0.0.1:1", rasa_secret=SECRET)).votes,
    ],
    ids=["read-only", "no folder", "broken file", "redis away"],
)
async def test_what_cannot_be_counted_disturbs_nobody(counts: Callable[[Path], Counts], tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as logged:
        await add_if_possible(counts(tmp_path), "law-missouri", "yes")
    assert [entry["event"] for entry in logged] == ["store.counts_unavailable"]
    assert "hidden" not in str(logged)


def _run(command: str) -> list[str]:
    return CliRunner().invoke(app, [command]).output.splitlines()


def test_keepers_see_gaps_and_votes_and_no_number_below_five(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.state.open.FOLDER", tmp_path)
    assert _run("gaps") == ["No week has five unanswered questions near one topic."]
    assert _run("votes") == ["No passage has five votes of one kind in a week."]

    async def happen() -> None:
        state = open_state(Settings())
        for labels, times, day in (
            (("law-missouri", "yes"), 12, DAY),
            (("law-missouri", "no"), 7, DAY),
            (("exit-first-step", "no"), 9, DAY),
            (("exit-first-step", "yes"), 4, DAY),
            (("std-testing", "yes"), 4, DAY),
            (("law-missouri", "yes"), 5, WEEK_AFTER),
        ):
            for _ in range(times):
                await state.votes.add(*labels, today=day)
        for _ in range(5):
            await state.gaps.add("laws", "none", today=DAY)

    asyncio.run(happen())
    assert _run("gaps") == ["2026-W47  laws        none             5"]
    assert _run("votes") == [
        "2026-W48  law-missouri                    helped: 5        did not: under 5",
        "2026-W47  law-missouri                    helped: 12       did not: 7",
        "2026-W47  exit-first-step                 helped: under 5  did not: 9",
    ]
