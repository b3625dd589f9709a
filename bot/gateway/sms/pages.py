"""Texts cut into messages of at most two segments, each of which shows nothing on a lock screen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.gateway.sms.segments import fits

LOCK_SCREEN = 40
"""Characters of a message that a locked phone shows; they must not tell what this is about."""

_REVEALING = re.compile(
    r"sex|prostitut|traffick|trata\b|pimp|hiv\b|vih\b|\bstd|\bsti\b|rape|viola|abus|suicid|self-harm|assault|sting\b|domestic|dom[eé]stic|violen|"
    r"kill|matar|overdos|sobredosis|naloxon|danger|peligro|crisis|escort|exploit|explota|runaway",
    re.IGNORECASE,
)
_KEPT_WHOLE = re.compile(
    r"(?:[A-Z]{2,}(?: your ZIP code)? (?:to|al) )?(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\b\d{3}[-. ])\d{3}[-. ]\d{4}\b"
    r"|\b[A-Z]{2,} (?:to|al) \d{3,6}\b|\d{4}-\d{2}-\d{2}|https?://\S+"
)
_GLUE = "\ue000"
_LONGEST_TAIL = 120


def reveals(text: str) -> bool:
    """Whether the part that a lock screen shows names the matter."""
    return _REVEALING.search(text[:LOCK_SCREEN]) is not None


def paginate(paragraphs: Sequence[str], hint: str, lead: str) -> list[str]:
    """Returns the messages for one reply.

    Args:
        paragraphs: the reply. A short last one, such as a reminder of a line, stays in the first message.
        hint: ends every message but the last ("Reply MORE").
        lead: opens a message whose first characters would reveal the matter; it must be as long as they are.
    """
    veil = lead + "\n" if lead else ""
    whole = "\n".join(paragraphs)
    opening = veil if reveals(whole) else ""
    if fits(opening + whole):
        return [opening + whole]
    tail = ""
    if len(paragraphs) > 1 and len(paragraphs[-1]) <= _LONGEST_TAIL:
        *paragraphs, last = paragraphs
        tail = "\n" + last
    rest = _glued("\n".join(paragraphs))
    pages = []
    while rest:
        opening = veil if reveals(rest.replace(_GLUE, " ")) else ""
        if fits(opening + rest + tail):
            pages.append(opening + rest + tail)
            break
        ending = f"{tail}\n{hint}"
        cut = _cut(rest, opening, ending)
        pages.append(opening + rest[:cut].rstrip() + ending)
        rest, tail = rest[cut:].lstrip(), ""
    return [page.replace(_GLUE, " ") for page in pages]


def _glued(text: str) -> str:
    return _KEPT_WHOLE.sub(lambda match: match.group().replace(" ", _GLUE), text)


def _cut(text: str, opening: str, ending: str) -> int:
    """Returns where the first message ends: after a sentence, else a word, else wherever it must."""
    longest = _longest(text, opening, ending)
    sentences = [match.end() for match in re.finditer(r"(?<=[.!?])\s|\n", text[: longest + 1])]
    if sentences and sentences[-1] > longest // 3:
        return sentences[-1]
    words = [match.end() for match in re.finditer(r"\s", text[: longest + 1])]
    return words[-1] if words and words[-1] > longest // 3 else max(longest, 1)


def _longest(text: str, opening: str, ending: str) -> int:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(opening + text[:middle].replace(_GLUE, " ") + ending):
            low = middle
        else:
            high = middle - 1
    return low
