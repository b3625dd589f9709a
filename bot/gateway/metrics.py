"""Counts for Prometheus: no text, no address, no token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_OUTCOMES = frozenset({"sent", "stopped", "failed", "queued", "sending", "delivered", "undelivered", "delivery_failed", "sending_failed"})


class Metrics:
    """What the gateway counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._messages = Counter("lamplight_messages", "Messages answered", ["channel"], registry=self.registry)
        self._replies = Counter("lamplight_replies", "First replies by kind", ["kind"], registry=self.registry)
        self._fallbacks = Counter("lamplight_fallbacks", "Messages answered without Rasa", registry=self.registry)
        self._errors = Counter("lamplight_errors", "Requests refused, by code", ["code"], registry=self.registry)
        self._seconds = Histogram("lamplight_message_seconds", "Time to answer a message", registry=self.registry)
        self._texts = Counter("lamplight_sms_sent", "Text messages of ours, by what became of them", ["outcome"], registry=self.registry)
        self.conversations = Gauge("lamplight_conversations", "Open conversations", registry=self.registry)
        self.restarts = Gauge("lamplight_rasa_restarts", "Restarts of Rasa", registry=self.registry)

    def answered(self, channel: str, replies: Sequence[dict[str, Any]], seconds: float) -> None:
        """Counts one answered message."""
        self._messages.labels(channel).inc()
        self._replies.labels(replies[0]["kind"]).inc()
        self._seconds.observe(seconds)
        if replies[0]["fallback"]:
            self._fallbacks.inc()

    def delivered(self, outcome: str) -> None:
        """Counts what a provider says of a text message of ours."""
        self._texts.labels(outcome if outcome in _OUTCOMES else "other").inc()

    def refused(self, code: str) -> None:
        """Counts one refused request."""
        self._errors.labels(code).inc()

    def render(self) -> bytes:
        """Returns the text format of Prometheus."""
        return generate_latest(self.registry)
