"""What is remembered of each number while people text: by its hash, gone after silence."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.gateway.sessions import Session
from bot.state.store import Kept, Store

QUIET_SECONDS = 600.0
"""After this long without a text somebody else may hold the phone, so nothing of before is shown."""
_TURN_SECONDS = 60.0
_MOST_HANDLED = 200


@dataclass(frozen=True)
class Option:
    """A button as a text message has it: picked by its number."""

    title: str
    payload: str


@dataclass
class Thread:
    """One number's conversation. `session.sender` is its name inside Rasa, random and anew after silence."""

    session: Session
    seen: float
    language: str | None = None
    introduced: bool = False
    alert: bool = False
    """An escalation or a check-in came before, and SAFE did not follow it."""
    reminds: bool = False
    """The care of before the silence is kept as a reminder that names no kind."""
    pages: list[str] = field(default_factory=list)
    rest: Option | None = None
    options: list[Option] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    last_text: str = ""
    repeats: list[float] = field(default_factory=list)
    handled: list[str] = field(default_factory=list)
    """The ids of the last texts, whose replies are to be forgotten together with the thread."""

    def forget_talk(self) -> str:
        """Forgets what was said and offered; returns the old name inside Rasa, to be erased there."""
        former, self.session.sender = self.session.sender, secrets.token_hex(16)
        self.pages, self.rest, self.options, self.sent = [], None, [], []
        self.last_text, self.repeats = "", []
        return former

    def took(self, message_id: str) -> None:
        """Remembers that a text was handled here."""
        self.handled = [*self.handled, message_id][-_MOST_HANDLED:]

    def as_json(self) -> str:
        """The form that is kept."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Thread:
        """The inverse of `as_json`; what another version kept beyond our fields is left out."""
        values: dict[str, Any] = {name: value for name, value in json.loads(text).items() if name in cls.__dataclass_fields__}
        values["session"] = Session(**values["session"])
        values["options"] = [Option(**option) for option in values["options"]]
        values["rest"] = Option(**values["rest"]) if values["rest"] else None
        return cls(**values)


class Threads:
    """Finds the thread of a sender id. Every method is for the holder of the sender's turn only, and raises `StateUnavailable`."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self.clock = clock

    def turn(self, sender_id: str) -> AbstractAsyncContextManager[None]:
        """Lets the texts of a sender in one by one, in the order in which they came."""
        return self._store.turn(sender_id, _TURN_SECONDS)

    async def find_or_start(self, sender_id: str) -> tuple[Thread, Kept | None]:
        """Returns the thread of a sender, and what of it is kept so far."""
        kept = await self._store.get(sender_id)
        return (Thread.from_json(kept.value) if kept else Thread(Session(sender_id, secrets.token_hex(16)), self.clock())), kept

    async def keep(self, thread: Thread, over: Kept | None) -> None:
        """Keeps a thread in the place of what was kept of it."""
        await self._store.put(thread.session.token, thread.as_json(), over)

    async def end(self, sender_id: str) -> None:
        """Forgets a sender."""
        await self._store.delete(sender_id)
