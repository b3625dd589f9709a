"""Sending through a provider's REST API: patient with a busy provider, and never to somebody who said STOP."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import structlog

from bot.gateway.sms.provider import Delivery

log = structlog.get_logger(__name__)

ATTEMPTS = 5
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0

Attempt = Callable[[], Awaitable[httpx.Response]]
Sleep = Callable[[float], Awaitable[None]]


async def deliver(attempt: Attempt, is_stopped: Callable[[httpx.Response], bool], sleep: Sleep = asyncio.sleep) -> Delivery:
    """Sends until the provider takes or refuses the text.

    A 429, a 5xx and a broken connection are tried again, after twice the pause or as long as `Retry-After` asks.
    A text that arrives twice does less harm than one that never arrives.
    """
    pause = FIRST_PAUSE
    for left in reversed(range(ATTEMPTS)):
        reason, asked = "", None
        try:
            response = await attempt()
        except httpx.TransportError as error:
            reason = type(error).__name__
        else:
            if response.is_success:
                return Delivery.SENT
            if is_stopped(response):
                log.info("sms.stopped")
                return Delivery.STOPPED
            reason, asked = str(response.status_code), response.headers.get("retry-after")
            if response.status_code != 429 and response.status_code < 500:
                break
        if left:
            await sleep(min(_seconds(asked) or pause, LONGEST_PAUSE))
            pause *= 2
    log.warning("sms.not_sent", reason=reason)
    return Delivery.FAILED


def _seconds(retry_after: str | None) -> float:
    return float(retry_after) if retry_after and retry_after.isdigit() else 0.0
