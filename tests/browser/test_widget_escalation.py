"""An escalation stands out, is announced, and takes the focus only from someone who is not typing."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.widget_helpers import hold_first

CRISIS = "he is going to kill me tonight"


def test_it_is_an_alert_with_the_focus_and_its_lines_in_order(chat):
    chat.open()
    answer = chat.ask(CRISIS)
    first = answer["replies"][0]
    assert first["kind"] == "escalation"
    bubble = chat.bubble("urgent")
    expect(bubble).to_have_count(1)
    expect(bubble).to_have_attribute("role", "alert")
    expect(bubble).to_be_focused()
    expect(bubble.locator(".flag")).to_have_text("Help now")
    expect(bubble.locator("> p")).to_have_text(first["text"])
    expect(bubble.locator(".lines b")).to_have_text([line["name"] for line in first["hotlines"]])
    calls = [link.get_attribute("href") for link in bubble.locator(".lines .call").all()]
    assert calls == [f"tel:{line['call']}" for line in first["hotlines"] if line["call"]]
    expect(bubble.locator(".lines [href='sms:233733?&body=HELP']")).to_be_visible()
    expect(bubble.locator("[href='sms:911']")).to_have_count(0)  # it fails in most places


def test_a_text_to_911_is_offered_where_a_city_is_known(chat):
    chat.open().ask("I am in Creve Coeur, is it legal here?")
    chat.ask(CRISIS)
    expect(chat.bubble("urgent").locator("[href='sms:911']")).to_be_visible()


def test_it_does_not_take_the_focus_from_someone_who_types(chat):
    held = hold_first(chat.page)
    chat.open()
    chat.field.fill(CRISIS)
    chat.field.press("Enter")
    chat.field.press_sequentially("please")
    held[0].continue_()
    expect(chat.bubble("urgent")).to_be_visible()
    expect(chat.field).to_be_focused()
    expect(chat.field).to_have_value("please")


def test_it_comes_first_also_before_the_first_contact_notice(chat):
    kinds = [reply["kind"] for reply in chat.open().ask(CRISIS)["replies"]]
    assert kinds[0] == "escalation"
    assert kinds[-1] == "notice"
    expect(chat.bubbles.nth(2)).to_have_class("bubble urgent")


def test_someone_can_see_my_screen_offers_the_exit(chat, gateway, other_site):
    chat.open().ask(CRISIS)
    answer = chat.press("Someone can see my screen")
    expect(chat.bubbles.nth(-len(answer["replies"])).locator(".choices button").first).to_have_text("Exit this page fast")
    chat.page.locator("help-chat .choices").get_by_role("button", name="Exit this page fast").click()
    chat.page.wait_for_url(other_site.exit_url)
    assert gateway.forgot(answer["conversation"])


def test_the_always_visible_lines_are_those_of_the_knowledge(chat):
    from bot.safety.hotlines import load_hotlines

    hotlines = load_hotlines()
    chat.load()
    shown = [link.get_attribute("href") for link in chat.page.locator("help-chat .bar a").all()]
    trafficking, suicide = hotlines["trafficking"], hotlines["suicide"]
    assert shown == [
        f"tel:{hotlines['emergency']['call']}",
        f"tel:{suicide['call']}",
        f"sms:{suicide['text']['number']}",
        suicide["chat"],
        f"tel:{trafficking['call']}",
        f"sms:{trafficking['text']['number']}?&body={trafficking['text']['keyword']}",
        trafficking["chat"],
    ]
