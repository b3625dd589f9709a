"""One deadline for a webhook, and whether Rasa's queue is short enough to meet it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

MOST_WAITING = 100
"""Texts that may wait for Rasa at once, however fast it answers."""
_FIRST_PACE = 0.02
_WEIGHT = 0.2
_SHARE = 0.5
"""Of the time that is left, so much may be spent in the queue: its length is an estimate."""

Clock = Callable[[], float]


class Deadline:
    """When a webhook must have answered: taken once, when the request comes in, and the same for all that follows."""

    def __init__(self, seconds: float, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Returns the seconds that are left, 0 where there are none."""
        return max(0.0, self._end - self._clock())


WHENEVER = Deadline(float("inf"))
"""For who waits as long as it takes, such as a person who tries the texts in a terminal."""


class EngineQueue:
    """Counts who waits for Rasa, which answers one after the other, and how quickly it does."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._waiting = 0
        self._pace = _FIRST_PACE
        self._moved = clock()

    def expected_seconds(self) -> float:
        """Returns how long a further text would wait: those before it times the pace, or times the present standstill."""
        standstill = self._clock() - self._moved if self._waiting else 0.0
        return (self._waiting + 1) * max(self._pace, standstill)

    def is_short_enough(self, deadline: Deadline) -> bool:
        """Whether a further text would be answered in time. If not, it gets the lines at once instead of at the deadline.

        Where nobody waits one is always tried, or a slow hour would never be found to be over.
        """
        if not self._waiting:
            return deadline.left() > 0
        return self._waiting < MOST_WAITING and self.expected_seconds() <= _SHARE * deadline.left()

    @contextlib.contextmanager
    def place(self) -> Iterator[None]:
        """Stands in the queue for as long as the block lasts."""
        if not self._waiting:
            self._moved = self._clock()
        self._waiting += 1
        try:
            yield
        finally:
            now = self._clock()
            self._pace += _WEIGHT * (now - self._moved - self._pace)
            self._moved = now
            self._waiting -= 1
