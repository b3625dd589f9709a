"""Short follow-ups that only make sense after an answer: "and in creve coeur?", "is it free", "more"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.safety.normalize import fold

_MORE = re.compile(
    r"^(?:(?:tell me|say|show me|give me|read|can i (?:get|see|hear)|i want|want) )?(?:more|the rest|more (?:please|pls|info|details|about (?:it|that|this))|go on|continue|keep going|mas|siga|cuentame mas)(?: please| pls| about (?:it|that|this))?[.?! ]*$"
)
_CORRECTION = re.compile(
    r"^(?:no|nope|nah|not that|wrong|sorry)?[, ]*(?:i meant?|i mean|i was asking(?: about)?|i asked about|not that[, ]*(?:but)?|what i meant (?:was|is)|meant)[, :]*(?P<rest>.+)$"
)
_OPENER = re.compile(
    r"^(?:(?:ok|okay|so|but|and|y|also|then|well|oh|hm+|wait|right|thanks?)[, ]+)*(?:and|what about|how about|what if|whatabout|wbu|wat about|wut about|same (?:for|in|with)|does (?:that|this|it)|is (?:that|this|it)|are they|do they|can they|will they|would (?:that|it|they)|who do i|who can i|which one|where is (?:it|that)|how (?:long|much|old|far|do i|soon)|why|when|for how|por que|y (?:en|si|para)|y|es gratis|cuanto)\b"
)
_NAMED = re.compile(
    r"^(?:(?:ok|okay|so|but|and|also|then|well|oh|hm+|wait|right|thanks?)[, ]+)*(?:what|how|whatabout|wat|wut) about (?P<rest>.+)$"
)
_POINTER = re.compile(r"\b(?:it|that|this|they|them|those|one|there|he|she)\b")
_COMPLETE = 5
"""Words from which a message may be a question of its own in spite of its opening."""

_LONGEST = 9
"""Words beyond which a message stands on its own."""


@dataclass(frozen=True)
class FollowUp:
    """The question a follow-up stands for; `more` asks for the rest of the last answer.

    `alone` is what the person named anew ("what about a shelter"), to be asked by itself where a passage answers it. `corrects` says that the last answer was not what was meant.
    """

    query: str
    more: bool = False
    alone: str | None = None
    corrects: bool = False


def resolve_follow_up(text: str, titles: Sequence[str]) -> FollowUp | None:
    """Returns what a follow-up means after answers with these titles, the latest first.

    Returns None where there is no earlier topic or the message stands on its own.
    """
    if not titles:
        return None
    folded = fold(text)
    if _MORE.match(folded):
        return FollowUp(query=titles[0], more=True)
    correction = _CORRECTION.match(folded)
    if correction:
        return FollowUp(query=f"{titles[0]} {correction['rest']}", alone=correction["rest"], corrects=True)
    words = folded.split()
    if len(words) > _LONGEST:
        return None
    named = _NAMED.match(folded)
    if named:
        return FollowUp(query=f"{titles[0]} {text}", alone=named["rest"])
    if _OPENER.match(folded) or (len(words) <= 5 and _POINTER.search(folded)):
        return FollowUp(query=f"{titles[0]} {text}", alone=text if len(words) >= _COMPLETE else None)
    return None
