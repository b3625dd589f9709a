"""What the browser tests share: the sites, the visitors, and the widget as a person meets it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

NEUTRAL_PAGE = "<!doctype html><html lang=en><title>Weather</title><h1>Weather</h1>"
# What a refused or missing answer makes the browser itself say; anything else in the console is a fault.
EXPECTED_NOISE = "Failed to load resource"


@dataclass
class OtherSite:
    """A site on other origins: the neutral page after an exit, and pages that a test sets up."""

    port: int
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    @property
    def exit_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/weather"

    @property
    def allowed(self) -> str:
        """The origin on the gateway's allow-list."""
        return f"http://localhost:{self.port}"

    @property
    def stranger(self) -> str:
        """An origin that is not on it."""
        return f"http://127.0.0.1:{self.port}"

    def put(self, path: str, html: str, policy: str = "") -> None:
        self.pages[path] = (html, {"content-security-policy": policy} if policy else {})


@dataclass
class Gateway:
    """The running gateway under test."""

    url: str

    def forgot(self, token: str) -> bool:
        """Whether a conversation is gone: an unknown token starts a new one. Waits for a beacon that is on its way."""
        for _ in range(50):
            answer = httpx.post(f"{self.url}/chat/messages", json={"text": "thanks", "conversation": token}).json()
            if answer["conversation"] != token:
                httpx.delete(f"{self.url}/chat/conversations/{answer['conversation']}")
                return True
            time.sleep(0.1)
        return False

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Waits until the server has come to a state."""
        for _ in range(100):
            if condition():
                return
            time.sleep(0.1)
        raise AssertionError("the server did not come to the expected state")

    def count(self, series: str) -> float:
        """Returns one number of the metrics, 0 where it has not been counted yet."""
        for line in httpx.get(f"{self.url}/metrics").text.splitlines():
            if line.startswith(series + " "):
                return float(line.rpartition(" ")[2])
        return 0.0


@dataclass
class Chat:
    """The widget as a person meets it."""

    page: Page
    url: str

    def load(self, path: str = "/") -> Chat:
        self.page.goto(self.url + path)
        self.page.locator("help-chat .box").wait_for()
        return self

    def open(self, path: str = "/") -> Chat:
        self.load(path)
        self.page.get_by_role("button", name="Ask", exact=True).click()
        return self

    def part(self, name: str) -> Locator:
        """A part of the widget itself, not of the plain form that it stands in for."""
        return self.page.locator(f"help-chat .box .{name}")

    @property
    def field(self) -> Locator:
        return self.part("field")

    @property
    def bubbles(self) -> Locator:
        return self.page.locator("help-chat .log .bubble")

    @property
    def last(self) -> Locator:
        return self.bubbles.last

    @property
    def exit_button(self) -> Locator:
        return self.part("exit")

    def bubble(self, kind: str) -> Locator:
        return self.page.locator(f"help-chat .log .{kind}")

    def ask(self, text: str) -> dict[str, Any]:
        """Types a message and returns what the server answered, once it is shown."""
        return self._answer(lambda: (self.field.fill(text), self.field.press("Enter")))

    def press(self, title: str) -> dict[str, Any]:
        """Presses the newest button with a title."""
        return self._answer(self.page.locator("help-chat .choices").get_by_role("button", name=title, exact=True).last.click)

    def _answer(self, act: Callable[[], object]) -> dict[str, Any]:
        before = self.bubbles.count()
        with self.page.expect_response("**/chat/messages") as response:
            act()
        body: dict[str, Any] = response.value.json()
        self.bubbles.nth(before + len(body["replies"])).wait_for()
        return body

    def traces(self) -> dict[str, Any]:
        """Everything that a page can leave in a browser."""
        traces: dict[str, Any] = self.page.evaluate(
            """async () => ({
                cookie: document.cookie, local: localStorage.length, session: sessionStorage.length,
                databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
                workers: (await navigator.serviceWorker.getRegistrations()).length, hash: location.hash,
                state: history.state, name: window.name})"""
        )
        return traces


NO_TRACES = {
    "cookie": "",
    "local": 0,
    "session": 0,
    "databases": 0,
    "caches": 0,
    "workers": 0,
    "hash": "",
    "state": None,
    "name": "",
}


@dataclass
class Visitors:
    """Opens browser contexts, each a fresh visitor, and notes every complaint of the browser."""

    browser: Browser
    url: str
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def arrive(self, **options: Any) -> Chat:
        """Returns a fresh visitor on a small desktop screen, unless options say otherwise."""
        context = self.browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
        context.set_default_timeout(15_000)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"
        )
        self.contexts.append(context)
        return self.tab(context)

    def tab(self, context: BrowserContext) -> Chat:
        """Returns one more tab of a visitor."""
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text))
        return Chat(page, self.url)

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and EXPECTED_NOISE not in text:
            self.complaints.append(text)


def reply(text: str, **values: Any) -> dict[str, Any]:
    """A reply in the form of the chat API, for tests that speak for the server."""
    return {"kind": "answer", "text": text, "buttons": [], "sources": [], "hotlines": [], "fallback": False, "ratable": False} | values


def pretend(page: Page, *replies: dict[str, Any]) -> None:
    """Makes the server of a page answer with given replies."""
    page.route("**/chat/messages", lambda route: route.fulfill(json={"conversation": "pretended", "replies": list(replies)}))


def embed(gateway_url: str, attributes: str = "") -> str:
    """A page of another site with the widget on it."""
    return (
        f'<!doctype html><html lang="en"><title>Site</title><link rel="icon" href="{gateway_url}/widget/icon.svg">'
        f'<script type="module" src="{gateway_url}/widget/help-chat.mjs"></script><help-chat {attributes}></help-chat>'
    )


def hold_first(page: Page, address: str = "**/chat/messages") -> list[Route]:
    """Holds the first request for an address back until the test lets it go; later ones pass."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(address, hold)
    return held
