"""The client of Rasa: one deadline, and no trust in what comes back."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import structlog

from bot.messages import ABOUT

log = structlog.get_logger(__name__)

DEADLINE_SECONDS = 8.0
_REPLY_FIELDS = {"kind": str, "text": str, "buttons": list, "sources": list, "hotlines": list, "fallback": bool}


class EngineUnavailable(RuntimeError):
    """Rasa gave no usable answer in time."""


class Engine:
    """Talks to one Rasa on a private address."""

    def __init__(self, url: str, deadline: float = DEADLINE_SECONDS) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"{url}/webhooks/lamplight", timeout=httpx.Timeout(deadline, connect=1.0), trust_env=False
        )
        self._deadline = deadline

    async def replies(self, text: str, payload: str | None, conversation: str, channel: str) -> list[dict[str, Any]]:
        """Returns the bubbles for a cleaned message.

        Raises:
            EngineUnavailable: Rasa is down, still loading, slow, or answers nonsense.
        """
        body = {"text": text, "payload": payload, "conversation": conversation, "channel": channel}
        try:
            async with asyncio.timeout(self._deadline):
                response = await self._client.post("/message", json=body)
                response.raise_for_status()
                return _checked(response.json())
        except (httpx.HTTPError, TimeoutError, ValueError) as error:
            log.warning("engine.unavailable", error=type(error).__name__)
            raise EngineUnavailable(type(error).__name__) from error

    async def erase(self, conversation: str) -> bool:
        """Erases a conversation in Rasa; returns False where Rasa could not be reached."""
        try:
            response = await self._client.post("/erase", json={"conversation": conversation})
            return response.is_success
        except httpx.HTTPError:
            return False

    async def ready(self) -> bool:
        """Whether Rasa has its model loaded."""
        try:
            response = await self._client.get("/ready", timeout=1.0)
            return response.is_success and bool(response.json()["ready"])
        except (httpx.HTTPError, ValueError, KeyError):
            return False

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


def _checked(body: Any) -> list[dict[str, Any]]:
    replies = body.get("replies") if isinstance(body, dict) else None
    if not isinstance(replies, list) or not replies:
        raise ValueError("no replies")
    for reply in replies:
        for name, kind in _REPLY_FIELDS.items():
            if not isinstance(reply.get(name), kind):
                raise ValueError(f"a reply without a proper {name}")
        if not reply["text"].strip():
            raise ValueError("an empty reply")
    return [replies[0] | {ABOUT: body.get(ABOUT)}, *replies[1:]]
