"""Counts whether answers helped, per passage; no text, no conversation and no address goes with a vote."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from prometheus_client import CollectorRegistry, Counter

from bot.safety.model_files import PASSAGES_FILE, ModelRefused, verify
from bot.settings import MODELS
from bot.state.counts import Counts, add_if_possible


class Feedback:
    """Counts by passage and vote, here and in a table. Whoever sends votes can write into neither: only ids of passages are counted."""

    def __init__(self, registry: CollectorRegistry, votes: Counts) -> None:
        self._counter = Counter("lamplight_feedback", "Votes on answers", ["passage", "helpful"], registry=registry)
        self._table = votes

    async def count(self, passage: str, helpful: bool) -> None:
        """Counts one vote for the id of a passage."""
        vote = (passage, "yes" if helpful else "no")
        self._counter.labels(*vote).inc()
        await add_if_possible(self._table, *vote)


async def read_vote(body: dict[str, Any]) -> tuple[str, bool] | None:
    """Returns the passage and the vote of a request, or None where it is not a vote on a passage of the model in place."""
    passage, helpful = body.get("passage"), body.get("helpful")
    if not isinstance(passage, str) or not isinstance(helpful, bool) or passage not in await asyncio.to_thread(_passage_ids):
        return None
    return passage, helpful


def _passage_ids() -> frozenset[str]:
    """Returns the ids that training packed, read anew each time so that a newer model's count at once; none without a whole model."""
    try:
        verify(MODELS, [PASSAGES_FILE])
        return frozenset(json.loads((MODELS / PASSAGES_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, ModelRefused):
        return frozenset()
