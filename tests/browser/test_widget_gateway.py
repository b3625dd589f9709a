"""What the gateway does for the widget, without a browser."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from bot.gateway.app import create_app
from bot.settings import Settings
from tests.browser.widget_helpers import reply


class Parrot:
    """Stands in for Rasa and notes what it is asked to forget."""

    def __init__(self) -> None:
        self.known: list[str] = []
        self.erased: list[str] = []

    async def replies(self, text: str, payload: str | None, conversation: str, channel: str) -> list[dict[str, Any]]:
        self.known.append(conversation)
        return [reply(text)]

    async def erase(self, conversation: str) -> bool:
        self.erased.append(conversation)
        return True

    async def close(self) -> None:
        pass


async def post(app: Any, *after_the_body: dict[str, Any]) -> None:
    """Posts a first message over bare ASGI, where a test can decide when the visitor leaves."""
    messages = [{"type": "http.request", "body": json.dumps({"text": "hello"}).encode()}, *after_the_body]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/chat/messages",
        "headers": [],
        "query_string": b"",
        "client": ("127.0.0.1", 1),
        "state": {},
    }

    async def receive() -> dict[str, Any]:
        return messages.pop(0) if messages else {"type": "http.request", "body": b"", "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        pass

    await app(scope, receive, send)


async def test_a_visitor_who_leaves_before_the_first_answer_leaves_no_conversation():
    """Only that answer tells the token, so the widget cannot erase it."""
    engine = Parrot()
    app = create_app(Settings(), engine=engine)
    await post(app, {"type": "http.disconnect"})
    assert len(engine.known) == 1
    assert engine.erased == engine.known
    assert await app.state.gateway.sessions.count() == 0


async def test_a_visitor_who_stays_keeps_the_conversation():
    engine = Parrot()
    app = create_app(Settings(), engine=engine)
    await post(app)
    assert engine.erased == []
    assert await app.state.gateway.sessions.count() == 1


@pytest.mark.parametrize("exit_url", ["https://www.weather.gov/", "https://example.org:8443/a?b"])
async def test_the_exit_address_reaches_the_widget_and_the_policy(exit_url):
    app = create_app(Settings(exit_url=exit_url), engine=Parrot())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        site = await client.get("/widget/site.mjs")
        page = await client.get("/")
    assert site.text.splitlines()[0] == f'export const EXIT_URL = "{exit_url}";'
    assert site.headers["content-type"] == "text/javascript; charset=utf-8"
    origin = "/".join(exit_url.split("/")[:3])
    assert f"form-action 'self' {origin};" in page.headers["content-security-policy"]
