"""Requests to find a person who has left: declined, whatever the classifier makes of them."""

from __future__ import annotations

import re

from bot.safety.normalize import fold

_WHO = r"(?:my|an|the|his|her) (?:\w+ )?(?:ex|ex wife|ex girlfriend|ex husband|ex boyfriend|wife|girlfriend|gf|husband|boyfriend|bf|baby mama|girl|worker|escort)"
_LOCATES = re.compile(
    rf"\b(?:find(?: out)?|figure out|look up|get|locate|track(?: down)?|tell me) (?:where|what (?:shelter|city|town|motel|hotel)|which (?:shelter|city|town|motel|hotel)) "
    rf"(?:{_WHO}|she|he)(?:'s|s| is| has| was| went| now)* ?(?:moved?|lives?|living|staying|stays?|hiding|ran|went|went to|gone|works?|working)\b"
    rf"|\b(?:track down|locate|get the (?:new )?address of|find the (?:new )?address of) {_WHO}\b"
    r"|\b(?:donde|adonde) (?:se (?:fue|escondio|mudo)|esta|vive) mi (?:ex|esposa|mujer|novia|exnovia|exesposa)\b.{0,20}$"
)
_OF_OWN_DANGER = re.compile(r"\b(?:protective order|restraining order|serve (?:him|her)|child support|custody papers|safe from)\b")


def asks_to_locate(text: str) -> bool:
    """Whether a message asks where a former partner or worker lives or hides now; lawful service of papers is left out."""
    folded = fold(text)
    return _LOCATES.search(folded) is not None and _OF_OWN_DANGER.search(folded) is None
