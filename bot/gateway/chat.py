"""One way for every message of the web: clean, floor, limits, Rasa, and the right line in every case."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from bot.gateway.engine import Engine, EngineUnavailable
from bot.gateway.limits import MAX_TEXT_CHARACTERS, RateLimits
from bot.gateway.metrics import Metrics
from bot.gateway.sessions import Session, Sessions
from bot.gateway.static_replies import StaticReplies
from bot.gateway.switch import HotlineOnly
from bot.safety.normalize import clean_text

_LOUD_KINDS = frozenset({"escalation", "check_in"})
_LINES_READ = 20


class Refused(Exception):
    """A request that gets an error with a status, a code and a sentence. `seen` is what of a refused body was read."""

    def __init__(self, status: int, code: str, message: str, seen: bytes = b"") -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.seen = status, code, message, seen


@dataclass
class Answer:
    """The conversation's token and its new bubbles."""

    conversation: str
    replies: list[dict[str, Any]]

    def as_dict(self) -> dict[str, Any]:
        """The body of a 200."""
        return {"conversation": self.conversation, "replies": self.replies}


class Chat:
    """Answers the messages of one channel family."""

    def __init__(
        self, engine: Engine, sessions: Sessions, static: StaticReplies, limits: RateLimits, metrics: Metrics, hotline_only: HotlineOnly
    ) -> None:
        self._engine = engine
        self._sessions = sessions
        self._static = static
        self._limits = limits
        self._metrics = metrics
        self._hotline_only = hotline_only

    async def answer(self, text: str, token: object, payload: str | None, address: str, channel: str = "web") -> Answer:
        """Answers one message.

        Raises:
            Refused: the text is empty or too long, or too many came, and no crisis phrase is in it.
        """
        started = time.perf_counter()
        cleaned = clean_text(text)
        urgent = self._static.escalation(cleaned)
        if not urgent:
            if not cleaned:
                raise Refused(400, "empty_text", "The message is empty. Type a few words, or use one of these lines.")
            if len(cleaned) > MAX_TEXT_CHARACTERS:
                raise Refused(413, "text_too_long", f"The message is longer than {MAX_TEXT_CHARACTERS} characters. Send a shorter one.")
        known = token if isinstance(token, str) and len(token) < 100 else None
        within_limits = await self._limits.allows(known, address)
        if not within_limits and not urgent:
            raise Refused(429, "too_many_messages", "Too many messages at once. Wait a minute, or use one of these lines.")

        session = self._sessions.find_or_start(known)
        if within_limits and len(cleaned) <= MAX_TEXT_CHARACTERS:
            replies = await self._replies(cleaned, payload, session, channel, urgent)
        else:
            replies = urgent
        self._metrics.answered(channel, replies, time.perf_counter() - started)
        return Answer(session.token, replies)

    def answer_refused(self, said: str, refused: Refused) -> Answer:
        """Answers a request that cannot be read as one, where a crisis phrase stands in it; in a new conversation.

        Raises:
            Refused: no crisis phrase is in what was read.
        """
        urgent = next(filter(None, map(self._static.escalation, (said, *said.splitlines()[:_LINES_READ]))), None)
        if urgent is None:
            raise refused
        self._metrics.answered("web", urgent, 0.0)
        return Answer(self._sessions.find_or_start(None).token, urgent)

    async def answer_known(self, cleaned: str, payload: str | None, session: Session, channel: str) -> list[dict[str, Any]]:
        """Answers a cleaned text in a conversation that the caller keeps; never refuses. Limits are the caller's."""
        started = time.perf_counter()
        replies = await self._replies(cleaned, payload, session, channel, self._static.escalation(cleaned, channel))
        self._metrics.answered(channel, replies, time.perf_counter() - started)
        return replies

    async def erase(self, token: str) -> None:
        """Forgets a conversation here and in Rasa; an unknown token is no error."""
        session = self._sessions.end(token)
        if session is not None:
            async with session.order:
                await self._engine.erase(session.sender)

    async def _replies(
        self, text: str, payload: str | None, session: Session, channel: str, urgent: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        if self._hotline_only:
            return urgent or self._static.fallback(text, channel)
        async with session.order:
            try:
                replies = await self._engine.replies(text, payload, session.sender, channel)
            except EngineUnavailable:
                return urgent or self._static.fallback(text, channel)
        if urgent and payload is None and replies[0]["kind"] not in _LOUD_KINDS:
            return urgent + replies
        return replies
