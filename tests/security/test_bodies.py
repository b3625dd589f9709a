"""JSON bombs, and crises in requests that cannot be read as one: whoever asks for help that way gets the line."""

from __future__ import annotations

import json

import pytest

from bot.gateway.body import readable
from bot.gateway.limits import MAX_BODY_BYTES
from tests.security.conftest import ALWAYS, Target

JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b'{"text": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"text": ' + b"9" * 60_000 + b"}",
        b'{"text": -1e' + b"9" * 1000 + b"}",
        b'{"text": "hello", "text": "hello"}',
        b'{"text": "hello", "conversation": null, "conversation": "x"}',
        b'{"text": NaN}',
        b"\xff\xfe",
        b"\x00" * 1000,
        b'"' + b"\\u0000" * 10_000 + b'"',
        b'{"text": "\\ud800"}',
        b'{"text": {"text": "hello"}}',
        b"",
    ],
)
def test_bombs_and_nonsense_are_refused_with_the_lines(lone: Target, body: bytes) -> None:
    answer = lone.http.post("/chat/messages", content=body, headers=JSON)
    assert answer.status_code == 400
    assert {line["id"] for line in answer.json()["hotlines"]} == ALWAYS


@pytest.mark.parametrize("token", ["\ud800", "x" * 99, "\u0000", "é" * 40, "../../etc/passwd", "' OR 1=1 --", "{{7*7}}", "%0a"])
def test_odd_tokens_start_a_new_conversation(lone: Target, token: str) -> None:
    body = json.dumps({"text": "I want to die", "conversation": token})
    answer = lone.http.post("/chat/messages", content=body, headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["conversation"] != token
    vote = lone.http.post(
        "/chat/feedback", content=json.dumps({"passage": "law-missouri", "helpful": True, "conversation": token}), headers=JSON
    )
    assert vote.status_code in {204, 429}


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": "I want to die"',
        b'{"text": "I want to die", "text": "hello"}',
        b'{"text": "I want\\u0020to die", }',
        b'{"message": "I want to die"}',
        b'{"text": "I want to die", "payload": "/restart"}',
        b'{"text": "I want to die", "conversation": 5}',
        b'["I want to die"]',
        b"I want to die",
        b"text=I+want+to%20die",
        b'{"text": "I want to die' + b"." * MAX_BODY_BYTES,
        b'{"pad": "' + b"a" * (MAX_BODY_BYTES - 100) + b'", "text": "I want to die" ' + b" " * 1000 + b"}",
        b'{"text": "I want to die"} and then ' + b"[" * 60_000,
    ],
)
def test_a_crisis_in_a_body_that_cannot_be_read_is_escalated(lone: Target, body: bytes) -> None:
    answer = lone.http.post("/chat/messages", content=body, headers=JSON)
    assert answer.status_code == 200
    first = answer.json()["replies"][0]
    assert first["kind"] == "escalation" and "988" in first["text"]
    assert len(answer.json()["conversation"]) == 32


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"text=I+want+to+die" + b"." * MAX_BODY_BYTES, FORM),
        (b"text=I+want+to+die" + b"&a=b" * 30, FORM),
        (b"text=I+want+to+die&x=%ff%fe", FORM | {"content-type": "text/plain"}),
        (b"text=I+want+to+die&\xff\xfe", FORM),
    ],
)
def test_the_plain_form_too(lone: Target, body: bytes, headers: dict[str, str]) -> None:
    page = lone.http.post("/chat", content=body, headers=headers)
    assert page.status_code == 200
    assert "988" in page.text and "text/html" in page.headers["content-type"]


def test_the_text_message_webhook_too(lone: Target) -> None:
    body = b"Body=I+want+to+die" + b"." * MAX_BODY_BYTES
    answer = lone.http.post("/sms/twilio", content=body, headers=FORM | {"x-twilio-signature": "forged"})
    assert answer.status_code == 200
    assert "<Message>Call or text 988" in answer.text
    assert lone.http.post("/sms/twilio", content=b"a" * MAX_BODY_BYTES, headers=FORM).status_code == 413
    assert lone.http.post("/sms/twilio", content=b"Body=I+want+to+die", headers=FORM).status_code == 403


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"text": "caf\\u00e9', "text\n: \ncafé"),
        (b"text=a+b%20c&x=1", "text\na b c\nx\n1"),
        (b'{"a": "b\\nc\xff', "a\n: \nb\nc\ufffd"),
    ],
)
def test_what_is_read_of_such_a_body(raw: bytes, said: str) -> None:
    assert said in readable(raw)
