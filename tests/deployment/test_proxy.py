"""nginx as deployed, before a server that repeats what reaches it: limits, slow and crooked requests, and no traces."""

from __future__ import annotations

import http.server
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.gateway.headers import HEADERS
from tests.deployment.conftest import ROOT, run
from tests.deployment.proxy import Proxy
from tests.gateway_process import free_port

ALWAYS = ["emergency", "suicide", "trafficking"]
MARK = "zebra-7431"


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with what reached it, and keeps it."""

    protocol_version = "HTTP/1.1"
    seen: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        got = {"path": self.path, "headers": {name.lower(): value for name, value in self.headers.items()}, "body": body.decode()}
        self.seen.append(got)
        answer = json.dumps(got).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lines") / "lines"
    made = run(sys.executable, "-m", "bot", "lines", folder, cwd=ROOT)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory, lines: Path) -> Iterator[Proxy]:
    echo = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=echo.serve_forever, daemon=True).start()
    with Proxy(tmp_path_factory.mktemp("proxy") / "proxy", lines, [f"127.0.0.1:{echo.server_port}"]) as running:
        yield running
    echo.shutdown()


@pytest.fixture
def client(proxy: Proxy) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=proxy.url, verify=proxy.trust, timeout=20.0) as http_client:
        yield http_client


def assert_lines(response: httpx.Response, status: int) -> None:
    assert response.status_code == status
    body = response.json()
    assert body["error"]["code"] == "unreachable" and "1-888-373-7888" in body["error"]["message"]
    assert [line["id"] for line in body["hotlines"]] == ALWAYS
    assert response.headers["cache-control"] == "no-store"


def test_nginx_accepts_the_file_without_a_warning(proxy: Proxy) -> None:
    result = run(*proxy.command, "-t", "-e", "stderr")
    assert result.returncode == 0
    assert [line for line in result.stderr.splitlines() if "warn" in line or "emerg" in line] == []


def test_a_gateway_learns_the_address_and_nothing_else_of_the_visitor(client: httpx.Client) -> None:
    said = {
        "X-Forwarded-For": "203.0.113.9",
        "Forwarded": "for=203.0.113.9",
        "X-Real-IP": "203.0.113.9",
        "X-Forwarded-Host": "evil.example",
        "Cookie": "a=b",
        "Referer": f"https://search.example/?q={MARK}",
        "User-Agent": MARK,
    }
    got = client.post("/chat/messages", json={"text": "hello"}, headers=said).json()["headers"]
    assert got["x-forwarded-for"] == "127.0.0.1"
    assert got["x-forwarded-proto"] == "https"
    assert not {"forwarded", "x-real-ip", "x-forwarded-host", "cookie", "referer", "user-agent"} & got.keys()


def test_plain_http_leads_to_https_and_keeps_the_method(proxy: Proxy) -> None:
    response = httpx.post(f"http://127.0.0.1:{proxy.plain_port}/chat", data={"text": "hello"})
    assert (response.status_code, response.headers["location"]) == (308, "https://127.0.0.1/chat")
    foreign = httpx.post(f"http://127.0.0.1:{proxy.plain_port}/chat", headers={"host": "evil.example"})
    assert foreign.headers["location"] == "https://evil.example/chat", "the host that the request claims, which no link can choose"


def test_old_tls_is_refused(proxy: Proxy) -> None:
    for version, accepted in (("-tls1_1", False), ("-tls1_2", True), ("-tls1_3", True)):
        done = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{proxy.port}", version],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert (done.returncode == 0) is accepted, version


def test_counts_stay_inside(client: httpx.Client) -> None:
    response = client.get("/metrics")
    assert response.status_code == 404
    assert "1-888-373-7888" in response.text and "1-888-373-7888" in client.get("/lines.html").text


def test_what_is_too_large_for_the_proxy_gets_the_lines(client: httpx.Client) -> None:
    assert client.post("/chat/messages", content=b"a" * 127_000).status_code == 200
    assert_lines(client.post("/chat/messages", content=b"a" * 140_000), 413)


def test_a_body_is_whole_before_a_gateway_hears_of_it_and_never_on_disk(proxy: Proxy, client: httpx.Client) -> None:
    parts = [b"x" * 40_000, b"y" * 40_000]
    got = client.post("/chat/messages", content=iter(parts)).json()
    assert got["headers"]["content-length"] == "80000" and "transfer-encoding" not in got["headers"]
    assert [path for path in (proxy.folder / "run").rglob("*") if path.is_file() and path.name != "nginx.pid"] == []


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Content-Length: 4\r\nContent-Length: 40",
        "Content-Length: +4",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Content-Length: 4, 4",
    ],
)
def test_smuggling_ends_at_the_proxy(proxy: Proxy, head: str) -> None:
    before = len(Echo.seen)
    hidden = f"GET /{MARK} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = proxy.raw(f"POST /chat/messages HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n0\r\n\r\n{hidden}".encode())
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 501 ")), answer[:60]
    assert len(Echo.seen) == before


def test_a_request_that_only_looks_like_two_arrives_as_one(client: httpx.Client) -> None:
    hidden = f"GET /{MARK} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert client.post("/chat/messages", content=hidden).json()["body"] == hidden
    assert not any(MARK in got["path"] for got in Echo.seen)


def test_slow_heads_and_bodies_end(proxy: Proxy) -> None:
    started = time.monotonic()
    threads = [
        threading.Thread(target=proxy.raw, args=(request,))
        for request in (
            b"POST /chat/messages HTTP/1.1\r\nHost: localhost\r\nX-",
            b"POST /chat/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na",
        )
    ]
    before = len(Echo.seen)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - started < 20.0, "raw() would have timed out"
    assert len(Echo.seen) == before


def test_one_address_cannot_take_every_connection(proxy: Proxy, client: httpx.Client) -> None:
    slow = b"POST /chat/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na"
    with ThreadPoolExecutor(120) as pool:
        stalled = [pool.submit(proxy.raw, slow) for _ in range(120)]
        while not any(one.done() for one in stalled):  # those beyond the hundredth are refused at once
            time.sleep(0.05)
        assert_lines(client.post("/chat/messages", json={"text": "hello"}), 503)
        elsewhere = httpx.HTTPTransport(verify=proxy.trust, local_address="127.0.0.2")
        with httpx.Client(base_url=proxy.url, transport=elsewhere) as somebody:
            assert somebody.post("/chat/messages", json={"text": "hello"}).status_code == 200
    assert client.post("/chat/messages", json={"text": "hello"}).status_code == 200


def test_no_gateway_means_the_lines(tmp_path: Path, lines: Path) -> None:
    with (
        Proxy(tmp_path / "proxy", lines, [f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"]) as proxy,
        httpx.Client(base_url=proxy.url, verify=proxy.trust) as client,
    ):
        for _ in range(5):
            assert_lines(client.post("/chat/messages", json={"text": "I want to die"}), 502)
        page = client.post("/chat", data={"text": "I want to die"})
        assert page.status_code == 502
        for number in ("911", "988", "1-888-373-7888"):
            assert number in page.text
        assert HEADERS.items() <= page.headers.items()
        assert page.headers["x-frame-options"] == "DENY"
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert page.headers["strict-transport-security"] == "max-age=86400"
        assert client.post("/sms/twilio", data={"Body": "hello"}).status_code == 502  # Twilio turns to its fallback


def test_a_gateway_that_moved_is_found_after_sighup(tmp_path: Path, lines: Path) -> None:
    echo = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=echo.serve_forever, daemon=True).start()
    with (
        Proxy(tmp_path / "proxy", lines, [f"127.0.0.1:{free_port()}"]) as proxy,
        httpx.Client(base_url=proxy.url, verify=proxy.trust) as client,
    ):
        assert client.get("/").status_code == 502
        (proxy.folder / "upstream.conf").write_text(f"upstream gateways {{ server 127.0.0.1:{echo.server_port}; }}\n")
        proxy.send(signal.SIGHUP)
        proxy.until(lambda: client.get("/").status_code == 200, "answer from the new address")
    echo.shutdown()


def test_nobody_stands_in_the_log(proxy: Proxy, client: httpx.Client) -> None:
    client.post(f"/chat/conversations/{MARK}/erase", headers={"user-agent": MARK})
    client.post("/chat/messages", content=b"a" * 140_000)
    proxy.raw(f"{MARK} / HTTP/9.9\r\n\r\n".encode())
    assert proxy.written() == ""
    files = [path for path in proxy.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if MARK in path.read_text(errors="replace")]
