"""The client of one Rasa: no trust in what comes back."""

from __future__ import annotations

from typing import Any

import httpx

from bot.messages import ABOUT, AUTH_HEADER

_REPLY_FIELDS = {"kind": str, "text": str, "buttons": list, "sources": list, "hotlines": list, "fallback": bool, "ratable": bool}


class Worker:
    """One Rasa on a private address."""

    def __init__(self, url: str, secret: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"{url}/webhooks/lamplight",
            headers={AUTH_HEADER: secret},
            timeout=httpx.Timeout(None, connect=1.0),
            limits=httpx.Limits(keepalive_expiry=2.0),  # Rasa closes idle connections after 5 s, and must not do so under a message
            trust_env=False,
        )
        self.busy = 0
        """Messages that it works on for this gateway."""
        self.set_aside = False
        """It did not answer, and has not shown since that it can."""

    async def replies(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Sends one message and returns the bubbles.

        Raises:
            httpx.HTTPError: it cannot be reached, or says that it failed.
            ValueError: it answers nonsense.
        """
        response = await self._client.post("/message", json=body)
        response.raise_for_status()
        return _checked(response.json())

    async def erase(self, conversation: str) -> bool:
        """Erases a conversation; returns False where that was not done."""
        try:
            response = await self._client.post("/erase", json={"conversation": conversation})
            return response.is_success
        except httpx.HTTPError:
            return False

    async def hand_over(self, successor: Worker) -> None:
        """Gives another worker all that this one alone remembers of conversations.

        Raises:
            httpx.HTTPError: one of both cannot be reached, or says that it failed.
        """
        held = await self._client.get("/conversations")
        held.raise_for_status()
        taken = await successor._client.put("/conversations", content=held.content)
        taken.raise_for_status()

    async def ready(self) -> bool:
        """Whether it has its model loaded."""
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
        reply.setdefault("ratable", False)  # a worker of an older version does not say
        for name, kind in _REPLY_FIELDS.items():
            if not isinstance(reply.get(name), kind):
                raise ValueError(f"a reply without a proper {name}")
        if not reply["text"].strip():
            raise ValueError("an empty reply")
    return [replies[0] | {ABOUT: body.get(ABOUT)}, *replies[1:]]
