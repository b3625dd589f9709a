"""Texts that a provider sends twice: answered with the same words, and handled once."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Awaitable, Callable, Iterable

from bot.state.store import StateUnavailable, Store

REPLAY_SECONDS = 600.0

Work = Callable[[], Awaitable[list[str]]]


class Replays:
    """Remembers replies by message id, on whichever gateway the text came in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def once(self, message: str, patience: float, work: Work) -> list[str]:
        """Returns the replies to a message, those of before where it was handled; a replay waits for the first handling.

        Raises:
            StateUnavailable: nobody can say now whether it was handled.
        """
        async with self._store.turn(message, patience):
            kept = await self._store.get(message)
            if kept:
                return list(json.loads(kept.value))
            texts = await work()
            with contextlib.suppress(StateUnavailable):  # then a replay is handled again, which is better than no reply now
                await self._store.put(message, json.dumps(texts), None)
            return texts

    async def forget_replies(self, messages: Iterable[str]) -> None:
        """Keeps that the messages were handled, and nothing of what was answered.

        Raises:
            StateUnavailable: that cannot be done now.
        """
        for message in messages:
            kept = await self._store.get(message)
            if kept:
                await self._store.put(message, "[]", kept)
