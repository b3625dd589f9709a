"""Tokens and conversations: none can be forged, fixed or read by another, while many talk at once."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.gateway_process import GatewayProcess

QUESTIONS = (
    "What is Lydia's House?",
    "What is the Safe at Home program?",
    "What is Veronica's Voice?",
    "Is prostitution legal in Webster Groves?",
)


@pytest.fixture
def http(whole: GatewayProcess) -> Any:
    with httpx.Client(base_url=whole.url, timeout=30.0, transport=httpx.HTTPTransport(local_address="127.0.8.1")) as client:
        yield client


def say(http: httpx.Client, text: str, conversation: object = None) -> dict[str, Any]:
    answer = http.post("/chat/messages", json={"text": text, "conversation": conversation})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def forged(token: str) -> list[str]:
    return [
        token.swapcase(),
        token[:-1],
        token + "A",
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        f" {token}",
        f"{token}\u200b",
        f"{token}\x00",
        "".join(chr(ord(char) + 0xFEE0) for char in token),
        "*",
        "",
    ]


def test_a_token_that_is_nearly_right_opens_nothing(http: httpx.Client) -> None:
    token = say(http, "my husband beats me")["conversation"]
    for tried in forged(token):
        answer = say(http, "more", tried)
        assert answer["conversation"] not in {token, tried}
        assert not any("Still here for you" in reply["text"] for reply in answer["replies"])
        assert http.delete(f"/chat/conversations/{quote(tried, safe='') or 'x'}").status_code == 204
    assert "Still here for you" in say(http, "What is Lydia's House?", token)["replies"][0]["text"]  # still there


def test_nobody_chooses_a_token(http: httpx.Client) -> None:
    for chosen in ("A" * 32, "attacker-chosen-token", "0" * 48):
        tokens = {say(http, "hello", chosen)["conversation"] for _ in range(2)}
        assert len(tokens) == 2
        assert chosen not in tokens


def test_an_erased_token_is_never_issued_or_taken_again(http: httpx.Client) -> None:
    token = say(http, "my husband beats me")["conversation"]
    http.delete(f"/chat/conversations/{token}")
    answer = say(http, "more", token)
    assert answer["conversation"] != token
    assert "Still here for you" not in answer["replies"][0]["text"]


def test_rasa_answers_nobody_without_the_secret(whole: GatewayProcess, http: httpx.Client) -> None:
    token = say(http, "my husband beats me")["conversation"]
    routes = f"http://127.0.0.1:{whole.rasa_port}/webhooks/lamplight"
    body = {"text": "What is Lydia's House?", "conversation": token, "payload": None, "channel": "web"}
    for inside in (
        httpx.post(f"{routes}/message", json=body),
        httpx.get(f"{routes}/conversations"),
        httpx.put(f"{routes}/conversations", json=[["name", "value", 60.0]]),
    ):
        assert (inside.status_code, inside.json()) == (403, {"error": "secret"})


def test_forty_conversations_at_once_are_not_mixed_up(whole: GatewayProcess) -> None:
    async def talk(client: httpx.AsyncClient, question: str) -> tuple[str, list[str], list[str]]:
        first = (await client.post("/chat/messages", json={"text": question, "conversation": None})).json()
        again = (await client.post("/chat/messages", json={"text": "more", "conversation": first["conversation"]})).json()
        ids = [[source["id"] for reply in body["replies"] for source in reply["sources"]] for body in (first, again)]
        return question, ids[0], ids[1]

    async def all_at_once() -> list[tuple[str, list[str], list[str]]]:
        transport = httpx.AsyncHTTPTransport(local_address="127.0.8.2", limits=httpx.Limits(max_connections=40))
        async with httpx.AsyncClient(base_url=whole.url, timeout=60.0, transport=transport) as client:
            return list(await asyncio.gather(*(talk(client, question) for question in QUESTIONS * 10)))

    passages: dict[str, set[str]] = {}
    for question, first, again in asyncio.run(all_at_once()):
        passages.setdefault(question, set()).update(first[:1] + again[:1])
    assert [len(found) for found in passages.values()] == [1] * len(QUESTIONS)
    assert len(set().union(*passages.values())) == len(QUESTIONS)
