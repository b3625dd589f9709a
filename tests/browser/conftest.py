"""A real Chromium against a real gateway with the real Rasa, and a second site that embeds the widget."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.widget_helpers import NEUTRAL_PAGE, Chat, Gateway, OtherSite, Visitors
from tests.gateway_process import free_port, running_gateway

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
    settings = {
        "EXIT_URL": other_site.exit_url,
        "ALLOWED_ORIGINS": other_site.allowed,
        "TRUSTED_PROXIES": "127.0.0.1",  # so that a visitor may come from an address of their own
    }
    with running_gateway(tmp_path_factory.mktemp("gateway") / "log", **settings) as running:
        yield Gateway(running.url)


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
