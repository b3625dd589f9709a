"""The guarantee matrix through the widget: in every dialogue state, the first bubble as the person sees it.

Every cell is a conversation of its own, typed into the widget from its first message on, before a real Rasa. Desktop
and phone take turns over kinds and states. A run takes one phrase of each kind for each state, as for the other routes; `pytest
--guarantee=whole` takes them all.
"""

from __future__ import annotations

import json
from itertools import count

import httpx
import pytest
from playwright.sync_api import Locator, expect

from bot.safety.phrase_floor import scan
from tests.browser.widget_helpers import Chat, Gateway, Visitors
from tests.check_in import DEVELOPMENT
from tests.integration.test_guarantee import MID_CHECK_IN, NUMBERS, PHRASES, fault, right_lines
from tests.integration.test_guarantee_routes import ALL_STATES, chosen, steps_to

SCREENS = ({}, {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True})
_people = count()


def own_address() -> dict[str, str]:
    """The headers of one more person, so that nobody meets another one's rate limit."""
    person = next(_people)
    return {"x-forwarded-for": f"10.9.{person // 250}.{person % 250}"}


@pytest.fixture(scope="module")
def check_in(gateway: Gateway) -> str:
    """A message that leads to a check-in."""
    for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines():
        text: str = json.loads(line)["text"]
        answer = httpx.post(f"{gateway.url}/chat/messages", json={"text": text}, headers=own_address()).json()
        httpx.delete(f"{gateway.url}/chat/conversations/{answer['conversation']}")
        if answer["replies"][0]["kind"] == "check_in":
            return text
    raise AssertionError("no development message leads to a check-in")


def arrived_in(state: str, kind: str, check_in: str, visitors: Visitors) -> Chat:
    """Returns the chat of a new visitor who has come to a state by typing and pressing."""
    screen = SCREENS[(ALL_STATES.index(state) + list(PHRASES).index(kind)) % len(SCREENS)]
    chat = visitors.arrive(**screen, extra_http_headers=own_address()).open()
    for text, payload in steps_to(state, kind, check_in):
        first = (chat.press(text) if payload else chat.ask(text))["replies"][0]
        assert not first["fallback"], (state, text)
    if state == MID_CHECK_IN:
        expect(chat.bubble("check_in")).to_be_visible()
    return chat


def escalations(gateway: Gateway) -> dict[str, float]:
    """Returns how many escalations each kind has led."""
    return {kind: gateway.count(f'lamplight_escalations_total{{kind="{kind}"}}') for kind in PHRASES}


def seen(bubble: Locator) -> dict[str, str]:
    """Returns kind and text of a bubble as the page shows them."""
    stands_out = bubble.get_attribute("class") == "bubble urgent" and bubble.locator("> .flag").is_visible()
    return {
        "kind": "escalation" if stands_out else "quiet bubble",
        "text": "\n".join(bubble.locator("> p, > ul:not(.lines)").all_inner_texts()),
    }


@pytest.mark.parametrize("kind", PHRASES)
@pytest.mark.parametrize("state", ALL_STATES)
def test_the_line_is_seen_and_can_be_tapped(
    visitors: Visitors, gateway: Gateway, check_in: str, request: pytest.FixtureRequest, state: str, kind: str
) -> None:
    for phrase in chosen(request, state, kind):
        chat = arrived_in(state, kind, check_in, visitors)
        before, led = chat.bubbles.count(), escalations(gateway)
        answer = chat.ask(phrase)["replies"][0]
        assert (answer["kind"], answer["fallback"]) == ("escalation", False), phrase
        expect(chat.bubbles.nth(before)).to_have_class("bubble you")
        bubble = chat.bubbles.nth(before + 1)
        kinds = [name for name, now in escalations(gateway).items() if now > led[name]] + list(scan(phrase).kinds)
        assert fault(kind, kinds, phrase, seen(bubble), state) is None, (phrase, seen(bubble))

        lines = right_lines(kind, kinds, phrase, state)
        line = bubble.locator(", ".join(f"> p a[href='tel:{NUMBERS[name]}']" for name in lines)).first
        expect(line).to_be_in_viewport(ratio=1)
        line.click(trial=True)  # nothing lies over it
        expect(bubble.locator(f"> p a[href='tel:{NUMBERS['trafficking']}']")).to_be_visible()
        expect(bubble.locator(".lines a[href^='sms:']").first).to_be_visible()
