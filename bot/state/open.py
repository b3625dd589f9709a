"""Chooses, once, where everything is remembered."""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.settings import Settings
from bot.state.counts import FOLDER, Counts, FileCounts
from bot.state.limiter import Limiter
from bot.state.memory import MemoryStore
from bot.state.seal import Seal
from bot.state.store import StateUnavailable, Store
from bot.state.switch import FileSwitch, HotlineOnly


@dataclass(frozen=True)
class State:
    """All that a gateway or a Rasa worker remembers."""

    store: Callable[[str, float], Store]
    """The store of one kind of values, by its name and the seconds after which they end."""
    limiter: Limiter
    hashed: Callable[[str], str]
    """Hashes what must not be readable, the same way in every process that shares the state."""
    hotline_only: HotlineOnly
    gaps: Counts
    """Questions without an answer, by the nearest topic and the city."""
    votes: Counts
    """Whether answers helped, by passage and yes or no."""
    clock: Callable[[], float]
    """Seconds, comparable in every process that shares the state."""
    alive: Callable[[], Awaitable[bool]]
    close: Callable[[], Awaitable[None]]


def open_state(settings: Settings) -> State:
    """Opens Redis where the settings name it, else the memory of this process."""
    return _in_redis(settings) if settings.redis_url.get_secret_value() else in_memory(settings)


def in_memory(settings: Settings, clock: Callable[[], float] = time.monotonic) -> State:
    """Remembers in this process, and the switch and the counts in files of this checkout."""

    async def alive() -> bool:
        return True

    async def close() -> None:
        """Nothing is open."""

    return State(
        store=lambda kind, seconds: MemoryStore(seconds, clock),
        limiter=Limiter(),
        hashed=Seal(secrets.token_hex(32)).hashed,
        hotline_only=FileSwitch(settings.hotline_only),
        gaps=FileCounts(FOLDER / "gaps.sqlite", "topic", "city"),
        votes=FileCounts(FOLDER / "votes.sqlite", "passage", "helpful"),
        clock=clock,
        alive=alive,
        close=close,
    )


def _in_redis(settings: Settings) -> State:
    from bot.state.redis import RedisStore, connect, rate_storage, reaching_redis
    from bot.state.redis_tables import RedisCounts, RedisSwitch

    client = connect(settings.redis_url.get_secret_value())
    seal = Seal(settings.rasa_secret.get_secret_value())

    async def alive() -> bool:
        try:
            with reaching_redis():
                return bool(await client.ping())
        except StateUnavailable:
            return False

    async def close() -> None:
        await client.close(close_connection_pool=True)

    return State(
        store=lambda kind, seconds: RedisStore(client, seal, kind, seconds),
        limiter=Limiter(rate_storage(client)),
        hashed=seal.hashed,
        hotline_only=RedisSwitch(client, settings.hotline_only),
        gaps=RedisCounts(client, "gaps"),
        votes=RedisCounts(client, "votes"),
        clock=time.time,
        alive=alive,
        close=close,
    )
