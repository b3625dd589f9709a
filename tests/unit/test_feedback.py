"""Votes: counted for the metrics and in the table that outlives a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from bot.gateway.feedback import Feedback
from bot.state.counts import FileCounts
from tests.unit.sms.stubs import FakeEngine, bubble, client, gateway


async def test_votes_are_counted_by_passage_and_invented_names_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.gateway.feedback._MOST_PASSAGES", 2)
    registry = CollectorRegistry()
    votes = FileCounts(tmp_path / "votes.sqlite", "passage", "helpful")
    feedback = Feedback(registry, votes)
    for passage in ("one", "two", "three", "four", "one"):
        await feedback.count(passage, True)
    await feedback.count("one", False)
    expected = {("one", "yes"): 2, ("two", "yes"): 1, ("other", "yes"): 2, ("one", "no"): 1}
    for (passage, helpful), times in expected.items():
        assert registry.get_sample_value("lamplight_feedback_total", {"passage": passage, "helpful": helpful}) == times
    assert {row.labels: row.count for row in await votes.rows(1)} == expected


@pytest.mark.parametrize("folder", ["kept", "/proc/nowhere"])
async def test_a_vote_over_http_outlives_the_gateway_and_a_full_disk_costs_nobody_the_reply(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.open.FOLDER", tmp_path / folder)
    for _ in range(2):  # a gateway and, after a restart, its successor
        app = gateway(FakeEngine())
        async with client(app) as http:
            vote = {"conversation": None, "passage": "law-missouri", "helpful": False}
            assert (await http.post("/chat/feedback", json=vote)).status_code == 204
            assert (await http.post("/chat/feedback", json=vote | {"helpful": "no"})).status_code == 400
        metrics = app.state.gateway.metrics.render().decode()
        assert 'lamplight_feedback_total{helpful="no",passage="law-missouri"} 1.0' in metrics
    kept = await app.state.gateway.state.votes.rows(1)
    assert [(row.labels, row.count) for row in kept] == ([(("law-missouri", "no"), 2)] if folder == "kept" else [])


@pytest.mark.parametrize(
    ("text", "asked"), [("is it legal?", [("answer", True)]), ("he has a gun on me", [("escalation", False), ("answer", False)])]
)
async def test_no_vote_is_asked_for_behind_a_line_that_the_floor_put_first(text: str, asked: list[tuple[str, bool]]) -> None:
    app = gateway(FakeEngine(lambda text, payload: [bubble("An answer.", ratable=True)]))
    async with client(app) as http:
        replies = (await http.post("/chat/messages", json={"text": text})).json()["replies"]
    assert [(reply["kind"], reply["ratable"]) for reply in replies] == asked
