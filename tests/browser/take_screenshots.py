"""Takes the pictures in docs/images: `python -m tests.browser.take_screenshots [address of a running gateway]`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.widget_helpers import Chat

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
PHONE = {"viewport": {"width": 360, "height": 700}, "device_scale_factor": 2}
CRISIS = "he is going to kill me tonight"


def closed(chat: Chat) -> None:
    chat.load()


def answer(chat: Chat) -> None:
    chat.open().ask("hello")
    chat.press("Where can I find help?")


def question_and_answer(chat: Chat) -> None:
    chat.open().ask("hello")
    chat.press("What does Missouri law say?")
    chat.bubble("you").last.evaluate("bubble => { bubble.parentNode.scrollTop = bubble.offsetTop - bubble.parentNode.offsetTop - 8 }")


def escalation(chat: Chat) -> None:
    chat.open().ask(CRISIS)


def spanish(chat: Chat) -> None:
    chat.open().page.get_by_role("button", name="Español").click()
    chat.ask("me va a matar esta noche")


def offline(chat: Chat) -> None:
    chat.open().page.context.set_offline(True)
    chat.field.fill("where can I sleep tonight")
    chat.field.press("Enter")
    chat.bubble("urgent").wait_for()


def plain(chat: Chat) -> None:
    chat.page.goto(chat.url)
    chat.page.get_by_role("textbox", name="Your question").fill(CRISIS)
    chat.page.get_by_role("button", name="Send").click()
    chat.page.get_by_role("alert").wait_for()


PICTURES: dict[str, tuple[Any, dict[str, Any]]] = {
    "widget-closed": (closed, {"viewport": {"width": 1280, "height": 800}}),
    "chat": (question_and_answer, {"viewport": {"width": 1280, "height": 800}}),
    "widget-phone-answer": (answer, PHONE),
    "widget-phone-escalation": (escalation, PHONE),
    "widget-phone-dark": (escalation, PHONE | {"color_scheme": "dark"}),
    "widget-phone-spanish": (spanish, PHONE),
    "widget-phone-offline": (offline, PHONE),
    "widget-smallest": (escalation, {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 2}),
    "widget-without-javascript": (plain, PHONE | {"java_script_enabled": False}),
}


def take(browser: Browser, address: str, name: str) -> None:
    state, options = PICTURES[name]
    context = browser.new_context(**options)
    chat = Chat(context.new_page(), address)
    state(chat)
    chat.page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        for name in PICTURES:
            take(browser, address, name)
        browser.close()


if __name__ == "__main__":
    main()
