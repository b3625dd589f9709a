"""Conversation tokens: random, and gone after silence."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.state.store import Store

_TOKEN_BYTES = 24


@dataclass
class Session:
    """An open conversation as the gateway knows it. `sender` is its name inside Rasa."""

    token: str
    sender: str


class Sessions:
    """Issues and finds conversation tokens."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def find_or_start(self, token: str | None) -> Session:
        """Returns the conversation of a token; an unknown, forged or expired one starts a new conversation.

        Raises:
            StateUnavailable: nobody can say now whether the token is known.
        """
        kept = await self._store.get(token) if token else None
        if token and kept:
            return Session(token, kept.value)
        session = Session(new_token(), secrets.token_hex(16))
        await self._store.put(session.token, session.sender, None)
        return session

    async def end(self, token: str) -> Session | None:
        """Forgets a token and returns its conversation, or None where there was none.

        Raises:
            StateUnavailable: it cannot be forgotten now.
        """
        kept = await self._store.get(token)
        await self._store.delete(token)
        return Session(token, kept.value) if kept else None

    async def count(self) -> int:
        """Returns the number of open conversations."""
        return await self._store.count()


def new_token() -> str:
    """Returns a random token."""
    return secrets.token_urlsafe(_TOKEN_BYTES)
