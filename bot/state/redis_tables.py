"""What Redis holds beside conversations: the off switch and the counts of unanswered questions."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime

from redis.asyncio import Redis

from bot.gaps import HIDDEN_BELOW, Gap, week_of
from bot.state.redis import PREFIX, reaching_redis
from bot.state.store import StateUnavailable

_SWITCH = f"{PREFIX}:hotline-only"
_GAPS = f"{PREFIX}:gaps"
_GAP_SECONDS = 400 * 24 * 3600
_BETWEEN = "|"


class RedisSwitch:
    """The off switch of every gateway. Each gateway remembers it and puts it back where Redis lost it."""

    def __init__(self, client: Redis, start_value: bool) -> None:
        self._client = client
        self._last = start_value
        self._known = False

    async def is_on(self) -> bool:
        """See `HotlineOnly`. While Redis is away, what was last known holds."""
        with contextlib.suppress(StateUnavailable), reaching_redis():
            word = await self._client.get(_SWITCH)
            if word is None and self._known:
                await self._client.set(_SWITCH, _word(self._last), nx=True)
            elif word is not None:
                self._last, self._known = word == b"on", True
        return self._last

    async def set(self, on: bool) -> None:
        """See `HotlineOnly`.

        Raises:
            StateUnavailable: Redis is away.
        """
        with reaching_redis():
            await self._client.set(_SWITCH, _word(on))


class RedisGaps:
    """See `GapTable`. One hash a week, which ends after 400 days."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def count(self, topic: str, city: str | None, today: date | None = None) -> None:
        """See `GapTable`."""
        key = f"{_GAPS}:{week_of(today or datetime.now(UTC).date())}"
        with reaching_redis():
            await self._client.hincrby(key, _BETWEEN.join((topic, city or "none")), 1)
            await self._client.expire(key, _GAP_SECONDS)

    async def rows(self, hidden_below: int = HIDDEN_BELOW) -> list[Gap]:
        """See `GapTable`."""
        found = []
        with reaching_redis():
            async for key in self._client.scan_iter(f"{_GAPS}:*"):
                for place, count in (await self._client.hgetall(key)).items():
                    topic, city = place.decode().split(_BETWEEN)
                    found.append(Gap(key.decode().rpartition(":")[2], topic, city, int(count)))
        shown = [gap for gap in found if gap.count >= hidden_below]
        return sorted(sorted(shown, key=lambda gap: -gap.count), key=lambda gap: gap.week, reverse=True)


def _word(on: bool) -> str:
    return "on" if on else "off"
