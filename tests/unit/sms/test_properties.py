"""Whatever comes in: 200 with well-formed TwiML where it is signed, 403 where it is not, and never a 500."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateway.sms.segments import count_segments
from tests.unit.sms.stubs import FakeEngine, form, gateway, messages, post, sign

ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)
FIELDS = st.dictionaries(
    st.sampled_from(["From", "To", "Body", "NumMedia", "OptOutType", "MessageSid", "Latitude", "MediaUrl0"]) | ANYTHING,
    ANYTHING,
    max_size=8,
)


def run(fields: dict[str, str], signature: str | None = None) -> httpx.Response:
    return asyncio.run(post(gateway(FakeEngine()), fields, signature=signature))


@settings(max_examples=60, deadline=None)
@given(FIELDS)
def test_any_signed_form_gets_twiml(fields: dict[str, str]) -> None:
    for message in messages(run(form("hello") | fields)):
        assert message.strip()
        assert count_segments(message).count <= 2


@settings(max_examples=40, deadline=None)
@given(FIELDS, ANYTHING)
def test_any_unsigned_form_gets_403(fields: dict[str, str], signature: str) -> None:
    if signature.strip() != sign(fields):
        assert run(fields, signature.encode("ascii", "ignore").decode().translate({10: None, 13: None, 0: None}).strip()).status_code == 403


@settings(max_examples=60, deadline=None)
@given(ANYTHING.filter(lambda body: bool(body.strip())))
def test_any_text_gets_a_reply_unless_the_provider_has_given_one(body: str) -> None:
    from bot.gateway.sms.keywords import Keyword, read_keyword
    from bot.gateway.sms.twilio import TwilioProvider
    from bot.safety.normalize import clean_text

    left = {Keyword.LEFT_TO_PROVIDER, Keyword.STOPPED_BY_PROVIDER}
    replies = messages(run(form(body)))
    assert bool(replies) is (read_keyword(clean_text(body), None, TwilioProvider.handled_keywords) not in left)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_get_a_proper_refusal(raw: bytes) -> None:
    async def send() -> httpx.Response:
        from tests.unit.sms.stubs import client

        async with client(gateway(FakeEngine())) as http_client:
            headers = {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": "AAAA"}
            return await http_client.post("/sms/twilio", content=raw, headers=headers)

    assert asyncio.run(send()).status_code == 403


def test_the_encoding_of_the_tests_is_that_of_forms() -> None:
    assert urlencode({"a": "ü ¡"}) == "a=%C3%BC+%C2%A1"
