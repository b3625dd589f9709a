"""The widget's weight, as served before compression. Its speed is measured in tests/benchmarks/widget.py."""

from __future__ import annotations

import re

import httpx

LIMIT = 30_000  # bytes


def test_scripts_and_style_together_stay_under_the_limit(chat, gateway):
    with chat.page.context.expect_event("response", lambda response: response.url.endswith("help-chat.css")):
        chat.page.goto(chat.url)
    chat.page.locator("help-chat .box").wait_for()
    fetched = chat.page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    ours = {url for url in fetched if url.endswith((".mjs", "help-chat.css"))}
    assert {url.rpartition("/")[2] for url in ours} == {
        "help-chat.mjs",
        "bubbles.mjs",
        "conversation.mjs",
        "dom.mjs",
        "quick-exit.mjs",
        "site.mjs",
        "wording.mjs",
        "help-chat.css",
    }
    assert sum(len(httpx.get(url, headers={"accept-encoding": "identity"}).content) for url in ours) < LIMIT


def test_no_number_stands_in_the_widgets_own_files(gateway):
    """A number that changes must be changed in knowledge/hotlines.yml alone."""
    for name in ("wording", "help-chat", "bubbles", "conversation", "quick-exit", "dom"):
        source = httpx.get(f"{gateway.url}/widget/{name}.mjs").text
        assert re.findall(r"\b(?:911|988|\d{3}-\d{4}|\d{5,6})\b", source.replace("20000", "")) == [], name


def test_every_language_has_every_word(chat):
    keys = chat.load().page.evaluate(
        "async () => { const { WORDING } = await import('/widget/wording.mjs'); return Object.values(WORDING).map(words => Object.keys(words)) }"
    )
    assert len(keys) == 2
    assert keys[0] == keys[1]
