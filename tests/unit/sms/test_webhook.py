"""The webhooks as a provider calls them, around an engine that is no Rasa."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from xml.etree import ElementTree

import pytest
import structlog
import yaml
from httpx import AsyncClient, Response
from starlette.applications import Starlette

from bot.gateway.app import create_app
from bot.gateway.sms.front import SmsFront
from bot.gateway.sms.sender import SenderIdentity
from bot.gateway.sms.telnyx import TelnyxProvider
from bot.gateway.sms.twilio import TwilioProvider
from bot.gateway.sms.webhook import MAX_BODY_BYTES
from bot.nlg.wording import LEAD_LINES, SMS
from bot.safety.hotlines import ROOT
from bot.state.open import in_memory
from tests.unit.sms.stubs import (
    ACCOUNT,
    ANN,
    BOB,
    OURS,
    PUBLIC,
    SECRET,
    TOKEN,
    FakeEngine,
    Rest,
    bubble,
    client,
    form,
    gateway,
    messages,
    post,
    settings,
    sign,
    text,
)
from tests.unit.sms.test_telnyx import NOW, PUBLIC_KEY, event, signed

PHRASES = yaml.safe_load((ROOT / "tests" / "crisis_phrases.yml").read_text(encoding="utf-8"))
NUMBERS = {
    "emergency": "911",
    "suicide": "988",
    "sexual_assault": "1-800-656-4673",
    "domestic_violence": "1-800-799-7233",
    "trafficking": "1-888-373-7888",
}


def front(app: Starlette) -> SmsFront:
    sms: SmsFront = app.state.gateway.sms
    return sms


async def settled(app: Starlette) -> None:
    """Waits for what goes on in the background."""
    while front(app).webhook._background:
        await asyncio.gather(*front(app).webhook._background)


async def test_a_signed_text_is_answered_by_twiml(app: Starlette) -> None:
    assert (await text(app, "¡hola!"))[0] == "You wrote: ¡hola!"


@pytest.mark.parametrize("signature", ["", "forged", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
async def test_a_wrong_signature_gets_403_and_the_lines(app: Starlette, engine: FakeEngine, signature: str) -> None:
    response = await post(app, form("hello"), signature=signature)
    assert response.status_code == 403
    assert {line["id"] for line in response.json()["hotlines"]} == {"emergency", "suicide", "trafficking"}
    assert engine.asked == []


async def test_a_signature_over_the_inner_address_is_refused(app: Starlette) -> None:
    fields = form("hello")
    assert (await post(app, fields, signature=sign(fields, "http://internal:8000/sms/twilio"))).status_code == 403


async def test_a_query_belongs_to_the_signed_address(app: Starlette) -> None:
    assert (await post(app, form("hello"), path="/sms/twilio?a=1&b=")).status_code == 200


async def test_other_content_types_get_415_and_too_large_bodies_413(app: Starlette) -> None:
    async with client(app) as http_client:
        wrong = await http_client.post("/sms/twilio", json={"Body": "x"})
        large = await http_client.post(
            "/sms/twilio", content=b"a" * (MAX_BODY_BYTES + 1), headers={"content-type": "application/x-www-form-urlencoded"}
        )
    assert (wrong.status_code, large.status_code) == (415, 413)


async def test_1600_emoji_are_not_too_large(app: Starlette) -> None:
    assert (await post(app, form("😭" * 1600))).status_code == 200


async def test_a_replay_gets_the_same_reply_and_is_handled_once(app: Starlette, engine: FakeEngine) -> None:
    fields = form("hello")
    first, second = messages(await post(app, fields)), messages(await post(app, fields))
    assert first == second and len(engine.asked) == 1


async def test_a_replay_during_the_first_handling_waits_for_it(app: Starlette, engine: FakeEngine) -> None:
    engine.gate = asyncio.Event()
    fields = form("hello")
    both = [asyncio.create_task(post(app, fields)) for _ in range(2)]
    await asyncio.sleep(0.05)
    engine.gate.set()
    first, second = await asyncio.gather(*both)
    assert messages(first) == messages(second) and len(engine.asked) == 1


async def test_after_delete_a_replay_shows_nothing_of_before(app: Starlette) -> None:
    fields = form("a secret question")
    await post(app, fields)
    await text(app, "DELETE")
    assert messages(await post(app, fields)) == []


async def test_a_text_without_sid_or_with_odd_fields_is_answered(app: Starlette) -> None:
    assert messages(await post(app, form("hello", MessageSid="", SmsSid="")))[0] == "You wrote: hello"
    assert "911" in messages(await post(app, form("hello", From="")))[0]


async def test_an_mms_without_text_and_a_place_get_the_lines(app: Starlette) -> None:
    assert "pictures" in (await text(app, "", NumMedia="1", MediaUrl0="https://api.twilio.com/never-fetched"))[0]
    assert "pictures" in (await text(app, "", BOB, Latitude="38.6", Longitude="-90.2"))[0]


@pytest.mark.parametrize(("kind", "phrase"), [(kind, phrase) for kind, phrases in PHRASES.items() for phrase in phrases])
async def test_every_phrase_of_the_guarantee_list_gets_its_line_while_rasa_is_down(
    app: Starlette, engine: FakeEngine, kind: str, phrase: str
) -> None:
    engine.down = True
    texts = await text(app, phrase)
    assert NUMBERS[LEAD_LINES[kind]] in texts[0] or "988" in texts[0][:40]
    assert "1-888-373-7888" in texts[0]


async def test_an_unforeseen_error_gets_the_lines_and_no_trace(app: Starlette, engine: FakeEngine) -> None:
    def broken(text: str, payload: str | None) -> list[dict[str, Any]]:
        raise RuntimeError(f"{ANN} said {text}")

    engine.answers = broken
    with structlog.testing.capture_logs() as logs:
        assert "988" in (await text(app, "I want to die"))[0]
        assert "can't answer" in (await text(app, "is it legal", BOB))[0]
    assert [entry["event"] for entry in logs] == ["sms.failed", "sms.failed"]
    assert "5550101" not in json.dumps(logs) and "die" not in json.dumps(logs)


async def test_rasa_too_slow_gets_the_lines_in_time_and_the_answer_later(engine: FakeEngine, twilio_rest: Rest) -> None:
    app = with_rest(engine, twilio_rest)
    engine.gate = asyncio.Event()
    front(app).webhook._patience = 0.05
    assert (await text(app, "is it legal"))[0].startswith("I can't answer right now.")
    engine.gate.set()
    await settled(app)
    assert [body["Body"] for _, _, body in twilio_rest.seen][0] == "You wrote: is it legal"
    assert {body["To"] for _, _, body in twilio_rest.seen} == {ANN}


async def test_a_late_fallback_is_not_sent_on_top_of_the_lines(engine: FakeEngine, twilio_rest: Rest) -> None:
    app = with_rest(engine, twilio_rest)
    engine.gate, engine.down = asyncio.Event(), True
    front(app).webhook._patience = 0.05
    await text(app, "is it legal")
    engine.gate.set()
    await settled(app)
    assert twilio_rest.seen == []


async def test_a_late_escalation_is_not_sent_twice(engine: FakeEngine, twilio_rest: Rest) -> None:
    app = with_rest(engine, twilio_rest)
    engine.gate = asyncio.Event()
    front(app).webhook._patience = 0.05
    lines = await text(app, "I want to die")
    assert lines[0].startswith("Call or text 988")
    engine.gate.set()
    await settled(app)
    assert twilio_rest.seen and not any(body["Body"].startswith(lines[0]) for _, _, body in twilio_rest.seen)


async def test_late_replies_end_where_somebody_said_stop(engine: FakeEngine, twilio_rest: Rest) -> None:
    app = with_rest(engine, twilio_rest)
    engine.answers = lambda text, payload: [bubble("One."), bubble("Two.")]
    engine.gate = asyncio.Event()
    front(app).webhook._patience = 0.05
    twilio_rest.answer(400, {"code": 21610})
    await text(app, "is it legal")
    engine.gate.set()
    await settled(app)
    assert [body["Body"] for _, _, body in twilio_rest.seen] == ["One."]


async def test_without_an_account_nothing_is_sent_late(app: Starlette, engine: FakeEngine) -> None:
    engine.gate = asyncio.Event()
    front(app).webhook._patience = 0.05
    assert (await text(app, "is it legal"))[0].startswith("I can't answer right now.")
    engine.gate.set()
    await settled(app)


async def test_statuses_are_counted_without_numbers(app: Starlette) -> None:
    fields = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30007", "To": ANN, "From": OURS}
    with structlog.testing.capture_logs() as logs:
        assert (await post(app, fields, path="/sms/twilio/status")).status_code == 204
        assert (await post(app, fields, path="/sms/twilio/status", signature="x")).status_code == 403
    metrics = app.state.gateway.metrics.render().decode()
    assert 'lamplight_sms_sent_total{outcome="undelivered"} 1.0' in metrics
    assert "5550101" not in metrics and "5550101" not in json.dumps(logs) and "30007" in json.dumps(logs)


async def test_the_fallback_file_is_the_same_by_route_and_command(app: Starlette) -> None:
    from bot.gateway.sms.front import fallback_xml

    async with client(app) as http_client:
        answers = [await http_client.get("/sms/twilio/fallback.xml"), await http_client.post("/sms/twilio/fallback.xml")]
    for answer in answers:
        assert answer.text == fallback_xml(front(app)._static)
        texts = [message.text or "" for message in ElementTree.fromstring(answer.text)]
        assert len(texts) == 2 and all("911" in said and "988" in said and "1-888-373-7888" in said for said in texts)


async def test_a_provider_that_is_not_set_up_gets_503(app: Starlette) -> None:
    async with client(app) as http_client:
        response = await http_client.post("/sms/telnyx", json={})
    assert response.status_code == 503 and response.json()["error"]["code"] == "sms_not_set_up"


async def test_get_is_not_allowed(app: Starlette) -> None:
    async with client(app) as http_client:
        assert (await http_client.get("/sms/twilio")).status_code == 405


async def from_telnyx(http_client: AsyncClient, raw: bytes) -> Response:
    return await http_client.post("/sms/telnyx", content=raw, headers=signed(raw) | {"content-type": "application/json"})


async def test_telnyx_is_answered_by_its_api_and_then_acknowledged(engine: FakeEngine, telnyx_rest: Rest) -> None:
    app = with_telnyx(engine, telnyx_rest)
    raw = event(text="¡hola!")
    async with client(app) as http_client:
        first = await from_telnyx(http_client, raw)
        assert len(telnyx_rest.seen) == 2
        again = await from_telnyx(http_client, raw)
        forged = await http_client.post("/sms/telnyx", content=raw + b" ", headers=signed(raw) | {"content-type": "application/json"})
        form_type = await http_client.post("/sms/telnyx", content=b"a=b", headers={"content-type": "application/x-www-form-urlencoded"})
    assert [response.status_code for response in (first, again, forged, form_type)] == [200, 200, 403, 415]
    assert first.json() == {}
    notice = front(app)._static.wording("", SMS, "es").say("utter_first_contact")
    assert [body["text"] for _, _, body in telnyx_rest.seen] == ["You wrote: ¡hola!", notice]
    assert len(engine.asked) == 1


async def test_a_text_of_telnyx_is_not_acknowledged_before_its_replies_are_out(engine: FakeEngine, telnyx_rest: Rest) -> None:
    app = with_telnyx(engine, telnyx_rest)
    engine.gate = asyncio.Event()
    front(app).webhook.acknowledged = 0.05
    raw = event(text="hello")
    async with client(app) as http_client:
        first = await from_telnyx(http_client, raw)
        assert (first.status_code, first.json()["error"]["code"], telnyx_rest.seen) == (503, "sms_in_hand", [])
        engine.gate.set()
        front(app).webhook.acknowledged = 5.0
        again = await from_telnyx(http_client, raw)
    assert again.status_code == 200
    assert telnyx_rest.seen[0][2]["text"] == "You wrote: hello" and len(engine.asked) == 1


async def test_a_text_that_died_with_a_gateway_is_answered_when_telnyx_sends_it_again(engine: FakeEngine, telnyx_rest: Rest) -> None:
    app = with_telnyx(engine, telnyx_rest)
    webhook, provider = front(app).webhook, front(app).providers["telnyx"]
    webhook.acknowledged = 0.05
    sending = provider.send
    provider.send = lambda *_: asyncio.sleep(60)  # type: ignore[assignment, method-assign, return-value]
    raw = event(text="he is going to kill me tonight")
    async with client(app) as http_client:
        first = await from_telnyx(http_client, raw)
        dying = list(webhook._background)
        for task in dying:
            task.cancel()
        await asyncio.gather(*dying, return_exceptions=True)
        provider.send, webhook.acknowledged = sending, 5.0  # type: ignore[method-assign]
        again = await from_telnyx(http_client, raw)
    assert (first.status_code, again.status_code) == (503, 200)
    assert telnyx_rest.seen[0][2]["text"].startswith("Call 911 now.")


async def test_a_stopping_gateway_sends_the_replies_in_hand(engine: FakeEngine, telnyx_rest: Rest) -> None:
    app = with_telnyx(engine, telnyx_rest)
    front(app).webhook.acknowledged = 0.05
    engine.gate = asyncio.Event()
    raw = event(text="hello")
    async with client(app) as http_client:
        await from_telnyx(http_client, raw)
    closing = asyncio.create_task(front(app).webhook.close())
    await asyncio.sleep(0)
    engine.gate.set()
    await closing
    assert telnyx_rest.seen[0][2]["text"] == "You wrote: hello"


async def test_telnyx_while_rasa_is_slow_sends_the_lines_and_then_the_answer(engine: FakeEngine, telnyx_rest: Rest) -> None:
    app = with_telnyx(engine, telnyx_rest)
    engine.gate = asyncio.Event()
    front(app).webhook._patience = 0.05
    raw = event(text="he is going to kill me tonight")
    async with client(app) as http_client:
        await from_telnyx(http_client, raw)
    while not telnyx_rest.seen:
        await asyncio.sleep(0.01)
    engine.gate.set()
    await settled(app)
    sent = [body["text"] for _, _, body in telnyx_rest.seen]
    assert sent[0].startswith("Call 911 now.") and sent.count(sent[0]) == 1
    assert sent[1].splitlines()[:2] == ["Here is some of what you asked us about:", "You wrote: he is going to kill me tonight"]


async def test_telnyx_help_is_answered_by_us_and_stop_is_not(engine: FakeEngine, telnyx_rest: Rest) -> None:
    app = with_telnyx(engine, telnyx_rest)
    async with client(app) as http_client:
        for number, word in enumerate(("HELP", "STOP")):
            raw = event(text=word, id=f"m{number}")
            await from_telnyx(http_client, raw)
            await settled(app)
    assert telnyx_rest.seen[0][2]["text"] == front(app)._static.wording("", SMS).say("utter_sms_help")
    assert len(telnyx_rest.seen) == 2  # the help and the first notice


async def test_telnyx_statuses_come_by_the_same_address(engine: FakeEngine, telnyx_rest: Rest) -> None:
    app = with_telnyx(engine, telnyx_rest)
    raw = event("message.finalized", to=[{"status": "delivered"}])
    async with client(app) as http_client:
        await from_telnyx(http_client, raw)
    assert 'lamplight_sms_sent_total{outcome="delivered"} 1.0' in app.state.gateway.metrics.render().decode()


async def test_replays_are_forgotten_after_ten_minutes(engine: FakeEngine) -> None:
    now = 0.0
    app = create_app(settings(), engine=engine, supervise=False, state=in_memory(settings(), lambda: now))  # type: ignore[arg-type]
    fields = form("hello")
    await post(app, fields)
    now = 601.0
    await post(app, fields)
    assert len(engine.asked) == 2


async def test_the_web_cannot_enter_a_conversation_by_text_message(app: Starlette, engine: FakeEngine) -> None:
    await text(app, "hello")
    async with client(app) as http_client:
        token = SenderIdentity(SECRET).of(ANN).id
        answer = await http_client.post("/chat/messages", json={"text": "hi", "conversation": token})
    assert answer.json()["conversation"] != token
    assert engine.asked[0][2] != engine.asked[1][2]


def with_rest(engine: FakeEngine, rest: Rest) -> Starlette:
    app = gateway(engine)
    front(app).providers["twilio"] = TwilioProvider(
        SenderIdentity(SECRET), [TOKEN], ACCOUNT, api=rest.url, status_url=f"{PUBLIC}/sms/twilio/status"
    )
    return app


def with_telnyx(engine: FakeEngine, rest: Rest) -> Starlette:
    app = gateway(engine)
    front(app).providers["telnyx"] = TelnyxProvider(SenderIdentity(SECRET), PUBLIC_KEY, "KEY", api=rest.url, clock=lambda: NOW)
    return app


async def test_a_crisis_in_too_large_a_body_gets_its_line_though_nobody_can_check_the_signature(app: Starlette, engine: FakeEngine) -> None:
    fields = form("he is going to kill me tonight. " + "so " * MAX_BODY_BYTES)
    texts = messages(await post(app, fields, signature="forged"))
    assert texts[0].startswith("Call 911 now.")
    assert engine.asked == []
    assert (await post(app, form("la " * MAX_BODY_BYTES))).status_code == 413


async def test_a_crisis_in_too_large_a_body_of_telnyx_is_refused_with_the_lines(engine: FakeEngine, telnyx_rest: Rest) -> None:
    app = with_telnyx(engine, telnyx_rest)
    raw = event(text="he is going to kill me tonight " * MAX_BODY_BYTES)
    async with client(app) as http_client:
        answer = await from_telnyx(http_client, raw)
    assert answer.status_code == 413  # without a signed sender there is nobody to send to
    assert {line["id"] for line in answer.json()["hotlines"]} == {"emergency", "suicide", "trafficking"}
