"""What is remembered of each number while people text: by its hash, in memory, gone after silence."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.gateway.sessions import Session

QUIET_SECONDS = 600.0
"""After this long without a text somebody else may hold the phone, so nothing of before is shown."""


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
    order: asyncio.Lock = field(default_factory=asyncio.Lock)
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

    def forget_talk(self) -> str:
        """Forgets what was said and offered; returns the old name inside Rasa, to be erased there."""
        former, self.session.sender = self.session.sender, secrets.token_hex(16)
        self.pages, self.rest, self.options, self.sent = [], None, [], []
        self.last_text, self.repeats = "", []
        return former


class Threads:
    """Finds the thread of a sender id."""

    def __init__(self, minutes: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = minutes * 60
        self.clock = clock
        self._open: dict[str, Thread] = {}

    def find_or_start(self, sender_id: str) -> Thread:
        """Returns the thread of a sender and moves its end away."""
        thread = self._open.pop(sender_id, None)
        if thread is None or thread.session.expires <= self.clock():
            thread = Thread(Session(sender_id, secrets.token_hex(16), 0.0), self.clock())
        thread.session.expires = self.clock() + self._seconds
        self._open[sender_id] = thread  # the order of the dict is the order of expiry
        return thread

    def end(self, sender_id: str) -> Thread | None:
        """Forgets a sender."""
        return self._open.pop(sender_id, None)

    def holds(self, thread: Thread) -> bool:
        """Whether a thread is still the one of its sender."""
        return self._open.get(thread.session.token) is thread

    def drop_expired(self) -> list[Thread]:
        """Forgets every thread whose time is over, and returns them."""
        now = self.clock()
        expired = []
        while self._open:
            sender_id = next(iter(self._open))
            if self._open[sender_id].session.expires > now:
                break
            expired.append(self._open.pop(sender_id))
        return expired

    def __len__(self) -> int:
        return len(self._open)
