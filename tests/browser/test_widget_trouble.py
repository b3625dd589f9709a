"""Offline, slow, refusing or dead servers: the lines stand there, and nothing typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.widget_helpers import hold_first

LINES = ["Emergency services", "988 Suicide & Crisis Lifeline", "National Human Trafficking Hotline"]


def send(chat, text):
    chat.field.fill(text)
    chat.field.press("Enter")


def expect_lines(bubble):
    expect(bubble).to_have_attribute("role", "alert")
    expect(bubble.locator(".lines b")).to_have_text(LINES)
    expect(bubble.locator("[href='tel:911']").first).to_be_visible()


def test_messages_wait_while_offline_and_go_out_in_order(chat):
    chat.open()
    chat.page.context.set_offline(True)
    send(chat, "hello")
    trouble = chat.bubble("urgent")
    expect(trouble).to_have_count(1)
    expect_lines(trouble)
    expect(trouble.locator("> p")).to_have_text(
        "You are offline. Your message goes out when you are back. Calls and texts may still work. In danger: call 911."
    )
    expect(trouble).to_be_focused()
    send(chat, "thank you")
    expect(chat.bubble("you").locator(".kept")).to_have_count(2)
    chat.page.context.set_offline(False)
    expect(chat.bubble("smalltalk")).to_have_count(2)
    expect(chat.bubble("you").locator(".kept")).to_have_count(0)


def test_a_dead_server_shows_the_lines_and_a_retry_that_works(chat):
    chat.open()
    chat.page.route("**/chat/messages", lambda route: route.abort())
    send(chat, "hello")
    expect_lines(chat.bubble("urgent"))
    expect(chat.bubble("urgent").locator("> p")).to_have_text(
        "No answer came. Your message is still here. These people answer, day or night. In danger: call 911."
    )
    expect(chat.bubble("you")).to_contain_text("hello")
    chat.page.unroute("**/chat/messages")
    chat.page.get_by_role("button", name="Try again").click()
    expect(chat.bubble("smalltalk")).to_be_visible()
    expect(chat.bubble("you").locator(".kept")).to_have_count(0)


@pytest.mark.parametrize("body", ["", "<html>bad gateway</html>", "null", "[]", '{"replies": 5}'])
def test_an_answer_that_makes_no_sense_counts_as_none(chat, body):
    chat.page.route("**/chat/messages", lambda route: route.fulfill(status=200, body=body))
    send(chat.open(), "hello")
    expect_lines(chat.bubble("urgent"))
    expect(chat.page.get_by_role("button", name="Try again")).to_be_visible()


def test_a_503_shows_the_lines_that_it_carries(chat):
    line = {"id": "runaway", "name": "National Runaway Safeline", "call": "1-800-786-2929", "text": "66008", "chat": None}
    error = {"error": {"code": "failed", "message": "…"}, "hotlines": [line]}
    chat.page.route("**/chat/messages", lambda route: route.fulfill(status=503, json=error))
    send(chat.open(), "hello")
    expect(chat.bubble("urgent").locator(".lines b")).to_have_text(["National Runaway Safeline"])
    expect(chat.page.get_by_role("button", name="Try again")).to_be_visible()


def test_a_slow_server_brings_the_lines_then_the_retry(chat):
    chat.page.clock.install()
    hold_first(chat.page)
    send(chat.open(), "hello")
    expect(chat.part("status")).to_have_text("Writing an answer…")
    chat.page.clock.run_for(5000)
    expect_lines(chat.bubble("urgent"))
    expect(chat.bubble("urgent").locator("> p")).to_have_text("This is slow. These people answer now, day or night. In danger: call 911.")
    chat.page.clock.run_for(15000)
    expect(chat.bubble("urgent")).to_have_count(2)
    expect(chat.page.get_by_role("button", name="Try again")).to_be_visible()


def test_too_many_messages_are_kept_for_later(chat):
    chat.page.route(
        "**/chat/messages", lambda route: route.fulfill(status=429, json={"error": {"code": "x", "message": "x"}, "hotlines": []})
    )
    send(chat.open(), "hello")
    expect_lines(chat.bubble("urgent"))
    expect(chat.bubble("urgent").locator("> p")).to_have_text("Too many messages. Wait a minute, then try again. In danger: call 911.")
    expect(chat.bubble("you").locator(".kept")).to_be_visible()


def test_a_message_that_is_too_long_comes_back_into_the_box(chat):
    long = "I have a long question. " * 100
    with chat.open().page.expect_response("**/chat/messages") as response:
        send(chat, long)
    assert response.value.status == 413
    expect(chat.bubble("urgent").locator("> p")).to_have_text(
        "That is too long. It is back in the box: please shorten it. In danger: call 911."
    )
    expect(chat.field).to_have_value(long.strip())
    expect(chat.bubble("you").locator(".kept")).to_have_count(0)


def test_the_lines_and_the_exit_stay_when_the_server_has_died_after_the_page(chat, other_site):
    chat.load()
    chat.page.context.set_offline(True)
    chat.page.get_by_role("button", name="Ask", exact=True).click()
    expect(chat.page.locator("help-chat .bar [href='tel:911']")).to_be_visible()
    expect(chat.page.locator("help-chat .bar [href='tel:1-888-373-7888']")).to_be_visible()
    expect(chat.exit_button).to_be_visible()


@pytest.mark.parametrize("missing", ["help-chat.mjs", "site.mjs", "wording.mjs"])
def test_where_a_script_does_not_come_the_plain_form_stands_there(chat, missing):
    chat.page.route(f"**/widget/{missing}", lambda route: route.abort())
    chat.page.goto(chat.url)
    expect(chat.page.get_by_role("link", name="911")).to_be_visible()
    expect(chat.page.get_by_role("link", name="1-888-373-7888")).to_be_visible()
    expect(chat.page.get_by_role("textbox", name="Your question")).to_be_visible()


def test_where_the_style_does_not_come_the_widget_still_works(chat):
    chat.page.route("**/widget/help-chat.css", lambda route: route.abort())
    chat.load()
    chat.page.get_by_role("button", name="Ask", exact=True).click()
    chat.ask("hello")
    expect(chat.bubble("smalltalk")).to_be_visible()
