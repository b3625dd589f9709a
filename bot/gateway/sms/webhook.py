"""The webhooks: only the provider may call them, each text is handled once, and every answer comes in time."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.gateway.body import read_body, readable
from bot.gateway.chat import Refused
from bot.gateway.metrics import Metrics
from bot.gateway.sms.desk import Answered, SmsDesk
from bot.gateway.sms.provider import Acknowledgement, Delivery, InboundSms, SmsProvider, UnreadableMessage
from bot.gateway.sms.queue import Deadline
from bot.gateway.sms.replays import Replays
from bot.state.store import StateUnavailable

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 7.5
"""From the request to the answer, with all reading and waiting. Twilio gives up after 15 s; nobody should wait half of that."""
ACKNOWLEDGED_SECONDS = 1.5
"""For a provider that reads no replies from the answer. Telnyx waits 2 s, then sends the text again, three times in all."""
MAX_BODY_BYTES = 32 * 1024
FINISH_SECONDS = 10.0
"""How long a stopping gateway waits for the replies in hand."""


class SmsWebhook:
    """Handles the webhooks of every provider."""

    def __init__(
        self,
        desk: SmsDesk,
        replays: Replays,
        public_url: str,
        metrics: Metrics,
        patience: float = PATIENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desk = desk
        self._replays = replays
        self._public_url = public_url.rstrip("/")
        self._metrics = metrics
        self._patience = patience
        self._clock = clock
        self.acknowledged = ACKNOWLEDGED_SECONDS
        self._sending: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._background: set[asyncio.Task[Any]] = set()

    async def receive(self, provider: SmsProvider, request: Request) -> Response:
        """Answers a webhook about an incoming text.

        Raises:
            Refused: the body is too large, of another type, or not signed by the provider; or the replies of a provider to which
                they are sent have not gone out in time: it shall send the text again, in case that we end before they do.
        """
        deadline, acknowledged = Deadline(self._patience, self._clock), Deadline(self.acknowledged, self._clock)
        try:
            raw = await self._verified(provider, request, deadline)
        except Refused as refused:
            lines = self._desk.crisis_lines(readable(refused.seen))
            if not lines or not provider.answers_in_webhook:
                raise
            return _response(provider.acknowledge(lines))  # too large or slow to be checked; the lines tell nobody anything new
        try:
            sms = provider.parse(raw)
        except UnreadableMessage:
            log.warning("sms.unreadable", provider=provider.name)
            return _response(provider.acknowledge(self._desk.lines("")))
        if sms is None:
            self._count_status(provider, raw)
            return _response(provider.acknowledge([]))
        work = self._in_background(self._handle(provider, sms, deadline))  # goes on when the provider hangs up
        if provider.answers_in_webhook:
            return _response(provider.acknowledge(await asyncio.shield(work)))
        await asyncio.wait({work}, timeout=acknowledged.left())
        if not work.done():
            raise Refused(503, "sms_in_hand", "The replies have not gone out yet. Send the text again.")
        work.result()
        return _response(provider.acknowledge([]))

    async def status(self, provider: SmsProvider, request: Request) -> Response:
        """Counts what became of a text of ours.

        Raises:
            Refused: as for `receive`.
        """
        self._count_status(provider, await self._verified(provider, request, Deadline(self._patience, self._clock)))
        return Response(status_code=204)

    async def close(self) -> None:
        """Finishes the replies in hand, in `FINISH_SECONDS` at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FINISH_SECONDS):
                while self._background:
                    await asyncio.wait(self._background)
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    async def _verified(self, provider: SmsProvider, request: Request, deadline: Deadline) -> bytes:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != provider.content_type:
            raise Refused(415, "wrong_content_type", f"Send {provider.content_type}.")
        raw = await read_body(request, MAX_BODY_BYTES, deadline.left())
        query = f"?{request.url.query}" if request.url.query else ""
        if not provider.verify(raw, request.headers, f"{self._public_url}{request.url.path}{query}"):
            raise Refused(403, "wrong_signature", "The signature does not fit. Check the public address and the provider's key.")
        return raw

    async def _handle(self, provider: SmsProvider, sms: InboundSms, deadline: Deadline) -> list[str]:
        """Returns the texts for a message, those of before where the provider sends it again, and sends them where that is our part."""
        try:
            if not sms.message_id:
                return await self._said(provider, sms, deadline)
            name = _name(provider, sms.message_id)
            return await self._replays.once(name, deadline.left(), lambda: self._said(provider, sms, deadline))
        except StateUnavailable as error:
            log.warning("store.unavailable", error=str(error))
            lines = self._desk.lines(sms.text)
            if not provider.answers_in_webhook:
                await self._send(provider, sms, lines)
            return lines

    async def _said(self, provider: SmsProvider, sms: InboundSms, deadline: Deadline) -> list[str]:
        """Returns the replies, sent where that is our part: only then is the message one that was handled."""
        texts = await self._texts(provider, sms, deadline)
        if not provider.answers_in_webhook:
            await self._send(provider, sms, texts)
        return texts

    async def _texts(self, provider: SmsProvider, sms: InboundSms, deadline: Deadline) -> list[str]:
        """Returns the replies, or the lines where they take too long; then the replies follow by `send`."""
        work = asyncio.create_task(self._answered(provider, sms, deadline))
        done, _ = await asyncio.wait({work}, timeout=deadline.left())
        if done:
            return work.result().texts
        lines = self._desk.lines(sms.text)
        self._in_background(self._send_late(provider, sms, work, lines))
        return lines

    async def _answered(self, provider: SmsProvider, sms: InboundSms, deadline: Deadline) -> Answered:
        try:
            answered = await self._desk.answer(sms, provider.handled_keywords, deadline)
            others = [_name(provider, message_id) for message_id in answered.handled if message_id and message_id != sms.message_id]
            await self._replays.forget_replies(others)
            return answered
        except Exception as error:  # whatever it is, the person gets the lines
            log.error("sms.failed", error=type(error).__name__)
            return Answered(self._desk.lines(sms.text), fallback=True)

    async def _send_late(self, provider: SmsProvider, sms: InboundSms, work: asyncio.Task[Answered], said: list[str]) -> None:
        answered = await work
        if not answered.fallback:
            await self._send(provider, sms, [text for text in answered.texts if not text.startswith(tuple(said))])

    async def _send(self, provider: SmsProvider, sms: InboundSms, texts: list[str]) -> None:
        if not provider.can_send:
            log.warning("sms.cannot_send", provider=provider.name)
            return
        order = self._sending.setdefault(sms.sender.id, asyncio.Lock())
        async with order:
            for text in texts:
                delivery = await provider.send(sms.sender.number, text, sms.ours)
                self._metrics.delivered(delivery.value)
                if delivery is Delivery.STOPPED:
                    return

    def _count_status(self, provider: SmsProvider, raw: bytes) -> None:
        status = provider.parse_status(raw)
        if status is not None:
            self._metrics.delivered(status.status)
            if status.error_code:
                log.info("sms.undelivered", provider=provider.name, code=_error_code(status.error_code))

    def _in_background(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task


def _name(provider: SmsProvider, message_id: str) -> str:
    return f"{provider.name}:{message_id}"


def _error_code(said: str) -> str:
    """Returns the code for the log; the codes of both providers are short numbers, and nothing else may get there."""
    return said if re.fullmatch(r"[0-9]{1,6}", said) else "other"


def _response(acknowledgement: Acknowledgement) -> Response:
    return Response(acknowledgement.body, media_type=acknowledgement.media_type)
