"""Telnyx: an asynchronous provider behind the same interface."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.gateway.sms.provider import Acknowledgement, Delivery, DeliveryStatus, UnreadableMessage
from bot.gateway.sms.sender import SealedNumber, SenderIdentity
from bot.gateway.sms.telnyx import TelnyxProvider
from tests.unit.sms.stubs import ANN, OURS, SECRET, Rest

NOW = 1_795_000_000.0
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC_KEY = base64.b64encode(KEY.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)).decode()


def provider(rest: Rest | None = None) -> TelnyxProvider:
    async def sleep(seconds: float) -> None:
        """Waits for nothing."""

    return TelnyxProvider(
        SenderIdentity(SECRET), PUBLIC_KEY, "KEY123", api=rest.url if rest else "http://127.0.0.1:9", sleep=sleep, clock=lambda: NOW
    )


def event(kind: str = "message.received", **payload: Any) -> bytes:
    whole = {
        "id": "40385f64-5717-4562-b3fc-2c963f66afa6",
        "direction": "inbound",
        "type": "SMS",
        "from": {"phone_number": ANN, "carrier": "T", "line_type": "Wireless"},
        "to": [{"phone_number": OURS, "status": "webhook_delivered"}],
        "text": "¡hola!",
        "media": [],
    } | payload
    data = {"event_type": kind, "id": "e1", "occurred_at": "2026-11-22T10:00:00Z", "record_type": "event", "payload": whole}
    return json.dumps({"data": data, "meta": {"attempt": 1}}).encode()


def signed(raw: bytes, at: float = NOW) -> dict[str, str]:
    stamp = str(int(at))
    return {"telnyx-timestamp": stamp, "telnyx-signature-ed25519": base64.b64encode(KEY.sign(stamp.encode() + b"|" + raw)).decode()}


def test_signatures() -> None:
    raw = event()
    assert provider().verify(raw, signed(raw), "")
    assert not provider().verify(raw + b" ", signed(raw), "")
    assert not provider().verify(raw, signed(raw) | {"telnyx-timestamp": str(int(NOW) + 1)}, "")
    assert not provider().verify(raw, signed(raw, NOW - 301), "")
    assert not provider().verify(raw, signed(raw, NOW + 301), "")
    assert not provider().verify(raw, {}, "")


@pytest.mark.parametrize("signature", ["", "%%%", "AAAA", "ü"])
@pytest.mark.parametrize("stamp", ["", "x", "٣", "9" * 400, str(int(NOW))])
def test_odd_headers_are_no_error(signature: str, stamp: str) -> None:
    assert not provider().verify(event(), {"telnyx-timestamp": stamp, "telnyx-signature-ed25519": signature}, "")


def test_an_incoming_text_is_read() -> None:
    sms = provider().parse(event(media=[{"url": "https://example.org/x.jpg"}]))
    assert sms is not None
    assert (sms.text, sms.ours, sms.message_id) == ("¡hola!", OURS, "40385f64-5717-4562-b3fc-2c963f66afa6")
    assert sms.sender.id == SenderIdentity(SECRET).of(ANN).id


def test_other_events_and_nonsense_are_no_texts() -> None:
    assert provider().parse(event("message.sent")) is None
    for raw in (b"", b"[]", b"{}", b'{"data": 1}', b'{"data": {"event_type": 1, "payload": {}}}', b"[" * 5000):
        assert provider().parse(raw) is None
        assert provider().parse_status(raw) is None


def test_a_text_without_a_sender_is_unreadable() -> None:
    with pytest.raises(UnreadableMessage):
        provider().parse(event(**{"from": None}))


def test_it_is_acknowledged_without_replies() -> None:
    assert provider().acknowledge(["never here"]) == Acknowledgement("{}", "application/json")


def test_statuses_are_read_without_numbers() -> None:
    raw = event("message.finalized", to=[{"phone_number": ANN, "status": "delivery_failed"}], errors=[{"code": "40008"}])
    assert provider().parse_status(raw) == DeliveryStatus("delivery_failed", "40008")
    assert provider().parse_status(event("message.sent", to=[{"status": "sent"}])) == DeliveryStatus("sent", None)


async def test_sending(telnyx_rest: Rest) -> None:
    telnyx = provider(telnyx_rest)
    telnyx_rest.answer(429)
    telnyx_rest.answer(200, {"data": {}})
    assert await telnyx.send(SealedNumber(ANN), "Text", OURS) is Delivery.SENT
    path, headers, body = telnyx_rest.seen[1]
    assert (path, headers["authorization"], body) == ("/v2/messages", "Bearer KEY123", {"from": OURS, "to": ANN, "text": "Text"})
    telnyx_rest.answer(409, {"errors": [{"code": "40300", "title": "Blocked due to STOP message"}]})
    assert await telnyx.send(SealedNumber(ANN), "Text", OURS) is Delivery.STOPPED
    telnyx_rest.answer(422, {"errors": "odd"})
    assert await telnyx.send(SealedNumber(ANN), "Text", OURS) is Delivery.FAILED
    await telnyx.close()
