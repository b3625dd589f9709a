"""The one interface to whatever is remembered of conversations; `memory.py` and `redis.py` stand behind it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol


class StateUnavailable(RuntimeError):
    """What is remembered cannot be reached or relied on now. Never to be taken for "nothing is remembered"."""


class StateChanged(StateUnavailable):
    """Somebody else wrote the value after it was read, so it was not written over."""


@dataclass(frozen=True)
class Kept:
    """A value, and a mark that every write changes."""

    value: str
    mark: bytes


class Store(Protocol):
    """Values by name. Each ends after the store's seconds without a `get` or a `put`.

    Every method raises `StateUnavailable` where the values cannot be reached.
    """

    async def get(self, name: str) -> Kept | None:
        """Returns a value and moves its end away, or None where there is none."""

    async def put(self, name: str, value: str, over: Kept | None) -> Kept:
        """Writes a value over the one that was read, and returns it; `over` is None where there was none.

        Raises:
            StateChanged: another value stands there by now.
        """

    async def delete(self, name: str) -> None:
        """Forgets a value at once; an unknown name is no error."""

    async def count(self) -> int:
        """Returns how many values there are."""

    def turn(self, name: str, patience: float, ticket: str | None = None) -> AbstractAsyncContextManager[None]:
        """Waits until everybody who asked for the name before is done, at most `patience` seconds.

        Whoever comes with the ticket of a holder that may be dead takes over from it.

        Raises:
            StateUnavailable: the turn did not come in time.
        """
