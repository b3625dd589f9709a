"""A real Chromium against a real gateway with the real Rasa, and a second site that embeds the widget."""

from __future__ import annotations

import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright
from widget_helpers import NEUTRAL_PAGE, Chat, Gateway, OtherSite, Visitors

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def other_site() -> Iterator[OtherSite]:
    site = OtherSite(free_port())
    site.put("/weather", NEUTRAL_PAGE)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html, headers = site.pages.get(self.path, ("", {}))
            self.send_response(200 if html else 404)
            for name, value in ({"content-type": "text/html; charset=utf-8"} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Keeps the test output quiet."""

    server = http.server.ThreadingHTTPServer(("", site.port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()


@pytest.fixture(scope="session")
def gateway(other_site: OtherSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    port = free_port()
    log = tmp_path_factory.mktemp("gateway") / "log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LAMPLIGHT_")} | {
        "PYTHONPATH": str(ROOT),
        "LAMPLIGHT_PORT": str(port),
        "LAMPLIGHT_RASA_PORT": str(free_port()),
        "LAMPLIGHT_EXIT_URL": other_site.exit_url,
        "LAMPLIGHT_ALLOWED_ORIGINS": other_site.allowed,
    }
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(url, process, log)
        yield Gateway(url)
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    pytest.fail(f"The gateway was not ready within {READY_SECONDS} s:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="module")  # not the session: its event loop would stand in the way of the async tests elsewhere
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        message = "No Chromium here. Debian: apt-get install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visitors(browser: Browser, gateway: Gateway) -> Iterator[Visitors]:
    """Fails a test in which the browser reported a policy violation or a script error."""
    visitors = Visitors(browser, gateway.url)
    yield visitors
    for context in visitors.contexts:
        context.close()
    assert visitors.complaints == []


@pytest.fixture
def chat(visitors: Visitors) -> Chat:
    return visitors.arrive()
