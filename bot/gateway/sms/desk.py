"""Answers one text after the other: keywords, limits, silence, and the same engine as the website."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.gateway.chat import Chat
from bot.gateway.erasures import Erasures
from bot.gateway.limits import MAX_TEXT_CHARACTERS
from bot.gateway.metrics import Metrics
from bot.gateway.sms.keywords import Keyword, choice, read_keyword
from bot.gateway.sms.limits import SmsLimits, Verdict
from bot.gateway.sms.loops import is_echo, is_loop
from bot.gateway.sms.presenter import present
from bot.gateway.sms.provider import InboundSms
from bot.gateway.sms.queue import WHENEVER, Deadline, EngineQueue
from bot.gateway.sms.threads import QUIET_SECONDS, Option, Thread, Threads
from bot.gateway.static_replies import StaticReplies
from bot.messages import LOUD_KINDS
from bot.nlg.wording import SMS, Wording
from bot.safety.care import is_unsure
from bot.safety.language import telling_language
from bot.safety.normalize import clean_text
from bot.safety.phrase_floor import scan
from bot.state.store import StateUnavailable

_SAFE = {"en": "I am safe", "es": "Estoy a salvo"}


@dataclass(frozen=True)
class Answered:
    """The messages for one text, and what kind they are."""

    texts: list[str]
    fallback: bool = False
    """Rasa had no part in them."""
    loud: bool = False
    """An escalation or a check-in is among them."""
    erased: bool = False
    """The conversation is over, here and in Rasa."""
    handled: tuple[str, ...] = ()
    """With `erased`, the ids of its texts, whose replies are to be forgotten too."""


_SILENCE = Answered([])


class SmsDesk:
    """The conversation by text message, without any provider."""

    def __init__(
        self, chat: Chat, erasures: Erasures, static: StaticReplies, threads: Threads, limits: SmsLimits, metrics: Metrics
    ) -> None:
        self._chat = chat
        self._erasures = erasures
        self._static = static
        self._threads = threads
        self._limits = limits
        self._metrics = metrics
        self._queue = EngineQueue()

    async def answer(self, sms: InboundSms, handled: frozenset[str] = frozenset(), deadline: Deadline = WHENEVER) -> Answered:
        """Answers one text after those of the same sender that came before it.

        `handled` are the whole messages that the provider answers by itself. No messages mean that none must be sent.
        Where Rasa would not answer before the `deadline`, the lines are the answer.

        Raises:
            StateUnavailable: what is remembered of the sender cannot be reached, and nothing loud is to be said.
        """
        async with self._threads.turn(sms.sender.id):
            thread, kept = await self._threads.find_or_start(sms.sender.id)
            thread.took(sms.message_id)
            answered = await self._in_order(thread, sms, clean_text(sms.text), handled, deadline)
            try:
                if answered.erased:
                    await self._threads.end(sms.sender.id)
                else:
                    await self._threads.keep(thread, kept)
            except StateUnavailable:
                if not answered.loud:
                    raise
            return answered

    def lines(self, text: str) -> list[str]:
        """Returns what is said without Rasa: the right line where a crisis is plain, else the lines for every kind."""
        cleaned = clean_text(text)
        return self._lines(cleaned, self._static.wording(cleaned, SMS))

    def crisis_lines(self, text: str) -> list[str]:
        """Returns the right line where a crisis is plain in a text that cannot be answered, else no message."""
        return self.lines(text) if scan(text).kinds else []

    def _lines(self, text: str, wording: Wording) -> list[str]:
        without_choices = [reply | {"buttons": []} for reply in self._counted(self._static.fallback(text, SMS))]
        return present(without_choices, wording).texts

    async def _in_order(self, thread: Thread, sms: InboundSms, text: str, handled: frozenset[str], deadline: Deadline) -> Answered:
        keyword = read_keyword(text, sms.opt_out, handled)
        urgent = bool(scan(text).kinds)
        if keyword is Keyword.STOPPED_BY_PROVIDER:
            return await self._forgotten(thread, [])
        if (keyword is Keyword.LEFT_TO_PROVIDER and not urgent) or is_echo(thread, text):
            return _SILENCE
        verdict = await self._limits.judge(sms.sender.id)
        if is_loop(thread, text, self._threads.clock()):
            return _SILENCE
        await self._after_silence(thread)
        wording = self._wording(thread, text)
        if verdict is not Verdict.ANSWER:
            return self._beyond_limits(verdict, thread, text, urgent, wording)
        if keyword in {Keyword.DELETE, Keyword.STOP}:
            last = self._said(wording, "utter_sms_erased" if keyword is Keyword.DELETE else "utter_sms_stop")
            return await self._forgotten(thread, last.texts)
        return self._with_notices(thread, wording, await self._reply(thread, text, keyword, wording, deadline))

    async def _reply(self, thread: Thread, text: str, keyword: Keyword, wording: Wording, deadline: Deadline) -> Answered:
        if not text:
            return self._said(wording, "utter_sms_no_words")
        if keyword is Keyword.HELP:
            return self._said(wording, "utter_sms_help")
        if keyword is Keyword.MORE and not await self._chat.hotline_only.is_on():
            return await self._more(thread, wording, deadline)
        if keyword is Keyword.CHOICE and choice(text) <= len(thread.options):
            option = thread.options[choice(text) - 1]
            return await self._ask(thread, option.title, wording, deadline, option)
        if keyword is Keyword.SAFE:
            thread.alert = thread.reminds = False
            return await self._ask(thread, _SAFE[wording.language], wording, deadline)
        if keyword is Keyword.SAFE_IN_OTHER_WORDS and (thread.alert or thread.reminds):
            return self._said(wording, "utter_sms_safe_word")
        if keyword is Keyword.MORE_THAN_SAFE or (thread.reminds and is_unsure(text)):
            thread.alert = True
            called = self._said(wording, "utter_sms_more_than_safe")
            asked = await self._ask(thread, text, wording, deadline)
            return asked if asked.loud or asked.fallback else Answered(called.texts + asked.texts)
        return await self._ask(thread, text, wording, deadline)

    async def _more(self, thread: Thread, wording: Wording, deadline: Deadline) -> Answered:
        if thread.pages:
            self._count("answer")
            return Answered([thread.pages.pop(0)])
        if thread.rest is None:
            return self._said(wording, "utter_sms_nothing_more")
        rest, thread.rest = thread.rest, None
        return await self._ask(thread, rest.title, wording, deadline, rest)

    async def _ask(self, thread: Thread, text: str, wording: Wording, deadline: Deadline, option: Option | None = None) -> Answered:
        replies = await self._replies(thread, text, deadline, option)
        presented = present(replies, wording)
        thread.pages, thread.rest, thread.options = presented.pages, presented.rest, presented.options
        loud = any(reply["kind"] in LOUD_KINDS for reply in replies)
        thread.alert |= loud
        return Answered(presented.texts, all(reply["fallback"] for reply in replies), loud)

    async def _replies(self, thread: Thread, text: str, deadline: Deadline, option: Option | None) -> list[dict[str, Any]]:
        too_late = not self._queue.is_short_enough(deadline)
        if too_late or (len(text) > MAX_TEXT_CHARACTERS and scan(text).kinds):
            return self._counted(self._static.fallback(text, SMS))
        with self._queue.place():
            return await self._chat.answer_known(text[:MAX_TEXT_CHARACTERS], option.payload if option else None, thread.session, SMS)

    def _with_notices(self, thread: Thread, wording: Wording, answered: Answered) -> Answered:
        texts = list(answered.texts)
        if thread.reminds and not answered.loud:
            texts.append(wording.say("utter_sms_reminder"))
        if not thread.introduced:
            texts.append(wording.say("utter_first_contact"))
            thread.introduced = True
        thread.sent = texts
        return Answered(texts, answered.fallback, answered.loud)

    def _beyond_limits(self, verdict: Verdict, thread: Thread, text: str, urgent: bool, wording: Wording) -> Answered:
        if urgent or verdict is Verdict.BUSY:
            thread.alert |= urgent
            return Answered(self._lines(text, wording), fallback=True)
        return self._said(wording, "utter_sms_too_many") if verdict is Verdict.SLOW_DOWN else _SILENCE

    async def _after_silence(self, thread: Thread) -> None:
        now = self._threads.clock()
        if abs(now - thread.seen) > QUIET_SECONDS:  # a time far ahead was a clock that has been set right since
            thread.reminds |= thread.alert
            await self._erasures.erase(thread.forget_talk())
        thread.seen = now

    async def _forgotten(self, thread: Thread, last_texts: list[str]) -> Answered:
        await self._erasures.erase(thread.session.sender)
        return Answered(last_texts, erased=True, handled=tuple(thread.handled))

    def _wording(self, thread: Thread, text: str) -> Wording:
        if text and (thread.language is None or len(text.split()) > 1):
            thread.language = telling_language(text) or thread.language
        return self._static.wording(text, SMS, thread.language)

    def _said(self, wording: Wording, name: str) -> Answered:
        self._count("notice")
        return Answered([wording.say(name)])

    def _count(self, kind: str) -> None:
        self._counted([{"kind": kind, "fallback": False}])

    def _counted(self, replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self._metrics.answered(SMS, replies)
        return replies
