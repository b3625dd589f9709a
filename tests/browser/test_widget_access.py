"""WCAG 2.2 AA: axe in every state, the keyboard alone, small windows, zoom, motion and forced colours."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.widget_helpers import pretend, reply

CRISIS = "he is going to kill me tonight"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


def closed(chat):
    chat.load()


def opened(chat):
    chat.open()


def long_chat(chat):
    chat.open().ask("hello")
    chat.press("What does Missouri law say?")
    chat.last.locator("summary").click()
    for text in ("where can I find a shelter", "thank you", "goodbye"):
        chat.ask(text)


def escalated(chat):
    chat.open().ask(CRISIS)
    chat.press("Someone can see my screen")


def in_trouble(chat):
    chat.page.route("**/chat/messages", lambda route: route.abort())
    chat.open().field.fill("hello")
    chat.field.press("Enter")
    chat.bubble("urgent").wait_for()


def in_spanish(chat):
    chat.open().page.get_by_role("button", name="Español").click()
    chat.ask("hola")
    chat.ask("me va a matar esta noche")


# axe writes a style of its own into the page, which the page's policy would rightly report.
AXE_MAY_WRITE = {"bypass_csp": True}
STATES = [closed, opened, long_chat, escalated, in_trouble, in_spanish]


def violations(page):
    return Axe().run(page, options=RULES).generate_report()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(visitors, state, scheme):
    chat = visitors.arrive(color_scheme=scheme, **AXE_MAY_WRITE)
    state(chat)
    assert violations(chat.page) == "Found 0 accessibility violations:\n"


@pytest.mark.parametrize(
    "options", [{"forced_colors": "active"}, {"viewport": {"width": 320, "height": 256}}, {"viewport": {"width": 360, "height": 740}}]
)
def test_axe_finds_nothing_in_forced_colours_and_on_small_screens(visitors, options):
    chat = visitors.arrive(**options, **AXE_MAY_WRITE)
    escalated(chat)
    assert violations(chat.page) == "Found 0 accessibility violations:\n"


def test_from_load_to_exit_by_keyboard_alone(chat, other_site):
    keyboard = chat.load().page.keyboard
    focused = "document.activeElement.shadowRoot?.activeElement?.className ?? document.activeElement.tagName"

    def tab_to(name):
        for _ in range(25):
            keyboard.press("Tab")
            if name in chat.page.evaluate(focused).split():
                return
        raise AssertionError(f"Tab never reached {name}")

    tab_to("exit")
    tab_to("toggle")
    keyboard.press("Enter")
    expect(chat.field).to_be_focused()
    keyboard.type("hello")
    keyboard.press("Enter")
    expect(chat.bubble("smalltalk")).to_be_visible()
    keyboard.press("Shift+Tab")  # back from the field into the log, whose last control it is
    expect(chat.page.locator("help-chat .log a, help-chat .log button, help-chat .log").locator(":scope:focus")).to_have_count(1)
    for _ in range(25):
        if "exit" in chat.page.evaluate(focused).split():
            break
        keyboard.press("Shift+Tab")
    expect(chat.exit_button).to_be_focused()
    keyboard.press("Enter")
    chat.page.wait_for_url(other_site.exit_url)


def test_the_names_that_a_screen_reader_speaks(chat):
    chat.open()
    page = chat.page
    expect(page.get_by_role("region", name="Ask a question")).to_be_visible()
    expect(page.get_by_role("navigation", name="People who can help now")).to_be_visible()
    expect(page.get_by_role("log", name="Conversation")).to_be_visible()
    expect(page.get_by_role("link", name="Call 911 Emergency services")).to_be_visible()
    expect(page.get_by_role("link", name="Call Hotline National Human Trafficking Hotline")).to_be_visible()
    expect(page.get_by_role("link", name="Text HELP to 233733 National Human Trafficking Hotline")).to_be_visible()
    expect(page.get_by_role("button", name="Hide")).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("size", [(320, 256), (320, 568), (360, 740), (640, 400), (1280, 800)])
def test_every_target_is_44_pixels_and_on_the_screen(visitors, size):
    """640 × 400 is a window of 1280 × 800 at 200 % zoom, 320 × 256 one of 1280 × 1024 at 400 %."""
    width, height = size
    chat = visitors.arrive(viewport={"width": width, "height": height})
    escalated(chat)
    page = chat.page
    for target in page.locator("help-chat").locator("button, .bar a, .ways a, summary, textarea").all():
        if target.is_visible():
            box = target.bounding_box()
            assert (box["width"] >= 44, box["height"] >= 44) == (True, True), target.inner_text()
            assert (box["x"] >= 0, box["x"] + box["width"] <= width) == (True, True), target.inner_text()
    for part in ("exit", "bar", "field", "send", "toggle"):
        expect(chat.part(part)).to_be_in_viewport(ratio=1)
    log = chat.part("log").bounding_box()
    assert log["height"] >= 100
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert chat.part("log").evaluate("log => log.scrollWidth - log.clientWidth") == 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_on_the_smallest_screen_exit_lines_and_toggle_share_one_row(visitors, language):
    chat = visitors.arrive(viewport={"width": 320, "height": 256})
    chat.load().page.evaluate("language => { document.querySelector('help-chat').lang = language }", language)
    rows = {
        round(chat.page.locator(f"help-chat .box {part}").first.bounding_box()["y"]) for part in (".exit", ".bar .call", ".more", ".toggle")
    }
    assert len(rows) == 1
    assert chat.page.locator("help-chat .box").bounding_box()["height"] <= 56


def test_on_a_small_screen_text_and_chat_are_one_press_away(visitors):
    chat = visitors.arrive(viewport={"width": 320, "height": 256})
    text = chat.open().page.locator("help-chat .bar [href^='sms:233733']")
    more = chat.part("more")
    expect(text).to_be_hidden()
    expect(more).to_have_attribute("aria-expanded", "false")
    more.click()
    expect(text).to_be_visible()
    expect(more).to_have_attribute("aria-expanded", "true")


def test_nothing_moves(visitors):
    chat = visitors.arrive(reduced_motion="reduce")
    escalated(chat)
    assert chat.page.evaluate("document.getAnimations().length") == 0
    assert chat.page.evaluate("document.querySelector('help-chat').shadowRoot.getAnimations().length") == 0


def test_right_to_left_keeps_everything_on_the_screen(visitors):
    chat = visitors.arrive(viewport={"width": 360, "height": 740})
    escalated(chat)
    chat.page.locator("help-chat .box").evaluate("box => { box.dir = 'rtl' }")
    assert chat.part("exit").bounding_box()["x"] > chat.part("toggle").bounding_box()["x"]
    assert chat.part("log").evaluate("log => log.scrollWidth - log.clientWidth") == 0


def test_words_in_another_script_find_their_own_direction(chat):
    pretend(chat.page, reply("مرحبا"))
    chat.open().field.fill("مساعدة")
    chat.field.press("Enter")
    for paragraph in (chat.bubble("you").locator("p"), chat.bubble("answer").locator("p")):
        assert paragraph.evaluate("p => getComputedStyle(p).direction") == "rtl"


@pytest.mark.parametrize("pixels", [16, 24, 32])
def test_words_can_be_spaced_out_and_enlarged_without_loss(visitors, pixels):
    """WCAG 1.4.12 and 1.4.4: wide text spacing, also on a phone whose letters are set twice as large."""
    chat = visitors.arrive(viewport={"width": 360, "height": 740})
    chat.page.context.new_cdp_session(chat.page).send("Page.setFontSizes", {"fontSizes": {"standard": pixels}})
    escalated(chat)
    chat.page.locator("help-chat .box").evaluate(
        "box => Object.assign(box.style, { lineHeight: 1.5, letterSpacing: '.12em', wordSpacing: '.16em' })"
    )
    assert chat.part("exit").evaluate("exit => getComputedStyle(exit).fontSize") in {f"{pixels}px", f"{pixels * 0.9375:g}px"}
    assert chat.part("log").evaluate("log => log.scrollWidth - log.clientWidth") == 0
    assert chat.page.locator("help-chat .box").evaluate("box => box.scrollWidth - box.clientWidth") == 0
    for part in ("exit", "toggle", "field", "send"):
        expect(chat.part(part)).to_be_in_viewport(ratio=1)


def test_the_size_of_letters_does_not_follow_a_site_that_shrinks_them(chat):
    """Many sites set the root to 62.5 %; the widget keeps the size that the person has set."""
    chat.load().page.evaluate("document.documentElement.style.fontSize = '62.5%'")
    assert chat.part("toggle").evaluate("toggle => getComputedStyle(toggle).fontSize") == "16px"
