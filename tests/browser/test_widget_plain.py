"""Without JavaScript: the lines, a form that works, and a way out."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect


@pytest.fixture
def page(visitors):
    chat = visitors.arrive(java_script_enabled=False)
    chat.page.goto(chat.url)
    return chat.page


def ask(page, text):
    page.get_by_role("textbox", name="Your question").fill(text)
    page.get_by_role("button", name="Send").click()


def test_the_lines_come_before_everything_else(page):
    expect(page.get_by_role("link", name="911")).to_have_attribute("href", "tel:911")
    expect(page.get_by_role("link", name="text 988")).to_have_attribute("href", "sms:988")
    expect(page.get_by_role("link", name="1-888-373-7888")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Exit this page")).to_be_in_viewport()


def test_a_question_a_button_and_the_exit(page, gateway, other_site):
    ask(page, "hello")
    expect(page.locator(".reply.smalltalk")).to_be_visible()
    token = page.locator("input[name=conversation]").first.get_attribute("value")
    page.get_by_role("button", name="What does Missouri law say?").click()
    expect(page.locator(".reply.answer")).to_be_visible()
    page.get_by_text("Where this comes from").click()
    expect(page.locator("details li").first).to_be_visible()
    expect(page.get_by_role("link", name="911")).to_be_in_viewport()
    page.get_by_role("button", name="Exit this page").click()
    page.wait_for_url(other_site.exit_url)
    assert gateway.forgot(token)


def test_a_crisis_and_an_empty_message(page):
    ask(page, "he is going to kill me tonight")
    expect(page.get_by_role("alert")).to_contain_text("911")
    ask(page, "  ")
    expect(page.get_by_role("alert")).to_have_text("The message is empty. Type a few words, or use one of these lines.")


def test_the_plain_page_has_no_script_and_axe_finds_nothing(visitors, gateway):
    chat = visitors.arrive(bypass_csp=True)  # axe needs scripts, so the answer of the form is shown with them on
    response = chat.page.request.post(gateway.url + "/chat", form={"text": "hello", "conversation": ""})
    assert "<script" not in response.text()
    chat.page.route("**/plain", lambda route: route.fulfill(body=response.text(), content_type="text/html"))
    chat.page.goto(gateway.url + "/plain")
    report = Axe().run(chat.page).generate_report()
    assert report == "Found 0 accessibility violations:\n"
