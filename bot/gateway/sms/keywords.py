"""Whole messages that are commands. Carriers answer some of them; a frightened person may send exactly those."""

from __future__ import annotations

import re
from enum import Enum

from bot.gateway.sms.provider import HELP_KEYWORDS, OPT_OUT_KEYWORDS
from bot.safety.care import is_plain_safe
from bot.safety.normalize import fold


class Keyword(Enum):
    """What a message is, besides words to answer."""

    NONE = "none"
    LEFT_TO_PROVIDER = "left_to_provider"
    STOPPED_BY_PROVIDER = "stopped_by_provider"
    STOP = "stop"
    HELP = "help"
    DELETE = "delete"
    MORE = "more"
    CHOICE = "choice"
    SAFE = "safe"
    MORE_THAN_SAFE = "more_than_safe"
    SAFE_IN_OTHER_WORDS = "safe_in_other_words"


_STOP = OPT_OUT_KEYWORDS | {"stop all", "opt out", "parar", "alto", "cancelar"}
_HELP = HELP_KEYWORDS | {"ayuda"}
_DELETE = frozenset({"delete", "borrar", "borra"})
_MORE = frozenset({"more", "mas"})
_SAFE = frozenset({"safe", "a salvo"})
_CHOICE = re.compile(r"([1-9])[.)]?")
_PUNCTUATION = re.compile(r"[\s.!,;:?¡¿'\"*-]+")
_MORE_THAN_SAFE = re.compile(r"(?:safe|a salvo)\b")


def read_keyword(text: str, opt_out: str | None, handled: frozenset[str]) -> Keyword:
    """Returns what a cleaned text is.

    Args:
        text: the cleaned message.
        opt_out: what the provider says it has done: STOP, START, HELP or None (Twilio's `OptOutType`).
        handled: whole messages that the provider answers by itself; it takes them without a dot or any other sign.
    """
    said = text.strip().casefold()
    if opt_out == "STOP" or (said in handled and said in _STOP):
        return Keyword.STOPPED_BY_PROVIDER
    if opt_out or said in handled:
        return Keyword.LEFT_TO_PROVIDER
    bare = _PUNCTUATION.sub(" ", fold(text)).strip()
    for keyword, words in (
        (Keyword.STOP, _STOP),
        (Keyword.HELP, _HELP),
        (Keyword.DELETE, _DELETE),
        (Keyword.MORE, _MORE),
        (Keyword.SAFE, _SAFE),
    ):
        if bare in words:
            return keyword
    if _CHOICE.fullmatch(said):
        return Keyword.CHOICE
    if _MORE_THAN_SAFE.match(bare):
        return Keyword.MORE_THAN_SAFE
    return Keyword.SAFE_IN_OTHER_WORDS if is_plain_safe(text) else Keyword.NONE


def choice(text: str) -> int:
    """Returns the number in a message that is a choice."""
    match = _CHOICE.fullmatch(text.strip())
    assert match is not None
    return int(match[1])
