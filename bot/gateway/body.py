"""Reads a request body up to a limit."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import unquote_plus

from starlette.requests import ClientDisconnect, Request

from bot.gateway.chat import Refused
from bot.gateway.limits import MAX_BODY_BYTES
from bot.safety.normalize import clean_text

_SECONDS = 10.0
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_MARKS = re.compile(r"\\[nrt\"/]|[\"&=]")


async def read_body(request: Request, limit: int = MAX_BODY_BYTES, seconds: float = _SECONDS) -> bytes:
    """Returns the whole body.

    Raises:
        Refused: the body is larger than the limit, or comes too slowly; with the part that was read.
    """
    raw = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                raw += chunk[: limit + 1 - len(raw)]
                if len(raw) > limit:
                    message = f"The request is larger than {limit // 1024} KB. Send a shorter message."
                    raise Refused(413, "body_too_large", message, bytes(raw))
    except (TimeoutError, ClientDisconnect):
        raise Refused(408, "body_too_slow", "The request came too slowly. Send it again.", bytes(raw)) from None
    return bytes(raw)


def readable(raw: bytes) -> str:
    """Returns what a body says that is cut off or not well formed, for the phrase floor alone: each value on a line."""
    text = unquote_plus(raw.decode("utf-8", "replace"))
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return clean_text(_MARKS.sub("\n", text))
