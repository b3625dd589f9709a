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

CHECK_IN_EVERY = 3
"""A check-in is shown at most once in so many turns."""


@dataclass(frozen=True)
class Thresholds:
    """Probabilities at which the gate acts, tuned on the development set (docs/decisions/0005).

    Below `doubt` a phrase of the floor leads to a check-in instead of the full escalation. From `decline` on
    a message counts as a request to do harm; from `decline_first` on its refusal, which names the hotline too,
    takes the place of a check-in, never of an escalation.
    """

    escalate: float = 0.5
    check_in: float = 0.15
    extra_kind: float = 0.3
    doubt: float = 0.005
    decline: float = 0.3
    decline_first: float = 0.5
    decay: float = 0.5


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
    unsure: bool = False,
    thresholds: Thresholds | None = None,
) -> CrisisAssessment:
    """Decides whether a message is escalated, checked in on, or neither.

    `scores` are probabilities by intent. `unsure` says that the words are an answer such as "no",
    "idk" or "kind of", which escalates when a check-in is pending.
    """
    limits = thresholds or Thresholds()
    probability = crisis_probability(scores)
    carried = 1.0 - (1.0 - probability) * (1.0 - limits.decay * situation.risk)
    kinds = set(floor.kinds)
    evidence = [f"floor:{kind}" for kind in floor.kinds]
    words_of_their_own = floor.harm_others or floor.missing_child  # these first, unless police are named in the same message
    police_danger = floor.police_danger or (situation.police_danger and not words_of_their_own)

    doubted = probability < limits.doubt and not floor.other_language and situation.turns_since_check_in >= CHECK_IN_EVERY and bool(scores)
    if floor.kinds and not doubted:  # the model cannot read a cry in another language
        level = ESCALATE
    elif floor.kinds:  # the phrase is there, but the message as a whole reads as harmless: the line first, then the answer
        level = CHECK_IN
        evidence.append("doubt")
    elif floor.own_trade and situation.minor:  # the age came first, the trade in a later message
        level = ESCALATE
        kinds.add("minor")
        evidence.append("minor_in_trade")
    elif situation.pending_kinds and (unsure or probability >= limits.check_in):
        level = ESCALATE
        kinds |= set(situation.pending_kinds)
        evidence.append("answer_to_check_in")
    elif probability >= limits.escalate:
        level = ESCALATE
        evidence.append("probability")
    elif carried >= limits.escalate and probability >= limits.check_in:
        level = ESCALATE
        evidence.append("earlier_turns")
    elif (
        probability >= limits.check_in
        and situation.turns_since_check_in >= CHECK_IN_EVERY
        and scores.get(FACILITATION, 0.0) < limits.decline_first
    ):
        level = CHECK_IN
        evidence.append(POSSIBLE)
    else:
        return CrisisAssessment(level=NONE, probability=probability, minor=floor.minor, police_danger=floor.police_danger)

    if not (unsure and kinds):  # "maybe" says nothing of its own about the kind
        kinds |= _scored_kinds(scores, limits, have_any=bool(kinds))
    if floor.minor or situation.minor:  # of a child, a possible crisis is escalated without asking first
        kinds.add("minor")
        level = ESCALATE
    return CrisisAssessment(
        level=level,
        kinds=_in_order(kinds, floor.kinds, scores),
        probability=probability,
        explicit=bool(floor.kinds) and level == ESCALATE,
        minor="minor" in kinds,
        harm_others=floor.harm_others,
        police_danger=police_danger,
        missing_child=floor.missing_child,
        evidence=tuple(evidence),
    )


def carried_risk(assessment: CrisisAssessment, situation: Situation, thresholds: Thresholds | None = None) -> float:
    """Returns the risk to remember for the next turn."""
    limits = thresholds or Thresholds()
    return round(1.0 - (1.0 - min(assessment.probability, limits.escalate)) * (1.0 - limits.decay * situation.risk), 4)


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
