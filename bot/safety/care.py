"""Short answers that change care and check-ins."""

from __future__ import annotations

import re

from bot.safety.normalize import fold

_PLAIN_SAFE = re.compile(
    r"^(?:(?:yes|yeah|ok|okay|hi|thanks?|thank you|si)[,.! ]+)*(?:i am|im|i'm|we are|we're|estoy|ya estoy) (?:now |totally |completely |all )?(?:safe|a salvo|segur[oa])"
    r"(?:,? (?:now|here|tonight|again|thanks?|thank you|ahora|gracias|and (?:out|ok|okay|away)|ya))*[.! ]*$|^safe[.! ]*$|^a salvo[.! ]*$"
)
_UNSURE = re.compile(
    r"^(?:(?:um+|uh+|well|ok|okay|please|pls|but|maybe|i guess)[,. ]+)*(?:no+|nope|nah|not? really|not (?:safe|ok|okay|sure|now|good|exactly|yet)|idk|i ?d(?:on'?t|unno|ont) ?(?:know)?|dunno|kind ?of|kinda|sort ?of|sorta|maybe|a (?:little|bit)|i guess|i can'?t (?:say|talk|tell)|something is|it is|they are|he is|she is|probably|perhaps|sometimes|help|more or less|mas o menos|no se|tal vez|quizas?|algo|un poco|no mucho|creo que no)(?: (?:not|no|really|sure|safe|ok|so|wrong|right now|now|yet|maybe|i guess|know|it'?s bad|here|bad|tonight|him|he))*[.!? ]*$"
)


def is_plain_safe(text: str) -> bool:
    """Whether the whole message is a plain "I am safe"; "fine" or "safe if I obey" is not."""
    return _PLAIN_SAFE.match(fold(text)) is not None


def is_unsure(text: str) -> bool:
    """Whether the whole message is a "no", "idk" or "kind of", which escalates after a check-in."""
    return _UNSURE.match(fold(text)) is not None
