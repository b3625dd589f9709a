import pytest

from bot.safety.language import detect_language
from bot.safety.places import find_city, find_outside


@pytest.mark.parametrize(
    ("text", "city", "outside"),
    [
        ("is it legal in KC?", "kansas_city", None),
        ("kcmo penalties", "kansas_city", None),
        ("Lees Summit help", "lees_summit", None),
        ("Lee's Summit police", "lees_summit", None),
        ("webster groves", "webster_groves", None),
        ("creve couer laws", "creve_coeur", None),
        ("crevecoeur", "creve_coeur", None),
        ("kansas city kansas", None, "Kansas"),
        ("in overland park", None, "Kansas"),
        ("I live in Illinois", None, "Illinois"),
        ("st louis city", None, "the City of St. Louis"),
        ("St. Louis County", None, "St. Louis County"),
        ("what about Independence", None, "Independence"),
        ("what is the fine", None, None),
    ],
)
def test_places(text: str, city: str | None, outside: str | None) -> None:
    assert find_city(text) == city
    assert find_outside(text) == outside or city is not None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no puedo mas", "es"),
        ("me pega", "es"),
        ("help me", "en"),
        ("no", "en"),
        ("救命", "other"),
        ("помогите мне", "other"),
        ("🙂", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language
