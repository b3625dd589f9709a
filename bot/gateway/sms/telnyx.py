"""Telnyx: JSON webhooks signed with Ed25519; each reply goes out by its REST API, and then the text is acknowledged."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bot.gateway.sms.delivery import Sleep, deliver
from bot.gateway.sms.provider import (
    OPT_IN_KEYWORDS,
    OPT_OUT_KEYWORDS,
    Acknowledgement,
    Delivery,
    DeliveryStatus,
    InboundSms,
    UnreadableMessage,
)
from bot.gateway.sms.sender import SealedNumber, SenderIdentity

API = "https://api.telnyx.com"
STOPPED = "40300"
"""A block rule stands, since the recipient said STOP (developers.telnyx.com/api/errors/40300)."""
_OLDEST_SECONDS = 300.0


class TelnyxProvider:
    """Verifies with the account's public key. It answers STOP and START by itself, but not HELP."""

    name = "telnyx"
    content_type = "application/json"
    answers_in_webhook = False
    handled_keywords = (OPT_OUT_KEYWORDS - {"revoke", "optout"}) | OPT_IN_KEYWORDS | {"stop all"}

    def __init__(
        self,
        identity: SenderIdentity,
        public_key: str,
        api_key: str = "",
        sms_from: str = "",
        api: str = API,
        sleep: Sleep = asyncio.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._identity = identity
        self._key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        self._can_send = bool(api_key)
        self._from = sms_from
        self._sleep = sleep
        self._clock = clock
        self._client = httpx.AsyncClient(base_url=api, headers={"authorization": f"Bearer {api_key}"}, timeout=10.0)

    @property
    def can_send(self) -> bool:
        """Whether there is an API key; without one nothing can be answered."""
        return self._can_send

    def verify(self, raw: bytes, headers: Mapping[str, str], url: str) -> bool:
        """Checks the signature over the time and the body, and that the time is not long ago."""
        stamp = headers.get("telnyx-timestamp", "")
        if not (stamp.isascii() and stamp.isdigit()) or abs(self._clock() - float(stamp[:12])) > _OLDEST_SECONDS:
            return False
        try:
            signature = base64.b64decode(headers.get("telnyx-signature-ed25519", ""), validate=True)
            self._key.verify(signature, stamp.encode() + b"|" + raw)
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True

    def parse(self, raw: bytes) -> InboundSms | None:
        """Reads a `message.received` event; media is never fetched."""
        kind, payload = _event(raw)
        if kind != "message.received":
            return None
        number = _number(payload.get("from"))
        if not number.strip():
            raise UnreadableMessage("no sender")
        recipients, text = payload.get("to"), payload.get("text")
        return InboundSms(
            message_id=str(payload.get("id") or ""),
            sender=self._identity.of(number),
            text=text if isinstance(text, str) else "",
            ours=_number(recipients[0]) if isinstance(recipients, list) and recipients else "",
        )

    def acknowledge(self, replies: Sequence[str]) -> Acknowledgement:
        """Returns an empty object: Telnyx reads no replies from it."""
        return Acknowledgement("{}", "application/json")

    def parse_status(self, raw: bytes) -> DeliveryStatus | None:
        """Reads `message.sent` and `message.finalized`."""
        kind, payload = _event(raw)
        if kind not in {"message.sent", "message.finalized"}:
            return None
        recipients, errors = payload.get("to"), payload.get("errors")
        recipient = recipients[0] if isinstance(recipients, list) and recipients else {}
        error = errors[0] if isinstance(errors, list) and errors else {}
        code = error.get("code") if isinstance(error, dict) else None
        status = recipient.get("status") if isinstance(recipient, dict) else None
        return DeliveryStatus(str(status or "unknown"), str(code) if code else None)

    async def send(self, to: SealedNumber, text: str, ours: str) -> Delivery:
        """Sends by the messages endpoint."""
        body = {"from": self._from or ours, "to": to, "text": text}
        return await deliver(lambda: self._post(body), _is_stopped, self._sleep)

    async def _post(self, body: Mapping[str, Any]) -> httpx.Response:
        return await self._client.post("/v2/messages", json={**body, "to": body["to"].reveal()})

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


def _event(raw: bytes) -> tuple[str, dict[str, Any]]:
    try:
        data = json.loads(raw)["data"]
        kind, payload = data["event_type"], data["payload"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "", {}
    return (kind, payload) if isinstance(kind, str) and isinstance(payload, dict) else ("", {})


def _number(party: object) -> str:
    number = party.get("phone_number") if isinstance(party, dict) else None
    return number if isinstance(number, str) else ""


def _is_stopped(response: httpx.Response) -> bool:
    try:
        return any(str(error.get("code")) == STOPPED for error in response.json().get("errors", ()))
    except (ValueError, AttributeError, TypeError):
        return False
