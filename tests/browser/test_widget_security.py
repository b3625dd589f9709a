"""A strict policy, hostile words, other sites and frames."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.widget_helpers import embed, pretend, reply

HOSTILE = [
    "<img src=x onerror=\"document.title='owned'\">",
    "<script>document.title='owned'</script>",
    "<style>*{display:none}</style>",
    "[press here](javascript:alert(1))",
    "javascript:alert(1) data:text/html,<b>x</b>",
    "</div></help-chat><h1>owned</h1>",
    "{{7*7}} ${7*7} \u202edecuorp",
    "W" * 3000,
]


def test_the_headers_of_the_page_and_of_the_widget(gateway, other_site):
    page = httpx.get(gateway.url + "/").headers
    assert page["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        f"form-action 'self' http://127.0.0.1:{other_site.port}; base-uri 'none'; frame-ancestors 'self' {other_site.allowed}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    assert page["referrer-policy"] == "no-referrer"
    assert page["cache-control"] == "no-store"
    script = httpx.get(gateway.url + "/widget/help-chat.mjs", headers={"origin": other_site.stranger}).headers
    assert script["access-control-allow-origin"] == "*"
    assert script["content-type"] == "text/javascript; charset=utf-8"
    assert script["cache-control"] == "no-store"
    assert script["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/widget/../gateway/app.py", "/widget/%2e%2e/gateway/app.py", "/widget/page.py", "/widget/"])
def test_only_scripts_styles_and_images_are_served(gateway, path):
    assert httpx.get(gateway.url + path).status_code == 404


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_words_of_the_bot_and_of_the_person_are_never_markup(chat, text):
    pretend(
        chat.page,
        reply(
            f"- {text}\n\n{text}",
            kind=text,
            buttons=[{"title": text, "payload": "more:x"}],
            sources=[{"id": "x", "title": text, "level": text, "status": text, "checked_on": text, "url": text}],
            hotlines=[{"id": text, "name": text, "call": text, "text": text, "keyword": text, "chat": text}] * 2,
        ),
    )
    chat.open().field.fill(text)
    chat.field.press("Enter")
    bubble = chat.bubble("answer")
    expect(bubble.locator("li").first).to_have_text(text)
    expect(chat.bubble("you").locator("p")).to_have_text(text)
    for tag in ("img", "script", "style", "h1", "[onerror]"):
        expect(chat.page.locator(f"help-chat .log {tag}")).to_have_count(0)
    schemes = bubble.locator("a").evaluate_all("links => [...new Set(links.map(link => link.protocol))].sort()")
    assert set(schemes) <= {"tel:", "sms:"}
    assert chat.page.title() == "Questions and answers"
    assert chat.part("log").evaluate("log => log.scrollWidth - log.clientWidth") == 0


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x", None, 5],
)
def test_only_web_phone_and_text_addresses_become_links(chat, address):
    pretend(
        chat.page,
        reply(
            "text",
            sources=[{"id": "x", "title": "A title", "level": "state", "status": "confirmed", "checked_on": "2026-11-22", "url": address}],
        ),
    )
    chat.open().field.fill("hello")
    chat.field.press("Enter")
    chat.last.locator("summary").click()
    expect(chat.last.get_by_text("A title")).to_be_visible()
    expect(chat.last.get_by_role("link")).to_have_count(0)


def test_numbers_and_addresses_in_a_text_become_links(chat):
    pretend(chat.page, reply("Call 911 or 1-888-373-7888. See https://example.org/a?b=1. Not 566.911, 19115 or 988-1."))
    chat.open().field.fill("hello")
    chat.field.press("Enter")
    links = chat.bubble("answer").locator("a")
    expect(links).to_have_text(["911", "1-888-373-7888", "https://example.org/a?b=1"])
    assert links.evaluate_all("links => links.map(link => link.getAttribute('href'))") == [
        "tel:911",
        "tel:1-888-373-7888",
        "https://example.org/a?b=1",
    ]


@pytest.mark.parametrize("strange", [[], [None, 5, "text", []], [{"kind": "answer"}], [{"kind": "answer", "text": ""}]], ids=range(4))
def test_replies_without_a_text_count_as_no_answer(chat, strange):
    pretend(chat.page, *strange)
    chat.open().field.fill("hello")
    chat.field.press("Enter")
    expect(chat.bubble("urgent")).to_be_visible()
    chat.page.unroute("**/chat/messages")
    chat.page.get_by_role("button", name="Try again").click()
    expect(chat.bubble("smalltalk")).to_be_visible()


def test_a_reply_with_strange_parts_still_shows_its_text(chat):
    pretend(chat.page, None, {"kind": 5, "text": "Words.", "buttons": [None, 5], "sources": {}, "hotlines": "x"})
    chat.open().field.fill("hello")
    chat.field.press("Enter")
    expect(chat.bubble("answer").locator("p")).to_have_text("Words.")


def strict(gateway_url):
    """The policy of a careful site that trusts the gateway for the widget and nothing else."""
    return (
        f"default-src 'none'; script-src {gateway_url}; style-src {gateway_url}; connect-src {gateway_url}; img-src {gateway_url}; "
        "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_on_another_site_under_a_strict_policy(visitors, gateway, other_site):
    other_site.put("/strict", embed(gateway.url, 'accent="#5b2a86" accent-text="#ffffff" theme="dark"'), strict(gateway.url))
    chat = visitors.arrive()
    chat.url = other_site.allowed
    chat.open("/strict")
    token = chat.ask("hello")["conversation"]
    chat.press("What does Missouri law say?")
    with chat.page.expect_response("**/chat/feedback") as response:
        chat.last.get_by_role("button", name="Yes").click()
    assert response.value.status == 204
    box = chat.page.locator("help-chat .box")
    assert box.evaluate("box => getComputedStyle(box).backgroundColor") == "rgb(22, 24, 29)"
    assert chat.part("send").evaluate("send => getComputedStyle(send).backgroundColor") == "rgb(91, 42, 134)"
    chat.exit_button.click()
    chat.page.wait_for_url(other_site.exit_url)
    assert gateway.forgot(token)


def test_a_site_that_is_not_on_the_list_gets_the_lines_and_no_chat(visitors, gateway, other_site):
    other_site.put("/stranger", embed(gateway.url))
    chat = visitors.arrive()
    chat.url = other_site.stranger
    chat.open("/stranger").field.fill("hello")
    chat.field.press("Enter")
    expect(chat.bubble("urgent").locator(".lines b")).to_have_count(3)
    refusals = [text for text in visitors.complaints if "has been blocked by CORS policy" in text]
    assert len(refusals) == len(visitors.complaints) == 1
    visitors.complaints.clear()


SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups allow-top-navigation-by-user-activation"


def test_in_a_sandboxed_frame_the_exit_takes_the_whole_page(visitors, gateway, other_site):
    other_site.put(
        "/framed",
        f'<!doctype html><title>Site</title><iframe sandbox="{SANDBOX}" src="{gateway.url}/frame" width="360" height="600"></iframe>',
    )
    chat = visitors.arrive()
    chat.page.goto(other_site.allowed + "/framed")
    frame = chat.page.frame_locator("iframe")
    frame.locator("help-chat .field").fill("hello")
    frame.locator("help-chat .field").press("Enter")
    expect(frame.locator("help-chat .smalltalk")).to_be_visible()
    frame.get_by_role("button", name="Exit this page fast").click()
    chat.page.wait_for_url(other_site.exit_url)


def test_a_site_that_is_not_on_the_list_cannot_frame_it(visitors, gateway, other_site):
    other_site.put("/framing", f'<!doctype html><title>Site</title><iframe src="{gateway.url}/frame"></iframe>')
    chat = visitors.arrive()
    chat.page.goto(other_site.stranger + "/framing")
    expect(chat.page.frame_locator("iframe").locator("help-chat")).to_have_count(0)
    assert len(visitors.complaints) == 1
    assert "frame-ancestors" in visitors.complaints.pop()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"passage": "law-missouri"},
        {"passage": "law-missouri", "helpful": "yes"},
        {"passage": "Law <b>", "helpful": True},
        {"passage": "law-missouri", "helpful": True, "conversation": 5},
    ],
)
def test_what_is_no_vote_is_refused(gateway, body):
    response = httpx.post(gateway.url + "/chat/feedback", json=body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "not_a_vote"
