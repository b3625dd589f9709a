"""What the conversation already holds, read from Rasa's tracker: slots and the last turns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Dict, Iterator, List, Optional, Tuple

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.messages import CHECK_IN, CRISIS_KEY, ESCALATE, RETRIEVAL_KEY, CrisisAssessment, is_payload
from bot.retrieval.follow_up import picked_number
from bot.safety.crisis import REFUSAL, URGENT, Situation, hotlines_refused
from bot.safety.normalize import fold
from bot.safety.sayings import asks_for_a_next_step, asks_for_a_way_to_safety, will_not_report

_TOPICS_BACK = 2
ENOUGH_REFUSALS = 2
"""Refusals of hotlines after which a plain question about a way to safety is answered whatever the model reads in it."""

_NEXT_STEP = {"domestic_violence": "safety-plan", "trafficking": "safety-plan", "suicide": "mental-health-help"}
"""The passage for whoever refuses hotlines and asks what to do now, by the crisis."""


@dataclass(frozen=True)
class Conversation:
    """The state before the message that is being read."""

    city: Optional[str] = None
    city_withheld: bool = False
    language: Optional[str] = None
    care: Optional[str] = None
    escalated: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    shown: frozenset[tuple[str, str]] = frozenset()
    """The parts of passages that were answered with, in the turns that are kept."""
    offered: tuple[str, ...] = ()
    pressable: frozenset[tuple[str, str]] = frozenset()
    last_question: Optional[str] = None
    last_intent: Optional[str] = None
    refusals: int = 0
    """How often hotlines were refused, in the turns that are kept."""
    refused: bool = False
    """Whether hotlines were refused since the last new crisis."""
    urgent: Optional[CrisisAssessment] = None
    """The last escalation that an overdose, immediate danger or suicide led, unless a plain "I am safe" came after it."""
    situation: Situation = Situation()

    @classmethod
    def from_tracker(cls, tracker: Optional[DialogueStateTracker]) -> Conversation:
        """Reads the slots and the last turns; no tracker is a fresh conversation."""
        if tracker is None:
            return cls()
        turns = [event for event in tracker.events if isinstance(event, UserUttered) and event.text]
        assessments: List[Dict[str, Any]] = [_assessment(turn) for turn in turns]
        escalations = list(_escalations(turns))
        return cls(
            city=_known(tracker.get_slot("city")),
            city_withheld=tracker.get_slot("city") == "none",
            language=tracker.get_slot("language"),
            care=_known(tracker.get_slot("care")),
            escalated=tuple(tracker.get_slot("escalated") or ()),
            topic=_topics(turns),
            shown=frozenset((found["passage"]["id"], found.get("part", "answer")) for found in _answered(turns)),
            offered=tuple(payload for _, payload in next(_buttons(tracker), ())),
            pressable=frozenset(button for buttons in _buttons(tracker) for button in buttons),
            last_question=_last_question(turns),
            last_intent=turns[-1].intent_name if turns else None,
            refusals=sum(turn.intent_name == REFUSAL for turn in turns),
            refused=hotlines_refused((turn.intent_name, _assessment(turn)) for turn in reversed(turns)),
            urgent=next((escalation for escalation in escalations if escalation.leading in URGENT), None),
            situation=Situation(
                risk=float(assessments[-1].get("risk", 0.0)) if assessments else 0.0,
                pending_kinds=tuple(assessments[-1].get("kinds", ())) if assessments and assessments[-1].get("level") == CHECK_IN else (),
                turns_since_check_in=next(
                    (back for back, assessment in enumerate(reversed(assessments), start=1) if assessment.get("level") == CHECK_IN), 99
                ),
                minor=tracker.get_slot("minor") == "yes",
                police_danger=tracker.get_slot("police") == "yes",
                escalated=_as_sure_as_any(escalations),
            ),
        )

    def pressed(self, text: str, payload: str) -> bool:
        """Whether a message is the press of a button that stands in the dialogue, not words of the person."""
        return (text.strip(), payload) in self.pressable

    def resolve_payload(self, text: str, payload: Optional[str]) -> Optional[str]:
        """Returns the payload of a pressed button, of the button whose number was typed, or of the passage that the words mean."""
        if is_payload(payload):
            return payload
        number = picked_number(text)
        if number and number <= len(self.offered):
            return self.offered[number - 1]
        return self.meant(text)

    def meant(self, text: str) -> Optional[str]:
        """Returns the payload of the passage that a whole message asks for in the light of what was escalated and refused."""
        folded = fold(text).lstrip("¿¡ ")
        if (self.refused or self.refusals >= ENOUGH_REFUSALS) and asks_for_a_way_to_safety(folded):
            return "passage:safety-plan"
        before = self.situation.escalated
        if self.refused and before and before.leading in _NEXT_STEP and asks_for_a_next_step(folded):
            return f"passage:{_NEXT_STEP[str(before.leading)]}"
        if "sexual_assault" in self.escalated and will_not_report(folded):
            return "passage:after-assault"
        return None


def _known(value: Optional[str]) -> Optional[str]:
    return None if value in (None, "none", "off") else value


def _assessment(turn: UserUttered) -> Dict[str, Any]:
    return (turn.parse_data or {}).get(CRISIS_KEY) or {}


def _escalations(turns: List[UserUttered]) -> Iterator[CrisisAssessment]:
    """The escalations since the last plain "I am safe", the latest first."""
    for turn in reversed(turns):
        if turn.intent_name == "safe":
            return
        if _assessment(turn).get("level") == ESCALATE:
            yield CrisisAssessment.from_dict(_assessment(turn))


def _as_sure_as_any(escalations: List[CrisisAssessment]) -> Optional[CrisisAssessment]:
    """The latest escalation, as sure as the surest with its leading kind: "im at a motel" goes on with an overdose that was named."""
    if not escalations:
        return None
    alike = [escalation for escalation in escalations if escalation.leading == escalations[0].leading]
    probability = max(escalation.probability for escalation in alike)
    return replace(escalations[0], probability=probability, explicit=any(escalation.explicit for escalation in alike))


def _answered(turns: List[UserUttered]) -> Iterator[Dict[str, Any]]:
    """What was found for every answer, the latest first."""
    for turn in reversed(turns):
        retrieval = (turn.parse_data or {}).get(RETRIEVAL_KEY) or {}
        if retrieval.get("answered"):
            yield retrieval


def _topics(turns: List[UserUttered]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found["passage"]["id"] for found in _answered(turns)))[:_TOPICS_BACK]


def _last_question(turns: List[UserUttered]) -> Optional[str]:
    for turn in reversed(turns):
        if ((turn.parse_data or {}).get(RETRIEVAL_KEY) or {}).get("answered"):
            return str(turn.text)
    return None


def _buttons(tracker: DialogueStateTracker) -> Iterator[List[Tuple[str, str]]]:
    """The title and payload of every button of each reply, the latest reply first."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            replies = ((event.data or {}).get("custom") or {}).get("replies") or []
            yield [(button["title"], button["payload"]) for reply in replies for button in reply["buttons"]]
