"""The crisis gate: runs last, overrules the intent, and writes a key of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    METADATA,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.messages import CHECK_IN, CRISIS_KEY, ESCALATE, MORE, NONE, RATHER_NOT_SAY, RETRIEVAL_KEY, CrisisAssessment
from bot.nlu.configuration import configured
from bot.nlu.conversation import ENOUGH_REFUSALS, Conversation
from bot.safety.care import is_plain_safe, is_unsure, plain_saying
from bot.safety.crisis import (
    CALLED,
    CRISIS_PREFIX,
    FACILITATION,
    GOES_ON,
    MINOR_IN_TRADE,
    POSSIBLE,
    Thresholds,
    asks_after_a_refusal,
    assess_crisis,
    carried_risk,
    further_step,
    states_adult_age,
)
from bot.safety.language import telling_language
from bot.safety.locating import asks_to_locate
from bot.safety.normalize import fold
from bot.safety.phrase_floor import CRISIS_KINDS, FloorResult, scan
from bot.safety.places import CITIES, names_only_a_place
from bot.safety.sayings import (
    asks_for_a_way_to_safety,
    asks_something,
    is_about_a_program,
    is_about_this_chat,
    is_bare_answer,
    says_that_help_is_called,
)

_SAID = {"say:cannot_call": "cannot_call", "say:watched": "watched", "say:human": "human", "say:exit": "goodbye"}
_ABOUT_THE_TALK = frozenset(
    {"stop_reminder", "refuse_hotline", "cannot_call", "watched", "human", "thank", "goodbye", "bot_challenge", "sorrow"}
)
_AFTER_A_CHECK_IN = frozenset({"refuse_hotline", "cannot_call"})
_SMALL_WORDS = frozenset({"affirm", "deny", "bot_challenge", "insult", "gibberish", "out_of_scope"})
"""What amid an urgent crisis is no small talk, unless it asks something."""
_FEW_WORDS = 5
_QUIET = frozenset({"refuse_hotline", "stop_reminder"})
_TITLES = {
    "more": frozenset(MORE.values()),
    "city": frozenset({*RATHER_NOT_SAY.values(), *CITIES.values()}),
    "say": frozenset(
        {
            *("Talk to a person", "I can't call", "Someone can see my screen", "Someone checks my phone", "Exit this page"),
            *("Hablar con una persona", "No puedo llamar", "Alguien ve mi pantalla", "Alguien revisa mi celular", "Salir de esta página"),
        }
    ),
}
"""The titles of the buttons that carry no passage, by the first word of their payload."""

_SURE = 0.5
_HARMFUL = 0.9
_COMPLETE = 5
"""Words from which a follow-up says enough to be read by itself; of a shorter one the classifier must be surer."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CrisisGate(GraphComponent):
    """Writes `CRISIS_KEY`, the final intent, and what the conversation must remember."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """The thresholds are tuned on the development messages; see docs/decisions/0005."""
        return {"thresholds": {}}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CrisisGate:
        """Creates the gate with the configured thresholds."""
        return cls(configured(Thresholds, config["thresholds"], "CrisisGate: thresholds"))

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Assesses each message in the light of the conversation; without one, as in `rasa test`, nothing is remembered."""
        conversation = Conversation.from_tracker(tracker)
        begun = tracker is not None and bool(tracker.events)
        for message in messages:
            if message.get(TEXT):
                self._assess(message, conversation, remember=begun)
        return messages

    def _assess(self, message: Message, conversation: Conversation, remember: bool) -> None:
        text = message.get(TEXT)
        payload = conversation.resolve_payload(text, (message.get(METADATA) or {}).get("payload"))
        retrieval = message.get(RETRIEVAL_KEY) or {}
        scores = {entry[INTENT_NAME_KEY]: entry[PREDICTED_CONFIDENCE_KEY] for entry in message.get(INTENT_RANKING_KEY) or []}
        floor = scan(text)
        if payload is not None and (conversation.pressed(text, payload) or _is_button_title(text, payload, retrieval)):
            floor, scores = FloorResult((), False, False, False), {}
        said = None if floor.kinds else plain_saying(text) or ("safe" if is_plain_safe(text) else None)
        if conversation.situation.pending_kinds and said not in _AFTER_A_CHECK_IN:
            said = None
        if said == "goodbye" and conversation.situation.risk >= self._thresholds.check_in:  # after a dark message it may be meant so
            said = None
        if said:  # about the hotline, and nothing else: the classifier would read a crisis into it
            scores = {said: 1.0}
        elif self._asks_for_a_detail(retrieval, floor, conversation) or _says_no_more(payload, text, floor, conversation):
            scores = {}
        assessment = assess_crisis(scores, floor, conversation.situation, self._thresholds, is_unsure(text), states_adult_age(text))
        if retrieval.get("known") and (not floor.kinds or text.rstrip().endswith("?")):
            assessment = _of_a_reviewed_question(assessment)
        if conversation.refused and not floor.kinds and self._asks_and_no_more(text, assessment, scores, conversation):
            assessment = replace(assessment, level=NONE, kinds=())
        if assessment.evidence == (POSSIBLE,) and "minor" not in assessment.kinds and _cannot_call(message):
            assessment = replace(assessment, level=NONE, kinds=())
        intent, confidence = (said, 1.0) if said else self._final_intent(message, assessment, payload, retrieval)
        step = None if floor.kinds or payload is not None else self._further_step(text, intent, assessment, conversation)
        if step:
            assessment, intent, confidence = step, CRISIS_PREFIX + str(step.leading), step.probability

        retrieval["answered"] = intent in {"ask", "sorrow", CHECK_IN} and bool(retrieval.get("answers"))
        if retrieval.get("ranked"):
            message.set(RETRIEVAL_KEY, retrieval, add_to_output=True)
        message.set(INTENT, {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: confidence}, add_to_output=True)
        message.set(
            CRISIS_KEY,
            assessment.as_dict()
            | {
                "risk": carried_risk(assessment, conversation.situation, self._thresholds),
                "payload": payload,
                "checked_before": conversation.situation.turns_since_check_in < 99,
            },
            add_to_output=True,
        )
        if remember:
            self._remember(message, text, payload, intent, assessment, conversation, retrieval, floor)

    def _asks_for_a_detail(self, retrieval: Dict[str, Any], floor: FloorResult, conversation: Conversation) -> bool:
        """Whether a message says no more than "is it free" of an answer, with nothing dark before it."""
        before = conversation.situation
        return bool(retrieval.get("plain")) and not (floor.kinds or before.pending_kinds or before.risk >= self._thresholds.check_in)

    def _asks_and_no_more(self, text: str, assessment: CrisisAssessment, scores: Dict[str, float], conversation: Conversation) -> bool:
        """Whether a message after a refusal asks a plain question: an answer follows, never an argument."""
        if MINOR_IN_TRADE in assessment.evidence or not asks_something(fold(text)):
            return False
        return asks_after_a_refusal(scores, conversation.situation.escalated, self._thresholds)

    def _further_step(self, text: str, intent: str, assessment: CrisisAssessment, conversation: Conversation) -> Optional[CrisisAssessment]:
        """Returns the escalation that goes on where words amid an overdose, danger or thoughts of suicide would get small talk."""
        urgent, folded = conversation.urgent, fold(text)
        before = conversation.situation.escalated
        if before and (conversation.last_intent or "").startswith(CRISIS_PREFIX) and names_only_a_place(text):
            return further_step(before, assessment, conversation.situation, GOES_ON)  # now with the lines near it
        if before and before.missing_child and (assessment.level, assessment.leading) == (CHECK_IN, before.leading):
            return further_step(before, assessment, conversation.situation, GOES_ON)  # the child is still missing
        if urgent is None or not conversation.care:
            return None
        if says_that_help_is_called(folded) and assessment.leading in {None, urgent.leading}:
            return further_step(urgent, assessment, conversation.situation, CALLED)
        if assessment.level != NONE or intent not in _SMALL_WORDS or _is_talk(folded, intent, conversation.last_intent or ""):
            return None
        if intent == "out_of_scope" and assessment.probability < self._thresholds.doubt and len(folded.split()) > _FEW_WORDS:
            return None  # the model is all but sure that it tells of something else
        return further_step(urgent, assessment, conversation.situation, CALLED if CALLED in urgent.evidence else GOES_ON)

    def _final_intent(
        self, message: Message, assessment: CrisisAssessment, payload: Optional[str], retrieval: Dict[str, Any]
    ) -> tuple[str, float]:
        if assessment.level == ESCALATE:
            return CRISIS_PREFIX + str(assessment.leading), max(assessment.probability, 1.0 if assessment.explicit else 0.0)
        if assessment.level == CHECK_IN:
            return CHECK_IN, assessment.probability
        if payload is not None:
            return _SAID.get(payload, "ask"), 1.0
        ranking = [entry for entry in message.get(INTENT_RANKING_KEY) or [] if not entry[INTENT_NAME_KEY].startswith(CRISIS_PREFIX)]
        if not ranking:
            return "gibberish", 1.0
        intent, confidence = ranking[0][INTENT_NAME_KEY], ranking[0][PREDICTED_CONFIDENCE_KEY]
        if retrieval.get("known") or retrieval.get("plain"):
            return "ask", 1.0
        if asks_to_locate(message.get(TEXT)):
            return FACILITATION, 1.0
        harmful = max((entry[PREDICTED_CONFIDENCE_KEY] for entry in ranking if entry[INTENT_NAME_KEY] == FACILITATION), default=0.0)
        if retrieval.get("chosen"):
            harms = harmful >= (self._thresholds.decline_first if len(message.get(TEXT).split()) >= _COMPLETE else _HARMFUL)
            if not harms and not _leaves_the_topic(message.get(TEXT), intent, confidence):
                return "ask", confidence
        if harmful >= self._thresholds.decline:
            return FACILITATION, harmful
        if intent == "out_of_scope" and retrieval.get("answers"):
            return "ask", confidence
        if intent == "safe" and not is_plain_safe(message.get(TEXT)):
            return "ask", confidence
        return intent, confidence

    def _remember(
        self,
        message: Message,
        text: str,
        payload: Optional[str],
        intent: str,
        assessment: CrisisAssessment,
        conversation: Conversation,
        retrieval: Dict[str, Any],
        floor: FloorResult,
    ) -> None:
        memory: Dict[str, Any] = {}
        own_words = payload in {None, conversation.meant(text)}  # a button's title is ours, and tells nothing of the person
        told = telling_language(text) if own_words else None
        if told and (len(text.split()) >= 2 or conversation.language is None):
            memory["language"] = told
        if retrieval.get("city") and retrieval["city"] != conversation.city:
            memory["city"] = retrieval["city"]
        elif payload == "city:none":
            memory["city"] = "none"
        if assessment.level == ESCALATE:
            memory["care"] = "short" if conversation.care == "short" else "on"
            memory["escalated"] = sorted({*conversation.escalated, *_kinds_to_remember(assessment, conversation.situation.escalated)})
        elif intent == "safe" and is_plain_safe(text):
            memory["care"] = "off"
        elif intent == "stop_reminder" and conversation.care:
            memory["care"] = "short"
        if floor.own_age:
            memory["minor"] = "yes"
        if assessment.police_danger:
            memory["police"] = "yes"
        entities = [{ENTITY_ATTRIBUTE_TYPE: name, ENTITY_ATTRIBUTE_VALUE: value, "start": 0, "end": 0} for name, value in memory.items()]
        message.set(ENTITIES, entities, add_to_output=True)


def _leaves_the_topic(text: str, intent: str, confidence: float) -> bool:
    """Whether what looks like a follow-up speaks of the talk itself; "is it private" and "who runs it" may be meant of what was just named."""
    if intent in {"privacy", "bot_challenge"}:
        return is_about_this_chat(fold(text))
    return intent in _ABOUT_THE_TALK and confidence >= _SURE


def _kinds_to_remember(assessment: CrisisAssessment, before: Optional[CrisisAssessment]) -> List[str]:
    """The kinds; of a crisis that goes on not those more urgent ones that did not come to lead, since the model is not sure of them."""
    kinds = list(assessment.kinds)
    if assessment.explicit or before is None or before.leading != assessment.leading:
        return kinds
    return [kind for kind in kinds if CRISIS_KINDS.index(kind) >= CRISIS_KINDS.index(kinds[0])]


def _says_no_more(payload: Optional[str], text: str, floor: FloorResult, conversation: Conversation) -> bool:
    """Whether the whole message asks for a passage that its words mean, so that no crisis stands in it beside that.

    Of a way to safety that is sure only after several refusals: before, it may be a cry for help.
    """
    if asks_for_a_way_to_safety(fold(text)) and conversation.refusals < ENOUGH_REFUSALS:
        return False
    return payload is not None and not floor.kinds and payload == conversation.meant(text)


def _is_talk(folded: str, intent: str, last_intent: str) -> bool:
    """Whether small words are about the talk: a question, one whether this is a person, or an answer to what was just said."""
    asks = asks_something(folded)
    if intent == "bot_challenge":
        about_this, program = is_about_this_chat(folded), is_about_a_program(folded)
        return bool((asks and (about_this or program)) or (about_this and program))
    if intent in {"affirm", "deny"} and (last_intent in _QUIET or (is_bare_answer(folded) and not last_intent.startswith(CRISIS_PREFIX))):
        return True
    return asks


def _cannot_call(message: Message) -> bool:
    """Whether a message is most likely about not being able to call, whose reply names every line that can be written to."""
    first = (message.get(INTENT_RANKING_KEY) or [{}])[0]
    return bool(first.get(INTENT_NAME_KEY) == "cannot_call" and first[PREDICTED_CONFIDENCE_KEY] >= _SURE)


def _is_button_title(text: str, payload: str, retrieval: Dict[str, Any]) -> bool:
    """Whether the text is the title of a button whose dialogue is forgotten by now, or its number.

    All other words are read like any message, whatever the payload beside them: it must never hide a crisis.
    """
    said, action = text.strip(), payload.partition(":")[0]
    return said.isdigit() or said in _TITLES.get(action, ()) or said == (retrieval.get("passage") or {}).get("title")


def _of_a_reviewed_question(assessment: CrisisAssessment) -> CrisisAssessment:
    """Somebody asks one of our own questions word for word: the line and then its answer, where else the line alone would come."""
    certain = assessment.level == ESCALATE and POSSIBLE not in assessment.evidence
    if certain or "doubt" in assessment.evidence:  # a phrase of the floor is never passed over in silence
        return replace(assessment, level=CHECK_IN, explicit=False)
    return replace(assessment, level=NONE, kinds=())
