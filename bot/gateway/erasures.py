"""Erases conversations in Rasa: now, or with the next try where Rasa cannot be reached."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

_PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 5.0


class Erasures:
    """What is still to be erased is known by its random name only."""

    def __init__(self, erase: Callable[[str], Awaitable[bool]]) -> None:
        self._erase = erase
        self._left: set[str] = set()

    async def erase(self, name: str) -> None:
        """Erases without making anybody wait long."""
        erased = False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                erased = await self._erase(name)
        if not erased:
            self._left.add(name)

    async def retry(self) -> None:
        """Tries what is left once more."""
        names, self._left = self._left, set()
        for name in names:
            await self.erase(name)

    async def run(self) -> None:
        """Retries until cancelled."""
        while True:
            await asyncio.sleep(_PAUSE_SECONDS)
            await self.retry()
