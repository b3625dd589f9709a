"""Votes: counted for the metrics and in the table that outlives a restart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.safety.model_files import MANIFEST, PASSAGES_FILE, sha256
from tests.unit.sms.stubs import FakeEngine, bubble, client, gateway

NUMBER = "13145550101-beats-me-at-12-oak-st"


def pack(models: Path, *passages: str) -> None:
    """Writes the ids that votes may name, as training does."""
    models.mkdir(exist_ok=True)
    (models / PASSAGES_FILE).write_text(json.dumps(passages), encoding="utf-8")
    (models / MANIFEST).write_text(f"{sha256(models / PASSAGES_FILE)}  {PASSAGES_FILE}\n", encoding="ascii")


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small model of two passages, and a folder of counts of its own."""
    monkeypatch.setattr("bot.gateway.feedback.MODELS", tmp_path / "models")
    monkeypatch.setattr("bot.state.open.FOLDER", tmp_path / "kept")
    pack(tmp_path / "models", "law-missouri", "lydias-house")
    return tmp_path / "models"


@pytest.mark.parametrize("passage", [NUMBER, "13145550101", "law-missouri ", "LAW-MISSOURI", "newer", "", "other"])
async def test_what_is_no_passage_is_refused_with_the_lines_and_counted_nowhere(passage: str) -> None:
    app = gateway(FakeEngine())
    async with client(app) as http:
        refused = await http.post("/chat/feedback", json={"passage": passage, "helpful": True})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "not_a_vote")
    assert [line["id"] for line in refused.json()["hotlines"]] == ["emergency", "suicide", "trafficking"]
    assert "lamplight_feedback_total{" not in app.state.gateway.metrics.render().decode()
    assert await app.state.gateway.state.votes.rows(1) == []


async def test_the_passages_of_a_newer_model_count_from_its_first_vote_and_those_of_a_changed_file_do_not(models: Path) -> None:
    app = gateway(FakeEngine())
    async with client(app) as http:

        async def vote(passage: str) -> int:
            return (await http.post("/chat/feedback", json={"passage": passage, "helpful": True})).status_code

        assert [await vote("law-missouri"), await vote("newer")] == [204, 400]
        pack(models, "law-missouri", "newer")
        assert [await vote("law-missouri"), await vote("newer"), await vote("lydias-house")] == [204, 204, 400]
        (models / PASSAGES_FILE).write_text(json.dumps([NUMBER]), encoding="utf-8")
        assert [await vote(NUMBER), await vote("law-missouri")] == [400, 400]
    kept = await app.state.gateway.state.votes.rows(1)
    assert {row.labels: row.count for row in kept} == {("law-missouri", "yes"): 2, ("newer", "yes"): 1}


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
