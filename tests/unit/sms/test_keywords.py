"""Whole messages that are commands."""

from __future__ import annotations

import pytest

from bot.gateway.sms.keywords import Keyword, choice, read_keyword
from bot.gateway.sms.telnyx import TelnyxProvider
from bot.gateway.sms.twilio import TwilioProvider
from bot.safety.phrase_floor import scan

TWILIO = TwilioProvider.handled_keywords
STOPS = ["STOP", "stop", " Stop ", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]


@pytest.mark.parametrize("text", STOPS)
def test_twilio_answers_stop_words_by_itself(text: str) -> None:
    assert read_keyword(text, None, TWILIO) is Keyword.STOPPED_BY_PROVIDER


@pytest.mark.parametrize("text", ["START", "unstop", "HELP", "Info"])
def test_twilio_answers_start_and_help_by_itself(text: str) -> None:
    assert read_keyword(text, None, TWILIO) is Keyword.LEFT_TO_PROVIDER


@pytest.mark.parametrize(
    ("opt_out", "keyword"), [("STOP", Keyword.STOPPED_BY_PROVIDER), ("START", Keyword.LEFT_TO_PROVIDER), ("HELP", Keyword.LEFT_TO_PROVIDER)]
)
def test_advanced_opt_out_says_what_it_answered(opt_out: str, keyword: Keyword) -> None:
    assert read_keyword("BASTA", opt_out, TWILIO) is keyword


@pytest.mark.parametrize("text", ["HELP", "info", "REVOKE"])
def test_telnyx_leaves_help_and_some_stop_words_to_us(text: str) -> None:
    assert read_keyword(text, None, TelnyxProvider.handled_keywords) in {Keyword.HELP, Keyword.STOP}


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("Stop.", Keyword.STOP),
        ("stop!!", Keyword.STOP),
        ("help!", Keyword.HELP),
        ("Help...", Keyword.HELP),
        ("ayuda", Keyword.HELP),
        ("DELETE", Keyword.DELETE),
        ("delete.", Keyword.DELETE),
        ("Borrar", Keyword.DELETE),
        ("MORE", Keyword.MORE),
        ("Más", Keyword.MORE),
        ("mas", Keyword.MORE),
        ("1", Keyword.CHOICE),
        ("2.", Keyword.CHOICE),
        ("3)", Keyword.CHOICE),
        ("SAFE", Keyword.SAFE),
        ("Safe.", Keyword.SAFE),
        ("a salvo", Keyword.SAFE),
        ("SAFE but he is here", Keyword.MORE_THAN_SAFE),
        ("safe if i do what he says", Keyword.MORE_THAN_SAFE),
        ("I am safe now", Keyword.SAFE_IN_OTHER_WORDS),
        ("im fine", Keyword.NONE),
        ("HELP he has me", Keyword.NONE),
        ("STOP hitting me", Keyword.NONE),
        ("please stop", Keyword.NONE),
        ("end it all", Keyword.NONE),
        ("more than one law?", Keyword.NONE),
        ("delete my record", Keyword.NONE),
        ("10", Keyword.NONE),
        ("0", Keyword.NONE),
        ("yes", Keyword.NONE),
        ("", Keyword.NONE),
    ],
)
def test_what_a_message_is(text: str, keyword: Keyword) -> None:
    assert read_keyword(text, None, TWILIO) is keyword


def test_help_with_words_after_it_is_a_crisis() -> None:
    assert "immediate_danger" in scan("HELP he has me").kinds


def test_the_number_of_a_choice() -> None:
    assert [choice("1"), choice("2."), choice(" 3) ")] == [1, 2, 3]
