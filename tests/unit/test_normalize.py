import pytest

from bot.safety.normalize import clean_text, fold, folded_forms, undisguised


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  / /restart", "restart"),
        ("\u200b/greet@1 I want to die", "greet@1 I want to die"),
        (" \u2060 / \u200d/crisis_suicide", "crisis_suicide"),
        ("／restart", "restart"),
        ("Ｉ ｗａｎｔ", "I want"),
        ("a\u0000b\u0007c", "abc"),
        ("one\t two\nthree", "one two\nthree"),
        ("   ", ""),
        ("¡Ayuda!", "¡Ayuda!"),
        ("🙂", "🙂"),
    ],
)
def test_clean_text(raw: str, cleaned: str) -> None:
    assert clean_text(raw) == cleaned


def test_trap_1_no_text_that_starts_with_a_slash_survives() -> None:
    for prefix in ("/", " /", "\u200b/", "//", "\n/", "⁄/", "\ufeff/"):
        assert not clean_text(f"{prefix}greet@1 I want to die").startswith("/")


@pytest.mark.parametrize(
    ("raw", "folded"),
    [("He’s “here”", 'he\'s "here"'), ("MORÍR", "morir"), ("kіll", "kill"), ("a  b", "a b")],
)
def test_fold(raw: str, folded: str) -> None:
    assert fold(raw) == folded


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        ("I w4nt t0 k1ll mys3lf", "i want to kill myself"),
        ("heeeelp me", "help me"),
        ("k i l l", "kill"),
        ("b4 2nite", "b4 2nite"),
    ],
)
def test_folded_forms_undo_disguises(raw: str, form: str) -> None:
    assert form in folded_forms(raw)


@pytest.mark.parametrize(
    ("disguised", "words"),
    [
        ("nо оnе wоuld nоtісе", "no one would notice"),
        ("no_one🙂would.notice", "no one would notice"),
        ("n0 0ne w0uld n0tic3", "no one would notice"),
        ("n0 0n3 w0uld n0t1c3 1f 1 w4$nt h3r3", "no one would notice if i wasnt here"),
        ("im 1 of 3 girls he s3lls", "im 1 of 3 girls he sells"),
        ("h e l p me", "help me"),
        ("heeeelp me", "help me"),
        ("h\u0301\u0489e\u0301\u0489lp", "help"),
    ],
)
def test_a_disguised_message_is_read_in_plain_words(disguised: str, words: str) -> None:
    assert undisguised(disguised) == words


@pytest.mark.parametrize(
    "plain", ["He won’t let me leave!", "¿Qué pasó? está aquí", "b4 2nite, I'm 15", "and/or 24/7 :)", "Помогите мне", "帮帮我"]
)
def test_a_plain_message_has_no_second_reading(plain: str) -> None:
    assert undisguised(plain) is None
