"""Quick exit: by button and by keys, online and offline, with everything checked after it."""

from __future__ import annotations

import contextlib
import re

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Route, expect

from tests.browser.widget_helpers import NO_TRACES, embed


def exit_by_button(chat):
    chat.exit_button.click()


def exit_by_shift(chat):
    for _ in range(3):
        chat.page.keyboard.press("Shift")


@pytest.mark.parametrize("leave", [exit_by_button, exit_by_shift])
def test_exit_leaves_nothing_behind(chat, gateway, other_site, leave):
    page = chat.open().page
    token = chat.ask("hello")["conversation"]
    entries = page.evaluate("history.length")
    leave(chat)
    page.wait_for_url(other_site.exit_url)
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()
    assert page.evaluate("history.length") == entries  # the entry was replaced, none was added
    assert page.evaluate("document.referrer") == ""
    assert gateway.forgot(token)
    page.go_back()
    assert page.url == "about:blank"  # where this visitor was before the chat

    chat.load()
    expect(chat.bubble("you")).to_have_count(0)
    assert chat.traces() == NO_TRACES
    assert page.context.cookies() == []


def test_the_page_is_blank_before_the_next_one_answers(chat, other_site):
    chat.open().field.fill("words in the field")
    seen = chat.page.evaluate(
        """() => {
            document.querySelector('help-chat').exit();
            return {
                title: document.title,
                words: document.body.textContent,
                spoken: document.querySelector('[role=alert]').textContent,
                children: document.body.children.length };
        }"""
    )
    assert seen == {"title": "127.0.0.1", "words": "Loading.", "spoken": "Loading.", "children": 1}
    chat.page.wait_for_url(other_site.exit_url)


def test_exit_works_without_a_network(chat, other_site):
    page = chat.open().page
    chat.ask("hello")
    entries = page.evaluate("history.length")
    page.context.set_offline(True)
    chat.exit_button.click(no_wait_after=True)
    expect(page).to_have_url(re.compile("^chrome-error:"))
    assert "hello" not in page.content()
    assert page.evaluate("history.length") == entries
    page.context.set_offline(False)
    page.go_back()
    assert page.url == "about:blank"


def test_exit_from_the_closed_widget(chat, other_site):
    chat.load().exit_button.click()
    chat.page.wait_for_url(other_site.exit_url)


def test_exit_before_the_first_answer_leaves_no_conversation(chat, gateway, other_site):
    """The message is still on its way when the person leaves; the gateway's part is tested in test_widget_gateway.py."""
    held: list[Route] = []
    chat.page.route("**/chat/messages", lambda route: held.append(route))
    chat.open().field.fill("hello")
    before = gateway.count("lamplight_conversations")
    with chat.page.expect_request("**/chat/messages"):
        chat.page.evaluate("document.querySelector('help-chat').shadowRoot.querySelector('form').requestSubmit()")
    chat.page.evaluate("document.querySelector('help-chat').exit()")
    chat.page.wait_for_url(other_site.exit_url)
    assert len(held) == 1
    with contextlib.suppress(PlaywrightError):  # the request is gone with the page
        held[0].continue_()
    assert gateway.count("lamplight_conversations") <= before


def test_the_exit_attribute_goes_before_the_setting(visitors, gateway, other_site):
    other_site.put("/elsewhere", "<!doctype html><title>Recipes</title><h1>Recipes</h1>")
    other_site.put("/with-exit", embed(gateway.url, f'exit="{other_site.allowed}/elsewhere"'))
    chat = visitors.arrive()
    chat.url = other_site.allowed
    chat.load("/with-exit").exit_button.click()
    chat.page.wait_for_url("**/elsewhere")


def test_an_exit_attribute_that_is_no_web_address_is_passed_over(visitors, gateway, other_site):
    other_site.put("/bad-exit", embed(gateway.url, 'exit="javascript:alert(1)"'))
    chat = visitors.arrive()
    chat.url = other_site.allowed
    chat.load("/bad-exit").exit_button.click()
    chat.page.wait_for_url(other_site.exit_url)


def test_shift_shows_and_says_how_far_it_is_and_times_out(chat):
    page = chat.page
    page.clock.install()
    chat.open()
    said = chat.part("presses")
    for presses, words in ((1, "Shift: 2 more times to exit."), (2, "Shift: 1 more time to exit.")):
        page.keyboard.press("Shift")
        expect(said).to_have_text(words)
        expect(chat.exit_button).to_have_attribute("data-presses", str(presses))
    page.clock.run_for(5000)
    expect(said).to_have_text("Exit by Shift timed out.")
    expect(chat.exit_button).to_have_attribute("data-presses", "0")
    page.keyboard.press("Shift")
    expect(said).to_have_text("Shift: 2 more times to exit.")


def test_typing_capitals_or_another_key_between_is_no_exit(chat):
    page = chat.open().page
    for letter in "HELP":
        page.keyboard.press(f"Shift+{letter}")
    expect(chat.field).to_have_value("HELP")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    expect(chat.part("presses")).to_have_text("Shift: 2 more times to exit.")
    assert page.url == chat.url + "/"


def test_the_text_beside_the_exit_says_what_it_does_not_do(chat):
    chat.load()
    note = chat.part("note")
    expect(note).to_have_text("Exit (or Shift 3 times) clears this chat. It does not clear the browser history or stop spyware.")
    expect(note).to_be_visible()
    expect(chat.exit_button).to_have_accessible_description(note.text_content())
