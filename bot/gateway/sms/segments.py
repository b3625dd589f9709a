"""How many segments a text message takes, counted as Twilio's own calculator counts them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex  # type: ignore[import-untyped]

MOST_SEGMENTS = 2
"""No reply takes more, so that it arrives whole and in order."""

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_ESCAPED = frozenset("\f^{}\\[~]|€")
"""The characters of the extension table (3GPP TS 23.038, 6.2.1.1): each takes two places."""

_GSM_ONE, _GSM_MANY = 160, 153
_UCS_ONE, _UCS_MANY = 70, 67

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`ʼˈ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t", " "),
        **dict.fromkeys("\u200b\u200c\u2060\ufeff\u00ad", ""),
        **dict.fromkeys("\u2028\u2029", "\n"),
        "•": "-",
        "·": "-",
        "…": "...",
        "×": "x",
        "→": "->",
        "½": "1/2",
        "¼": "1/4",
        "¾": "3/4",
        "⁄": "/",
        "™": "(TM)",
        "®": "(R)",
        "©": "(C)",
    }
)
_GRAPHEME = regex.compile(r"\r|\n|\X")


@dataclass(frozen=True)
class Segments:
    """The encoding of a text, its length in units of that encoding, and its segments."""

    encoding: str
    units: int
    count: int


def plain(text: str) -> str:
    """Returns the text with typographic characters as GSM-7 has them; accents stay as they are."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    return composed.translate(_PLAIN)


def is_gsm(text: str) -> bool:
    """Whether GSM-7 can carry a text."""
    return all(char in GSM_BASIC or char in GSM_ESCAPED for char in text)


def count_segments(text: str) -> Segments:
    """Counts a text as it stands.

    GSM-7 takes 160 places in one message or 153 in each of several, UCS-2 70 or 67 UTF-16 units. Neither an
    escaped character nor a grapheme is ever split over two segments.
    """
    if is_gsm(text):
        sizes = [2 if char in GSM_ESCAPED else 1 for char in text]
        return Segments("GSM-7", sum(sizes), _pack(sizes, _GSM_ONE, _GSM_MANY))
    sizes = [len(grapheme.encode("utf-16-be")) // 2 for grapheme in _GRAPHEME.findall(text)]
    return Segments("UCS-2", sum(sizes), _pack(sizes, _UCS_ONE, _UCS_MANY))


def fits(text: str, segments: int = MOST_SEGMENTS) -> bool:
    """Whether a text takes no more segments than given."""
    return count_segments(text).count <= segments


def _pack(sizes: list[int], one: int, many: int) -> int:
    if sum(sizes) <= one:
        return 1
    count, used = 1, 0
    for size in sizes:
        if used + size > many:
            count, used = count + 1, 0
        used += size
    return count
