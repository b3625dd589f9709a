"""No trace: nothing stored, nothing asked of a third party, and an empty chat after every way out."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.widget_helpers import NO_TRACES, hold_first


def test_a_conversation_stores_nothing_and_talks_to_nobody_else(chat, gateway):
    asked: list[str] = []
    chat.page.context.on("request", lambda request: asked.append(request.url))
    chat.open().ask("hello")
    chat.press("What does Missouri law say?")
    chat.last.get_by_role("button", name="No").click()
    chat.ask("he is going to kill me tonight")
    assert chat.traces() == NO_TRACES
    assert chat.page.context.cookies() == []
    assert [url for url in asked if not url.startswith(gateway.url + "/")] == []
    assert chat.page.title() == "Questions and answers"
    assert chat.page.url == gateway.url + "/"


def test_after_a_reload_the_chat_is_empty_here_and_on_the_server(chat, gateway):
    token = chat.open().ask("hello")["conversation"]
    chat.field.fill("half a sentence")
    chat.page.reload()
    chat.page.get_by_role("button", name="Ask", exact=True).click()
    expect(chat.bubbles).to_have_count(1)
    expect(chat.field).to_have_value("")
    assert gateway.forgot(token)
    assert chat.traces() == NO_TRACES


def test_after_another_page_and_back_the_chat_is_empty(chat, gateway, other_site):
    token = chat.open().ask("hello")["conversation"]
    chat.page.goto(other_site.exit_url)
    chat.page.go_back()
    chat.page.locator("help-chat .box").wait_for()
    expect(chat.bubble("you")).to_have_count(0)
    assert gateway.forgot(token)


def test_a_page_that_the_browser_kept_alive_comes_back_empty(chat, gateway):
    """Browsers may keep a left page whole in memory; what it shows then must be gone."""
    token = chat.open().ask("hello")["conversation"]
    chat.field.fill("half a sentence")
    chat.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(chat.bubbles).to_have_count(1)
    expect(chat.field).to_have_value("")
    assert gateway.forgot(token)
    assert chat.ask("hello")["conversation"] != token


def test_closing_the_tab_erases_the_conversation(chat, gateway):
    token = chat.open().ask("hello")["conversation"]
    chat.page.close(run_before_unload=True)
    assert gateway.forgot(token)


def test_taking_the_widget_off_the_page_erases_the_conversation(chat, gateway):
    token = chat.open().ask("hello")["conversation"]
    chat.page.evaluate("document.querySelector('help-chat').remove()")
    assert gateway.forgot(token)


def test_a_late_answer_does_not_come_back_after_the_chat_was_cleared(chat):
    hold_first(chat.page)
    chat.open()
    chat.field.fill("hello")
    chat.field.press("Enter")
    expect(chat.part("status")).to_have_text("Writing an answer…")
    chat.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(chat.bubbles).to_have_count(1)
    expect(chat.part("status")).to_have_text("")


def test_hiding_the_chat_keeps_it_and_escape_hides_it(chat):
    chat.open().ask("hello")
    chat.page.keyboard.press("Escape")
    expect(chat.part("panel")).to_be_hidden()
    toggle = chat.page.get_by_role("button", name="Ask", exact=True)
    expect(toggle).to_be_focused()
    toggle.press("Enter")
    expect(chat.bubble("smalltalk")).to_be_visible()
    expect(chat.field).to_be_focused()


def test_calling_from_the_bar_keeps_the_conversation(chat):
    """A tel: link opens the phone, not a page: the chat must still be there afterwards."""
    token = chat.open().ask("hello")["conversation"]
    chat.part("bar").get_by_role("link", name="Call 988").click()
    assert chat.ask("thank you")["conversation"] == token
