"""The phrase floor: explicit crisis phrases in English and Spanish, and cries in other languages, without numpy or Rasa.

It stands below the learned gate. Whatever it names is escalated even where the model is slow,
down or not yet loaded. It is meant to be precise: a phrase belongs here only when nearly
everyone who types it is in a crisis now.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.safety.cries import cries_in
from bot.safety.normalize import fold, folded_forms
from bot.safety.phrases_en import AGE_UNDER_18_EN, HARM_OTHERS_EN, PHRASES_EN, POLICE_DANGER_EN, TRADE_EN
from bot.safety.phrases_es import AGE_UNDER_18_ES, HARM_OTHERS_ES, PHRASES_ES, POLICE_DANGER_ES, TRADE_ES

CRISIS_KINDS = (
    "overdose",
    "immediate_danger",
    "suicide",
    "sexual_assault",
    "domestic_violence",
    "trafficking",
    "third_party",
    "minor",
)
"""Every crisis kind, the most urgent first; the leading kind of a message follows this order."""

MOST_READ = 16_000
"""Characters of a message that are read: the first and the last half of them where it is longer."""


@dataclass(frozen=True)
class FloorResult:
    """What the floor found: kinds in order of precedence, and the signs that change the words.

    `other_language` says that a cry in a language other than English and Spanish is among them.
    """

    kinds: tuple[str, ...]
    harm_others: bool
    minor: bool
    police_danger: bool
    missing_child: bool = False
    other_language: bool = False
    own_trade: bool = False
    """Whether the person speaks of the trade as their own: a crisis where an age under 18 was said before."""


_WORDS_BETWEEN = re.compile(r"\(\?:(?: \\w\+|\\w\+ \??)\)\{0,(\d)\}")
_MUST = "\0"


def _compile(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Returns one pattern in which spaces may be left out, and whose time grows with the length of a message alone.

    Folded text holds single spaces. Words between the words of a phrase are taken whole, or run together as one short
    stretch, and every repetition is counted: a search that tries each way to divide "aaaa…" into words takes minutes.
    """
    joined = _WORDS_BETWEEN.sub(_words_between, "|".join(f"(?:{phrase})" for phrase in phrases))
    for open_ended, bounded in ((" ?", " "), (" ", " ?"), (_MUST, " "), (".*", ".{0,80}"), (")*", "){0,8}"), (")+", "){1,8}")):
        joined = joined.replace(open_ended, bounded)
    joined = re.sub(r"(?<=\\w)\*", "{0,20}", re.sub(r"(?<=\\w)\+(?!\+)", "{1,20}", joined))
    return re.compile(rf"(?<![a-z0-9])(?:{joined})(?![a-z0-9])")


def _words_between(match: re.Match[str]) -> str:
    word = rf"{_MUST}\w++" if match[0].startswith("(?: ") else rf"\w++{_MUST}"
    return rf"(?:(?:{word}){{0,{match[1]}}}|\w{{0,20}}?)"


_KIND_PATTERNS = {kind: _compile(PHRASES_EN.get(kind, ()) + PHRASES_ES.get(kind, ())) for kind in CRISIS_KINDS if kind in PHRASES_EN}
_HARM_OTHERS = _compile(HARM_OTHERS_EN + HARM_OTHERS_ES)
_POLICE_DANGER = _compile(POLICE_DANGER_EN + POLICE_DANGER_ES)
_AGE_UNDER_18 = _compile(AGE_UNDER_18_EN + AGE_UNDER_18_ES)
_TRADE = _compile(TRADE_EN + TRADE_ES)
_MISSING_CHILD = re.compile(
    r"\b(?:daughter|son|kid|child|baby|niece|nephew|grand\w+|sister|brother|stepdaughter|stepson|girl|boy|teen\w*|hija|hijo|nina|nino|sobrina|sobrino|hermanita|nieta|nieto)\b"
    r".{0,60}\b(?:missing|disappeared|ran (?:away|off)|run (?:away|off)|took off with|runaway|never came home|didn'?t come home|hasn'?t come home|not come home|hasnt been home|gone since|desaparec\w+|se (?:fue|escapo|perdio)|no aparece|no (?:ha )?vuelto|no regres\w+|perdid\w+)\b"
    r"|\b(?:cant|can't|cannot|couldn'?t) find (?:my|our) (?:\w+ ){0,4}(?:daughter|son|kid|child|baby|girl|boy|niece|nephew|grand\w+|teen\w*|year old|yr old|yo)\b"
    r"|\b(?:my|our) (?:\w+ ){0,4}(?:daughter|son|kid|child|girl|boy|grand\w+|year old|yr old|yo) (?:is gone|ran away|run away|missing|is missing)\b"
    r"|\bno encuentro a mi hij[oa]\b"
    r"|\bamber alert\b.{0,30}\b(?:my|our)\b"
    r"|\bmissing (?:daughter|son|child|kid|girl|boy|teen\w*)\b"
)
_OWN_CHILD = re.compile(
    r"\b(?:(?:my|our|mi|nuestr[oa]) (?:\w+ ){0,4}(?:daughter|son|kid|child|baby|niece|nephew|grand\w+|stepson|stepdaughter|girl|boy|teen\w*|year old|yr old|yo"
    r"|hij[oa]|nin[oa]|sobrin[oa]|niet[oa]))\b"
)
_OWN_AGE = re.compile(r"\b(?:im|i'm|i am|tengo) (?:only |just |a |solo )?1[0-7]\b")
_OWN_WORDS = re.compile(r"\b(?:i|im|i'm|ive|i've|me|myself|my (?:pimp|body|nudes|pics)|vendo|mi (?:cuerpo|padrote)|mis fotos)\b")
_SCHOOL_WORK = re.compile(r"\b(?:essay|report|project|presentation|homework|paper|class|research|tarea|ensayo)\b")
_OWN_SCHOOL_WORK = re.compile(
    r"\b(?:essay|homework|research|tarea|ensayo)\b|\b(?:report|project|paper|presentation|speech) (?:on|about|for|is|sobre)\b"
    r"|\b(?:for|in) (?:a |my |our )?(?:\w+ )?(?:class|project|report|paper|presentation)\b"
    r"|\b(?:writ\w+|do|doing|have) (?:a|an|my|our) (?:\w+ )?(?:report|project|paper|presentation)\b"
)
_OWN_TRADE = re.compile(
    r"\b(?:sells?|sold|selling|pays?|paid|paying|pimps?|pimped|trades?|rents?|prostitutes?|trafficks?) me\b|\bi (?:\w+ )?(?:sell|sold|trade|traded|get paid|got paid)\b"
    r"|\bmy (?:pimp|trafficker|sugar daddy)\b|\bme (?:vend\w+|prostitu\w+|pag(?:a|an|o|aron)|oblig\w+|explota\w*|ofrece\w*)\b|\bvendo\b"
)


def scan(text: str) -> FloorResult:
    """Returns the crisis kinds that a cleaned message names outright."""
    if len(text) > MOST_READ:
        text = f"{text[: MOST_READ // 2]} \n {text[-MOST_READ // 2 :]}"
    forms = folded_forms(text)
    kinds = [kind for kind, pattern in _KIND_PATTERNS.items() if any(pattern.search(form) for form in forms)]
    cries = cries_in(forms[0])
    kinds += [kind for kind in cries if kind not in kinds]
    harm_others = any(_HARM_OTHERS.search(form) for form in forms)
    if harm_others and "immediate_danger" not in kinds:
        kinds.append("immediate_danger")
    missing_child = _MISSING_CHILD.search(forms[0]) is not None
    minor = mentions_minor(text) and not (missing_child and _OWN_CHILD.search(forms[0]) and not _OWN_AGE.search(forms[0]))
    trade = not _is_school_work(forms[0]) and any(_TRADE.search(form) for form in forms)
    if minor and trade:
        kinds.append("minor")
    return FloorResult(
        kinds=tuple(sorted(kinds, key=CRISIS_KINDS.index)),
        harm_others=harm_others,
        minor=minor,
        police_danger=any(_POLICE_DANGER.search(form) for form in forms),
        missing_child=missing_child,
        other_language=bool(cries),
        own_trade=trade and _OWN_WORDS.search(forms[0]) is not None,
    )


def _is_school_work(folded: str) -> bool:
    if not _OWN_AGE.search(folded):
        return _SCHOOL_WORK.search(folded) is not None
    return _OWN_SCHOOL_WORK.search(folded) is not None and not _OWN_TRADE.search(folded)


def mentions_minor(text: str) -> bool:
    """Whether the message gives an age or a school year under 18."""
    return bool(_AGE_UNDER_18.search(fold(text)))
