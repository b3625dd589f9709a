"""Composes every reply from reviewed wording: Rasa's NLG, in process."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

import structlog
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.messages import ABOUT, ALL, CRISIS_KEY, ESCALATE, LINE, MORE, RATHER_NOT_SAY, RETRIEVAL_KEY, SAID_ALL, CrisisAssessment, Reply
from bot.nlg.escalation import compose_escalation, trafficking_too
from bot.nlg.wording import LEAD_LINES, SMS, Wording
from bot.safety.crisis import hotlines_refused
from bot.safety.hotlines import ALWAYS, Hotlines, load_hotlines
from bot.safety.phrase_floor import CRISIS_KINDS
from bot.safety.places import CITIES, MISSOURI_PLACES, find_area

log = structlog.get_logger(__name__)

_KIND_OF_ACTION = {
    "utter_greet": "smalltalk",
    "utter_thank": "smalltalk",
    "utter_goodbye": "smalltalk",
    "utter_affirm": "smalltalk",
    "utter_deny": "smalltalk",
    "utter_safe": "smalltalk",
    "utter_human": "answer",
    "utter_privacy": "answer",
    "utter_bot_challenge": "answer",
    "utter_insult": "smalltalk",
    "utter_gibberish": "clarification",
    "utter_out_of_scope": "unknown",
    "utter_sorrow": "answer",
    "utter_facilitation": "refusal",
    "utter_refuse_hotline": "clarification",
    "utter_cannot_call": "answer",
    "utter_watched": "answer",
    "utter_stop_reminder": "smalltalk",
}
_LINES_OF_ACTION = {
    "utter_human": ("trafficking", "suicide", "emergency"),
    "utter_sorrow": ("suicide", "trafficking", "emergency"),
}
_WITH_WORDS_FOR_POLICE = frozenset({"utter_cannot_call", "utter_watched"})
_INTERPRETER = "utter_crisis_other_language"
_LAW = "laws"
_HELP = "help"
_NATIONAL = {
    "kc_domestic_violence": "domestic_violence",
    "safe_connections": "domestic_violence",
    "safe_at_home": "domestic_violence",
    "child_abuse_report": "childhelp",
    "youth_st_louis": "runaway",
}
"""The line of the whole country beside each line that serves Missouri alone."""

_OFFERED = 3
ANSWER_WORDS = 120
"""An answer on the web with all that comes with it; a passage alone has `knowledge_check.MAX_WORDS` at most."""


class ResponseComposer(TemplatedNaturalLanguageGenerator):
    """Turns the final intent and what the pipeline found into bubbles, without any chance in it.

    It is a templated generator so that Rasa hands it the responses of the domain with each model.
    """

    def __init__(
        self, endpoint_config: Optional[EndpointConfig] = None, domain: Optional[Domain] = None, hotlines: Optional[Hotlines] = None
    ) -> None:
        super().__init__(domain.responses if domain else {})
        self._hotlines = hotlines or load_hotlines()

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> Optional[Dict[str, Any]]:
        """Returns one Rasa message that carries the bubbles under `custom.replies`."""
        replies = self.compose(utter_action, tracker)
        custom: Dict[str, Any] = {"replies": [reply.as_dict() for reply in replies]}
        if replies[0].kind == "unknown":
            custom["gap"] = _gap(tracker)
            custom[ABOUT] = custom["gap"]["topic"]
        if replies[0].kind == "escalation":
            custom[ABOUT] = _leading_kind(tracker)
        return {"text": None, "custom": custom}

    def compose(self, utter_action: str, tracker: DialogueStateTracker) -> List[Reply]:
        """Returns the bubbles for an action in the state of a conversation."""
        parse_data: Mapping[str, Any] = (tracker.latest_message.parse_data if tracker.latest_message else None) or {}
        wording = Wording(self.responses, self._hotlines, tracker.current_slot_values(), _channel(tracker))
        gate = parse_data.get(CRISIS_KEY)
        if gate is None:
            log.error("gate.missing", action=utter_action)
            return [self._fallback(wording)]
        assessment = CrisisAssessment.from_dict(gate)
        retrieval = parse_data.get(RETRIEVAL_KEY) or {}
        care_lines = [] if assessment.level == ESCALATE else self._care_lines(wording, tracker)
        room = ANSWER_WORDS - max(map(_words, care_lines), default=0)
        if assessment.level == ESCALATE:
            wording.near = wording.near or _area(tracker)  # local lines stand in escalations alone
            replies = compose_escalation(assessment, wording, _escalations(tracker))
        elif utter_action == "utter_check_in":
            replies = [self._check_in(assessment, wording), *self._answer(retrieval, wording, room)]
        elif utter_action == "utter_answer":
            replies = self._answer(retrieval, wording, room)
            replies[0].ratable = replies[0].kind == "answer" and not (care_lines or tracker.get_slot("escalated"))
        elif utter_action == "utter_sorrow" and retrieval.get("answers"):
            replies = [self._spoken(utter_action, wording), *self._answer(retrieval, wording, room)]
        else:
            replies = [self._spoken(utter_action, wording, police=_fears_police(tracker))]
        if wording.needs_interpreter and (utter_action in {"utter_check_in", "utter_gibberish"} or replies[0].kind == "unknown"):
            replies = [Reply(replies[0].kind, wording.say(_INTERPRETER), hotlines=wording.wire("emergency", "trafficking", "suicide"))]
        if care_lines:
            self._add_care_line(replies[-1], care_lines, wording, tracker)
        if wording.channel != SMS and _is_first_contact(tracker):
            replies.append(Reply("notice", wording.say("utter_first_contact"), hotlines=wording.wire("emergency", "trafficking")))
        return replies

    def _check_in(self, assessment: CrisisAssessment, wording: Wording) -> Reply:
        lead = LEAD_LINES[str(assessment.leading)]
        if lead == "emergency" and not assessment.police_danger:
            text = wording.say("utter_check_in_danger", best_line=wording.line("trafficking"))
            return Reply("check_in", text, hotlines=wording.wire("emergency", "trafficking"))
        if lead == "emergency":
            lead = "trafficking"
        text = wording.say("utter_check_in", best_line=wording.line(lead), trafficking_too=trafficking_too(wording, lead))
        return Reply("check_in", text, hotlines=wording.wire(lead, "emergency", "trafficking"))

    def _answer(self, retrieval: Mapping[str, Any], wording: Wording, room: int) -> List[Reply]:
        passage = retrieval.get("passage")
        if not passage or not retrieval.get("answers"):
            return [self._unknown(retrieval, wording)]
        line = passage["hotline"]
        text = self._answer_text(retrieval, wording, room)
        buttons = []
        first = retrieval["part"] in {"answer", LINE}
        if (passage["more"] or wording.channel == SMS) and first:
            buttons.append({"title": MORE[wording.language], "payload": f"more:{passage['id']}"})
        person = [retrieval["person"]] if retrieval["part"] == LINE and retrieval.get("person") else []
        offered = {item["id"]: item["title"] for item in [*retrieval.get("also", ()), *person, *retrieval.get("related", ())]}
        buttons += [{"title": title, "payload": f"passage:{passage_id}"} for passage_id, title in list(offered.items())[:_OFFERED]]
        if retrieval.get("local") and first:
            buttons += [{"title": CITIES[city], "payload": f"city:{city}"} for city in retrieval["local"]]
            buttons.append({"title": RATHER_NOT_SAY[wording.language], "payload": "city:none"})
        return [Reply("answer", text, buttons=buttons, sources=list(passage["sources"]), hotlines=wording.wire(line))]

    def _answer_text(self, retrieval: Mapping[str, Any], wording: Wording, room: int) -> str:
        """Returns an answer with what belongs to it; on the web, what the reader can do without goes first beyond `room` words."""
        passage = retrieval["passage"]
        body = _body(passage, retrieval["part"], wording)
        law = [wording.say("utter_not_legal_advice")]
        if passage["topic"] != _LAW or law[0] in body:
            law = []
        audience = [wording.say(f"utter_for_{retrieval['audience']}")] if retrieval.get("audience") and wording.channel != SMS else []
        also = [wording.say("utter_also_asked")] if retrieval.get("also") else []
        spanish = [wording.say("utter_spanish_note")] if wording.language == "es" else []
        places = self._places(retrieval, wording)
        line, number = wording.mention(passage["hotline"]), _short_mention(wording, passage["hotline"])
        text = ""
        for about, extras, end in (
            (places[0], [*audience, *also], line),
            (places[0], [*audience, *also], number),
            *((place, also, number) for place in places),
            (places[-1], [], number),
        ):
            answered = [*about, body] if retrieval.get("chosen") else [body, *about]  # whoever asks afresh reads the answer first
            told = [*spanish, *answered, *law, *extras]
            text = "\n\n".join(told)
            if not _names_line(text, wording, passage["hotline"]):
                text = f"{text}\n\n{end}"
            if wording.channel == SMS or _words(text) <= room:
                break
        return text

    def _places(self, retrieval: Mapping[str, Any], wording: Wording) -> List[List[str]]:
        """Returns what an answer says about a place that it was not written for, and the same in fewer words or none."""
        outside, here = retrieval.get("outside"), retrieval.get("nothing_local")
        if here:
            return [[wording.say("utter_nothing_local", city=str(here))]]
        if not outside:
            return [[]]
        if "statewide" not in retrieval["passage"]["cities"]:
            return [[wording.say("utter_help_nearby", city=str(outside))]]
        said = [wording.say("utter_outside", outside=str(outside))]
        brief = [wording.say("utter_nothing_local", city=str(outside))]
        return [said, brief, []] if outside in MISSOURI_PLACES else [said, []]  # what is told of other states says which law is theirs

    def _unknown(self, retrieval: Mapping[str, Any], wording: Wording) -> Reply:
        part = retrieval.get("part", "answer")
        line = "trafficking"
        if retrieval.get("outside"):
            text = wording.say("utter_outside", outside=str(retrieval["outside"]))
            if retrieval["passage"]["topic"] == _HELP:
                line = _NATIONAL.get(retrieval["passage"]["hotline"], retrieval["passage"]["hotline"])
                text = text if line == "trafficking" else f"{wording.line(line)}\n\n{text}"
        else:
            text = wording.say("utter_said_all" if part == SAID_ALL else "utter_unknown")
        offered: Dict[str, str] = {}
        if retrieval.get("passage"):
            nearest = [*([retrieval["passage"]] if part == "answer" else []), *retrieval.get("related", ())]
            person = retrieval.get("person")
            kept = nearest[: _OFFERED - 1] if person else nearest[:_OFFERED]
            offered = {item["id"]: item["title"] for item in [*kept, *([person] if person else [])]}
        buttons = [{"title": title, "payload": f"passage:{passage_id}"} for passage_id, title in offered.items()]
        return Reply("unknown", text, buttons=buttons, hotlines=wording.wire(line, "trafficking"))

    def _spoken(self, utter_action: str, wording: Wording, police: bool = False) -> Reply:
        """Returns fixed words; `police` says that 911 must not come first in them."""
        name = f"{utter_action}_police" if police and utter_action in _WITH_WORDS_FOR_POLICE else utter_action
        lines = _LINES_OF_ACTION.get(utter_action, ("trafficking",))
        return Reply(_KIND_OF_ACTION[utter_action], wording.say(name), buttons=wording.buttons(name), hotlines=wording.wire(*lines))

    def _fallback(self, wording: Wording) -> Reply:
        return Reply("escalation", wording.say("utter_fallback"), hotlines=wording.wire(*ALWAYS), fallback=True)

    def _care_lines(self, wording: Wording, tracker: DialogueStateTracker) -> List[str]:
        """Returns the care line at full length and, where it has one, as its number; none where care is off."""
        care = tracker.get_slot("care")
        if care not in {"on", "short"}:
            return []
        best = _care_lead(tracker)
        if care == "short" or _refused(tracker):
            return [wording.say("utter_care_line_short", best_number=wording.number(best))]
        lines = (wording.line(best), wording.number(best))
        return [wording.say("utter_care_line", best_line=line, best_number=wording.number(best)) for line in lines]

    def _add_care_line(self, last: Reply, lines: List[str], wording: Wording, tracker: DialogueStateTracker) -> None:
        fits = wording.channel == SMS or _words(f"{last.text} {lines[0]}") <= ANSWER_WORDS
        last.text = f"{last.text}\n\n{lines[0] if fits else lines[-1]}"
        known = {hotline["id"] for hotline in last.hotlines}
        last.hotlines += [hotline for hotline in wording.wire(_care_lead(tracker)) if hotline["id"] not in known]


def _care_lead(tracker: DialogueStateTracker) -> str:
    """The line of the most urgent kind that this conversation escalated; not 911 where police are the danger."""
    kinds = [kind for kind in CRISIS_KINDS if kind in (tracker.get_slot("escalated") or ())]
    lead = LEAD_LINES[kinds[0]] if kinds else "trafficking"
    return "trafficking" if lead == "emergency" and _fears_police(tracker) else lead


def _fears_police(tracker: DialogueStateTracker) -> bool:
    """Whether police are the danger, now or before, and no overdose goes before that."""
    return tracker.get_slot("police") == "yes" and "overdose" not in (tracker.get_slot("escalated") or ())


def _refused(tracker: DialogueStateTracker) -> bool:
    """Whether hotlines were refused since the last new crisis: then nothing tells the person to call."""
    turns = (event for event in reversed(tracker.events) if isinstance(event, UserUttered))
    return hotlines_refused((turn.intent_name, (turn.parse_data or {}).get(CRISIS_KEY) or {}) for turn in turns)


def _gap(tracker: DialogueStateTracker) -> Dict[str, Any]:
    """The topic and city of a question that no passage answers, for the keepers' counts."""
    retrieval = ((tracker.latest_message.parse_data if tracker.latest_message else None) or {}).get(RETRIEVAL_KEY) or {}
    return {"topic": (retrieval.get("passage") or {}).get("topic", "none"), "city": tracker.get_slot("city")}


def _leading_kind(tracker: DialogueStateTracker) -> Optional[str]:
    gate = ((tracker.latest_message.parse_data if tracker.latest_message else None) or {}).get(CRISIS_KEY)
    return CrisisAssessment.from_dict(gate).leading if gate else None


def _escalations(tracker: DialogueStateTracker) -> List[str]:
    """The bubbles of the escalations in the last turns."""
    said = [(event.data or {}).get("custom") or {} for event in tracker.events if isinstance(event, BotUttered)]
    return [reply["text"] for custom in said for reply in custom.get("replies") or [] if reply["kind"] == "escalation"]


def _body(passage: Mapping[str, Any], part: str, wording: Wording) -> str:
    """Returns what a passage says here: a text message has its own short version, and MORE brings all the rest."""
    if part == LINE:
        return "\n".join(f"- {wording.line(line)}" for line in wording.lines_in(passage))
    if part == ALL:
        return wording.say("utter_no_more")
    if wording.channel == SMS:
        return f"{passage['answer']}\n\n{passage['more']}".strip() if part == "more" else str(passage["sms"])
    if part == "more":
        return str(passage["more"]) or wording.say("utter_no_more")
    return str(passage["answer"])


def _short_mention(wording: Wording, line_id: str) -> str:
    """Returns the short name and the number of a line; a bare 911 or 988 is not shorter than its sentence."""
    named = wording.wire(line_id)[0]["call"] and ": " in wording.number(line_id)
    return wording.number(line_id) if named else wording.mention(line_id)


def _words(text: str) -> int:
    return len(text.split())


def _channel(tracker: DialogueStateTracker) -> str:
    metadata = tracker.latest_message.metadata if tracker.latest_message else None
    return str((metadata or {}).get("channel", "web"))


def _area(tracker: DialogueStateTracker) -> Optional[str]:
    """The metropolitan area named last, in the turns that are kept."""
    texts = [event.text for event in tracker.events if isinstance(event, UserUttered) and event.text]
    return next((area for area in map(find_area, reversed(texts)) if area), None)


def _names_line(text: str, wording: Wording, line_id: str) -> bool:
    wire = wording.wire(line_id)[0]
    return any(number and number in text for number in (wire["call"], wire["text"]))


def _is_first_contact(tracker: DialogueStateTracker) -> bool:
    return sum(isinstance(event, UserUttered) for event in tracker.events) == 1
