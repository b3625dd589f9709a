import pytest

from bot.safety.care import is_plain_safe, is_unsure, plain_saying


@pytest.mark.parametrize(
    ("text", "safe"),
    [("I am safe", True), ("im safe now", True), ("I'm safe, thanks", True), ("estoy a salvo", True), ("safe", True),
     ("I'm fine", False), ("safe if I obey", False), ("am i safe", False), ("I am not safe", False), ("im safe but he is coming", False)],
)  # fmt: skip
def test_only_a_plain_statement_of_being_safe_counts(text: str, safe: bool) -> None:
    assert is_plain_safe(text) is safe


@pytest.mark.parametrize(
    ("text", "unsure"),
    [("no", True), ("idk", True), ("kind of", True), ("not really", True), ("nope.", True), ("maybe", True), ("no se", True),
     ("yes", False), ("what is the fine", False), ("no what is the fine for buying", False)],
)  # fmt: skip
def test_unsure_answers(text: str, unsure: bool) -> None:
    assert is_unsure(text) is unsure


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("no hotlines please", "refuse_hotline"),
        ("i dont want to call", "refuse_hotline"),
        ("I don't want to call any hotline.", "refuse_hotline"),
        ("stop telling me to call", "refuse_hotline"),
        ("no quiero llamar a ninguna línea", "refuse_hotline"),
        ("no quiero llamar", "refuse_hotline"),
        ("i can't call", "cannot_call"),
        ("I can't call right now", "cannot_call"),
        ("no puedo llamar", "cannot_call"),
        ("dont tell me to call anyone", "refuse_hotline"),
        ("don't tell me to call a hotline", "refuse_hotline"),
        ("i dont want a hotline", "refuse_hotline"),
        ("not calling anyone", "refuse_hotline"),
        ("im not calling anybody ok", "refuse_hotline"),
        ("i aint calling nobody", "refuse_hotline"),
        ("quit it with the hotline", "refuse_hotline"),
        ("please stop with the numbers", "refuse_hotline"),
        ("no quiero una línea de ayuda", "refuse_hotline"),
        ("i can't talk on the phone", "cannot_call"),
        ("i cant call anyone he would hear me", "cannot_call"),
        ("I can't call, he'll hear", "cannot_call"),
        ("cant call bc they might listen", "cannot_call"),
        ("no puedo llamar, me va a oír", "cannot_call"),
        ("cant speak on the phone right now", "cannot_call"),
        ("no puedo usar el teléfono", "cannot_call"),
        ("cant call hes here", None),
        ("not calling anyone, i just want to die", None),
        ("he told me not to call anyone", None),
        ("i dont want help i want to die", None),
        ("thx bye", "goodbye"),
        ("goodbye", "goodbye"),
        ("im fine thanks", "affirm"),
        ("i'm ok dont worry", "affirm"),
        ("im fine he only hits me sometimes", None),
        ("i can't call, he took my phone", None),
        ("i dont want to call because he will kill me", None),
        ("no quiero vivir", None),
        ("i dont want to be here", None),
        ("alguien está leyendo mi celular", "watched"),
        ("mi esposo me está viendo la pantalla", "watched"),
        ("borra esto", "watched"),
        ("ya llegó, bórralo rápido", "watched"),
        ("he just walked in delete this", "watched"),
        ("hes reading over my shoulder", "watched"),
        ("someone is looking at my phone right now", "watched"),
        ("wait, my mom is reading my texts", "watched"),
        ("delete this", "watched"),
        ("he just walked in", None),
        ("someone is watching me", None),
        ("he is looking at my phone and he will kill me", None),
        ("she is reading my horoscope", None),
        ("delete my messages", None),
        ("how do i delete this", None),
        ("can he see my messages", None),
        ("se puede borrar esto", None),
        ("borra mi record", None),
    ],
)
def test_plain_sayings(text: str, saying: str | None) -> None:
    assert plain_saying(text) == saying
