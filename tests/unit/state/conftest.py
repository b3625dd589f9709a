"""Every test of this folder runs on the memory of the process and on a real Redis."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable

import pytest
from redis.asyncio import Redis

from bot.settings import Settings
from bot.state.open import State, open_state
from tests.gateway_process import SECRET, RedisProcess

OpenState = Callable[[], State]


@pytest.fixture
async def redis(redis_server: RedisProcess) -> AsyncIterator[Redis]:
    """A plain client, to see what is really there."""
    client = Redis.from_url(redis_server.url)
    await client.flushall()
    yield client
    await client.close(close_connection_pool=True)


@pytest.fixture
async def shared(redis_server: RedisProcess, redis: Redis) -> AsyncIterator[OpenState]:
    """Opens the state in Redis as one more process would."""
    opened: list[State] = []

    def another() -> State:
        opened.append(open_state(Settings(redis_url=redis_server.url, rasa_secret=SECRET)))
        return opened[-1]

    yield another
    for state in opened:
        await state.close()


@pytest.fixture(params=["memory", "redis"])
def state(request: pytest.FixtureRequest) -> State:
    """Either state, with the same contract."""
    return open_state(Settings()) if request.param == "memory" else request.getfixturevalue("shared")()


@pytest.fixture
def name() -> str:
    return secrets.token_hex(8)
