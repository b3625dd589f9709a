"""Short follow-ups that only make sense after an answer: "and in creve coeur?", "is it free", "more", "the second one"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.messages import LINE
from bot.safety.normalize import fold
from bot.safety.places import without_places

_MORE = re.compile(
    r"^(?:(?:tell me|say|show me|give me|read|can i (?:get|see|hear)|i want|want) )?(?:more|the rest|more (?:please|pls|info|details|about (?:it|that|this))|go on|continue|keep going|mas|siga|cuentame mas)(?: please| pls| about (?:it|that|this))?[.?! ]*$"
)
_CORRECTION = re.compile(
    r"^(?:no|nope|nah|not that|wrong|sorry)?[, ]*(?:i meant?|i mean|i was asking(?: about)?|i asked about|not that[, ]*(?:but)?|what i meant (?:was|is)|meant)[, :]*(?P<rest>.+)$"
)
_ORDINAL = r"(?:first|second|third|fourth|fifth|next|last|other|1st|2nd|3rd|4th|5th)"
_KIN = r"(?:sisters?|brothers?|daughters?|sons?|kids?|friends?|mom|mother|dad|father|cousins?|nieces?|nephews?|wife|husband|family)"
_FOR = rf" for (?:(?:my|a|the) )?(?:{_KIN}|men|women|boys|girls|teens|families|buyers|sellers)"
_HARMLESS = re.compile(
    r"^(?:for |about )?(?:(?:the|a|an|in|on|of) )*(?:"
    + "|".join(
        (
            rf"{_ORDINAL}(?: (?:and|or) {_ORDINAL})?(?: (?:times?|ones?|charges?|offenses?|convictions?|arrests?|question))?",
            r"(?:sellers?|buyers?|pimps?|johns?|customers?|clients?)",
            r"(?:selling|buying|promoting|paying)(?: sex)?",
            r"(?:fines?|jail(?: time)?|penalt(?:y|ies)|punishments?|(?:state|city|federal) laws?|laws?|expungement|diversion|john school)",
            rf"(?:help{_FOR}|(?:shelters?|lawyers?|counseling|housing|testing|hotlines?)(?:{_FOR})?)",
        )
    )
    + r")[.?! ]*$"
)
"""What a correction may name without a word about anybody's own life: a time, a part in the trade, a kind of help."""

_OPENER = re.compile(
    r"^(?:(?:ok|okay|so|but|and|y|also|then|well|oh|hm+|wait|right|thanks?)[, ]+)*(?:and|what about|how about|what if|whatabout|wbu|wat about|wut about|same (?:for|in|with)|does (?:that|this|it)|is (?:that|this|it)|are they|do they|can they|will they|would (?:that|it|they)|who do i|who can i|which one|where is (?:it|that)|how (?:long|much|old|far|do i|soon)|why|when|for how|por que|y (?:en|si|para)|y|es gratis|cuanto)\b"
)
_ADDED = r"^(?:(?:ok|okay|so|but|and|also|then|well|oh|hm+|wait|right|thanks?|y|pero)[, ]+)*"
_NAMED = re.compile(rf"{_ADDED}(?:(?:what|how|whatabout|wat|wut) about|(?:and|y)(?: for| para)?) (?P<rest>.+)$")
_FINE = re.compile(_ADDED + r"(?:the |whats the |what is the |what's the )?fine[.?! ]*$")
_OF_IT = r"(?:(?:is|are|r|was) (?:it|that|this|they|those)(?: really| still| all)?)"
_FOR_WHOM = r"(?: (?:there|here|for (?:me|us|everyone|men|women|kids|families)))?"
_TAKES = r"(?: (?:is|does|do|would|will|are|was|r)(?: (?:it|that|this|they))?(?: (?:take|cost|last|be|charge|away))?)?"
_NEED = r"do i (?:need|have to)(?: (?:have|show|pay|give|go|be|get|an?|to|my|there))*"
ANY = "any"
"""A detail that has no words of its own by which a text would show that it bears on it."""

_DETAILS = {
    LINE: (
        r"who (?:do|should) (?:i|we) (?:call|ask|contact)",
        r"(?:the |whats the |what is the |what's the |whats their |what is their )?(?:phone|number|phone number)",
        r"how do i (?:reach|contact|call) them",
        r"a quien llamo",
    ),
    "cost": (
        rf"{_OF_IT} (?:free|expensive){_FOR_WHOM}",
        r"(?:does|do|will|would) (?:it|that|they) (?:cost(?: anything| money| a lot)?|(?:take|accept) (?:insurance|medicaid)|charge(?: money| anything)?)",
        rf"{_NEED} ?(?:insurance|pay|money|medicaid)",
        r"(?:the |whats the |what is the |what's the )?(?:cost|price|fee)",
        r"what (?:are (?:the|their|its) (?:costs|fees)|does it cost)",
        r"(?:es|son|es todo|eso es) gratis",
    ),
    "sum": (rf"(?:for )?how much{_TAKES}", r"cuanto cuesta(?: es)?"),
    "why": (r"why(?: not| is that| so)?", r"how so", r"por que"),
    "time": (
        rf"(?:for )?how (?:long|soon){_TAKES}",
        r"(?:does|do|will|would) (?:it|that|they) last(?: long)?",
        r"cuanto (?:dura|tarda|tiempo)(?: es)?",
    ),
    "age": (rf"how old{_TAKES}", r"how old (?:do|does|must|should|can) (?:i|you|they|she|he|someone)(?: (?:have|need|got))?(?: to)? be"),
    ANY: (
        r"(?:is|are) (?:it|that|they|those)(?: really| all)? (?:confidential|anonymous|private)(?: there)?",  # "this" is this chat
        rf"{_OF_IT} (?:open(?: now| today)?|far|true|legal|illegal|a (?:felony|misdemeanor|crime)){_FOR_WHOM}",
        rf"(?:for )?how (?:far|often){_TAKES}",
        r"(?:does|do|will|would) (?:it|that|they) (?:(?:take|help|accept|have) (?:men|women|kids|children|teens|pets|dogs|beds|room|walk ?ins)|(?:go|show up|stay|show) on (?:my|ur|a) record|speak spanish|(?:need|ask for|check) id)",
        rf"{_NEED} ?(?:id|lawyer|appointment|papers|name|go|referral)",
        r"(?:the |whats the |what is the |what's the )?(?:hours|address|website)",
        r"what are (?:the|their|its) (?:hours|rules)",
        r"who (?:runs|pays for|owns|funds) (?:it|that|this|them)",
        r"where (?:is|are) (?:it|that|this|they)(?: at| located)?|where do i (?:go|sign up|apply)",
        r"when (?:is|are) (?:it|that|this|they)(?: open)?|when does it (?:start|end|open|close)",
        r"how do i (?:apply|sign up|get in|start|get there|do that)",
        r"(?:es|son|es todo|eso es) (?:confidencial|anonim[oa]|legal|ilegal)|donde (?:es|esta|queda)|a que hora (?:abren|cierran)",
    ),
}
_DETAIL = {detail: re.compile(_ADDED + rf"(?:{'|'.join(asked)})[.?! ]*$") for detail, asked in _DETAILS.items()}
"""Whole messages that ask for a detail of the last answer, and say nothing else, by the detail."""

_COST = (
    r"\bfree\b(?! (?:to|of|from|beds?|places?)\b)|\b(?:costs?|fees?|insurance|medicaid|no charge|(?:can't|cannot|can not) pay|pays for)\b"
)
_TELLS = {
    "cost": re.compile(_COST),
    "sum": re.compile(_COST + r"|\$\d"),
    "why": re.compile(r"\b(?:because|reasons?|that is why)\b"),
    "time": re.compile(r"\b(?:\d+|one|two|three|four|five|six|seven|ten) (?:minutes?|hours?|days?|weeks?|months?|years?)\b|\bhow long\b"),
    "age": re.compile(r"\b\d+ (?:to|and|or) (?:\d+|over|older)\b(?! (?:years|days)\b)|\ball ages\b"),
}
_QUESTION = re.compile(r"\bhow (?:long|much|old|soon)\b|\bwhy\b")
_POINTER = re.compile(r"\b(?:it|that|this|they|them|those|one|there|he|she)\b")
_COMPLETE = 5
"""Words from which a message may be a question of its own in spite of its opening."""

_LONGEST = 9
"""Words beyond which a message stands on its own."""

_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_PICK = re.compile(
    r"^(?:(?:(?:number|option|question|num|no\.|numero|opcion) ?|# ?)?(?P<digit>[1-9])|(?:number|option|question) (?P<word>one|two|three|four|five)"
    r"|the (?P<only>first|second|third|fourth|fifth)|(?:the )?(?P<ordinal>first|second|third|fourth|fifth) (?:one|option|question))[.)! ]*$"
)


@dataclass(frozen=True)
class FollowUp:
    """What a message adds to the topic before it: `words`; `more` asks for the rest of the last answer.

    `alone` is what the person named anew ("what about a shelter"). `corrects` says that the last answer was not what was
    meant. `detail` is what is asked of the last answer ("is it free": its cost). `plain` says that nothing is told of the
    person: of a detail, and of a correction that names no more than a time, a part in the trade or a kind of help.
    """

    words: str
    more: bool = False
    alone: str | None = None
    corrects: bool = False
    detail: str | None = None
    plain: bool = False


def resolve_follow_up(text: str) -> FollowUp | None:
    """Returns what a message means after an answer; None where it stands on its own."""
    folded = fold(text).lstrip("¿¡ ")
    if _MORE.match(folded):
        return FollowUp(text, more=True)
    correction = _CORRECTION.match(folded)
    if correction:
        rest = correction["rest"]
        return FollowUp(rest, alone=rest, corrects=True, plain=_HARMLESS.match(without_places(rest)) is not None)
    words = folded.split()
    if len(words) > _LONGEST:
        return None
    if _FINE.match(folded):
        return FollowUp(text, alone="the fine", plain=True)
    detail = next((detail for detail, pattern in _DETAIL.items() if pattern.match(folded)), None)
    if detail:
        return FollowUp(text, detail=detail, plain=True)
    named = _NAMED.match(folded)
    if named:
        return FollowUp(text, alone=named["rest"])
    if _OPENER.match(folded) or (len(words) <= 5 and _POINTER.search(folded)):
        says_enough = len(words) >= _COMPLETE and not _POINTER.search(folded)
        return FollowUp(text, alone=text if says_enough else None)
    return None


def tells_detail(detail: str, passage_text: str) -> bool:
    """Whether a text bears on a detail: cost words on its cost; of a detail without words of its own, any text may."""
    return bool(passage_text) and (detail not in _TELLS or _TELLS[detail].search(fold(passage_text)) is not None)


def asks_the_same(text: str, title: str) -> bool:
    """Whether a title asks with the words of a short question: "how long" and "How long is the wait …"."""
    asked = _QUESTION.search(fold(text))
    return asked is not None and asked[0] in fold(title)


def picked_number(text: str) -> int | None:
    """Returns the number of the button that a whole message picks: "2", "#2", "option 2", "the second one"."""
    pick = _PICK.match(fold(text))
    if pick is None:
        return None
    return int(pick["digit"]) if pick["digit"] else _NUMBERS[pick["word"] or pick["only"] or pick["ordinal"]]
