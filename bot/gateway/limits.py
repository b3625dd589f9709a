"""Rate limits by conversation and by address; an address is kept only as a keyed hash, in memory."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

MAX_BODY_BYTES = 64 * 1024
MAX_TEXT_CHARACTERS = 2000
PER_CONVERSATION = parse("30/minute")
PER_ADDRESS = parse("120/minute")


class RateLimits:
    """Counts messages in a moving window."""

    def __init__(self, per_conversation: RateLimitItem = PER_CONVERSATION, per_address: RateLimitItem = PER_ADDRESS) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._key = secrets.token_bytes(32)
        self._per_conversation = per_conversation
        self._per_address = per_address

    async def allows(self, conversation: str | None, address: str) -> bool:
        """Counts one message and says whether it is within both limits."""
        within = await self._limiter.hit(self._per_address, "address", self._hashed(address))
        if conversation:
            within &= await self._limiter.hit(self._per_conversation, "conversation", self._hashed(conversation))
        return within

    def _hashed(self, value: str) -> str:
        return hmac.new(self._key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
