"""Counts in moving windows, with the well-kept `limits` library."""

from __future__ import annotations

from limits import RateLimitItem
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError

from bot.state.store import StateUnavailable


class Limiter:
    """Says whether something happens too often; counts in this process unless given another storage."""

    def __init__(self, storage: Storage | None = None) -> None:
        self._windows = MovingWindowRateLimiter(storage or MemoryStorage())

    async def hit(self, limit: RateLimitItem, *identifiers: str) -> bool:
        """Counts one event and says whether it is within the limit.

        Raises:
            StateUnavailable: the counts cannot be reached.
        """
        try:
            return await self._windows.hit(limit, *identifiers)
        except StorageError as error:
            raise StateUnavailable(type(error.storage_error).__name__) from None
