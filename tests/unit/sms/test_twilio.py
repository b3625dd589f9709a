"""Twilio: its signature, its forms, its TwiML and its REST API."""

from __future__ import annotations

from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from bot.gateway.sms.delivery import ATTEMPTS
from bot.gateway.sms.provider import Delivery, DeliveryStatus, UnreadableMessage
from bot.gateway.sms.sender import SealedNumber, SenderIdentity
from bot.gateway.sms.twilio import TwilioProvider, twiml
from tests.unit.sms.stubs import ACCOUNT, ANN, OURS, PUBLIC, SECRET, TOKEN, Rest, form, sign

URL = f"{PUBLIC}/sms/twilio"
IDENTITY = SenderIdentity(SECRET)


def provider(rest: Rest | None = None, pauses: list[float] | None = None, **values: str) -> TwilioProvider:
    async def sleep(seconds: float) -> None:
        if pauses is not None:
            pauses.append(seconds)

    return TwilioProvider(IDENTITY, [TOKEN], ACCOUNT, api=rest.url if rest else "http://127.0.0.1:9", sleep=sleep, **values)


def raw(fields: dict[str, str]) -> bytes:
    return urlencode(fields).encode()


def test_a_good_signature_covers_blank_fields_too() -> None:
    fields = form("", FromCity="", Empty="")
    headers = {"x-twilio-signature": sign(fields)}
    assert provider().verify(raw(fields), headers, URL)
    without_blanks = {name: value for name, value in fields.items() if value}
    assert not provider().verify(raw(without_blanks), headers, URL)


@pytest.mark.parametrize("body", ["¡ayúdame!", "a+b&c=d %20 /x", "😭\n\nline", " lead and trail ", "ｗｉｄｅ"])
def test_a_signature_holds_for_any_characters(body: str) -> None:
    fields = form(body)
    assert provider().verify(raw(fields), {"x-twilio-signature": sign(fields)}, URL)
    sms = provider().parse(raw(fields))
    assert sms is not None and sms.text == body


def test_forged_signatures_fail() -> None:
    fields = form("hello")
    good = sign(fields)
    assert not provider().verify(raw(fields | {"Body": "hello!"}), {"x-twilio-signature": good}, URL)
    assert not provider().verify(raw(fields), {"x-twilio-signature": sign(fields, token="another")}, URL)
    assert not provider().verify(raw(fields), {"x-twilio-signature": "ü" * 28}, URL)
    assert not provider().verify(raw(fields), {"x-twilio-signature": ""}, URL)
    assert not provider().verify(raw(fields), {}, URL)
    assert not provider().verify(b"\xff\xfe", {"x-twilio-signature": good}, URL)
    assert not provider().verify(raw(fields) + b"&a=1" * 600, {"x-twilio-signature": good}, URL)


def test_the_signature_is_over_the_public_address() -> None:
    fields = form("hello")
    assert not provider().verify(raw(fields), {"x-twilio-signature": sign(fields, "http://internal:8000/sms/twilio")}, URL)
    with_port = "https://sms.example.org:443/sms/twilio"
    assert provider().verify(raw(fields), {"x-twilio-signature": sign(fields, with_port)}, URL)


def test_repeated_fields_are_signed_as_twilio_signs_them() -> None:
    body = b"MessageSid=SM1&From=%2B13145550101&Body=x&Body=a"
    from starlette.datastructures import ImmutableMultiDict
    from twilio.request_validator import RequestValidator

    fields = ImmutableMultiDict([("MessageSid", "SM1"), ("From", ANN), ("Body", "x"), ("Body", "a")])
    assert provider().verify(body, {"x-twilio-signature": RequestValidator(TOKEN).compute_signature(URL, fields)}, URL)


def test_during_a_rotation_both_tokens_hold_and_afterwards_one() -> None:
    fields = form("hello")
    rotating = TwilioProvider(IDENTITY, [TOKEN, "next-token"])
    assert rotating.verify(raw(fields), {"x-twilio-signature": sign(fields)}, URL)
    assert rotating.verify(raw(fields), {"x-twilio-signature": sign(fields, token="next-token")}, URL)
    assert not TwilioProvider(IDENTITY, ["next-token"]).verify(raw(fields), {"x-twilio-signature": sign(fields)}, URL)


def test_a_form_is_read() -> None:
    sms = provider().parse(raw(form("hi", NumMedia="2", OptOutType="stop", MessageSid="SM7")))
    assert sms is not None
    assert (sms.message_id, sms.text, sms.opt_out, sms.ours) == ("SM7", "hi", "STOP", OURS)
    assert sms.sender == IDENTITY.of(ANN) or sms.sender.id == IDENTITY.of(ANN).id


def test_a_form_without_a_sender_is_unreadable() -> None:
    with pytest.raises(UnreadableMessage):
        provider().parse(raw(form("hi", From=" ")))


def test_twiml_is_well_formed_whatever_the_text() -> None:
    texts = ["a < b & c > d", "]]>", "quote \" and '", "bell \x07 null \x00 surrogate", "¡sí! 😭", "line\nbreak"]
    parsed = [message.text for message in ElementTree.fromstring(twiml(texts))]
    assert parsed == [text.replace("\x07", "").replace("\x00", "") for text in texts]
    assert len(ElementTree.fromstring(twiml([]))) == 0


def test_a_status_callback_is_read() -> None:
    assert provider().parse_status(b"MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30007&To=x") == DeliveryStatus(
        "undelivered", "30007"
    )
    assert provider().parse_status(b"MessageStatus=delivered&ErrorCode=") == DeliveryStatus("delivered", None)
    assert provider().parse_status(b"") is None


async def test_a_send_fits_the_public_description_and_keeps_nothing(twilio_rest: Rest) -> None:
    twilio = provider(twilio_rest, status_url=f"{PUBLIC}/sms/twilio/status")
    assert await twilio.send(SealedNumber(ANN), "Text", OURS) is Delivery.SENT
    path, headers, body = twilio_rest.seen[0]
    assert path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert headers["authorization"].startswith("Basic ")
    assert body == {
        "To": ANN,
        "Body": "Text",
        "From": OURS,
        "StatusCallback": f"{PUBLIC}/sms/twilio/status",
        "ContentRetention": "discard",
        "AddressRetention": "obfuscate",
    }
    await twilio.close()


async def test_a_messaging_service_is_named_as_one(twilio_rest: Rest) -> None:
    service = "MG" + "ab" * 16
    assert await provider(twilio_rest, sms_from=service).send(SealedNumber(ANN), "Text", OURS) is Delivery.SENT
    assert twilio_rest.seen[0][2]["MessagingServiceSid"] == service and "From" not in twilio_rest.seen[0][2]


async def test_an_account_without_redaction_still_sends(twilio_rest: Rest) -> None:
    twilio_rest.answer(400, {"code": 30029})
    twilio = provider(twilio_rest)
    assert await twilio.send(SealedNumber(ANN), "One", OURS) is Delivery.SENT
    assert await twilio.send(SealedNumber(ANN), "Two", OURS) is Delivery.SENT
    assert ["ContentRetention" in body for _, _, body in twilio_rest.seen] == [True, False, False]


async def test_a_busy_or_broken_twilio_is_tried_again(twilio_rest: Rest) -> None:
    pauses: list[float] = []
    twilio_rest.answer(429, {"code": 20429})
    twilio_rest.answer(503, Retry_After="7")
    twilio_rest.answer(500)
    assert await provider(twilio_rest, pauses).send(SealedNumber(ANN), "Text", OURS) is Delivery.SENT
    assert pauses == [0.5, 7.0, 2.0]
    assert len(twilio_rest.seen) == 4


async def test_it_gives_up_after_some_attempts(twilio_rest: Rest) -> None:
    for _ in range(ATTEMPTS):
        twilio_rest.answer(503)
    assert await provider(twilio_rest).send(SealedNumber(ANN), "Text", OURS) is Delivery.FAILED
    assert len(twilio_rest.seen) == ATTEMPTS


async def test_an_outage_of_the_network_is_no_error() -> None:
    pauses: list[float] = []
    assert await provider(None, pauses).send(SealedNumber(ANN), "Text", OURS) is Delivery.FAILED
    assert pauses == [0.5, 1.0, 2.0, 4.0]


async def test_somebody_who_said_stop_is_not_texted_again(twilio_rest: Rest) -> None:
    twilio_rest.answer(400, {"code": 21610, "message": "Attempt to send to unsubscribed recipient"})
    assert await provider(twilio_rest).send(SealedNumber(ANN), "Text", OURS) is Delivery.STOPPED
    assert len(twilio_rest.seen) == 1


async def test_a_refusal_is_not_tried_again(twilio_rest: Rest) -> None:
    twilio_rest.answer(401, {"code": 20003})
    assert await provider(twilio_rest).send(SealedNumber(ANN), "Text", OURS) is Delivery.FAILED
    assert len(twilio_rest.seen) == 1
