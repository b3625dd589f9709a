"""Every sentence that goes out by text message."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from bot.gateway.sms.pages import LOCK_SCREEN, reveals
from bot.gateway.sms.segments import count_segments, is_gsm
from bot.gateway.static_replies import StaticReplies
from bot.messages import ESCALATE, CrisisAssessment
from bot.nlg.escalation import compose_escalation, trafficking_too
from bot.nlg.wording import LEAD_LINES, SMS, Wording
from bot.safety.hotlines import ROOT, load_hotlines
from bot.safety.phrase_floor import CRISIS_KINDS

RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
HOTLINES = load_hotlines()
STATIC = StaticReplies.load()
FIRST_NUMBER = {"emergency": "911", "suicide": "988"}


def wording(language: str, city: str | None = None) -> Wording:
    return Wording(RESPONSES, HOTLINES, {"language": language, "city": city}, SMS)


def said(name: str, language: str, kind: str = "domestic_violence", city: str | None = "kansas_city") -> str:
    words = wording(language, city)
    lead = LEAD_LINES[kind]
    return words.say(
        name,
        best_line=words.line(lead),
        best_number=words.number(lead),
        local_line=words.local_line(),
        trafficking_too=trafficking_too(words, lead),
        next_line=words.brief("trafficking"),
        outside="another part of Missouri",
        city="Webster Groves",
        title="A title",
        status="checked",
        date="2026-11-22",
    )


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", [name for name in RESPONSES if name != "utter_spanish_note"])
def test_every_response_fits_two_plain_segments_and_shows_nothing_on_a_lock_screen(name: str, language: str) -> None:
    text = said(name, language)
    assert "{" not in text
    assert is_gsm(text), [char for char in text if not is_gsm(char)]
    assert count_segments(text).count <= 2
    assert not reveals(text)


def test_the_spanish_note_is_plain_too() -> None:
    assert count_segments(said("utter_spanish_note", "es")).count == 1


def assessments() -> Iterator[CrisisAssessment]:
    for kind in CRISIS_KINDS:
        for sign in ({}, {"harm_others": True}, {"police_danger": True}, {"missing_child": True}, {"minor": True}):
            yield CrisisAssessment(level=ESCALATE, kinds=(kind,), explicit=True, **sign)


@pytest.mark.parametrize("language", ["en", "es", "other"])
@pytest.mark.parametrize("city", [None, "kansas_city", "creve_coeur"])
@pytest.mark.parametrize("assessment", assessments(), ids=lambda assessment: str(assessment.leading))
def test_every_escalation_puts_a_number_first_and_fits(assessment: CrisisAssessment, city: str | None, language: str) -> None:
    words = wording(language, city)
    said: list[str] = []
    for _ in range(3):  # the first words and each further step
        replies = compose_escalation(assessment, words, said)
        said += [reply.text for reply in replies]
        assert HOTLINES["trafficking"]["call"] in replies[0].text
    for text in said:
        assert is_gsm(text) and count_segments(text).count <= 2
        assert any(char.isdigit() for char in text[:LOCK_SCREEN])
        assert not reveals(text)


@pytest.mark.parametrize("kind", CRISIS_KINDS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_first_number_is_that_of_the_leading_line(kind: str, language: str) -> None:
    words = wording(language)
    assessment = CrisisAssessment(level=ESCALATE, kinds=(kind,), explicit=True)
    text = compose_escalation(assessment, words)[0].text
    assert words.number(LEAD_LINES[kind]) in text[:LOCK_SCREEN]


def test_the_words_of_a_crisis_are_easy_to_read() -> None:
    import textstat

    for name in RESPONSES:
        if name.startswith("utter_crisis_") and name != "utter_crisis_buttons":
            assert textstat.flesch_kincaid_grade(said(name, "en")) <= 5.0, name


def test_no_digits_of_a_number_are_typed() -> None:
    import re

    for name, variations in RESPONSES.items():
        for variation in variations:
            if variation.get("channel") == SMS or name.startswith("utter_sms_"):
                assert not re.search(r"\d{3}", re.sub(r"\{\w+\}|200 languages", "", variation["text"])), name


def test_the_first_text_says_everything_it_must() -> None:
    text = said("utter_first_contact", "en")
    for needed in (
        "automatic",
        "not 911",
        "1-888-373-7888",
        "stays on your phone",
        "delete it",
        "records",
        "Rates may apply",
        "STOP",
        "HELP",
    ):
        assert needed in text


def test_the_language_matters_more_than_the_channel() -> None:
    only_english_sms = {
        "utter_x": [{"text": "web"}, {"text": "sms", "channel": "sms"}, {"text": "red", "condition": [{"name": "language", "value": "es"}]}]
    }
    assert Wording(only_english_sms, HOTLINES, {"language": "es"}, SMS).say("utter_x") == "red"
    assert Wording(only_english_sms, HOTLINES, {"language": "en"}, SMS).say("utter_x") == "sms"
    assert Wording(only_english_sms, HOTLINES, {"language": "en"}).say("utter_x") == "web"


def test_titles_of_buttons_in_sms_variations_are_plain() -> None:
    for variations in RESPONSES.values():
        for variation in variations:
            if variation.get("channel") == SMS:
                assert all(is_gsm(button["title"]) for button in variation.get("buttons", ()))
