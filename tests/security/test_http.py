"""The gateway against hostile connections, requests and pages: docs/security.md names each threat."""

from __future__ import annotations

import contextlib
import json
import socket
import time

import httpx
import pytest

from bot.gateway.headers import HEADERS
from bot.gateway.protocol import HEAD_SECONDS, MOST_IDLE
from bot.logs import OUR_EVENTS
from tests.security.conftest import ALWAYS, EXIT, Target

_SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
_POST = b"POST /chat/messages HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
        b"Content-Length: 0\r\nContent-Length: 35\r\n\r\n",
        b"Content-Length: +0\r\n\r\n",
        b"Content-Length: 0x0\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n0;\n\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    ],
)
def test_no_second_request_is_smuggled_behind_an_ambiguous_one(lone: Target, head: bytes) -> None:
    answer = lone.raw(_POST + head + _SMUGGLED, seconds=2.0)
    assert b'{"alive":true}' not in answer
    assert answer.count(b"HTTP/1.1 ") <= 1


def test_a_pipelined_request_that_is_none_of_these_is_answered(lone: Target) -> None:
    assert lone.raw(_SMUGGLED + _SMUGGLED.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")).count(b'{"alive":true}') == 2


def test_slow_heads_keep_nobody_out_and_are_ended(lone: Target) -> None:
    """Slowloris: more connections than may be idle, each in the middle of a head."""
    with contextlib.ExitStack() as held:
        slow = []
        for _ in range(MOST_IDLE + 100):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", lone.process.port), timeout=HEAD_SECONDS + 20))
            connection.sendall(b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            slow.append(connection)
        first = lone.process.say("I want to die").json()["replies"][0]
        assert first["kind"] == "escalation"
        assert "988" in first["text"]
        for connection in slow:  # all end, the oldest at once and the last after the time for a head
            with contextlib.suppress(ConnectionError):
                assert connection.recv(1000) == b""


def test_a_head_that_comes_drop_by_drop_is_ended_too(lone: Target) -> None:
    with socket.create_connection(("127.0.0.1", lone.process.port), timeout=1.0) as connection:
        with pytest.raises(ConnectionError):
            for _ in range(int(HEAD_SECONDS) * 4):
                connection.sendall(b"G" if _ == 0 else b"E")
                time.sleep(0.5)
        assert lone.http.get("/healthz").status_code == 200


def test_a_slow_body_gets_the_lines_and_a_crisis_in_it_its_own(lone: Target) -> None:
    head = _POST + b"Content-Type: application/json\r\nContent-Length: 500\r\nConnection: close\r\n\r\n"
    for said, status, expected in ((b'{"text": "hello', b"408", b"hotlines"), (b'{"text": "I want to die', b"200", b"988")):
        answer = lone.raw(head + said, seconds=20.0)
        assert answer.startswith(b"HTTP/1.1 " + status)
        assert expected in answer


@pytest.mark.parametrize("claimed", [b"Content-Length: 99999999999\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n20000\r\n"])
def test_an_oversized_body_is_not_read_to_its_end(lone: Target, claimed: bytes) -> None:
    answer = lone.raw(_POST + claimed + b"a" * 0x11000, seconds=15.0)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"1-888-373-7888" in answer


@pytest.mark.parametrize(
    "path",
    [
        "/widget/../gateway/app.py",
        "/widget/../../domain.yml",
        "/widget/..%2f..%2fdomain.yml",
        "/widget/%2e%2e/%2e%2e/etc/passwd",
        "/widget/..%5c..%5cdomain.yml",
        "/widget/....//....//domain.yml",
        "/widget//etc/passwd",
        "/widget/%2fetc%2fpasswd.css",
        "/widget/help-chat.mjs%00.css",
        "/widget/%00.mjs",
        "/widget/" + "a" * 5000 + ".mjs",
        "/widget/help-chat.mjs/../../settings.py",
        "/widget/..;/settings.py",
        "/widget/%c0%ae%c0%ae/settings.py",
        "/widget/",
        "/widget",
    ],
)
def test_no_file_outside_the_widget_is_served(lone: Target, path: str) -> None:
    answer = lone.raw(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 404"), answer[:200]
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["code"] == "http_404"


@pytest.mark.parametrize("path", ["/healthz/", "/widget", "/chat/", "//evil.example", "//evil.example/%2f..", "/https://evil.example"])
def test_nothing_redirects_to_the_host_a_request_claims(lone: Target, path: str) -> None:
    answer = lone.raw(f"GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"evil.example" not in answer


def test_the_exit_leads_where_the_operator_said_and_nowhere_else(lone: Target) -> None:
    fields = {
        "exit": "1",
        "exit_url": "https://evil.example",
        "next": "//evil.example",
        "conversation": "x\r\nLocation: https://evil.example",
    }
    answer = lone.http.post("/chat?exit_url=https://evil.example", data=fields, headers={"referer": "https://evil.example"})
    assert answer.status_code == 303
    assert answer.headers["location"] == EXIT


@pytest.mark.parametrize("path", ["/chat/conversations/a%0d%0aSet-Cookie:%20x=1/erase", "/chat/conversations/%0a%0devil/erase"])
def test_no_header_is_injected_by_a_path(lone: Target, path: str) -> None:
    answer = lone.raw(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert answer.startswith(b"HTTP/1.1 204")
    assert b"set-cookie" not in head and b"evil" not in head


def test_every_line_of_the_log_is_ours_whatever_is_sent(lone: Target) -> None:
    forged = '{"event": "gate.forged", "level": "error"}'
    before = len(lone.log.read_text(encoding="utf-8").splitlines())
    lone.process.say(f"hello\n{forged}\n")
    lone.http.post("/chat/messages", content=f'{{"text": "\n{forged}\n')
    lone.http.get("/x%0a" + forged.replace(" ", "%20"), headers={"user-agent": forged, "referer": forged})
    lone.http.post("/sms/twilio", content=b"Body=%0A" + forged.encode(), headers={"content-type": "application/x-www-form-urlencoded"})
    lone.raw(b"GET \n" + forged.encode() + b"\r\n\r\n")
    written = lone.log.read_text(encoding="utf-8").splitlines()[before:]
    assert written  # Rasa cannot be reached, which is logged
    assert not [line for line in written if "forged" in line]
    assert {json.loads(line)["event"] for line in written if line.startswith("{")} <= OUR_EVENTS | {"library"}


def test_a_forwarded_address_is_believed_of_nobody_unless_set(lone: Target) -> None:
    statuses = {
        lone.http.get("/metrics", headers={"x-forwarded-for": address, "forwarded": f"for={address}"}).status_code
        for address in ("8.8.8.8", "127.0.0.1")
    }
    assert statuses == {200}  # loopback both times, whatever the header says
    many = [
        lone.http.post(
            "/chat/feedback", json={"passage": "law-missouri", "helpful": True}, headers={"x-forwarded-for": f"10.0.0.{number}"}
        ).status_code
        for number in range(130)
    ]
    assert many[-1] == 429


class TestHostilePage:
    """What a page of another site can do in a visitor's browser."""

    def test_it_reads_nothing(self, lone: Target) -> None:
        for origin in ("https://evil.example", "null", "https://help.example.evil.example", "http://help.example"):
            answer = lone.http.post("/chat/messages", json={"text": "I want to die"}, headers={"origin": origin})
            assert "access-control-allow-origin" not in answer.headers
            for method in ("POST", "DELETE"):
                preflight = lone.http.options("/chat/messages", headers={"origin": origin, "access-control-request-method": method})
                assert "access-control-allow-origin" not in preflight.headers

    def test_no_cookie_or_other_standing_right_is_there_to_ride_on(self, lone: Target) -> None:
        answers = [lone.http.get("/"), lone.process.say("I want to die"), lone.http.post("/chat", data={"text": "hi"})]
        assert not [answer for answer in answers if "set-cookie" in answer.headers]
        assert "access-control-allow-credentials" not in answers[1].headers

    def test_it_cannot_put_a_visitor_into_its_own_conversation(self, lone: Target) -> None:
        """Session fixation by a form that another site sends."""
        planted = lone.process.say("I want to die").json()["conversation"]
        data = {"text": "I want to die", "conversation": planted}
        foreign = lone.http.post("/chat", data=data, headers={"sec-fetch-site": "cross-site", "origin": "https://evil.example"})
        own = lone.http.post("/chat", data=data, headers={"sec-fetch-site": "same-origin"})
        assert planted not in foreign.text
        assert planted in own.text

    def test_it_cannot_frame_the_page_or_run_a_script_in_it(self, lone: Target) -> None:
        policy = lone.http.get("/").headers["content-security-policy"]
        assert "frame-ancestors 'self' https://help.example;" in policy
        assert "default-src 'none'" in policy and "unsafe" not in policy
        page = lone.http.post("/chat", data={"text": "<script>alert(1)</script>", "conversation": '"><script>alert(1)</script>'})
        assert "<script>alert" not in page.text


def test_refusals_carry_the_lines(lone: Target) -> None:
    answers = [
        lone.http.get("/nothing"),
        lone.http.put("/chat/messages"),
        lone.http.post("/chat/messages", content=b"{"),
        lone.http.post("/sms/twilio", content=b"Body=x", headers={"content-type": "application/x-www-form-urlencoded"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 405, 400, 403]
    assert all({line["id"] for line in answer.json()["hotlines"]} == ALWAYS for answer in answers)


def test_security_headers_stand_on_errors_as_on_pages(lone: Target) -> None:
    for answer in (lone.http.get("/"), lone.http.get("/nothing"), lone.http.post("/chat/messages", content=b"{")):
        assert HEADERS.items() <= answer.headers.items()
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "server" not in answer.headers


def test_the_gateway_still_serves(lone: Target) -> None:
    assert httpx.get(f"http://127.0.0.1:{lone.process.port}/healthz").json() == {"alive": True}
