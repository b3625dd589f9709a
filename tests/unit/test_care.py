import pytest

from bot.safety.care import is_plain_safe, is_unsure


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
