"""The phrase floor: explicit crisis phrases in English and Spanish, and cries in other languages, without numpy or Rasa.

It stands below the learned gate. Whatever it names is escalated even where the model is slow,
down or not yet loaded. It is meant to be precise: a phrase belongs here only when nearly
everyone who types it is in a crisis now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.safety.cries import cries_in
from bot.safety.normalize import fold, folded_forms
from bot.safety.phrases_en import (
    AGE_IN_LAW_QUESTION_EN,
    AGE_OF_ANOTHER_EN,
    AGE_UNDER_18_EN,
    BUYER_EN,
    FEAR_OF_DEATH_EN,
    FEARED_RELATIVE_EN,
    HARM_OTHERS_EN,
    MISSING_CHILD_EN,
    MISSING_EN,
    OWN_AGE_EN,
    OWN_SUICIDE_EN,
    PHRASES_EN,
    PLEAS_EN,
    POLICE_DANGER_EN,
    RELATIVE_IN_POLICE_EN,
    SUICIDE_OF_ANOTHER_EN,
    TRADE_EN,
    WEAPON_OF_ANOTHER_EN,
    WEAPONS_EN,
)
from bot.safety.phrases_es import (
    AGE_IN_LAW_QUESTION_ES,
    AGE_OF_ANOTHER_ES,
    AGE_UNDER_18_ES,
    BUYER_ES,
    FEAR_OF_DEATH_ES,
    FEARED_RELATIVE_ES,
    HARM_OTHERS_ES,
    MISSING_CHILD_ES,
    MISSING_ES,
    OWN_AGE_ES,
    OWN_SUICIDE_ES,
    PHRASES_ES,
    PLEAS_ES,
    POLICE_DANGER_ES,
    RELATIVE_IN_POLICE_ES,
    SUICIDE_OF_ANOTHER_ES,
    TRADE_ES,
)

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
    manner_of_speaking: bool = False
    """Whether somebody "dies" of laughter or of hunger, which the model takes for a wish to die."""
    own_age: bool = False
    """Whether the age under 18 may be the writer's own, so that it is remembered."""
    about_another: bool = False
    """Whether the writer speaks for a child, or as one who paid, and of no harm to themself: their own words for minors do not fit."""
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
_NOT_OF_OTHERS = {*WEAPONS_EN, *PLEAS_EN, *PLEAS_ES}
_ATTACK = _compile(
    tuple(phrase for phrase in PHRASES_EN["immediate_danger"] + PHRASES_ES["immediate_danger"] if phrase not in _NOT_OF_OTHERS)
    + WEAPON_OF_ANOTHER_EN
    + FEAR_OF_DEATH_EN
    + FEAR_OF_DEATH_ES
)
_SUICIDE_OF_ANOTHER = _compile(SUICIDE_OF_ANOTHER_EN + SUICIDE_OF_ANOTHER_ES)
_OWN_SUICIDE = _compile(OWN_SUICIDE_EN + OWN_SUICIDE_ES)
_RAPE = re.compile(r"\b(?:rap(?:e[ds]?|ing|ists?)|assault\w*|molest\w*|viol(?:o|an|aron|ad[oa]|acion)|abus\w+)\b")
_POLICE_DANGER = _compile(POLICE_DANGER_EN + POLICE_DANGER_ES)
_RELATIVE_IN_POLICE = _compile(RELATIVE_IN_POLICE_EN + RELATIVE_IN_POLICE_ES)
_FEARED_RELATIVE = _compile(FEARED_RELATIVE_EN + FEARED_RELATIVE_ES)
_AGE_UNDER_18 = _compile(AGE_UNDER_18_EN + AGE_UNDER_18_ES)
_AGE_IN_LAW_QUESTION = _compile(AGE_IN_LAW_QUESTION_EN + AGE_IN_LAW_QUESTION_ES)
_TRADE = _compile(TRADE_EN + TRADE_ES)
_MISSING_CHILD = _compile(MISSING_CHILD_EN + MISSING_CHILD_ES)
_MISSING = _compile(MISSING_EN + MISSING_ES)
_AGE_OF_ANOTHER = _compile(AGE_OF_ANOTHER_EN + AGE_OF_ANOTHER_ES)
_OWN_AGE = _compile(OWN_AGE_EN + OWN_AGE_ES)
_BUYER = _compile(BUYER_EN + BUYER_ES)
_TOLD_TO_ME = re.compile(
    r"\b(?:told|tells?|telling|showed|texted|asked|asks|called|messaged|said to|says to|help(?:ing)?|lied to|scares|worries|begged|came to"
    r"|trusts|let|excuse|give|gave|sent) (?:me|us)\b|\bme (?:dijo|dice|conto|cuenta|pregunto|escribio|llamo|pueden?|ayud\w+|preocupa)\b"
)
_SAYS_AGE = re.compile(r"\b(?:im|i'm|i am|tengo) (?:only |just |a |solo )?1[0-7]\b")
_DIED = re.compile(r"\b(?:died|passed away|funeral|heaven|murio|fallecio)\b")
_LAUGHING = r"(?=.*\b(?:(?:ja|je|ha){2,}\w*|lol\w*|lmao|xd+)\b)"
_MANNER_OF_SPEAKING = re.compile(
    r"\b(?:morir(?:me)?|muero|die|dying|dead) (?:de|of|from)(?: (?:la|pur[oa]|tant[oa]|pure|sheer))?"
    rf" (?:risa|hambre|sueno|sed|calor|frio|aburrimiento|laugh\w+|boredom|hunger|(?:verguenza|pena|embarrassment|shame|cringe){_LAUGHING})"
)
_DONE_TO_ME = re.compile(r"\b(?:me|us|myself|nos)\b")
_OWN_WORDS = re.compile(r"\b(?:i|im|i'm|ive|i've|me|myself|my (?:pimp|body|nudes|pics)|vendo|mi (?:cuerpo|padrote)|mis fotos)\b")
_OF_MY_OWN = re.compile(r"\b(?:i|im|i'm|ive|i've|me|my|mine|myself|we|us|our|mi|mis|nos|nuestr[oa]|soy|tengo|vendo|hago)\b")
_ASKING = re.compile(
    r"\b(?:i (?:was |am |just )*wonder(?:ing)?|i(?:'d| would)? (?:just )?(?:want|need|like) to know|(?:can|may|could) i ask"
    r"|tell me|i have a question|me (?:puede|pueden|podria|podrian) decir)\b"
)
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
    kinds = [kind for kind, pattern in _KIND_PATTERNS.items() if _any(pattern, forms)]
    if {"immediate_danger", "suicide"} <= {*kinds} and not _any(_ATTACK, forms):  # a weapon of one's own, or a plea: 988 leads
        kinds.remove("immediate_danger")
    if {"suicide", "third_party"} <= {*kinds} and (_any(_OWN_SUICIDE, forms) or not _any(_SUICIDE_OF_ANOTHER, forms)):
        kinds.remove("third_party")  # both kinds together are said of another's suicide alone
    if {"sexual_assault", "trafficking"} <= {*kinds} and not _any(_RAPE, forms):  # "he makes me have sex for money": who sells, leads
        kinds.remove("sexual_assault")
    cries = cries_in(forms[0])
    kinds += [kind for kind in cries if kind not in kinds]
    harm_others = _any(_HARM_OTHERS, forms)
    if harm_others and "immediate_danger" not in kinds:
        kinds.append("immediate_danger")
    anothers = _AGE_OF_ANOTHER.search(forms[0]) is not None and not _OWN_AGE.search(forms[0])
    gone = anothers and _any(_MISSING, forms)
    missing_child = (gone or _any(_MISSING_CHILD, forms)) and not _DIED.search(forms[0])
    if gone and missing_child and "third_party" not in kinds:
        kinds.append("third_party")
    minor = mentions_minor(text) and not (missing_child and anothers)
    trade = not _is_school_work(forms[0]) and _any(_TRADE, forms)
    about_another = _is_about_another(forms[0], anothers)
    if minor and trade:
        kinds += ["minor", *(["third_party"] if about_another and "third_party" not in kinds else [])]
    return FloorResult(
        kinds=tuple(sorted(kinds, key=CRISIS_KINDS.index)),
        harm_others=harm_others,
        minor=minor,
        police_danger=_any(_POLICE_DANGER, [_without_harmless_relatives(form) for form in forms]),
        missing_child=missing_child,
        other_language=bool(cries),
        manner_of_speaking=_MANNER_OF_SPEAKING.search(forms[0]) is not None,
        own_age=minor and not anothers,
        about_another=about_another,
        own_trade=trade and _OWN_WORDS.search(forms[0]) is not None,
    )


def _any(pattern: re.Pattern[str], forms: Iterable[str]) -> bool:
    return any(pattern.search(form) for form in forms)


def _without_harmless_relatives(form: str) -> str:
    return form if _FEARED_RELATIVE.search(form) else _RELATIVE_IN_POLICE.sub(" ", form)


def _is_about_another(folded: str, anothers: bool) -> bool:
    paid = _BUYER.search(folded) is not None and not _OWN_AGE.search(folded)
    done_to_me = _DONE_TO_ME.search(_TOLD_TO_ME.sub(" ", folded)) or _OWN_TRADE.search(folded)
    return paid or (anothers and not done_to_me)


def _is_school_work(folded: str) -> bool:
    if not _SAYS_AGE.search(folded):
        return _SCHOOL_WORK.search(folded) is not None
    return _OWN_SCHOOL_WORK.search(folded) is not None and not _OWN_TRADE.search(folded)


def mentions_minor(text: str) -> bool:
    """Whether the message gives an age or a school year under 18, and not in a general question about the law."""
    folded = fold(text)
    if not _OF_MY_OWN.search(_ASKING.sub(" ", folded)):
        folded = _AGE_IN_LAW_QUESTION.sub(" ", folded)
    return bool(_AGE_UNDER_18.search(folded))
