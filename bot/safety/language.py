"""Which language a short message is in, from words that tell: enough to choose the wording.

`words_en.txt` and `words_es.txt` hold the words that stand at least eight times as often in the training messages
of one language as in those of the other.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from bot.safety.cries import cries_in
from bot.safety.normalize import fold

_WORDS = {
    language: frozenset(Path(__file__).with_name(f"words_{language}.txt").read_text(encoding="ascii").split()) for language in ("en", "es")
}
_WORD = re.compile(r"[a-z]+")


def telling_language(text: str) -> str | None:
    """Returns "en", "es", "other" for a script that is neither or a cry in another language, or None where no word tells."""
    letters = [char for char in text if char.isalpha()]
    latin = sum("LATIN" in unicodedata.name(char, "") for char in letters)
    if (letters and latin < len(letters) / 2) or cries_in(text):
        return "other"
    words = _WORD.findall(fold(text))
    english = sum(word in _WORDS["en"] for word in words)
    spanish = sum(word in _WORDS["es"] for word in words) + sum(char in "ñ¿¡" for char in text.lower())
    if english == spanish:
        return None
    return "es" if spanish > english else "en"


def detect_language(text: str) -> str:
    """Returns what `telling_language` tells, and "en" where it tells nothing."""
    return telling_language(text) or "en"
