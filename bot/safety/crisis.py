"""The decision of the crisis gate: from scores, floor and conversation to an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.messages import CHECK_IN, ESCALATE, NONE, CrisisAssessment
from bot.safety.phrase_floor import CRISIS_KINDS, FloorResult

CRISIS_PREFIX = "crisis_"
FACILITATION = "facilitation"
"""The intent of a message that asks for help to do harm."""

_UNCLEAR_KIND = "trafficking"
"""The kind where none stands out: its hotline talks with anyone, by voice, text and chat."""

_URGENT = frozenset({"overdose", "immediate_danger", "suicide"})
_SURE = 0.6

POSSIBLE = "possible"
"""Evidence: a probability between a check-in and an escalation, and nothing else."""
MINOR_IN_TRADE = "minor_in_trade"
ANSWER_TO_CHECK_IN = "answer_to_check_in"

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
    `minor` and `police_danger` were said in any turn.
    """

    risk: float = 0.0
    pending_kinds: tuple[str, ...] = ()
    turns_since_check_in: int = 99
    minor: bool = False
    police_danger: bool = False


def crisis_probability(scores: Mapping[str, float]) -> float:
    """Returns the summed probability of every crisis intent."""
    return min(1.0, sum(score for intent, score in scores.items() if intent.startswith(CRISIS_PREFIX)))


def assess_crisis(
    scores: Mapping[str, float],
    floor: FloorResult,
    situation: Situation,
    thresholds: Thresholds,
    unsure: bool = False,
) -> CrisisAssessment:
    """Decides whether a message is escalated, checked in on, or neither.

    `scores` are probabilities by intent. `unsure` says that the words are an answer such as "no",
    "idk" or "kind of", which escalates when a check-in is pending.
    """
    probability = crisis_probability(scores)
    level, reason = _level(scores, probability, floor, situation, thresholds, unsure)
    if level == NONE:
        return CrisisAssessment(level=NONE, probability=probability, minor=floor.minor, police_danger=floor.police_danger)

    kinds = set(floor.kinds)
    if reason == ANSWER_TO_CHECK_IN:
        kinds |= set(situation.pending_kinds)
    if reason == MINOR_IN_TRADE:
        kinds.add("minor")
    if not (unsure and kinds):  # "maybe" says nothing of its own about the kind
        kinds |= _scored_kinds(scores, thresholds, have_any=bool(kinds))
    if floor.minor or situation.minor:  # of a child, a possible crisis is escalated without asking first
        kinds.add("minor")
        level = ESCALATE
    words_of_their_own = floor.harm_others or floor.missing_child  # these first, unless police are named in the same message
    return CrisisAssessment(
        level=level,
        kinds=_in_order(kinds, floor.kinds, scores),
        probability=probability,
        explicit=bool(floor.kinds) and level == ESCALATE,
        minor="minor" in kinds,
        harm_others=floor.harm_others,
        police_danger=floor.police_danger or (situation.police_danger and not words_of_their_own),
        missing_child=floor.missing_child,
        evidence=(*(f"floor:{kind}" for kind in floor.kinds), *filter(None, [reason])),
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


def _in_order(kinds: set[str], floor_kinds: tuple[str, ...], scores: Mapping[str, float]) -> tuple[str, ...]:
    """The leading kind first: of those that the words name outright, unless the model is sure of a more urgent one."""

    def rank(kind: str) -> tuple[bool, int]:
        named = not floor_kinds or kind in floor_kinds or (kind in _URGENT and scores.get(CRISIS_PREFIX + kind, 0.0) >= _SURE)
        return not named, CRISIS_KINDS.index(kind)

    return tuple(sorted(kinds, key=rank))


def _scored_kinds(scores: Mapping[str, float], limits: Thresholds, have_any: bool) -> set[str]:
    by_kind = {kind: scores.get(CRISIS_PREFIX + kind, 0.0) for kind in CRISIS_KINDS}
    kinds = {kind for kind, score in by_kind.items() if score >= limits.extra_kind}
    if not kinds and not have_any:
        best = max(CRISIS_KINDS, key=lambda kind: by_kind[kind])
        kinds = {best if by_kind[best] >= sum(by_kind.values()) / 2 else _UNCLEAR_KIND}
    return kinds
