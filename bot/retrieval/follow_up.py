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
_ADDED = r"^(?:(?:ok|okay|so|but|and|also|then|well|oh|hm+|wait|right|thanks?|y|pero)[, ]+)*"
_NAMED = re.compile(rf"{_ADDED}(?:(?:what|how|whatabout|wat|wut) about|(?:and|y)(?: for| para)?) (?P<rest>.+)$")
_PLAIN = re.compile(
    _ADDED
    + r"(?:"
    + "|".join(
        (
            r"(?:is|are) (?:it|that|they|those)(?: really| still| all)? (?:confidential|anonymous|private)(?: there)?",
            r"(?:is|are|r|was) (?:it|that|this|they|those)(?: really| still| all)? (?:free|open(?: now| today)?|far|true|expensive|legal|illegal|a (?:felony|misdemeanor|crime))(?: there| here| for (?:me|us|everyone|men|women|kids|families))?",
            r"(?:for )?how (?:much|long|far|often|soon|old)(?: (?:is|does|do|would|will|are|was|r)(?: (?:it|that|this|they))?(?: (?:take|cost|last|be|charge|away))?)?",
            r"(?:does|do|will|would) (?:it|that|they) (?:cost(?: anything| money| a lot)?|(?:take|help|accept|have) (?:men|women|kids|children|teens|pets|dogs|insurance|medicaid|beds|room|walk ?ins)|(?:go|show up|stay|show) on (?:my|ur|a) record|speak spanish|last(?: long)?|charge(?: money| anything)?|(?:need|ask for|check) id)",
            r"do i (?:need|have to)(?: (?:have|show|pay|give|go|be|get|an?|to|my|there))* ?(?:id|insurance|lawyer|appointment|papers|pay|money|name|go|medicaid|referral)",
            r"(?:the |whats the |what is the |what's the )?(?:cost|price|hours|address|phone|number|phone number|website|fee|fine)",
            r"what are (?:the|their|its) (?:hours|costs|fees|rules)",
            r"who (?:do|should) (?:i|we) (?:call|ask|contact)|who (?:runs|pays for|owns|funds) (?:it|that|this|them)",
            r"where (?:is|are) (?:it|that|this|they)(?: at| located)?|where do i (?:go|sign up|apply)",
            r"when (?:is|are) (?:it|that|this|they)(?: open)?|when does it (?:start|end|open|close)",
            r"why(?: not| is that| so)?|how so|how do i (?:apply|sign up|get in|start|get there|do that|reach them|contact them|call them)",
            r"(?:es|son|es todo|eso es) (?:gratis|confidencial|anonim[oa]|legal|ilegal)|cuanto (?:cuesta|dura|tarda|tiempo)(?: es)?|por que|donde (?:es|esta|queda)|a quien llamo|a que hora (?:abren|cierran)",
        )
    )
    + r")[.?! ]*$"
)
"""Whole messages that ask for a detail of the last answer, and say nothing else."""

_POINTER = re.compile(r"\b(?:it|that|this|they|them|those|one|there|he|she)\b")
_COMPLETE = 5
"""Words from which a message may be a question of its own in spite of its opening."""

_LONGEST = 9
"""Words beyond which a message stands on its own."""


@dataclass(frozen=True)
class FollowUp:
    """The question a follow-up stands for; `more` asks for the rest of the last answer.

    `alone` is what the person named anew ("what about a shelter"). `corrects` says that the last answer was not what was
    meant. `plain` says that the message asks for a detail and says nothing of its own: "is it free".
    """

    query: str
    more: bool = False
    alone: str | None = None
    corrects: bool = False
    plain: bool = False


def resolve_follow_up(text: str, titles: Sequence[str]) -> FollowUp | None:
    """Returns what a follow-up means after answers with these titles, the latest first.

    Returns None where there is no earlier topic or the message stands on its own.
    """
    if not titles:
        return None
    folded = fold(text).lstrip("¿¡ ")
    if _MORE.match(folded):
        return FollowUp(query=titles[0], more=True)
    correction = _CORRECTION.match(folded)
    if correction:
        return FollowUp(query=f"{titles[0]} {correction['rest']}", alone=correction["rest"], corrects=True)
    words = folded.split()
    if len(words) > _LONGEST:
        return None
    if _PLAIN.match(folded):
        return FollowUp(query=f"{titles[0]} {text}", plain=True)
    named = _NAMED.match(folded)
    if named:
        return FollowUp(query=f"{titles[0]} {text}", alone=named["rest"])
    if _OPENER.match(folded) or (len(words) <= 5 and _POINTER.search(folded)):
        says_enough = len(words) >= _COMPLETE and not _POINTER.search(folded)
        return FollowUp(query=f"{titles[0]} {text}", alone=text if says_enough else None)
    return None
