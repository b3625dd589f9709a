"""What Redis holds beside conversations: the off switch and the tables of counts."""

from __future__ import annotations

import contextlib
from datetime import date

from redis.asyncio import Redis

from bot.state.counts import HIDDEN_BELOW, Count, latest_first, week_of
from bot.state.redis import PREFIX, reaching_redis
from bot.state.store import StateUnavailable

_SWITCH = f"{PREFIX}:hotline-only"
_COUNT_SECONDS = 400 * 24 * 3600
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


class RedisCounts:
    """See `Counts`. One hash a week, which ends after 400 days."""

    def __init__(self, client: Redis, table: str) -> None:
        self._client = client
        self._table = f"{PREFIX}:{table}"

    async def add(self, *labels: str, today: date | None = None) -> None:
        """See `Counts`."""
        key = f"{self._table}:{week_of(today)}"
        with reaching_redis():
            await self._client.hincrby(key, _BETWEEN.join(labels), 1)
            await self._client.expire(key, _COUNT_SECONDS)

    async def rows(self, hidden_below: int = HIDDEN_BELOW) -> list[Count]:
        """See `Counts`."""
        found = []
        with reaching_redis():
            async for key in self._client.scan_iter(f"{self._table}:*"):
                for labels, count in (await self._client.hgetall(key)).items():
                    found.append(Count(key.decode().rpartition(":")[2], tuple(labels.decode().split(_BETWEEN)), int(count)))
        return latest_first([count for count in found if count.count >= hidden_below])


def _word(on: bool) -> str:
    return "on" if on else "off"
