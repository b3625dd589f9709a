"""How many texts a number, and all numbers together, may send."""

from __future__ import annotations

from enum import Enum

from limits import RateLimitItem, parse

from bot.state.limiter import Limiter

PER_NUMBER = (parse("15/minute"), parse("90/hour"), parse("300/day"))
OVERALL = parse("6000/minute")
ONE_NOTICE = parse("1/5 minutes")


class Verdict(Enum):
    """What the limits say about a text."""

    ANSWER = "answer"
    BUSY = "busy"
    """Everybody together writes too much: this text gets the lines without Rasa."""
    SLOW_DOWN = "slow_down"
    """This number writes too much, and has not been told for five minutes."""
    SILENT = "silent"
    """It has been told. No further reply, which is how a loop between two machines ends."""


class SmsLimits:
    """Counts texts in moving windows, by the sender's id."""

    def __init__(self, limiter: Limiter, per_number: tuple[RateLimitItem, ...] = PER_NUMBER, overall: RateLimitItem = OVERALL) -> None:
        self._limiter = limiter
        self._per_number = per_number
        self._overall = overall

    async def judge(self, sender_id: str) -> Verdict:
        """Counts one text.

        Raises:
            StateUnavailable: the counts cannot be reached.
        """
        within = True
        for limit in self._per_number:
            within &= await self._limiter.hit(limit, "sms", sender_id)
        if not within:
            return Verdict.SLOW_DOWN if await self._limiter.hit(ONE_NOTICE, "sms-notice", sender_id) else Verdict.SILENT
        return Verdict.ANSWER if await self._limiter.hit(self._overall, "sms-all") else Verdict.BUSY
