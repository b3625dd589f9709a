import sys
from pathlib import Path

import pytest
import yaml

from bot.safety.language import detect_language
from bot.safety.normalize import clean_text
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
    "i made a noose prop for the halloween house",
    "i tied a noose for the school play",
]


@pytest.mark.parametrize(("kind", "phrase"), [(kind, phrase) for kind, phrases in PHRASES.items() for phrase in phrases])
def test_every_phrase_of_the_list_is_found_with_its_kind(kind: str, phrase: str) -> None:
    assert kind in scan(phrase).kinds


@pytest.mark.parametrize("text", ["i made a noose its hanging in my closet", "ive got a noose", "the noose is ready"])
def test_means_that_are_ready_are_suicide(text: str) -> None:
    assert scan(text).kinds == ("suicide",)


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
        ("tengo 15 y vendo fotos", True),
        ("tengo 16 y me prostituyen", True),
        ("tengo 15, vendo fotos", True),
        ("tengo 15 y 3 hijos", False),
        ("tengo 12 horas aqui", False),
    ],
)
def test_mentions_minor(text: str, minor: bool) -> None:
    assert mentions_minor(text) is minor


def test_a_minor_in_the_trade_is_a_crisis_and_a_school_report_is_not() -> None:
    assert "minor" in scan("im 15 and i trade sex for rides").kinds
    assert "minor" in scan("im 17 caught selling for the first time is it jail").kinds
    assert "minor" in scan("i'm 16 and i sell, is that legal").kinds
    assert "minor" not in scan("im 16 and got busted selling weed").kinds
    assert "minor" not in scan("im 16 and i sell lemonade").kinds
    assert "minor" not in scan("im 19 caught selling for the first time").kinds
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


@pytest.mark.parametrize(
    "text",
    [
        "im 15 and a man pays me for nudes how do i report him",
        "im 16 my bf sells me and i want to report it",
        "im 15 my pimp picks me up after class",
        "im 15 i sell nudes to pay for a school project",
        "tengo 15 y vendo fotos",
    ],
)
def test_a_child_in_the_trade_may_speak_of_school_or_of_a_report(text: str) -> None:
    assert "minor" in scan(text).kinds


@pytest.mark.parametrize(
    "text",
    [
        "I am in 9th grade and my essay is about girls who get sold for sex",
        "im 15 and my project is about girls who are sold for sex",
        "im 14 my teacher makes me write an essay about prostitution",
        "im 17 and in a class project we talk about escorts",
        "are we required to report a 17 year old patient who trades sex for a place to stay?",
    ],
)
def test_school_work_and_the_duty_to_report_are_no_crisis(text: str) -> None:
    assert scan(text).kinds == ()


@pytest.mark.parametrize(
    "text",
    [
        "a sheriffs deputy raped me",
        "immigration officer raped me",
        "police beat me up",
        "he says hell call ice on me if i leave",
        "if i call the cops they will deport me",
        "i cant call 911 he works dispatch",
        "i dont want cops, he is choking me",
        "please no police he has a gun on me",
        "my husband is a sheriff's deputy",
        "he threatens to get me deported",
        "la migra me va a deportar si llamo",
        "me violó un agente de inmigración",
        "no quiero policia, me esta golpeando",
        "mi novio trabaja en la policia",
    ],
)
def test_police_and_immigration_are_heard_as_the_danger(text: str) -> None:
    assert scan(text).police_danger


@pytest.mark.parametrize(
    "text",
    [
        "he said dont call the police or hell kill me",
        "he called the police and beat me",
        "police are coming but he is choking me",
        "how do i call an immigration lawyer",
        "necesito un abogado de inmigracion",
        "is a john deported",
        "how many immigrants got deported from missouri last year",
        "la linea de trata es de la policia?",
        "como trabaja la policia de kansas city",
    ],
)
def test_police_and_immigration_are_not_always_the_danger(text: str) -> None:
    assert not scan(text).police_danger


def test_a_threat_to_call_immigration_on_whoever_leaves_is_trafficking() -> None:
    assert scan("my boss will call immigration on me if i quit").kinds == ("trafficking",)
    assert scan("boss says he'll call immigration if we ask for overtime, is that forced labor").kinds == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("il va me tuer", "immediate_danger"),
        ("Au secours !", "immediate_danger"),
        ("ele vai me matar", "immediate_danger"),
        ("anh ay se giet toi", "immediate_danger"),
        ("anh ấy sẽ giết tôi", "immediate_danger"),
        ("er will mich umbringen", "immediate_danger"),
        ("papatayin niya ako", "immediate_danger"),
        ("li pral touye m", "immediate_danger"),
        ("wuu i dilayaa", "immediate_danger"),
        ("ubiće me", "immediate_danger"),
        ("он меня убьет", "immediate_danger"),
        ("он меня убьёт", "immediate_danger"),
        ("他要杀了我", "immediate_danger"),
        ("سيقتلني", "immediate_danger"),
        ("살려주세요", "immediate_danger"),
        ("хочу умереть", "suicide"),
        ("tôi muốn chết", "suicide"),
        ("زوجي يضربني", "domestic_violence"),
        ("il garde mon passeport", "trafficking"),
        ("yo pran papye m yo, yo pa kite m soti", "trafficking"),
        ("ho giu ho chieu cua toi", "trafficking"),
        ("ele não me deixa sair", "trafficking"),
        ("ayaw akong palabasin ng amo ko", "trafficking"),
        ("mari m ap bat mwen", "domestic_violence"),
    ],
)
def test_a_cry_in_another_language_is_found_and_told_from_english_and_spanish(text: str, kind: str) -> None:
    found = scan(text)
    assert (found.kinds, found.other_language, detect_language(text)) == ((kind,), True, "other")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ma patronne me force à coucher avec des clients", "other"),
        ("mon copain m'a étranglée hier soir", "other"),
        ("me and my son are here", "en"),
        ("he took my résumé and my café job", "en"),
        ("mi esposo me pegó anoche", "es"),
        ("n.o q.u.i.e.r.o v.i.v.i.r", "es"),
        ("h.o.w d.o i f.i.n.d a h.o.o.k.e.r", "en"),
    ],
)
def test_the_language_is_told_from_the_words_without_their_disguise(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("SSB3YW50IHRvIGRpZQ==", "I want to die"),
        ("facebookmessages", "facebookmessages"),
        ("deadbeefdeadbeef", "deadbeefdeadbeef"),
        ("my code is SSB3YW50IHRvIGRpZQ==", "my code is SSB3YW50IHRvIGRpZQ=="),
        ("L2Jvb20geCB5", "L2Jvb20geCB5"),
    ],
)
def test_a_message_that_is_nothing_but_encoded_words_is_read_as_those(text: str, read: str) -> None:
    assert clean_text(text) == read


def test_encoded_words_do_not_hide_a_crisis() -> None:
    assert scan("SSB3YW50IHRvIGRpZQ==").kinds == ("suicide",)
