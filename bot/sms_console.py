"""A telephone in the terminal: what people get by text message, with the segments that each message takes."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Any

from bot.gateway.engine import Engine, EngineUnavailable
from bot.gateway.erasures import Erasures
from bot.gateway.metrics import Metrics
from bot.gateway.sms.desk import SmsDesk
from bot.gateway.sms.front import build_desk
from bot.gateway.sms.keywords import Keyword, read_keyword
from bot.gateway.sms.limits import SmsLimits
from bot.gateway.sms.provider import HELP_KEYWORDS, OPT_IN_KEYWORDS, OPT_OUT_KEYWORDS, InboundSms
from bot.gateway.sms.segments import count_segments
from bot.gateway.sms.sender import SenderIdentity
from bot.gateway.static_replies import StaticReplies
from bot.nlg.wording import SMS
from bot.settings import load_settings
from bot.state.open import in_memory

if TYPE_CHECKING:
    from bot.rasa.assistant import Assistant

HANDLED = OPT_OUT_KEYWORDS | OPT_IN_KEYWORDS | HELP_KEYWORDS
_PROVIDER_TEXTS = {"HELP": "utter_sms_help", "STOP": "utter_sms_stop", "START": "utter_sms_start"}
_PHONE = "console"


class AssistantEngine(Engine):
    """The assistant of this process in the place of the client of Rasa."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def replies(self, text: str, payload: str | None, conversation: str, channel: str) -> list[dict[str, Any]]:
        """Returns the bubbles for a cleaned message."""
        turn = await self._assistant.respond(text, conversation, payload, channel)
        if not turn.replies:
            raise EngineUnavailable("no replies")
        return turn.replies

    async def erase(self, conversation: str) -> bool:
        """Erases a conversation."""
        await self._assistant.erase(conversation)
        return True

    async def ready(self) -> bool:
        """The model is loaded before the console opens."""
        return True

    async def close(self) -> None:
        """There is nothing to close."""


def console_desk(assistant: Assistant, static: StaticReplies) -> SmsDesk:
    """Returns the desk of a gateway around an assistant in this process."""
    settings = load_settings()
    state, engine = in_memory(settings), AssistantEngine(assistant)
    quick_hands = SmsLimits(state.limiter, per_number=())
    return build_desk(settings, engine, Erasures(engine.erase), static, Metrics(), state, quick_hands)


async def text_in_terminal(assistant: Assistant) -> None:
    """Texts until the input ends; the conversation is forgotten with it."""
    static = StaticReplies.load()
    desk = console_desk(assistant, static)
    phone = SenderIdentity(secrets.token_hex(16)).of(_PHONE)
    print("Type a text message. Ctrl-D ends.", file=sys.stderr)
    while True:
        try:
            typed = input("> ")
        except (EOFError, KeyboardInterrupt):
            return
        answered = await desk.answer(InboundSms(secrets.token_hex(8), phone, typed), HANDLED)
        for text in answered.texts:
            print(shown(text) + "\n")
        for text in from_provider(typed, static):
            print(f"(from the provider) {shown(text)}\n")


def shown(text: str) -> str:
    """Returns one message with its encoding, its length and its segments."""
    size = count_segments(text)
    return f"[{size.count} segment{'s' * (size.count != 1)}, {size.encoding}, {size.units}] {text}"


def provider_texts(static: StaticReplies) -> str:
    """Returns the texts to configure at the provider for HELP, STOP and START, with their segments."""
    blocks = []
    for language in ("en", "es"):
        wording = static.wording("", SMS, language)
        blocks += [f"{keyword} ({language})\n{shown(wording.say(name))}" for keyword, name in _PROVIDER_TEXTS.items()]
    return "\n\n".join(blocks)


def from_provider(typed: str, static: StaticReplies) -> list[str]:
    """Returns what the provider would say by itself, once it has our texts."""
    said = typed.strip().casefold()
    if read_keyword(typed, None, HANDLED) not in {Keyword.STOPPED_BY_PROVIDER, Keyword.LEFT_TO_PROVIDER}:
        return []
    name = "utter_sms_help" if said in HELP_KEYWORDS else "utter_sms_start" if said in OPT_IN_KEYWORDS else "utter_sms_stop"
    return [static.wording("", SMS).say(name)]
