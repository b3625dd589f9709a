"""Known ways to break the bot. Each is a real fault that somebody could bring in, and must make a story fail."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

from bot.gateway.sms.presenter import Presented
from bot.gateway.sms.presenter import present as present_sms
from bot.gateway.static_replies import StaticReplies
from bot.nlg.response_composer import ResponseComposer
from bot.nlg.wording import Wording
from bot.nlu.conversation import Conversation
from bot.nlu.crisis_gate import CrisisGate
from bot.rasa.assistant import Assistant
from bot.safety import phrase_floor
from bot.safety.phrase_floor import CRISIS_KINDS
from tests.mutations.bot_parts import BotParts

Break = Callable[[BotParts], AbstractContextManager[Any]]


@dataclass(frozen=True)
class Mutation:
    """One fault. `apply` brings it in for the length of a block; `noticed_by` is a story that guards against it."""

    name: str
    noticed_by: str
    apply: Break


def _together(*patches: AbstractContextManager[Any]) -> AbstractContextManager[Any]:
    stack = ExitStack()
    for patch in patches:
        stack.enter_context(patch)
    return stack


def _everywhere(name: str, value: Any, *modules: str) -> Break:
    """Replaces a function in every module that uses it."""
    return lambda parts: _together(*(mock.patch(f"{module}.{name}", value) for module in modules))


def _without_rule(parts: BotParts) -> AbstractContextManager[Any]:
    rules = parts.rules.lookup["rules"]
    return mock.patch.dict(
        parts.rules.lookup, {"rules": {state: action for state, action in rules.items() if "crisis_suicide" not in state}}
    )


def _without_floor(kind: str) -> Break:
    kept = {name: pattern for name, pattern in phrase_floor._KIND_PATTERNS.items() if name != kind}
    return lambda parts: mock.patch.object(phrase_floor, "_KIND_PATTERNS", kept)


def _passages(change: Callable[[dict[str, Any]], None]) -> Break:
    def apply(parts: BotParts) -> AbstractContextManager[Any]:
        changed = copy.deepcopy(parts.retriever._passages)
        change(changed)
        return mock.patch.object(parts.retriever, "_passages", changed)

    return apply


def _swap(passages: dict[str, Any]) -> None:
    passages["law-missouri"], passages["safe-at-home"] = passages["safe-at-home"], passages["law-missouri"]


def _old_fine(passages: dict[str, Any]) -> None:
    passages["penalty-selling-first"]["answer"] = passages["penalty-selling-first"]["answer"].replace("$1,000", "$500")


def _no_sources(passages: dict[str, Any]) -> None:
    for passage in passages.values():
        passage["sources"] = []


def _hotlines(line: str, **values: Any) -> Break:
    def apply(parts: BotParts) -> AbstractContextManager[Any]:
        changed = {**parts.composer._hotlines, line: {**parts.composer._hotlines[line], **values}}
        return mock.patch.object(parts.composer, "_hotlines", changed)

    return apply


def _response(name: str, old: str, new: str) -> Break:
    def apply(parts: BotParts) -> AbstractContextManager[Any]:
        variations = [{**variation, "text": variation["text"].replace(old, new)} for variation in parts.composer.responses[name]]
        return mock.patch.dict(parts.composer.responses, {name: variations})

    return apply


def _thresholds(**values: float) -> Break:
    return lambda parts: mock.patch.object(parts.gate, "_thresholds", replace(parts.gate._thresholds, **values))


def _without_facilitation(gate: CrisisGate, *arguments: Any) -> tuple[str, float]:
    intent, confidence = _FINAL_INTENT(gate, *arguments)
    return ("ask" if intent == "facilitation" else intent), confidence


def _first_page_only(replies: Any, wording: Wording) -> Presented:
    return Presented(present_sms(replies, wording).texts)


async def _one_for_all(assistant: Assistant, text: str, conversation: str, *arguments: Any) -> Any:
    return await _RESPOND(assistant, text, "everybody", *arguments)


_FINAL_INTENT = CrisisGate._final_intent
_RESPOND = Assistant.respond
_CLEANERS = ("bot.gateway.chat", "bot.rasa.assistant")

MUTATIONS = (
    Mutation("a crisis rule is removed", "Insults are not scolded", _without_rule),
    Mutation(
        "the gate is skipped",
        "Insults are not scolded",
        lambda parts: mock.patch.object(CrisisGate, "_assess", lambda self, message, conversation, remember: None),
    ),
    Mutation(
        "the gate trusts the phrases alone", "Trafficking, by voice, text and chat", _thresholds(escalate=2.0, check_in=2.0, extra_kind=2.0)
    ),
    Mutation("the phrases of suicide are lost", "Rasa is down and a crisis", _without_floor("suicide")),
    Mutation(
        "the phrases of minors are lost",
        "Rasa is down and a crisis",
        lambda parts: mock.patch.object(phrase_floor, "mentions_minor", lambda text: False),
    ),
    Mutation(
        "the gateway has no phrase floor",
        "Rasa is down and a crisis",
        lambda parts: mock.patch.object(StaticReplies, "escalation", lambda self, text, channel="web": []),
    ),
    Mutation(
        "the kinds stand in the wrong order",
        "Of two crises the more urgent leads",
        lambda parts: mock.patch("bot.safety.crisis.CRISIS_KINDS", CRISIS_KINDS[::-1]),
    ),
    Mutation(
        "danger by the police is ignored",
        "Where the police are the danger",
        lambda parts: mock.patch.object(phrase_floor, "_POLICE_DANGER", re.compile("(?!)")),
    ),
    Mutation(
        "an answer to a check-in is ignored", "No, idk and kind of", _everywhere("is_unsure", lambda text: False, "bot.nlu.crisis_gate")
    ),
    Mutation("'I am safe' ends nothing", "Care stays until", _everywhere("is_plain_safe", lambda text: False, "bot.nlu.crisis_gate")),
    Mutation(
        "care is forgotten",
        "Care stays until",
        lambda parts: mock.patch.object(ResponseComposer, "_add_care_line", lambda self, *arguments: None),
    ),
    Mutation("the leading slash reaches Rasa", "Disguised words", _everywhere("clean_text", lambda text: text, *_CLEANERS)),
    Mutation(
        "Spanish is taken for English",
        "Crises in Spanish",
        _everywhere("telling_language", lambda text: "en", "bot.nlu.crisis_gate"),
    ),
    Mutation("a number is wrong", "Thoughts of suicide", _hotlines("suicide", call="989")),
    Mutation("a number of a local line is wrong", "Violence in a known city", _hotlines("safe_connections", call="555-0100")),
    Mutation("a hotline is dropped", "Under 18 in the trade", _response("utter_crisis_minor", "Childhelp: {childhelp.call}.", "")),
    Mutation(
        "the line comes too late",
        "Trafficking, by voice, text and chat",
        _response("utter_crisis_trafficking", "You can get help", "You can get help, and that is good to know. " * 5),
    ),
    Mutation("the trafficking hotline is left out", "Overdose, 911", _response("utter_crisis_overdose", "{trafficking.call}", "")),
    Mutation("two passages are swapped", "Picking a city by button", _passages(_swap)),
    Mutation("a fine is the old one", "A first charge", _passages(_old_fine)),
    Mutation("the sources are dropped", "A first charge", _passages(_no_sources)),
    Mutation(
        "the city is ignored",
        "The same question for another city",
        _everywhere("find_city", lambda text: None, "bot.nlu.passage_retriever"),
    ),
    Mutation(
        "other states get Missouri's answers",
        "Missouri answers are not",
        _everywhere("find_outside", lambda text: None, "bot.nlu.passage_retriever"),
    ),
    Mutation(
        "everything is answered",
        "What no passage answers",
        lambda parts: mock.patch("bot.retrieval.answerability.Answerability.probability", lambda self, *rest, **scores: 1.0),
    ),
    Mutation(
        "requests to do harm are answered",
        "Requests to do harm",
        lambda parts: mock.patch.object(CrisisGate, "_final_intent", _without_facilitation),
    ),
    Mutation(
        "buttons do nothing",
        "Buttons after an escalation",
        lambda parts: mock.patch.object(Conversation, "resolve_payload", lambda self, text, payload: None),
    ),
    Mutation(
        "the buttons of an escalation are gone",
        "Buttons after an escalation",
        lambda parts: mock.patch.object(Wording, "buttons", lambda self, name: []),
    ),
    Mutation("legal advice is not disclaimed", "A first charge", _response("utter_not_legal_advice", "Not legal advice.", " ")),
    Mutation("conversations are mixed up", "No, idk and kind of", lambda parts: mock.patch.object(Assistant, "respond", _one_for_all)),
    Mutation("MORE brings nothing", "A first text", _everywhere("present", _first_page_only, "bot.gateway.sms.desk")),
    Mutation(
        "text messages are not cut",
        "A first text",
        _everywhere("paginate", lambda paragraphs, hint, lead: ["\n".join(paragraphs)], "bot.gateway.sms.presenter"),
    ),
    Mutation("silence is no end", "After silence nothing", lambda parts: mock.patch("bot.gateway.sms.desk.QUIET_SECONDS", 1e9)),
)
