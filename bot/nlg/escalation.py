"""The bubbles of an escalation, composed the same way in Rasa and in the gateway without Rasa."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import CrisisAssessment, Reply
from bot.nlg.wording import LEAD_LINES, OTHER_LINES, Wording
from bot.safety.hotlines import local_domestic_violence_line

_FURTHER_STEPS = {
    "utter_crisis_overdose": ("utter_crisis_overdose_again",),
    "utter_crisis_immediate_danger": ("utter_crisis_immediate_danger_again",),
    "utter_crisis_police": ("utter_crisis_police_again",),
    "utter_crisis_missing_child": ("utter_crisis_missing_child_again",),
    "utter_crisis_other_language": (),
}
"""What follows the first bubble if the person goes on, where the steps for all others do not fit."""

_STEPS = ("utter_crisis_again", "utter_crisis_again_2")


def compose_escalation(assessment: CrisisAssessment, wording: Wording, said: Sequence[str] = ()) -> list[Reply]:
    """Returns the bubbles for an escalated message, the one with the right line first.

    `said` are the bubbles of earlier escalations in this conversation; the step said least often comes next.
    """
    kind = str(assessment.leading)
    first, lead = _first_step_and_lead(kind, assessment, wording)
    local = local_domestic_violence_line(wording.near) if kind == "domestic_violence" else None
    steps = {
        action: wording.say(
            action,
            best_line=wording.line(lead),
            local_line=wording.local_line(),
            next_line=wording.brief(_next_line(kind, lead)),
        )
        for action in (first, *_FURTHER_STEPS.get(first, _STEPS))
    }
    action = min(steps, key=lambda step: said.count(steps[step]))
    named = wording.named(action)
    lines = [lead, *([local] if local else []), *named, *OTHER_LINES[kind], "trafficking"]
    replies = [Reply("escalation", steps[action], buttons=wording.buttons("utter_crisis_buttons"), hotlines=wording.wire(*lines))]
    if assessment.minor and "child_abuse_report" not in named:
        note = wording.say("utter_crisis_minor_note")
        replies.append(Reply("escalation", note, hotlines=wording.wire("trafficking", *wording.named("utter_crisis_minor_note"))))
    return replies


def _first_step_and_lead(kind: str, assessment: CrisisAssessment, wording: Wording) -> tuple[str, str]:
    if wording.needs_interpreter:
        return "utter_crisis_other_language", "emergency"
    if assessment.police_danger and kind not in {"overdose", "suicide"}:
        return "utter_crisis_police", "trafficking"
    if assessment.harm_others and kind == "immediate_danger":
        return "utter_crisis_harm_others", "suicide"
    if assessment.missing_child and kind == "third_party":
        return "utter_crisis_missing_child", "emergency"
    return f"utter_crisis_{kind}", LEAD_LINES[kind]


def _next_line(kind: str, lead: str) -> str:
    """The line for when nobody answers; it is the trafficking hotline, unless that leads."""
    return "trafficking" if lead != "trafficking" else next(line for line in OTHER_LINES[kind] if line != "emergency")


def trafficking_too(wording: Wording, lead: str) -> str:
    """Returns the trafficking hotline as one more sentence, unless it leads already."""
    return "" if lead == "trafficking" else f" {wording.line('trafficking')}."
