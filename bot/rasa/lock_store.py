"""One message of a conversation at a time, whichever worker it is sent to."""

from __future__ import annotations

from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, AsyncGenerator, Optional

from rasa.core.lock_store import LOCK_LIFETIME, LockStore
from rasa.utils.endpoints import EndpointConfig

from bot.state.memory import MemoryStore
from bot.state.store import Store

TURN_SECONDS = 8.0
"""The gateway waits no longer for a reply to the web; a text message may wait for its turn again."""

ticket: ContextVar[Optional[str]] = ContextVar("ticket", default=None)
"""Set by the input channel: the ticket of the message that this task handles."""


class TurnLockStore(LockStore):
    """Rasa's own locks are polled once a second, and in Redis never expire."""

    def __init__(self, endpoint_config: Optional[EndpointConfig] = None, store: Optional[Store] = None) -> None:
        self._store = store or MemoryStore(TURN_SECONDS)

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 1
    ) -> AsyncGenerator[Any, None]:
        """Waits for the turn of the message that is being handled.

        Raises:
            StateUnavailable: it did not come in time, or the locks cannot be reached.
        """
        async with self._store.turn(conversation_id, TURN_SECONDS, ticket.get()):
            yield
