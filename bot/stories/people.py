"""The people of the stories: each reaches the bot by the same code that serves everybody on that channel."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from limits import parse

from bot.gateway.chat import Chat, Refused
from bot.gateway.engine import EngineUnavailable
from bot.gateway.erasures import Erasures
from bot.gateway.limits import RateLimits
from bot.gateway.metrics import Metrics
from bot.gateway.sessions import Sessions
from bot.gateway.sms.desk import SmsDesk
from bot.gateway.sms.limits import SmsLimits
from bot.gateway.sms.provider import InboundSms
from bot.gateway.sms.sender import SenderIdentity
from bot.gateway.sms.threads import Threads
from bot.gateway.static_replies import StaticReplies
from bot.settings import load_settings
from bot.sms_console import HANDLED, AssistantEngine, from_provider
from bot.state.open import State, in_memory
from bot.stories.schema import Given

if TYPE_CHECKING:
    from bot.rasa.assistant import Assistant, Turn

MINUTES = 60.0
"""How long a conversation of a story may be silent; the default of the settings."""
_NEVER = (parse("1000000/minute"),)
_NOTHING_ALLOWED = (parse("0/minute"),)


@dataclass(frozen=True)
class Heard:
    """What came of one message. `texts` are what the person reads; `turn` is None where Rasa had no part."""

    kind: str
    texts: Sequence[str]
    replies: Sequence[dict[str, Any]]
    turn: Turn | None

    @property
    def first(self) -> str:
        """The first bubble or text message."""
        return self.texts[0] if self.texts else ""

    @property
    def whole(self) -> str:
        """All that the person reads."""
        return "\n".join(self.texts)


class Person(Protocol):
    """Somebody who writes."""

    async def say(self, text: str, payload: str | None = None) -> Heard:
        """Sends one message, or presses a button, and returns what came of it."""

    def wait(self, minutes: float) -> None:
        """Lets time pass."""

    async def leave(self) -> None:
        """Ends the conversation."""


class Ledger(Metrics):
    """Counts nothing and notes what was answered, which the SMS desk does not tell otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.replies: list[dict[str, Any]] = []

    def answered(self, channel: str, replies: Sequence[dict[str, Any]], seconds: float | None = None) -> None:
        """Notes the bubbles."""
        self.replies += replies


class _Switch:
    def __init__(self, on: bool) -> None:
        self._on = on

    async def is_on(self) -> bool:
        return self._on

    async def set(self, on: bool) -> None:
        self._on = on


class _Clock:
    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


class ListeningEngine(AssistantEngine):
    """Rasa in this process, with a note of what it made of the last message; it can be down."""

    def __init__(self, assistant: Assistant, up: bool) -> None:
        super().__init__(assistant)
        self._up = up
        self.turn: Turn | None = None

    async def replies(self, text: str, payload: str | None, conversation: str, channel: str) -> list[dict[str, Any]]:
        """Returns the bubbles for a cleaned message."""
        if not self._up:
            raise EngineUnavailable("down")
        self.turn = await self._assistant.respond(text, conversation, payload, channel)
        return self.turn.replies


@dataclass
class _Place:
    """What every person of the gateway needs."""

    engine: ListeningEngine
    erasures: Erasures
    ledger: Ledger
    sessions: Sessions
    chat: Chat
    state: State
    clock: _Clock


def _gateway(assistant: Assistant, static: StaticReplies, given: Given) -> _Place:
    clock, ledger, engine = _Clock(), Ledger(), ListeningEngine(assistant, given.rasa == "up")
    state = replace(in_memory(load_settings(), clock), hotline_only=_Switch(given.hotline_only))
    sessions = Sessions(state.store("chat", 60 * MINUTES))
    allowed = (_NOTHING_ALLOWED if given.too_many else _NEVER) * 2
    limits, erasures = RateLimits(state.limiter, state.hashed, "stories", *allowed), Erasures(engine.erase)
    chat = Chat(engine, erasures, sessions, static, limits, ledger, state.hotline_only)
    return _Place(engine, erasures, ledger, sessions, chat, state, clock)


class WebVisitor:
    """Writes in the widget or the plain form."""

    def __init__(self, place: _Place, token: str, static: StaticReplies) -> None:
        self._place = place
        self._token = token
        self._static = static

    @classmethod
    async def arrive(cls, assistant: Assistant, static: StaticReplies, given: Given) -> WebVisitor:
        """Opens a conversation in a state."""
        place = _gateway(assistant, static, given)
        session = await place.sessions.find_or_start(None)
        await assistant.begin(session.sender, given.slots, given.checked_in)
        return cls(place, session.token, static)

    async def say(self, text: str, payload: str | None = None) -> Heard:
        """Sends one message, or presses a button."""
        self._place.engine.turn = None
        try:
            answer = await self._place.chat.answer(text, self._token, payload, "story")
        except Refused as refused:
            error = {"kind": "error", "text": refused.message, "buttons": [], "sources": [], "hotlines": self._static.hotlines()}
            return Heard("error", [refused.message], [error], None)
        self._token = answer.conversation
        return _heard(answer.replies, self._place.engine.turn)

    def wait(self, minutes: float) -> None:
        """Lets time pass at the gateway."""
        self._place.clock.seconds += 60 * minutes

    async def leave(self) -> None:
        """Erases the conversation."""
        await self._place.chat.erase(self._token)


class SmsPhone:
    """Texts; the provider answers its own keywords as configured in docs/sms.md."""

    def __init__(self, place: _Place, desk: SmsDesk, static: StaticReplies, threads: Threads) -> None:
        self._place = place
        self._desk = desk
        self._static = static
        self._threads = threads
        self._sender = SenderIdentity(secrets.token_hex(16)).of("story")

    @classmethod
    async def arrive(cls, assistant: Assistant, static: StaticReplies, given: Given) -> SmsPhone:
        """Opens a thread in a state."""
        place = _gateway(assistant, static, given)
        threads = Threads(place.state.store("sms", 60 * MINUTES), place.clock)
        limits = SmsLimits(place.state.limiter, per_number=_NOTHING_ALLOWED if given.too_many else ())
        phone = cls(place, SmsDesk(place.chat, place.erasures, static, threads, limits, place.ledger), static, threads)
        thread, kept = await threads.find_or_start(phone._sender.id)
        await threads.keep(thread, kept)
        await assistant.begin(thread.session.sender, given.slots, given.checked_in)
        return phone

    async def say(self, text: str, payload: str | None = None) -> Heard:
        """Sends one text."""
        self._place.engine.turn, self._place.ledger.replies = None, []
        answered = await self._desk.answer(InboundSms(secrets.token_hex(8), self._sender, text), HANDLED)
        replies = self._place.ledger.replies
        texts = [*answered.texts, *from_provider(text, self._static)]
        kind = replies[0]["kind"] if replies else "notice" if texts else "none"
        return Heard(str(kind), texts, [reply for reply in replies if "text" in reply], self._place.engine.turn)

    def wait(self, minutes: float) -> None:
        """Lets time pass at the gateway."""
        self._place.clock.seconds += 60 * minutes

    async def leave(self) -> None:
        """Erases the thread."""
        thread, _ = await self._threads.find_or_start(self._sender.id)
        await self._threads.end(self._sender.id)
        await self._place.engine.erase(thread.session.sender)


class RasaCaller:
    """Speaks to the assistant itself, with no gateway before it."""

    def __init__(self, assistant: Assistant, conversation: str) -> None:
        self._assistant = assistant
        self._conversation = conversation

    @classmethod
    async def arrive(cls, assistant: Assistant, given: Given) -> RasaCaller:
        """Opens a conversation in a state."""
        conversation = assistant.new_conversation()
        await assistant.begin(conversation, given.slots, given.checked_in)
        return cls(assistant, conversation)

    async def say(self, text: str, payload: str | None = None) -> Heard:
        """Sends one message."""
        turn = await self._assistant.respond(text, self._conversation, payload)
        return _heard(turn.replies, turn)

    def wait(self, minutes: float) -> None:
        """Time means nothing to the assistant alone."""

    async def leave(self) -> None:
        """Erases the conversation."""
        await self._assistant.erase(self._conversation)


async def arrive(channel: str, assistant: Assistant, static: StaticReplies, given: Given) -> Person:
    """Returns somebody on a channel, at the start of a conversation."""
    if channel == "sms":
        return await SmsPhone.arrive(assistant, static, given)
    if channel == "rasa":
        return await RasaCaller.arrive(assistant, given)
    return await WebVisitor.arrive(assistant, static, given)


def _heard(replies: Sequence[dict[str, Any]], turn: Turn | None) -> Heard:
    return Heard(str(replies[0]["kind"]) if replies else "none", [str(reply["text"]) for reply in replies], replies, turn)
