"""HTTP/1.1 as the gateway speaks it: strict about where a request ends, and not to be blocked by who never ends one.

Uvicorn waits without limit for the head of a request, and answers a plain 503 to everybody once a number of connections
is open. A few hundred connections that send a byte now and then would be enough to keep the lines from everybody else.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""From the first byte of a request, or from the opening of the connection, to the end of its head."""
MOST_IDLE = 500
"""Connections without a request under way. The longest idle one is closed for a newcomer."""

_idle: dict[StrictProtocol, None] = {}
"""In the order in which they became idle."""


class StrictProtocol(H11Protocol):
    """One connection."""

    _head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Counts the connection as idle until its first request is complete."""
        super().connection_made(transport)
        self._head = self.loop.call_later(HEAD_SECONDS, transport.abort)
        self._now_idle()

    def data_received(self, data: bytes) -> None:
        """Reads on, and looks whether a head is complete now or has begun."""
        super().data_received(data)
        if self._is_answering():
            self._stop_waiting()
        elif self._head is None:
            self._head = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def handle_events(self) -> None:
        """Refuses a request with two lengths, which another server before us might end elsewhere (RFC 9112, 6.1)."""
        super().handle_events()
        names = {name for name, _ in self.headers or ()}
        if {b"content-length", b"transfer-encoding"} <= names:
            self.transport.abort()

    def on_response_complete(self) -> None:
        """Counts the connection as idle again."""
        super().on_response_complete()
        if not self._is_answering():
            self._now_idle()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        return self.conn.our_state is h11.SEND_RESPONSE or self.conn.our_state is h11.SEND_BODY

    def _now_idle(self) -> None:
        _idle[self] = None
        if len(_idle) > MOST_IDLE:
            oldest = next(iter(_idle))
            oldest._stop_waiting()
            oldest.transport.abort()

    def _stop_waiting(self) -> None:
        _idle.pop(self, None)
        if self._head is not None:
            self._head.cancel()
            self._head = None
