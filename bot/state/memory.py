"""Values in the memory of this process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.state.store import Kept, StateChanged, StateUnavailable

MOST_VALUES = 100_000
"""Beyond it the value that was silent for longest goes, so that nobody can fill the memory."""


class Turns:
    """Lets those who ask for a name in one by one, in the order in which they asked."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, name: str, patience: float, ticket: str | None = None) -> AsyncIterator[None]:
        """Waits for the turn, at most `patience` seconds. No holder can die alone here, so the ticket plays no part.

        Raises:
            StateUnavailable: it did not come.
        """
        lock = self._locks.setdefault(name, asyncio.Lock())
        try:
            async with asyncio.timeout(patience):
                await lock.acquire()
        except TimeoutError:
            raise StateUnavailable("the turn did not come") from None
        try:
            yield
        finally:
            lock.release()


class MemoryStore(Turns):
    """A `Store` that ends with its process."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._clock = clock
        self._kept: dict[str, tuple[float, Kept]] = {}
        self._writes = 0
        self._timer: asyncio.TimerHandle | None = None

    async def get(self, name: str) -> Kept | None:
        """See `Store`."""
        self._drop_expired()
        if name not in self._kept:
            return None
        _, kept = self._kept.pop(name)
        return self._keep(name, kept)

    async def put(self, name: str, value: str, over: Kept | None) -> Kept:
        """See `Store`."""
        self._drop_expired()
        _, kept = self._kept.pop(name, (0.0, None))
        if (kept.mark if kept else None) != (over.mark if over else None):
            if kept:
                self._keep(name, kept)
            raise StateChanged("the value was written by somebody else")
        return self._keep(name, self._marked(value))

    async def delete(self, name: str) -> None:
        """See `Store`."""
        self._kept.pop(name, None)

    async def count(self) -> int:
        """See `Store`."""
        self._drop_expired()
        return len(self._kept)

    def held(self) -> list[tuple[str, str, float]]:
        """Returns the name, the value and the seconds left of each, the next to end first: what the store of a successor takes."""
        self._drop_expired()
        now = self._clock()
        return [(name, kept.value, end - now) for name, (end, kept) in self._kept.items()]

    def take(self, held: Iterable[tuple[str, str, float]]) -> None:
        """Keeps what another store held, each value for the seconds that it had left."""
        for name, value, seconds in held:
            self._keep(name, self._marked(value), seconds)

    def _marked(self, value: str) -> Kept:
        self._writes += 1
        return Kept(value, self._writes.to_bytes(8, "big"))

    def _keep(self, name: str, kept: Kept, left: float | None = None) -> Kept:
        seconds = self._seconds if left is None else left
        self._kept[name] = (self._clock() + seconds, kept)  # the order of the dict is the order of expiry
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(seconds, self._on_timer)
        return kept

    def _on_timer(self) -> None:
        self._drop_expired()
        left = next(iter(self._kept.values()), None)
        wait = left[0] - self._clock() if left else 0.0
        self._timer = asyncio.get_running_loop().call_later(max(wait, 0.01), self._on_timer) if left else None

    def _drop_expired(self) -> None:
        now = self._clock()
        while self._kept:
            name = next(iter(self._kept))
            if self._kept[name][0] > now and len(self._kept) <= MOST_VALUES:
                return
            del self._kept[name]
