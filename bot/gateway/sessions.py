"""Conversation tokens: random, in memory, gone after silence."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_TOKEN_BYTES = 24


@dataclass
class Session:
    """An open conversation as the gateway knows it. `sender` is its name inside Rasa."""

    token: str
    sender: str
    expires: float
    order: asyncio.Lock = field(default_factory=asyncio.Lock)


class Sessions:
    """Issues and finds conversation tokens."""

    def __init__(self, minutes: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = minutes * 60
        self._clock = clock
        self._open: dict[str, Session] = {}

    def find_or_start(self, token: object) -> Session:
        """Returns the conversation of a token; an unknown, forged or expired one starts a new conversation."""
        self._drop_expired()
        session = self._open.pop(token, None) if isinstance(token, str) else None
        if session is None:
            fresh = secrets.token_urlsafe(_TOKEN_BYTES)
            session = Session(fresh, secrets.token_hex(16), 0.0)
        session.expires = self._clock() + self._seconds
        self._open[session.token] = session  # the order of the dict is the order of expiry
        return session

    def end(self, token: str) -> Session | None:
        """Forgets a token and returns its conversation, or None where there was none."""
        self._drop_expired()
        return self._open.pop(token, None)

    def __len__(self) -> int:
        self._drop_expired()
        return len(self._open)

    def _drop_expired(self) -> None:
        now = self._clock()
        while self._open:
            token = next(iter(self._open))
            if self._open[token].expires > now:
                return
            del self._open[token]
