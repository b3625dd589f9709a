"""Rate limits by conversation and by address; both are kept only as keyed hashes."""

from __future__ import annotations

from collections.abc import Callable

from limits import RateLimitItem, parse

from bot.state.limiter import Limiter

MAX_BODY_BYTES = 64 * 1024
MAX_TEXT_CHARACTERS = 2000
PER_CONVERSATION = parse("30/minute")
PER_ADDRESS = parse("120/minute")


class RateLimits:
    """Counts messages, or whatever `counted` names, in a moving window."""

    def __init__(
        self,
        limiter: Limiter,
        hashed: Callable[[str], str],
        counted: str,
        per_conversation: RateLimitItem = PER_CONVERSATION,
        per_address: RateLimitItem = PER_ADDRESS,
    ) -> None:
        self._limiter = limiter
        self._hashed = hashed
        self._counted = counted
        self._per_conversation = per_conversation
        self._per_address = per_address

    async def allows(self, conversation: str | None, address: str) -> bool:
        """Counts one message and says whether it is within both limits.

        Raises:
            StateUnavailable: the counts cannot be reached.
        """
        within = await self._limiter.hit(self._per_address, self._counted, "address", self._hashed(address))
        if conversation:
            within &= await self._limiter.hit(self._per_conversation, self._counted, "conversation", self._hashed(conversation))
        return within
