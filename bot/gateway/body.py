"""Reads a request body up to a limit."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

from bot.gateway.chat import Refused
from bot.gateway.limits import MAX_BODY_BYTES

_SECONDS = 10.0


async def read_body(request: Request, limit: int = MAX_BODY_BYTES) -> bytes:
    """Returns the whole body.

    Raises:
        Refused: the body is larger than the limit, or comes too slowly.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(_SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size > limit:
                    raise Refused(413, "body_too_large", f"The request is larger than {limit // 1024} KB. Send a shorter message.")
                chunks.append(chunk)
    except (TimeoutError, ClientDisconnect):
        raise Refused(408, "body_too_slow", "The request came too slowly. Send it again.") from None
    return b"".join(chunks)
