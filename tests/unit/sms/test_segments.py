"""Segments, against Twilio's own calculator."""

from __future__ import annotations

import pytest

from bot.gateway.sms.segments import Segments, count_segments, fits, is_gsm, plain

# Text, encoding, units and segments, as npm's sms-segments-calculator 1.3.0 (Twilio, MIT) counts them.
COUNTED = [
    ("", "GSM-7", 0, 1),
    ("a", "GSM-7", 1, 1),
    ("a" * 160, "GSM-7", 160, 1),
    ("a" * 161, "GSM-7", 161, 2),
    ("a" * 306, "GSM-7", 306, 2),
    ("a" * 307, "GSM-7", 307, 3),
    ("a" * 459, "GSM-7", 459, 3),
    ("a" * 460, "GSM-7", 460, 4),
    ("é" * 160, "GSM-7", 160, 1),
    ("ñ" * 161, "GSM-7", 161, 2),
    ("¿" + "a" * 159, "GSM-7", 160, 1),
    ("€" * 80, "GSM-7", 160, 1),
    ("€" * 81, "GSM-7", 162, 2),
    ("a" * 152 + "€" + "a" * 151, "GSM-7", 305, 2),
    ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
    ("[" * 76 + "a" * 154, "GSM-7", 306, 2),
    ("[" * 153, "GSM-7", 306, 3),
    ("{" * 154, "GSM-7", 308, 3),
    ("|" * 80, "GSM-7", 160, 1),
    ("~" * 80 + "a", "GSM-7", 161, 2),
    ("^" + "a" * 158, "GSM-7", 160, 1),
    ("^" + "a" * 159, "GSM-7", 161, 2),
    ("\\" * 80, "GSM-7", 160, 1),
    ("\n" * 160, "GSM-7", 160, 1),
    ("\n" * 161, "GSM-7", 161, 2),
    ("á", "UCS-2", 1, 1),
    ("á" * 70, "UCS-2", 70, 1),
    ("á" * 71, "UCS-2", 71, 2),
    ("á" * 134, "UCS-2", 134, 2),
    ("á" * 135, "UCS-2", 135, 3),
    ("í" + "a" * 69, "UCS-2", 70, 1),
    ("í" + "a" * 70, "UCS-2", 71, 2),
    ("ç" * 70, "UCS-2", 70, 1),
    ("Ç" * 160, "GSM-7", 160, 1),
    ("ú" * 134, "UCS-2", 134, 2),
    ("ú" * 201, "UCS-2", 201, 3),
    ("ú" * 202, "UCS-2", 202, 4),
    ("’" + "a" * 69, "UCS-2", 70, 1),
    ("’" + "a" * 70, "UCS-2", 71, 2),
    ("“" * 135, "UCS-2", 135, 3),
    ("😭", "UCS-2", 2, 1),
    ("😭" * 35, "UCS-2", 70, 1),
    ("😭" * 36, "UCS-2", 72, 2),
    ("a" * 66 + "😭" + "a" * 67, "UCS-2", 135, 3),
    ("a" * 66 + "😭" + "a" * 66, "UCS-2", 134, 3),
    ("👍🏽" * 17, "UCS-2", 68, 1),
    ("👍🏽" * 18, "UCS-2", 72, 2),
    ("👨‍👩‍👧‍👦" * 6, "UCS-2", 66, 1),
    ("👨‍👩‍👧‍👦" * 7, "UCS-2", 77, 2),
    ("a" * 60 + "👨‍👩‍👧‍👦" + "a" * 66, "UCS-2", 137, 3),
    ("🇺🇸" * 17, "UCS-2", 68, 1),
    ("🇺🇸" * 18, "UCS-2", 72, 2),
    ("e\u0301" * 35, "UCS-2", 70, 1),
    ("e\u0301" * 36, "UCS-2", 72, 2),
    ("漢" * 70, "UCS-2", 70, 1),
    ("漢" * 134, "UCS-2", 134, 2),
    ("漢" * 135, "UCS-2", 135, 3),
    ("привет " * 10, "UCS-2", 70, 1),
    ("привет " * 20, "UCS-2", 140, 3),
    ("@£$¥" * 40, "GSM-7", 160, 1),
    ("ΔΦΓΛ" * 40, "GSM-7", 160, 1),
    ("a\u0301[" * 45, "UCS-2", 135, 3),
    ("\x0c" * 80, "GSM-7", 160, 1),
]


@pytest.mark.parametrize(("text", "encoding", "units", "segments"), COUNTED)
def test_segments_are_counted_as_twilio_counts_them(text: str, encoding: str, units: int, segments: int) -> None:
    assert count_segments(text) == Segments(encoding, units, segments)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("it’s “here” – now…", 'it\'s "here" - now...'),
        ("«hola»", '"hola"'),
        ("a\u00a0b\u2009c", "a b c"),
        ("• one\r\n• two", "- one\n- two"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("½ a page → more", "1/2 a page -> more"),
        ("e\u0301", "é"),
        ("mañana, ¿qué pasó? ¡así!", "mañana, ¿qué pasó? ¡así!"),
    ],
)
def test_typography_becomes_gsm_and_accents_stay(typed: str, sent: str) -> None:
    assert plain(typed) == sent


def test_what_gsm_can_carry() -> None:
    assert is_gsm("¿Qué? ¡Sí!".replace("í", "i"))
    assert not is_gsm("así")


def test_two_segments_are_the_limit() -> None:
    assert fits("a" * 306) and not fits("a" * 307)
    assert fits("á" * 134) and not fits("á" * 135)
