"""The bubbles of an escalation, composed the same way in Rasa and in the gateway without Rasa."""

from __future__ import annotations

from bot.messages import CrisisAssessment, Reply
from bot.nlg.wording import LEAD_LINES, OTHER_LINES, Wording
from bot.safety.hotlines import local_domestic_violence_line


def compose_escalation(assessment: CrisisAssessment, wording: Wording, again: bool = False) -> list[Reply]:
    """Returns the bubbles for an escalated message, the one with the right line first.

    `again` says that the same kind was escalated before in this conversation.
    """
    kind = str(assessment.leading)
    action, lead = _action_and_lead(kind, assessment, wording, again)
    local = local_domestic_violence_line(wording.near) if kind == "domestic_violence" else None
    text = wording.say(
        action, best_line=wording.line(lead), local_line=wording.local_line(), trafficking_too=trafficking_too(wording, lead)
    )
    lines = [lead, *([local] if local else []), *OTHER_LINES[kind], "trafficking"]
    if kind == "minor":
        lines.append("child_abuse_report")
    replies = [Reply("escalation", text, buttons=wording.buttons("utter_crisis_buttons"), hotlines=wording.wire(*lines))]
    if assessment.minor and kind != "minor":
        note = wording.say("utter_crisis_minor_note")
        replies.append(Reply("escalation", note, hotlines=wording.wire("trafficking", "childhelp", "runaway", "child_abuse_report")))
    return replies


def _action_and_lead(kind: str, assessment: CrisisAssessment, wording: Wording, again: bool) -> tuple[str, str]:
    if wording.needs_interpreter:
        return "utter_crisis_other_language", "emergency"
    if assessment.police_danger and kind not in {"overdose", "suicide"}:
        return "utter_crisis_police", "trafficking"
    if assessment.harm_others and kind == "immediate_danger":
        return "utter_crisis_harm_others", "suicide"
    if assessment.missing_child and kind == "third_party":
        return "utter_crisis_missing_child", "emergency"
    if again and kind not in {"overdose", "immediate_danger"}:
        return "utter_crisis_again", LEAD_LINES[kind]
    return f"utter_crisis_{kind}", LEAD_LINES[kind]


def trafficking_too(wording: Wording, lead: str) -> str:
    """Returns the trafficking hotline as one more sentence, unless it leads already."""
    return "" if lead == "trafficking" else f" {wording.line('trafficking')}."
