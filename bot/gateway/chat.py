"""One way for every message of the web: clean, floor, limits, Rasa, and the right line in every case."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import structlog

from bot.gateway.engine import Engine, EngineUnavailable
from bot.gateway.erasures import Erasures
from bot.gateway.limits import MAX_TEXT_CHARACTERS, RateLimits
from bot.gateway.metrics import Metrics
from bot.gateway.sessions import Session, Sessions, new_token
from bot.gateway.static_replies import StaticReplies
from bot.messages import ABOUT, LOUD_KINDS
from bot.safety.normalize import clean_text
from bot.state.memory import Turns
from bot.state.store import StateUnavailable
from bot.state.switch import HotlineOnly

log = structlog.get_logger(__name__)

_WEB = "web"
_TURN_SECONDS = 60.0
_LINES_READ = 20
_LONGEST_TOKEN = 100
"""What is longer is no token of ours: it is looked up nowhere and waits nowhere."""


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
        self,
        engine: Engine,
        erasures: Erasures,
        sessions: Sessions,
        static: StaticReplies,
        limits: RateLimits,
        metrics: Metrics,
        hotline_only: HotlineOnly,
    ) -> None:
        self._engine = engine
        self._erasures = erasures
        self._sessions = sessions
        self._static = static
        self._limits = limits
        self._metrics = metrics
        self.hotline_only = hotline_only
        self._order = Turns()

    async def answer(self, text: str, token: object, payload: str | None, address: str) -> Answer:
        """Answers one message of the web.

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
        known = token if isinstance(token, str) and len(token) <= _LONGEST_TOKEN else None
        try:
            within_limits = await self._limits.allows(known, address)
            if not within_limits and not urgent:
                raise Refused(429, "too_many_messages", "Too many messages at once. Wait a minute, or use one of these lines.")
            session = await self._sessions.find_or_start(known)
        except StateUnavailable as error:
            log.warning("store.unavailable", error=str(error))
            answer = Answer(known or new_token(), urgent or self._static.fallback(cleaned))
        else:
            sent = within_limits and len(cleaned) <= MAX_TEXT_CHARACTERS
            answer = Answer(session.token, await self._replies(cleaned, payload, session, _WEB, urgent) if sent else urgent)
        return Answer(answer.conversation, self._counted(_WEB, answer.replies, started))

    def answer_refused(self, said: str, refused: Refused) -> Answer:
        """Answers a request that cannot be read as one, where a crisis phrase stands in it; in a new conversation.

        Raises:
            Refused: no crisis phrase is in what was read.
        """
        urgent = next(filter(None, map(self._static.escalation, (said, *said.splitlines()[:_LINES_READ]))), None)
        if urgent is None:
            raise refused
        return Answer(new_token(), self._counted(_WEB, urgent, time.perf_counter()))

    async def answer_known(self, cleaned: str, payload: str | None, session: Session, channel: str) -> list[dict[str, Any]]:
        """Answers a cleaned text in a conversation that the caller keeps; never refuses. Limits are the caller's."""
        started = time.perf_counter()
        replies = await self._replies(cleaned, payload, session, channel, self._static.escalation(cleaned, channel))
        return self._counted(channel, replies, started)

    async def erase(self, token: str) -> None:
        """Forgets a conversation here and in Rasa; an unknown token is no error.

        Raises:
            StateUnavailable: it cannot be forgotten now; it will be tried again.
        """
        if len(token) <= _LONGEST_TOKEN:
            await self._erasures.end(token, self._end)

    async def _end(self, token: str) -> None:
        session = await self._sessions.end(token)
        if session is not None:
            async with self._order.turn(session.sender, _TURN_SECONDS):
                await self._erasures.erase(session.sender)

    def _counted(self, channel: str, replies: list[dict[str, Any]], started: float) -> list[dict[str, Any]]:
        """Counts a message and returns its bubbles as people may see them."""
        self._metrics.answered(channel, replies, time.perf_counter() - started)
        return [{name: value for name, value in reply.items() if name != ABOUT} for reply in replies]

    async def _replies(
        self, text: str, payload: str | None, session: Session, channel: str, urgent: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        if await self.hotline_only.is_on():
            return urgent or self._static.fallback(text, channel)
        try:
            async with self._order.turn(session.sender, _TURN_SECONDS):
                replies = await self._engine.replies(text, payload, session.sender, channel)
        except (EngineUnavailable, StateUnavailable):
            return urgent or self._static.fallback(text, channel)
        if urgent and payload is None and replies[0]["kind"] not in LOUD_KINDS:
            return urgent + [reply | {"ratable": False} for reply in replies]
        return replies
