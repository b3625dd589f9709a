import sys
from pathlib import Path

import pytest
import yaml

from bot.safety.phrase_floor import CRISIS_KINDS, mentions_minor, scan

PHRASES = yaml.safe_load((Path(__file__).parents[1] / "crisis_phrases.yml").read_text(encoding="utf-8"))
HARMLESS = [
    "my feet are killing me",
    "I'd die for tacos right now",
    "help me plan a birthday party",
    "I was trafficked at 19, I'm 41 now. Can my record come off?",
    "what is the suicide rate in missouri",
    "What happens when you call the hotline?",
    "How do hotels spot trafficking?",
    "This homework is killing me",
    "he's dead wrong about the law",
    "mi trabajo me esta matando jaja",
    "me muero de hambre",
    "¿Qué hace la línea de ayuda?",
    "can a minor be charged with prostitution",
    "this site is not safe for work",
    "the streets were not safe back then",
    "no estoy segura de la fecha",
    "I was locked in a room when I was nine, it is for my book",
]


@pytest.mark.parametrize(("kind", "phrase"), [(kind, phrase) for kind, phrases in PHRASES.items() for phrase in phrases])
def test_every_phrase_of_the_list_is_found_with_its_kind(kind: str, phrase: str) -> None:
    assert kind in scan(phrase).kinds


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_messages_do_not_fire(text: str) -> None:
    assert scan(text).kinds == ()


@pytest.mark.parametrize(
    "disguised",
    [
        "I w4nt t0 k1ll mys3lf",
        "i wanttt to killl myself",
        "k i l l  m y s e l f",
        "I wa\u200bnt to ki\u200bll myself",
        "i want to kіll myself",
    ],
)
def test_disguises_do_not_hide_a_crisis(disguised: str) -> None:
    assert "suicide" in scan(disguised).kinds


def test_kinds_stand_in_order_of_precedence() -> None:
    kinds = scan("he raped me and has a gun to my head and she's not breathing").kinds
    assert kinds == ("overdose", "immediate_danger", "sexual_assault")
    assert list(kinds) == sorted(kinds, key=CRISIS_KINDS.index)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("im 15", True),
        ("I'm 17 and he pays me", True),
        ("9th grade", False),
        ("im in 9th grade", True),
        ("tengo 15 años", True),
        ("im 15 weeks pregnant", False),
        ("im 15 years sober", False),
        ("I am 34", False),
        ("my 16th birthday", True),
    ],
)
def test_mentions_minor(text: str, minor: bool) -> None:
    assert mentions_minor(text) is minor


def test_a_minor_in_the_trade_is_a_crisis_and_a_school_report_is_not() -> None:
    assert "minor" in scan("im 15 and i trade sex for rides").kinds
    assert "minor" not in scan("im 15 and writing a school report on sex trafficking").kinds


def test_police_and_threats_to_others_are_signs_of_their_own() -> None:
    assert scan("my husband is a cop and he beats me").police_danger
    assert scan("im going to kill him tonight").harm_others
    assert not scan("should i call the police").police_danger


def test_the_floor_needs_neither_numpy_nor_rasa() -> None:
    import subprocess

    code = "import sys; import bot.safety.phrase_floor, bot.gateway.app; print([m for m in ('numpy', 'rasa', 'torch', 'onnxruntime', 'faiss') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "text",
    [
        "my 13 year old daughter is missing",
        "my missing daughter is 14",
        "my 15 yr old ran away last night",
        "we cant find our 14 year old",
        "my little girl never came home from school",
        "my grandson is gone and i cant find him",
        "amber alert my niece was taken",
        "mi hija de 13 años no aparece",
    ],
)
def test_a_missing_child_is_a_crisis_of_its_parent_whose_own_age_it_is_not(text: str) -> None:
    found = scan(text)
    assert (found.kinds, found.missing_child, found.minor) == (("third_party",), True, False)


def test_a_child_who_ran_away_keeps_the_words_for_the_young() -> None:
    assert scan("i am a 15 year old girl and ran away from home").minor
    assert scan("my brother ran away in 1995").kinds == ()


@pytest.mark.parametrize("text", ["the cop said he wont arrest me if i have sex with him", "immigration officer wants sex for my papers"])
def test_an_officer_who_asks_for_sex_is_a_danger(text: str) -> None:
    found = scan(text)
    assert (found.kinds, found.police_danger) == (("sexual_assault",), True)


def test_a_sting_is_no_crisis() -> None:
    assert scan("undercover cop asked me for sex then arrested me").kinds == ()
