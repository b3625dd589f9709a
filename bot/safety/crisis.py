"""The decision of the crisis gate: from scores, floor and conversation to an assessment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.messages import CHECK_IN, ESCALATE, NONE, CrisisAssessment
from bot.safety.normalize import fold
from bot.safety.phrase_floor import CRISIS_KINDS, FloorResult

CRISIS_PREFIX = "crisis_"
_SUICIDE = "crisis_suicide"
FACILITATION = "facilitation"
"""The intent of a message that asks for help to do harm."""

REFUSAL = "refuse_hotline"
"""The intent of a message that wants no hotline."""

_UNCLEAR_KIND = "trafficking"
"""The kind where none stands out: its hotline talks with anyone, by voice, text and chat."""

URGENT = frozenset({"overdose", "immediate_danger", "suicide"})
_SURE = 0.6
_SURE_OF_AN_ATTACK = 0.75
"""Who speaks of suicide is often read as in danger, "just tell me it will be quick" with 0.61; "he found me" has 0.84."""

POSSIBLE = "possible"
"""Evidence: a probability between a check-in and an escalation, and nothing else."""
MINOR_IN_TRADE = "minor_in_trade"
ANSWER_TO_CHECK_IN = "answer_to_check_in"
GOES_ON = "goes_on"
"""Evidence: small words amid a crisis that was escalated before."""
CALLED = "called"
"""Evidence: amid such a crisis, the person says that help has been called."""

CHECK_IN_EVERY = 3
"""A check-in is shown at most once in so many turns."""


@dataclass(frozen=True)
class Thresholds:
    """Probabilities at which the gate acts. They stand in config.yml, tuned on the development set (docs/decisions/0005).

    Below `doubt` a phrase of the floor leads to a check-in instead of the full escalation. From `decline` on
    a message counts as a request to do harm; from `decline_first` on its refusal, which names the hotline too,
    takes the place of a check-in, never of an escalation.
    """

    escalate: float
    check_in: float
    extra_kind: float
    doubt: float
    decline: float
    decline_first: float
    decay: float


@dataclass(frozen=True)
class Situation:
    """What the conversation already holds when a message comes in.

    `risk` is the probability that the earlier turns together were a crisis. `pending_kinds` are
    those of a check-in in the turn before. `turns_since_check_in` is large where there was none.
    `minor` and `police_danger` were said in any turn. `escalated` is the last escalation in the turns that are kept,
    as sure as any with its leading kind, unless a plain "I am safe" came after it.
    """

    risk: float = 0.0
    pending_kinds: tuple[str, ...] = ()
    turns_since_check_in: int = 99
    minor: bool = False
    police_danger: bool = False
    escalated: CrisisAssessment | None = None


def crisis_probability(scores: Mapping[str, float]) -> float:
    """Returns the summed probability of every crisis intent."""
    return min(1.0, sum(score for intent, score in scores.items() if intent.startswith(CRISIS_PREFIX)))


def assess_crisis(
    scores: Mapping[str, float],
    floor: FloorResult,
    situation: Situation,
    thresholds: Thresholds,
    unsure: bool = False,
    adult: bool = False,
) -> CrisisAssessment:
    """Decides whether a message is escalated, checked in on, or neither.

    `scores` are probabilities by intent. `unsure` says that the words are an answer such as "no",
    "idk" or "kind of", which escalates when a check-in is pending. `adult` says that the writer gives an
    age of 18 or more; then no score makes a minor of them.

    Where the floor names no kind, the crisis that was escalated before goes on: its leading kind stays in front,
    unless that was the model's guess and it finds more in the words now.
    Of the assessment, `minor` is a sign of age in the words, now or before; "minor" among the kinds may be a score alone.
    """
    if floor.manner_of_speaking:  # no sign of a wish to die by itself, and of a check-in at most
        scores = {**scores, _SUICIDE: min(scores.get(_SUICIDE, 0.0), thresholds.check_in)}
    probability = crisis_probability(scores)
    level, reason = _level(scores, probability, floor, situation, thresholds, unsure)
    if level == NONE:
        return CrisisAssessment(level=NONE, probability=probability, minor=floor.minor, police_danger=floor.police_danger)

    minor = floor.minor or "minor" in floor.kinds or situation.minor
    ruled_out = {"minor"} if adult and not minor else set()
    before = None if floor.kinds or situation.escalated is None else _going_on(situation.escalated, scores, thresholds, ruled_out)
    minor = minor or (before is not None and before.minor)  # also that of somebody else, while that crisis goes on
    kinds = {*floor.kinds, *(before.kinds if before else ())}
    if reason == ANSWER_TO_CHECK_IN:
        kinds |= set(situation.pending_kinds)
    if reason == MINOR_IN_TRADE:
        kinds.add("minor")
    if not (unsure and kinds):  # "maybe" says nothing of its own about the kind
        kinds |= _scored_kinds(scores, thresholds, ruled_out, have_any=bool(kinds))
    if minor:
        kinds.add("minor")
    about_another = floor.about_another and "minor" in kinds
    if about_another:
        kinds.add("third_party")
    if floor.minor or situation.minor:  # of a child, a possible crisis is escalated without asking first
        level = ESCALATE
    ordered = _in_order(kinds, floor.kinds, before, scores)
    if about_another and before is None and ordered[0] not in URGENT:
        ordered = ("third_party", *(kind for kind in ordered if kind != "third_party"))
    if ordered[0] == "suicide" and not (about_another or _is_of_another(floor, before, scores)):
        ordered = tuple(kind for kind in ordered if kind != "third_party")
    same = before if before and before.leading == ordered[0] else CrisisAssessment()
    harm_others, missing_child = floor.harm_others or same.harm_others, floor.missing_child or same.missing_child
    words_of_their_own = harm_others or missing_child  # these first, unless police are named in the same message
    return CrisisAssessment(
        level=level,
        kinds=ordered,
        probability=probability,
        explicit=bool(floor.kinds) and level == ESCALATE,
        minor=minor,
        harm_others=harm_others,
        police_danger=floor.police_danger or (situation.police_danger and not words_of_their_own),
        missing_child=missing_child,
        evidence=(*(f"floor:{kind}" for kind in floor.kinds), *filter(None, [reason])),
    )


def further_step(escalated: CrisisAssessment, now: CrisisAssessment, situation: Situation, reason: str) -> CrisisAssessment:
    """Returns the escalation that goes on with an earlier one, where the words of a message name no crisis themselves."""
    words_of_their_own = escalated.harm_others or escalated.missing_child
    return replace(
        escalated,
        probability=now.probability,
        explicit=False,
        minor=escalated.minor or situation.minor,
        police_danger=escalated.police_danger or (situation.police_danger and not words_of_their_own),
        evidence=(reason,),
    )


def _level(
    scores: Mapping[str, float], probability: float, floor: FloorResult, situation: Situation, limits: Thresholds, unsure: bool
) -> tuple[str, str | None]:
    """Returns the level and what beside the phrase floor led to it."""
    asked_lately = situation.turns_since_check_in < CHECK_IN_EVERY
    if floor.kinds:
        # the phrase is there, but the message as a whole reads as harmless: the line first, then the answer;
        # not where the cry is in another language, which the model cannot read
        doubted = probability < limits.doubt and not floor.other_language and not asked_lately and bool(scores)
        return (CHECK_IN, "doubt") if doubted else (ESCALATE, None)
    if floor.own_trade and situation.minor:  # the age came first, the trade in a later message
        return ESCALATE, MINOR_IN_TRADE
    if situation.pending_kinds and (unsure or probability >= limits.check_in):
        return ESCALATE, ANSWER_TO_CHECK_IN
    if probability >= limits.escalate:
        return ESCALATE, "probability"
    if probability < limits.check_in:
        return NONE, None
    if 1.0 - (1.0 - probability) * (1.0 - limits.decay * situation.risk) >= limits.escalate:
        return ESCALATE, "earlier_turns"
    if asked_lately or scores.get(FACILITATION, 0.0) >= limits.decline_first:
        return NONE, None
    return CHECK_IN, POSSIBLE


def carried_risk(assessment: CrisisAssessment, situation: Situation, thresholds: Thresholds) -> float:
    """Returns the risk to remember for the next turn."""
    return round(1.0 - (1.0 - min(assessment.probability, thresholds.escalate)) * (1.0 - thresholds.decay * situation.risk), 4)


def hotlines_refused(turns: Iterable[tuple[str | None, Mapping[str, Any]]]) -> bool:
    """Whether hotlines were refused since the last new crisis; `turns` are the intent and the gate's key of each, the latest first."""
    for intent, gate in turns:
        if intent == REFUSAL:
            return True
        if gate.get("level") == ESCALATE and not {GOES_ON, CALLED} & set(gate.get("evidence", ())):
            return False
    return False


def asks_after_a_refusal(scores: Mapping[str, float], escalated: CrisisAssessment | None, limits: Thresholds) -> bool:
    """Whether a question after a refusal is answered: where no urgent crisis may be new in it, nor the model sure of any other.

    Amid an urgent crisis the slightest sign of one counts.
    """
    urgent = escalated is not None and escalated.leading in URGENT
    possible = sum(scores.get(CRISIS_PREFIX + kind, 0.0) for kind in URGENT)
    new = (scores.get(CRISIS_PREFIX + kind, 0.0) for kind in CRISIS_KINDS if escalated is None or kind != escalated.leading)
    return possible < (limits.check_in if urgent else limits.escalate) and max(new) < _SURE


def _going_on(escalated: CrisisAssessment, scores: Mapping[str, float], limits: Thresholds, ruled_out: set[str]) -> CrisisAssessment | None:
    """What stays of the last escalation: its leading kind, and whose suicide it was; nothing of a guess where these words say more."""
    leading = str(escalated.leading)
    says_more = crisis_probability(scores) > escalated.probability and scores.get(CRISIS_PREFIX + leading, 0.0) < limits.extra_kind
    if leading in ruled_out or (says_more and not escalated.explicit):
        return None
    kinds = [kind for kind in escalated.kinds[1:] if (leading, kind) == ("suicide", "third_party")]
    return replace(escalated, kinds=(leading, *kinds))


def _in_order(
    kinds: set[str], floor_kinds: tuple[str, ...], before: CrisisAssessment | None, scores: Mapping[str, float]
) -> tuple[str, ...]:
    """The leading kind first: of those that the words name, or else the earlier one, unless the model is sure of a more urgent one."""

    def leads(kind: str) -> bool:
        score = scores.get(CRISIS_PREFIX + kind, 0.0)
        if floor_kinds:
            return kind in floor_kinds or (kind in URGENT and score >= _SURE)
        if before is None or kind == before.leading:
            return True
        sure = _SURE_OF_AN_ATTACK if (before.leading, kind) == ("suicide", "immediate_danger") else _SURE
        return CRISIS_KINDS.index(kind) < CRISIS_KINDS.index(str(before.leading)) and score >= sure

    return tuple(sorted(kinds, key=lambda kind: (not leads(kind), CRISIS_KINDS.index(kind))))


def _is_of_another(floor: FloorResult, before: CrisisAssessment | None, scores: Mapping[str, float]) -> bool:
    """Whether the suicide that leads is somebody else's: the words say so, or those before, or else the model."""
    if "suicide" in floor.kinds:
        return "third_party" in floor.kinds
    if before and "suicide" in before.kinds:
        return "third_party" in before.kinds
    return "third_party" in floor.kinds or scores.get("crisis_third_party", 0.0) >= scores.get("crisis_suicide", 0.0)


def _scored_kinds(scores: Mapping[str, float], limits: Thresholds, ruled_out: set[str], have_any: bool) -> set[str]:
    by_kind = {kind: scores.get(CRISIS_PREFIX + kind, 0.0) for kind in CRISIS_KINDS}
    possible = [kind for kind in CRISIS_KINDS if kind not in ruled_out]
    kinds = {kind for kind in possible if by_kind[kind] >= limits.extra_kind}
    if not kinds and not have_any:
        best = max(possible, key=lambda kind: by_kind[kind])
        kinds = {best if by_kind[best] >= sum(by_kind.values()) / 2 else _UNCLEAR_KIND}
    return kinds


_NO_AGE = (
    r"(?! ?(?:weeks?|wks?|days?|hours?|hrs?|min\w*|months?|mos?|miles?|blocks?|semanas?|dias?|horas?|meses|millas?|k\b|%|percent"
    r"|dollars?|bucks|dolares|pesos|pastillas|hij\w+|cuadras))"
)
_ADULT_AGE = re.compile(
    r"\b(?:(?:im|i'm|i am)(?: (?:an?|only|just|now|already|like|over))* |i (?:just )?turned |tengo (?:ya |como )?"
    rf"|soy (?:una? )?(?:mujer|hombre|senora?|mama|madre|persona) de |cumpli )(?:1[89]|[2-9]\d){_NO_AGE}\b"
)
_TOLD_TO_OTHERS = re.compile(
    r"\b(?:say\w*|said|tell\w*|told|think\w*|thought|pretend\w*|lie\w*|lying|ads?|profile|di(?:ce\w*|go|ga|jo|je)|decir|creen?|mentir)\b"
)


def states_adult_age(text: str) -> bool:
    """Whether the writer gives an age from 18 to 99 as their own; what others are told ("he says im 19") does not count."""
    folded = fold(text)
    match = _ADULT_AGE.search(folded)
    return match is not None and not _TOLD_TO_OTHERS.search(folded[: match.start()])
