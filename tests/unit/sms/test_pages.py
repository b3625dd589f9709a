"""Cutting into messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.sms.pages import LOCK_SCREEN, paginate, reveals
from bot.gateway.sms.segments import fits

HINT = "Reply MORE"
LEAD = "Here is some of what you asked us about:"
NUMBERS = [
    "1-888-373-7888",
    "HELP to 233733",
    "(816) 555-0102",
    "816 555 0102",
    "START al 88788",
    "https://example.org/a-page",
    "2026-11-22",
]


def test_a_short_reply_is_one_message_without_a_hint() -> None:
    assert paginate(["One.", "Two."], HINT, LEAD) == ["One.\nTwo."]


def test_a_long_reply_is_cut_after_a_sentence_and_says_how_to_go_on() -> None:
    pages = paginate(["This is one sentence. " * 30], HINT, LEAD)
    assert len(pages) == 3
    assert all(fits(page) for page in pages)
    assert all(page.endswith("sentence.\nReply MORE") for page in pages[:-1])
    assert pages[-1].endswith("sentence. ") or pages[-1].endswith("sentence.")
    assert sum(page.count("This is one sentence.") for page in pages) == 30


def test_a_short_last_paragraph_stays_in_the_first_message() -> None:
    pages = paginate(["Word by word. " * 40, "Still here for you: 988."], HINT, LEAD)
    assert pages[0].endswith("Word by word.\nStill here for you: 988.\nReply MORE")
    assert "988" not in pages[1]


def test_a_message_that_would_show_the_matter_on_a_lock_screen_gets_a_lead() -> None:
    pages = paginate(["Trafficking is a crime. " * 20], HINT, LEAD)
    assert all(page.startswith(LEAD + "\n") and not reveals(page) and fits(page) for page in pages)


def test_the_lead_covers_the_lock_screen() -> None:
    assert len(LEAD) >= LOCK_SCREEN


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("before", range(240, 306, 3))
def test_numbers_are_never_split_over_two_messages(number: str, before: int) -> None:
    text = ("abcd " * 100)[:before].strip() + f" {number} " + "efgh " * 40
    pages = paginate([text], HINT, LEAD)
    assert sum(number in page for page in pages) == 1


def test_a_text_without_any_space_is_cut_anyway() -> None:
    pages = paginate(["x" * 700], HINT, LEAD)
    assert all(fits(page) for page in pages)
    assert sum(page.count("x") for page in pages) == 700


def test_accents_halve_the_room_only_where_they_stand() -> None:
    pages = paginate(["Más. " * 20 + "No. " * 100], HINT, LEAD)
    assert all(fits(page) for page in pages)
    assert "".join(pages).count("Más.") == 20


@given(st.lists(st.text(min_size=1, max_size=400).filter(str.strip), min_size=1, max_size=4))
def test_every_message_fits_and_nothing_is_lost(paragraphs: list[str]) -> None:
    pages = paginate(paragraphs, HINT, LEAD)
    assert all(fits(page) and page.strip() for page in pages)
    kept = "".join("".join(pages).replace(HINT, "").replace(LEAD, "").replace("\ue000", " ").split())
    assert sorted(kept) == sorted("".join("".join(paragraphs).replace("\ue000", " ").replace(HINT, "").replace(LEAD, "").split()))
