"""Erases conversations in Rasa, and here: now, or with the next try where Rasa or what is remembered cannot be reached."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from bot.state.store import StateUnavailable

_PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 5.0
_MOST_LEFT = 10_000
"""Names, and tokens, that may wait: whoever sends others while Rasa or Redis is away cannot fill the memory. The rest ends with its silence."""


class Erasures:
    """What is still to be erased in Rasa is known by its random name only; what is to be ended here, by its token."""

    def __init__(self, erase: Callable[[str], Awaitable[bool]]) -> None:
        self._erase = erase
        self._left: set[str] = set()
        self._unended: dict[str, Callable[[str], Awaitable[None]]] = {}

    async def erase(self, name: str) -> None:
        """Erases without making anybody wait long."""
        erased = False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                erased = await self._erase(name)
        if not erased and len(self._left) < _MOST_LEFT:
            self._left.add(name)

    async def end(self, token: str, end: Callable[[str], Awaitable[None]]) -> None:
        """Ends a conversation by its token, which is tried again where that is not possible now.

        Raises:
            StateUnavailable: it is not ended yet.
        """
        try:
            await end(token)
        except StateUnavailable:
            if len(self._unended) < _MOST_LEFT:
                self._unended[token] = end
            raise

    async def retry(self) -> None:
        """Tries what is left once more."""
        for token, end in list(self._unended.items()):
            try:
                await end(token)
            except StateUnavailable:
                break  # nor would it hear the others
            self._unended.pop(token, None)
        names, self._left = self._left, set()
        for name in names:
            await self.erase(name)

    async def run(self) -> None:
        """Retries until cancelled."""
        while True:
            await asyncio.sleep(_PAUSE_SECONDS)
            await self.retry()
