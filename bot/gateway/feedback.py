"""Counts whether answers helped, per passage; no text, no conversation and no address goes with a vote."""

from __future__ import annotations

from typing import Any

from prometheus_client import CollectorRegistry, Counter

from bot.messages import is_payload
from bot.state.counts import Counts, add_if_possible

_MOST_PASSAGES = 500
_OTHER = "other"


class Feedback:
    """Counts by passage and vote, here and in a table, bounded so that invented names can fill neither."""

    def __init__(self, registry: CollectorRegistry, votes: Counts) -> None:
        self._counter = Counter("lamplight_feedback", "Votes on answers", ["passage", "helpful"], registry=registry)
        self._table = votes
        self._passages: set[str] = set()

    async def count(self, passage: str, helpful: bool) -> None:
        """Counts one vote; past the bound a new passage counts as "other"."""
        if passage not in self._passages and len(self._passages) >= _MOST_PASSAGES:
            passage = _OTHER
        self._passages.add(passage)
        vote = (passage, "yes" if helpful else "no")
        self._counter.labels(*vote).inc()
        await add_if_possible(self._table, *vote)


def read_vote(body: dict[str, Any]) -> tuple[str, bool] | None:
    """Returns the passage and the vote of a request, or None where it is not a vote."""
    passage, helpful = body.get("passage"), body.get("helpful")
    if not isinstance(passage, str) or not isinstance(helpful, bool) or not is_payload(f"passage:{passage}"):
        return None
    return passage, helpful
