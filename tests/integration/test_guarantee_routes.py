"""The guarantee matrix through the front doors: the chat route and the signed SMS webhook, in every dialogue state.

Every cell is a conversation of its own, played from its first message on through the real routes, with the real Rasa
model behind them. A run takes one phrase of each kind for each state, a different one in each, and both languages in
every state; `pytest --guarantee=whole` takes them all.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
import pytest
from limits import parse
from starlette.applications import Starlette
from twilio.request_validator import RequestValidator

import bot.logs
from bot.gateway.app import create_app
from bot.gateway.limits import RateLimits
from bot.gateway.sms.limits import SmsLimits
from bot.messages import CRISIS_KEY
from bot.safety.language import detect_language
from bot.settings import Settings
from tests.check_in import checked_in
from tests.integration.test_guarantee import MID_CHECK_IN, NUMBERS, PHRASES, SAME_KIND, STATES, Step, fault

PUBLIC = "https://sms.example.org"
TOKEN = "fedcba98765432100123456789abcdef"
ALL_STATES = (*STATES, MID_CHECK_IN)
_numbers = count(5_000_000)


class RasaInProcess:
    """The gateway's way to Rasa without the network in between; remembers which kinds the gate found."""

    def __init__(self, assistant: Any) -> None:
        self._assistant = assistant
        self.kinds: list[str] = []

    async def replies(self, text: str, payload: str | None, conversation: str, channel: str) -> list[dict[str, Any]]:
        turn = await self._assistant.respond(text, conversation, payload, channel)
        self.kinds = turn.parse_data[CRISIS_KEY]["kinds"]
        return list(turn.replies)

    async def erase(self, conversation: str) -> bool:
        await self._assistant.erase(conversation)
        return True

    async def ready(self) -> bool:
        return True

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(scope="module")
def rasa(assistant: Any) -> RasaInProcess:
    bot.logs.configure_logging("error")
    return RasaInProcess(assistant)


@pytest.fixture(scope="module")
def app(rasa: RasaInProcess) -> Starlette:
    """A gateway whose limits do not end the longer states; what a limit does is tested elsewhere."""
    settings = Settings(public_url=PUBLIC, twilio_auth_token=TOKEN, sms_secret="0123456789abcdef" * 4)
    built = create_app(settings, engine=rasa, supervise=False)  # type: ignore[arg-type]
    state = built.state.gateway.state
    built.state.gateway.chat._limits = RateLimits(state.limiter, state.hashed, "test", parse("1000/minute"), parse("100000/minute"))
    built.state.gateway.sms.desk._limits = SmsLimits(state.limiter, per_number=(), overall=parse("100000/minute"))
    return built


@pytest.fixture
async def http(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://gateway") as client:
        yield client


@pytest.fixture(scope="module")
async def check_in(assistant: Any) -> str:
    """A message that leads to a check-in."""
    return (await checked_in(assistant))[0]


def steps_to(state: str, kind: str, check_in: str) -> list[tuple[str, str | None]]:
    steps: tuple[Step, ...] = (check_in,) if state == MID_CHECK_IN else STATES[state]
    pairs = [(step, None) if isinstance(step, str) else step for step in steps]
    return [(PHRASES[kind][0] if text == SAME_KIND else text, payload) for text, payload in pairs]


def chosen(request: pytest.FixtureRequest, state: str, kind: str) -> list[str]:
    phrases = PHRASES[kind]
    if request.config.getoption("--guarantee") == "whole":
        return phrases
    return [phrases[(2 * ALL_STATES.index(state) + list(PHRASES).index(kind)) % len(phrases)]]


@pytest.mark.parametrize("state", ALL_STATES)
def test_both_languages_are_spoken_in_every_state(request: pytest.FixtureRequest, state: str) -> None:
    said = [phrase for kind in PHRASES for phrase in chosen(request, state, kind)]
    assert {detect_language(phrase) for phrase in said} == {"en", "es"}


async def chat(http: httpx.AsyncClient, text: str, payload: str | None, conversation: str | None) -> dict[str, Any]:
    answer = await http.post("/chat/messages", json={"text": text, "payload": payload, "conversation": conversation})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def sms(http: httpx.AsyncClient, text: str, number: str) -> list[str]:
    form = {"MessageSid": f"SM{next(_numbers):032x}", "From": number, "To": "+15735550100", "Body": text, "NumMedia": "0", "FromCity": ""}
    signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}/sms/twilio", form)
    headers = {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature}
    answer = await http.post("/sms/twilio", content=urlencode(form), headers=headers)
    assert answer.status_code == 200, answer.text
    return [message.text or "" for message in ElementTree.fromstring(answer.text)]


@pytest.mark.parametrize("kind", PHRASES)
@pytest.mark.parametrize("state", ALL_STATES)
async def test_by_the_chat_route(
    http: httpx.AsyncClient, rasa: RasaInProcess, check_in: str, request: pytest.FixtureRequest, state: str, kind: str
) -> None:
    for phrase in chosen(request, state, kind):
        conversation = None
        for text, payload in steps_to(state, kind, check_in):
            conversation = (await chat(http, text, payload, conversation))["conversation"]
        answer = await chat(http, phrase, None, conversation)
        assert conversation in {None, answer["conversation"]}
        first = answer["replies"][0]
        assert fault(kind, rasa.kinds, phrase, first, state) is None, (state, phrase)
        assert not first["fallback"]
        assert (await http.delete(f"/chat/conversations/{answer['conversation']}")).status_code == 204


@pytest.mark.parametrize("kind", PHRASES)
@pytest.mark.parametrize("state", ALL_STATES)
async def test_by_the_sms_webhook(
    http: httpx.AsyncClient, rasa: RasaInProcess, check_in: str, request: pytest.FixtureRequest, state: str, kind: str
) -> None:
    for phrase in chosen(request, state, kind):
        number = f"+1314{next(_numbers)}"
        for text, _ in steps_to(state, kind, check_in):
            await sms(http, text, number)
        first = (await sms(http, phrase, number))[0]
        found = fault(kind, rasa.kinds, phrase, {"kind": "escalation", "text": first}, state)
        assert found is None, (state, phrase, first)
        assert NUMBERS["trafficking"] in first
        await sms(http, "DELETE", number)
