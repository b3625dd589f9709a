"""The counts that monitoring reads: right series, from zero, and never a text."""

from __future__ import annotations

from typing import Any

import pytest

from bot.gateway.metrics import Metrics
from bot.messages import ABOUT
from bot.safety.phrase_floor import CRISIS_KINDS
from tests.unit.sms.stubs import FakeEngine, bubble, client, gateway


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


def test_every_series_stands_at_zero_from_the_start() -> None:
    metrics = Metrics()
    for kind in (*CRISIS_KINDS, "other"):
        assert value(metrics, "lamplight_escalations_total", kind=kind) == 0.0
    for topic in ("laws", "risks", "help", "community", "other"):
        assert value(metrics, "lamplight_unknowns_total", topic=topic) == 0.0
    for channel in ("web", "sms"):
        assert value(metrics, "lamplight_messages_total", channel=channel) == 0.0
    assert value(metrics, "lamplight_replies_total", kind="check_in") == 0.0


def test_an_escalation_is_counted_by_its_leading_kind() -> None:
    metrics = Metrics()
    metrics.answered("web", [bubble("", "escalation", **{ABOUT: "suicide"}), bubble("", "escalation")], 0.02)
    metrics.answered("web", [bubble("", "escalation", **{ABOUT: "words of a message"})], 0.02)
    assert value(metrics, "lamplight_escalations_total", kind="suicide") == 1.0
    assert value(metrics, "lamplight_escalations_total", kind="other") == 1.0
    assert value(metrics, "lamplight_replies_total", kind="escalation") == 2.0
    assert "words" not in metrics.render().decode()


def test_an_unknown_is_counted_by_topic() -> None:
    metrics = Metrics()
    metrics.answered("sms", [bubble("", "unknown", **{ABOUT: "laws"})])
    assert value(metrics, "lamplight_unknowns_total", topic="laws") == 1.0
    assert value(metrics, "lamplight_messages_total", channel="sms") == 1.0
    assert value(metrics, "lamplight_message_seconds_count") == 0.0


@pytest.mark.parametrize(
    ("replies", "fallbacks"),
    [
        ([bubble("", "notice", fallback=True)], 1.0),
        ([bubble("", "escalation", fallback=True), bubble("", "answer")], 0.0),
        ([bubble("", "answer")], 0.0),
    ],
    ids=["without Rasa", "the floor's bubble before Rasa's answer", "Rasa alone"],
)
def test_a_fallback_is_a_message_without_rasa(replies: list[dict[str, Any]], fallbacks: float) -> None:
    metrics = Metrics()
    metrics.answered("web", replies, 0.1)
    assert value(metrics, "lamplight_fallbacks_total") == fallbacks


def test_a_kind_that_is_none_of_ours_counts_as_other() -> None:
    metrics = Metrics()
    metrics.answered("web", [bubble("", "call 314-555-0101")])
    metrics.delivered("call 314-555-0101")
    assert value(metrics, "lamplight_replies_total", kind="other") == 1.0
    assert value(metrics, "lamplight_sms_sent_total", outcome="other") == 1.0
    assert "555-0101" not in metrics.render().decode()


async def test_people_never_see_what_a_bubble_was_counted_as() -> None:
    engine = FakeEngine(lambda text, payload: [bubble("An answer.", "unknown", **{ABOUT: "help"})])
    app = gateway(engine)
    async with client(app) as http:
        for text in ("a question", "I want to die"):
            replies = (await http.post("/chat/messages", json={"text": text})).json()["replies"]
            assert all(set(reply) == set(bubble("")) for reply in replies)
    metrics = app.state.gateway.metrics
    assert value(metrics, "lamplight_unknowns_total", topic="help") == 1.0
    assert value(metrics, "lamplight_escalations_total", kind="suicide") == 1.0


async def test_the_gauges_follow_the_engine_and_the_switch() -> None:
    engine = FakeEngine()
    app = gateway(engine, hotline_only=True, metrics_networks=("127.0.0.0/8",))
    async with client(app) as http:
        assert "lamplight_rasa_ready 1.0" in (text := (await http.get("/metrics")).text)
        assert "lamplight_hotline_only 1.0" in text
        assert "lamplight_state_reachable 1.0" in text
        engine.down = True
        assert "lamplight_rasa_ready 0.0" in (await http.get("/metrics")).text
