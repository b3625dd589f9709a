"""The chat API over HTTP, with Rasa behind it: contracts, bad input, privacy."""

from __future__ import annotations

import httpx
import pytest

from bot.gateway.headers import HEADERS
from tests.gateway_process import GatewayProcess

REPLY_FIELDS = {"kind", "text", "buttons", "sources", "hotlines", "fallback", "ratable"}
ALWAYS = ["emergency", "suicide", "trafficking"]


def post(http: httpx.Client, text: object, **more: object) -> httpx.Response:
    return http.post("/chat/messages", json={"text": text, **more})


def test_a_question_over_http(http: httpx.Client) -> None:
    response = post(http, "Is prostitution legal in Kansas City?")
    body = response.json()
    assert response.status_code == 200
    assert set(body) == {"conversation", "replies"}
    assert [reply["kind"] for reply in body["replies"]] == ["answer", "notice"]
    assert all(set(reply) == REPLY_FIELDS for reply in body["replies"])
    assert set(body["replies"][0]["sources"][0]) == {"id", "title", "level", "status", "checked_on", "url"}


def test_whether_it_helped_is_asked_of_answers_alone_and_not_after_an_escalation(http: httpx.Client) -> None:
    question, maybe = "Is prostitution legal in Kansas City?", "How can a person get papers back from someone who controls them?"
    token = None
    for text, asked in (
        ("hello", [("smalltalk", False), ("notice", False)]),
        (question, [("answer", True)]),
        ("which planet is the biggest", [("unknown", False)]),
        (maybe, [("check_in", False), ("answer", False)]),
        (question, [("answer", True)]),
        ("my husband beats me", [("escalation", False)]),
        (question, [("answer", False)]),
        ("I am safe", [("smalltalk", False)]),
        (question, [("answer", False)]),
    ):
        body = post(http, text, conversation=token).json()
        token = body["conversation"]
        assert [(reply["kind"], reply["ratable"]) for reply in body["replies"]] == asked, text


def test_a_conversation_goes_on_with_its_token_and_an_unknown_token_starts_anew(http: httpx.Client) -> None:
    first = post(http, "Is prostitution legal in Kansas City?").json()
    again = post(http, "more", conversation=first["conversation"]).json()
    assert again["conversation"] == first["conversation"]
    assert again["replies"][0]["kind"] == "answer"
    forged = post(http, "hello", conversation="x" * 32).json()
    assert forged["conversation"] not in {first["conversation"], "x" * 32}
    assert forged["replies"][-1]["kind"] == "notice"


def test_erased_conversations_are_gone(http: httpx.Client) -> None:
    token = post(http, "my husband beats me").json()["conversation"]
    assert http.delete(f"/chat/conversations/{token}").status_code == 204
    after = post(http, "hello", conversation=token).json()
    assert after["conversation"] != token
    assert "Still here for you" not in after["replies"][0]["text"]
    other = post(http, "hello").json()["conversation"]
    assert http.post(f"/chat/conversations/{other}/erase").status_code == 204
    assert http.delete("/chat/conversations/unknown").status_code == 204


@pytest.mark.parametrize(
    "text",
    [" /restart", "/crisis_suicide", "<script>alert(1)</script>", "🙂🙂", "¿Dónde hay ayuda?", "日本語", "a" * 2000, "/session_start"],
)
def test_odd_texts_get_a_defined_reply(http: httpx.Client, text: str) -> None:
    response = post(http, text)
    assert response.status_code == 200
    assert response.json()["replies"][0]["text"].strip()
    assert not any(reply["fallback"] for reply in response.json()["replies"])


def test_trap_1_a_slash_before_a_crisis_does_not_hide_it(http: httpx.Client) -> None:
    for text in ("/greet@1 I want to die", "  / /greet I want to die", "\u200b/restart I want to die"):
        assert post(http, text).json()["replies"][0]["kind"] == "escalation"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"not json", 400, "invalid_json"),
        (b"[1]", 400, "invalid_json"),
        (b"{}", 400, "text_missing"),
        (b'{"text": 7}', 400, "text_missing"),
        (b'{"text": ""}', 400, "empty_text"),
        ('{"text": "\u200b \u200d"}'.encode(), 400, "empty_text"),
        (b'{"text": "\\u0000\\u0007"}', 400, "empty_text"),
        (b'{"text": "hello", "payload": "/restart"}', 400, "payload_unknown"),
        (b'{"text": "hello", "conversation": 5}', 400, "conversation_wrong_type"),
        (b'{"text": "' + b"a" * 3000 + b'"}', 413, "text_too_long"),
        (b'{"text": "' + b"a" * 100_000 + b'"}', 413, "body_too_large"),
        (b"[" * 50_000, 400, "invalid_json"),
    ],
)
def test_bad_requests_get_a_sentence_and_the_lines(http: httpx.Client, content: bytes, status: int, code: str) -> None:
    response = http.post("/chat/messages", content=content, headers={"content-type": "application/json"})
    body = response.json()
    assert response.status_code == status
    assert body["error"]["code"] == code
    assert body["error"]["message"]
    assert [line["id"] for line in body["hotlines"]] == ALWAYS


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nothing", 404), ("GET", "/chat/messages", 405), ("GET", "/widget/../app.py", 404)]
)
def test_the_frameworks_own_errors_carry_the_lines_too(http: httpx.Client, method: str, path: str, status: int) -> None:
    response = http.request(method, path)
    assert response.status_code == status
    assert [line["id"] for line in response.json()["hotlines"]] == ALWAYS


def test_a_crisis_in_too_long_a_message_still_escalates(http: httpx.Client) -> None:
    response = post(http, "I want to die. " + "a" * 5000)
    assert response.status_code == 200
    assert response.json()["replies"][0]["kind"] == "escalation"
    assert "988" in response.json()["replies"][0]["text"]


def test_health_readiness_and_metrics(http: httpx.Client) -> None:
    assert http.get("/healthz").json() == {"alive": True}
    assert http.get("/readyz").json()["ready"] is True
    post(http, "my secret marker zebra-7431")
    metrics = http.get("/metrics").text
    assert "lamplight_messages_total" in metrics
    assert "zebra" not in metrics


def test_security_headers_on_every_answer(http: httpx.Client) -> None:
    for response in (http.get("/"), http.get("/healthz"), http.get("/nothing"), post(http, "hello")):
        assert HEADERS.items() <= response.headers.items()
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert "server" not in response.headers


def test_the_plain_form_works_without_javascript(http: httpx.Client) -> None:
    page = http.post("/chat", data={"text": "Is prostitution legal in Creve Coeur?", "conversation": ""})
    assert page.status_code == 200
    assert "Creve Coeur" in page.text and "1-888-373-7888" in page.text
    hostile = http.post("/chat", data={"text": "<img src=x onerror=alert(1)>", "conversation": '"><script>'})
    assert "<img src=x" not in hostile.text and '"><script>' not in hostile.text
    assert http.post("/chat", content=b"x", headers={"content-type": "text/plain"}).status_code == 415


def test_only_allowed_origins_may_call(http: httpx.Client) -> None:
    def preflight(origin: str) -> httpx.Response:
        return http.options("/chat/messages", headers={"origin": origin, "access-control-request-method": "POST"})

    assert preflight("https://help.example").headers["access-control-allow-origin"] == "https://help.example"
    assert "access-control-allow-origin" not in preflight("https://evil.example").headers


def test_rasa_listens_on_loopback_only_and_offers_no_api(service: GatewayProcess) -> None:
    base = f"http://127.0.0.1:{service.rasa_port}"
    assert httpx.get(f"{base}/webhooks/lamplight/ready").json()["ready"] is True
    for path in ("/conversations/default/tracker", "/model/parse", "/webhooks/rest/webhook", "/domain"):
        assert httpx.post(base + path, json={}).status_code == 404


def test_no_message_text_reaches_the_log(service: GatewayProcess, http: httpx.Client) -> None:
    for text in ("zebra-7431 is it legal", "zebra-7431 I want to die", "/zebra-7431", "zebra-7431" + "a" * 5000):
        post(http, text)
    http.post("/chat/messages", content=b'{"text": "zebra-7431')
    assert "zebra" not in service.written()
