"""Values in Redis, shared by every gateway and every Rasa worker."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from limits.aio.storage import RedisStorage
from packaging.version import Version
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as BrokenConnection
from redis.exceptions import RedisError

from bot.state.seal import NONCE_BYTES, Seal
from bot.state.store import Kept, StateChanged, StateUnavailable

PREFIX = "lamplight"
TIMEOUT_SECONDS = 1.0
LEASE_SECONDS = 10.0
"""A holder or waiter that has not been heard of for so long loses its turn."""
_POLL_SECONDS = 0.02
_MOST_CONNECTIONS = 100

# Writes KEYS[1] where the mark that stands there is the one that was read.
_PUT = f"""
if redis.call('GETRANGE', KEYS[1], 0, {NONCE_BYTES - 1}) ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return 1
"""

# KEYS: the tickets in order, and until when each is waited for. ARGV: a ticket, the lease in milliseconds.
_NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)"
_EXTEND = """
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
"""
_ASK = f"""{_NOW}
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
  redis.call('LREM', KEYS[1], 0, gone)
  redis.call('ZREM', KEYS[2], gone)
end
if not redis.call('ZSCORE', KEYS[2], ARGV[1]) then redis.call('RPUSH', KEYS[1], ARGV[1]) end
{_EXTEND}
if redis.call('LINDEX', KEYS[1], 0) == ARGV[1] then return 1 end
return 0
"""
_RENEW = f"""{_NOW}
if redis.call('ZSCORE', KEYS[2], ARGV[1]) then {_EXTEND} end
"""
_LEAVE = "redis.call('LREM', KEYS[1], 0, ARGV[1]) redis.call('ZREM', KEYS[2], ARGV[1])"


def connect(url: str) -> Redis:
    """Returns a client that connects with its first command; it waits a second at most for anything.

    A command on a connection that broke since its last use is sent once more on a new one.
    """
    options: dict[str, Any] = {"ssl_check_hostname": True} if url.startswith("rediss:") else {}
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=_MOST_CONNECTIONS,
        timeout=TIMEOUT_SECONDS,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 1),
        retry_on_error=[BrokenConnection],
        **options,
    )
    return Redis(connection_pool=pool)


class _RateStorage(RedisStorage):
    """Rasa pins redis-py below 5. What the moving window needs is the same in 4.6; the tests run it."""

    DEPENDENCIES = {"redis": Version("4.6.0")}


def rate_storage(client: Redis) -> RedisStorage:
    """Returns the storage of the `limits` library on the same connections."""
    options: dict[str, Any] = {"connection_pool": client.connection_pool}
    return _RateStorage("redis://", wrap_exceptions=True, implementation="redispy", key_prefix=f"{PREFIX}:limits", **options)


@contextmanager
def reaching_redis() -> Iterator[None]:
    """Says in our own words that Redis failed; its own could hold keys or the address."""
    try:
        yield
    except (RedisError, OSError, TimeoutError) as error:
        raise StateUnavailable(type(error).__name__) from None


class RedisStore:
    """A `Store` of one kind of values. Redis itself lets them expire."""

    def __init__(self, client: Redis, seal: Seal, kind: str, seconds: float) -> None:
        self._client = client
        self._seal = seal
        self._kind = kind
        self._milliseconds = int(1000 * seconds)
        self._put, self._ask, self._renew, self._leave = map(client.register_script, (_PUT, _ASK, _RENEW, _LEAVE))

    async def get(self, name: str) -> Kept | None:
        """See `Store`."""
        key = self._key(name)
        with reaching_redis():
            sealed = await self._client.getex(key, px=self._milliseconds)
        return Kept(self._seal.opened(key, sealed), sealed[:NONCE_BYTES]) if sealed else None

    async def put(self, name: str, value: str, over: Kept | None) -> Kept:
        """See `Store`."""
        key = self._key(name)
        sealed = self._seal.closed(key, value)
        with reaching_redis():
            written = await self._put([key], [sealed, over.mark if over else b"", self._milliseconds])
        if not written:
            raise StateChanged("the value was written by somebody else")
        return Kept(value, sealed[:NONCE_BYTES])

    async def delete(self, name: str) -> None:
        """See `Store`."""
        with reaching_redis():
            await self._client.delete(self._key(name))

    async def count(self) -> int:
        """See `Store`."""
        with reaching_redis():
            return sum([1 async for _ in self._client.scan_iter(f"{PREFIX}:{self._kind}:*", count=1000)])

    @asynccontextmanager
    async def turn(self, name: str, patience: float, ticket: str | None = None) -> AsyncIterator[None]:
        """See `Store`. The holder's lease is renewed while it works."""
        hashed = self._seal.hashed(name)
        keys = [f"{PREFIX}:turn-{self._kind}:{hashed}", f"{PREFIX}:lease-{self._kind}:{hashed}"]
        mine = [ticket or secrets.token_hex(8), int(1000 * LEASE_SECONDS)]
        renewal: asyncio.Task[None] | None = None
        try:
            try:
                async with asyncio.timeout(patience):
                    while not await self._asked(keys, mine):
                        await asyncio.sleep(_POLL_SECONDS)
            except TimeoutError:
                raise StateUnavailable("the turn did not come") from None
            renewal = asyncio.create_task(self._keep_renewing(keys, mine))
            yield
        finally:
            if renewal:
                renewal.cancel()
            with contextlib.suppress(StateUnavailable), reaching_redis():
                await self._leave(keys, mine)

    async def _asked(self, keys: list[str], mine: list[Any]) -> bool:
        asking = asyncio.ensure_future(self._ask(keys, mine))
        try:
            with reaching_redis():
                return bool(await asyncio.shield(asking))
        except asyncio.CancelledError:
            await asyncio.gather(asking, return_exceptions=True)  # or it could reach Redis after we have left
            raise

    async def _keep_renewing(self, keys: list[str], mine: list[Any]) -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 3)
            with contextlib.suppress(StateUnavailable), reaching_redis():
                await self._renew(keys, mine)

    def _key(self, name: str) -> str:
        return f"{PREFIX}:{self._kind}:{self._seal.hashed(name)}"
