"""Text cleaning: one function for every channel, and the folded forms the phrase floor reads."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata

_SEPARATORS = re.compile(r"[\s!-/:-@\[-`{-~¿¡‘’“”–—…]+")
"""What stands between words for a tokenizer: to it, any other sign belongs to the letters around it."""
_WHITESPACE = re.compile(r"[^\S\n]+")
_LEADING = re.compile(r"^[\s/]+")
_RUN = re.compile(r"([a-z])\1{2,}")
_LONE_LETTERS = re.compile(r"\b(?:[a-z][ .\-_*]){2,}[a-z]\b")
_MIXED_WORD = re.compile(r"(?<![a-z0-9@$!*|])(?=[0-9@$!*|]*+[a-z])[a-z0-9@$!*|]++")
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "9": "g", "@": "a", "$": "s", "!": "i", "|": "i"})
_SHORTHAND_DIGITS = re.compile(
    r"^(?:b4|2nite|2night|2day|2moro\w*|4ever|4get|gr8|l8r?|m8|w8|h8|n8|4u|2u|\d+(?:st|nd|rd|th|yo|yr|yrs|m|f|am|pm|k|hrs?|min|mg|x|s)?)$"
)
# Letters of other alphabets, small capitals and letters in squares that look like Latin ones, after `lower`.
_LOOKALIKES = str.maketrans(
    {shown: latin for latin, alike in (
        ("a", "аαᴀ🅰🇦"), ("b", "вьʙ🅱🇧"), ("c", "сᴄ🅲🇨"), ("d", "ԁɗđᴅ🅳🇩"), ("e", "еєεᴇ🅴🇪"), ("f", "ꜰғ🅵🇫"), ("g", "ɡɢ🅶🇬"),
        ("h", "һнʜ🅷🇭"), ("i", "іιıɩɪ🅸🇮"), ("j", "јᴊ🅹🇯"), ("k", "кκҝᴋ🅺🇰"), ("l", "ӏłʟ🅻🇱"), ("m", "мᴍ🅼🇲"), ("n", "пηɴ🅽🇳"),
        ("o", "оοøᴏ🅾🇴"), ("p", "рρᴘ🅿🇵"), ("q", "ԛǫ🆀🇶"), ("r", "гʀ🆁🇷"), ("s", "ѕꜱ🆂🇸"), ("t", "тτᴛ🆃🇹"), ("u", "υսᴜ🆄🇺"),
        ("v", "νѵᴠ🆅🇻"), ("w", "ѡωԝᴡ🆆🇼"), ("x", "хχ🆇🇽"), ("y", "уүʏ🆈🇾"), ("z", "ᴢ🆉🇿"), (" ", "\u115f\u1160\u2800"),
    ) for shown in alike}
)  # fmt: skip
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4}){2,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_PLAIN_WORDS = re.compile(r"(?=.*[a-z])[A-Za-z0-9' .,;:!?\n-]*[A-Za-z] [A-Za-z0-9' .,;:!?\n-]+")
_THROUGHOUT = 3
"""Words in leetspeak from which "1" and "1f" are words too, and no numbers."""

_ONE_FOR_I = re.compile(r"\b1(?=[a-z]*\b)")
_REVERSED = re.compile("\u202e([^\u202c\n]*)\u202c?")
_BETWEEN_WORDS = re.compile(r"(?<=[a-z0-9'])[_\-.*+/~|\\]+(?=[a-z0-9])|[^\x00-\x7f]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def clean_text(text: str) -> str:
    """Returns the text as every channel, `ask`, `chat` and the stories hand it to Rasa.

    In this order: what is written backwards to be shown forwards, turned round; Unicode NFKC; zero-width and control
    characters out; white space folded; every leading space and slash stripped, since Rasa takes a leading slash for a
    command. A message that is nothing but base64 of plain words is taken for those words.
    """
    text = _REVERSED.sub(lambda match: match[1][::-1], text)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(
        " " if char in "\t\r\v\f" else char
        for char in text
        if char in "\n\t\r\v\f" or unicodedata.category(char) not in ("Cf", "Cc", "Cs", "Co", "Cn")
    )
    text = _WHITESPACE.sub(" ", text)
    return _decoded(_LEADING.sub("", text).strip())


def _decoded(text: str) -> str:
    if not _BASE64.fullmatch(text):
        return text
    try:
        words = base64.b64decode(text, validate=True).decode("ascii").strip()
    except (binascii.Error, UnicodeDecodeError):
        return text
    return words if _PLAIN_WORDS.fullmatch(words) else text


def fold(text: str) -> str:
    """Returns lower-case ASCII text without accents, curly quotes or look-alike letters."""
    text = text.translate(_QUOTES).lower().translate(_LOOKALIKES)
    decomposed = unicodedata.normalize("NFKD", text)
    folded = "".join(char for char in decomposed if unicodedata.category(char)[0] != "M")
    return " ".join(folded.split())


def folded_forms(text: str) -> tuple[str, ...]:
    """Returns the distinct forms in which the phrase floor reads a message; for most messages they are one.

    The folded text as it stands; with leetspeak undone, spaced-out letters joined and runs of three or more letters cut
    to one; the same with runs cut to two; with signs between words turned into spaces; and, where there is leetspeak,
    with every digit read as a letter.
    """
    plain = fold(clean_text(text))
    joined = _joined(plain)
    unleeted = _unleeted(joined)
    forms = [plain, _RUN.sub(r"\1", unleeted), _RUN.sub(r"\1\1", unleeted), _spaced(unleeted)]
    if unleeted != joined:
        forms.append(joined.translate(_LEET))
    return tuple(dict.fromkeys(forms))


def undisguised(text: str) -> str | None:
    """Returns a message with its disguises undone; None where a tokenizer reads the same words in it, or another alphabet.

    A tokenizer folds case and accents by itself. It knows no look-alike letters, leetspeak, spaced-out letters, drawn-out
    runs, and no signs in the place of spaces.
    """
    plain = fold(clean_text(text))
    if any(char.isalpha() and not char.isascii() for char in plain):
        return None
    joined = _joined(plain)
    unleeted = _unleeted(joined)
    if sum(word != shown for word, shown in zip(unleeted.split(), joined.split(), strict=False)) >= _THROUGHOUT:
        unleeted = _ONE_FOR_I.sub("i", unleeted)
    reading = _spaced(_RUN.sub(r"\1", unleeted))
    decomposed = unicodedata.normalize("NFD", text.lower())
    shown = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return None if _words(shown) == _words(reading) else reading


def _words(text: str) -> list[str]:
    return [word for word in _SEPARATORS.split(text) if any(char.isalnum() for char in word)]


def _joined(plain: str) -> str:
    return _LONE_LETTERS.sub(lambda match: re.sub(r"[ .\-_*]", "", match.group()), plain)


def _unleeted(joined: str) -> str:
    return _MIXED_WORD.sub(_undo_leet, joined)


def _spaced(form: str) -> str:
    return " ".join(_BETWEEN_WORDS.sub(" ", form).split())


def _undo_leet(match: re.Match[str]) -> str:
    word = match.group()
    if _SHORTHAND_DIGITS.match(word):
        return word
    stem = word.rstrip("!")
    return stem.translate(_LEET).replace("*", "") + word[len(stem) :]
