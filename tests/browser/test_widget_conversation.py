"""The whole conversation, as a person has it."""

from __future__ import annotations

import json

import httpx
from playwright.sync_api import expect

from tests.browser.widget_helpers import embed, hold_first, pretend, reply


def test_greeting_button_answer_sources_and_feedback(chat, gateway):
    chat.open()
    expect(chat.bubbles).to_have_count(1)  # the introduction

    greeting = chat.ask("hello")
    assert [reply["kind"] for reply in greeting["replies"]] == ["smalltalk", "notice"]
    expect(chat.bubbles.nth(1)).to_have_text("You: hello")
    expect(chat.bubble("smalltalk").locator("p")).to_have_text(greeting["replies"][0]["text"])
    expect(chat.bubbles.nth(3)).to_have_class("bubble notice")

    answer = chat.press("Where can I find help?")
    assert answer["conversation"] == greeting["conversation"]
    assert [reply["kind"] for reply in answer["replies"]] == ["answer"]
    (first_step,) = answer["replies"]
    assert first_step["sources"][0]["id"] == "exit-first-step"
    items = [line.removeprefix("- ") for line in first_step["text"].splitlines() if line.startswith("- ")]
    assert len(items) == 5
    expect(chat.last.locator("> ul:not(.lines) > li")).to_have_text(items)

    sources = chat.last.locator("details")
    expect(sources).not_to_have_attribute("open", "")
    sources.locator("summary").click()
    titles = [source["title"] for source in first_step["sources"] if source["url"]]
    expect(sources.get_by_role("link")).to_have_text(titles)
    expect(sources.get_by_role("link").first).to_have_attribute("rel", "noopener noreferrer")

    votes = 'lamplight_feedback_total{helpful="yes",passage="exit-first-step"}'
    before = gateway.count(votes)
    with chat.page.expect_response("**/chat/feedback") as response:
        chat.last.get_by_role("button", name="Yes").click()
    assert response.value.status == 204
    assert json.loads(response.value.request.post_data) == {
        "conversation": answer["conversation"],
        "passage": "exit-first-step",
        "helpful": True,
    }
    assert gateway.count(votes) == before + 1
    thanks = chat.last.locator(".feedback")
    expect(thanks).to_have_text("Thank you.")
    expect(thanks).to_be_focused()


def test_no_vote_is_asked_for_with_a_check_in_or_after_an_escalation(chat):
    chat.open()
    asked = chat.page.locator("help-chat .log .feedback")
    for text, kinds, votes in (
        ("Is prostitution legal in Kansas City?", ["answer", "notice"], 1),
        ("How can a person get papers back from someone who controls them?", ["check_in", "answer"], 1),
        ("Is prostitution legal in Kansas City?", ["answer"], 2),
        ("my husband beats me", ["escalation"], 2),
        ("Is prostitution legal in Kansas City?", ["answer"], 2),
        ("I am safe", ["smalltalk"], 2),
        ("Is prostitution legal in Kansas City?", ["answer"], 2),
    ):
        assert [reply["kind"] for reply in chat.ask(text)["replies"]] == kinds, text
        expect(asked).to_have_count(votes)


def test_more_gives_the_second_part(chat):
    chat.open().ask("hello")
    answer = chat.press("What does Missouri law say?")
    more = chat.press("More")
    assert more["replies"][0]["sources"] == answer["replies"][0]["sources"]
    assert more["replies"][0]["text"] != answer["replies"][0]["text"]


def test_enter_sends_and_shift_enter_makes_a_line(chat):
    pretend(chat.page, reply("ok"))
    chat.open().field.press_sequentially("one")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("two")
    expect(chat.field).to_have_value("one\ntwo")
    chat.field.press("Enter")
    expect(chat.bubble("you")).to_have_text("You: one\ntwo")
    expect(chat.field).to_have_value("")
    expect(chat.field).to_be_focused()


def test_an_empty_message_is_not_sent(chat):
    sent = []
    chat.open().page.on("request", lambda request: sent.append(request))
    chat.field.press("Enter")
    chat.field.fill("   \n ")
    chat.page.get_by_role("button", name="Send").click()
    expect(chat.bubble("you")).to_have_count(0)
    assert sent == []


def test_it_says_that_it_writes_and_stops_saying_so(chat):
    held = hold_first(chat.page)
    chat.open()
    chat.field.fill("hello")
    chat.field.press("Enter")
    status = chat.part("status")
    expect(status).to_have_text("Writing an answer…")
    held[0].continue_()
    expect(chat.bubble("smalltalk")).to_be_visible()
    expect(status).to_have_text("")


def test_messages_typed_while_one_is_on_its_way_go_out_in_order(chat):
    held = hold_first(chat.page)
    chat.open()
    for text in ("hello", "thank you", "goodbye"):
        chat.field.fill(text)
        chat.field.press("Enter")
    expect(chat.bubble("you")).to_have_text(["You: hello", "You: thank you", "You: goodbye"])
    assert json.loads(held[0].request.post_data)["text"] == "hello"
    held[0].continue_()
    expect(chat.bubble("smalltalk")).to_have_count(3)


def test_two_tabs_are_two_conversations(visitors, gateway):
    first = visitors.arrive().open()
    second = visitors.tab(first.page.context).open()
    one, two = first.ask("hello")["conversation"], second.ask("hello")["conversation"]
    assert one != two
    first.exit_button.click()
    first.page.wait_for_url("**/weather")
    assert gateway.forgot(one)
    assert second.ask("thank you")["conversation"] == two


def test_a_restarted_server_starts_a_new_conversation_without_a_word(chat, gateway):
    token = chat.open().ask("hello")["conversation"]
    httpx.delete(f"{gateway.url}/chat/conversations/{token}")
    assert chat.ask("thank you")["conversation"] != token
    expect(chat.bubble("urgent")).to_have_count(0)


def test_a_hundred_messages_leave_the_newest_in_view_and_skip_drawing_the_old(chat):
    pretend(chat.page, reply("A first paragraph.\n\n- one\n- two\n\n" + "A long last paragraph. " * 12))
    chat.open()
    for number in range(100):
        chat.field.fill(f"message {number}")
        chat.field.press("Enter")
    expect(chat.bubbles).to_have_count(201)
    expect(chat.last).to_be_in_viewport()
    drawn = "bubble => getComputedStyle(bubble).contentVisibility"
    assert chat.bubbles.nth(100).evaluate(drawn) == "auto"
    assert chat.last.evaluate(drawn) == "visible"


def test_a_long_answer_is_shown_from_its_first_line(chat):
    pretend(chat.page, reply("The first line.\n\n" + "Many more words. " * 300))
    chat.open()
    chat.field.fill("hello")
    chat.field.press("Enter")
    expect(chat.last.get_by_text("The first line.")).to_be_in_viewport(ratio=1)


def test_spanish_from_the_button_and_from_the_attribute(chat, other_site, gateway, visitors):
    chat.open().page.get_by_role("button", name="Español").click()
    page = chat.page
    expect(page.get_by_role("button", name="Salir rápido de esta página")).to_be_visible()
    expect(page.get_by_role("textbox", name="Su pregunta")).to_be_visible()
    expect(chat.page.locator("help-chat .box")).to_have_attribute("lang", "es")
    answer = chat.ask("hola")
    assert answer["replies"][0]["text"].startswith("Hola.")
    # The 988 line has a keyword of its own for Spanish.
    page.locator("help-chat .bar [href='sms:988?&body=AYUDA']").wait_for()

    other_site.put("/spanish", embed(gateway.url, 'lang="es-MX" heading="Preguntas"'))
    spanish = visitors.arrive()
    spanish.url = other_site.allowed
    spanish.load("/spanish")
    expect(spanish.part("heading")).to_have_text("Preguntas")
    expect(spanish.page.get_by_role("button", name="Abrir")).to_be_visible()
