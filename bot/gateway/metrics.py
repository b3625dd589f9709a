"""Counts for Prometheus: no text, no address, no token. Every label is one of ours; whatever else comes counts as "other"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.messages import ABOUT
from bot.safety.phrase_floor import CRISIS_KINDS

_OUTCOMES = frozenset({"sent", "stopped", "failed", "queued", "sending", "delivered", "undelivered", "delivery_failed", "sending_failed"})
_KINDS = ("answer", "escalation", "check_in", "refusal", "unknown", "clarification", "smalltalk", "notice")
_TOPICS = ("laws", "risks", "help", "community")
_OTHER = "other"


class Metrics:
    """What the gateway counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._messages = Counter("lamplight_messages", "Messages answered", ["channel"], registry=self.registry)
        self._replies = Counter("lamplight_replies", "First replies by kind", ["kind"], registry=self.registry)
        self._escalations = Counter("lamplight_escalations", "Escalations by leading crisis kind", ["kind"], registry=self.registry)
        self._unknowns = Counter("lamplight_unknowns", "Questions without an answer, by nearest topic", ["topic"], registry=self.registry)
        self._fallbacks = Counter("lamplight_fallbacks", "Messages answered without Rasa", registry=self.registry)
        self._errors = Counter("lamplight_errors", "Requests refused, by code", ["code"], registry=self.registry)
        self._seconds = Histogram("lamplight_message_seconds", "Time to answer a message", registry=self.registry)
        self._texts = Counter("lamplight_sms_sent", "Text messages of ours, by what became of them", ["outcome"], registry=self.registry)
        self.conversations = Gauge("lamplight_conversations", "Open conversations of the web", registry=self.registry)
        self.restarts = Gauge("lamplight_rasa_restarts", "Restarts of Rasa", registry=self.registry)
        self.ready = Gauge("lamplight_rasa_ready", "1 while Rasa has its model", registry=self.registry)
        self.remembering = Gauge(
            "lamplight_state_reachable", "1 while Redis, or the memory in its place, can be reached", registry=self.registry
        )
        self.hotline_only = Gauge("lamplight_hotline_only", "1 while the off switch is on", registry=self.registry)
        self._start_at_zero()

    def answered(self, channel: str, replies: Sequence[dict[str, Any]], seconds: float | None = None) -> None:
        """Counts one answered message; `seconds` where it took the whole way."""
        first = replies[0]
        about = first.get(ABOUT)
        self._messages.labels(channel).inc()
        self._replies.labels(first["kind"] if first["kind"] in _KINDS else _OTHER).inc()
        if first["kind"] == "escalation":
            self._escalations.labels(about if about in CRISIS_KINDS else _OTHER).inc()
        if first["kind"] == "unknown":
            self._unknowns.labels(about if about in _TOPICS else _OTHER).inc()
        if all(reply["fallback"] for reply in replies):
            self._fallbacks.inc()
        if seconds is not None:
            self._seconds.observe(seconds)

    def delivered(self, outcome: str) -> None:
        """Counts what a provider says of a text message of ours."""
        self._texts.labels(outcome if outcome in _OUTCOMES else _OTHER).inc()

    def refused(self, code: str) -> None:
        """Counts one refused request."""
        self._errors.labels(code).inc()

    def _start_at_zero(self) -> None:
        """Shows every series from the start: Prometheus cannot see a rise from nothing to one."""
        for channel in ("web", "sms"):
            self._messages.labels(channel)
        for kind in (*_KINDS, _OTHER):
            self._replies.labels(kind)
        for kind in (*CRISIS_KINDS, _OTHER):
            self._escalations.labels(kind)
        for topic in (*_TOPICS, _OTHER):
            self._unknowns.labels(topic)
        for outcome in (*_OUTCOMES, _OTHER):
            self._texts.labels(outcome)

    def render(self) -> bytes:
        """Returns the text format of Prometheus."""
        return generate_latest(self.registry)
