"""The bubbles of an escalation, composed the same way in Rasa and in the gateway without Rasa."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import CrisisAssessment, Reply
from bot.nlg.wording import LEAD_LINES, OTHER_LINES, Wording
from bot.safety.crisis import CALLED, URGENT
from bot.safety.hotlines import local_domestic_violence_line
from bot.safety.phrase_floor import CRISIS_KINDS

_FURTHER_STEPS = {
    "utter_crisis_overdose": ("utter_crisis_overdose_again",),
    "utter_crisis_immediate_danger": ("utter_crisis_immediate_danger_again",),
    "utter_crisis_suicide_other": ("utter_crisis_suicide_other_again",),
    "utter_crisis_police": ("utter_crisis_police_again",),
    "utter_crisis_missing_child": ("utter_crisis_missing_child_again",),
    "utter_crisis_minor": ("utter_crisis_minor_again",),
    "utter_crisis_minor_hurt": ("utter_crisis_minor_again",),
    "utter_crisis_other_language": (),
}
"""What follows the first bubble if the person goes on, where the steps for all others do not fit."""

_STEPS = ("utter_crisis_again", "utter_crisis_again_2")
_CALLED = "utter_crisis_called"
_FOR_MINORS = {
    "minor": "utter_crisis_minor",
    "trafficking": "utter_crisis_minor",
    "sexual_assault": "utter_crisis_minor_hurt",
    "domestic_violence": "utter_crisis_minor_hurt",
}
"""The words that come first where somebody under 18 writes, by leading kind: they say whom the lines may have to tell."""


def compose_escalation(assessment: CrisisAssessment, wording: Wording, said: Sequence[str] = ()) -> list[Reply]:
    """Returns the bubbles for an escalated message, the one with the right line first.

    `said` are the bubbles of earlier escalations in this conversation; the step said least often comes next.
    """
    kind = str(assessment.leading)
    first, lead = _first_step_and_lead(kind, assessment, wording)
    hurt_at_home = "domestic_violence" in assessment.kinds
    steps = {
        action: wording.say(
            action,
            best_line=wording.line(lead),
            best_number=wording.number(lead),
            local_line=wording.local_line() if hurt_at_home else "",
            next_line=wording.brief(_next_line(kind, lead)),
        )
        for action in _steps(first, assessment)
    }
    action = min(steps, key=lambda step: said.count(steps[step]))
    named = wording.named(action)
    local = local_domestic_violence_line(wording.near) if hurt_at_home else None
    lines = [lead, *_lead_lines(assessment), *([local] if local else []), *named, *OTHER_LINES[kind], "trafficking"]
    replies = [Reply("escalation", steps[action], buttons=wording.buttons("utter_crisis_buttons"), hotlines=wording.wire(*lines))]
    if (assessment.minor or "minor" in assessment.kinds) and "child_abuse_report" not in named:
        note = wording.say("utter_crisis_minor_note")
        replies.append(Reply("escalation", note, hotlines=wording.wire("trafficking", *wording.named("utter_crisis_minor_note"))))
    return replies


def _steps(first: str, assessment: CrisisAssessment) -> tuple[str, ...]:
    if CALLED in assessment.evidence and first.removeprefix("utter_crisis_") in {*URGENT, "suicide_other"}:
        return (_CALLED,)
    return (first, *_FURTHER_STEPS.get(first, _STEPS))


def _lead_lines(assessment: CrisisAssessment) -> list[str]:
    """The leading line of each kind that was found, the most urgent first.

    The trafficking hotline comes with every escalation in its own place. Where police are the danger, so does 911.
    """
    in_their_place = {"trafficking", *(["emergency"] if assessment.police_danger else [])}
    return [LEAD_LINES[kind] for kind in CRISIS_KINDS if kind in assessment.kinds and LEAD_LINES[kind] not in in_their_place]


def _first_step_and_lead(kind: str, assessment: CrisisAssessment, wording: Wording) -> tuple[str, str]:
    if wording.needs_interpreter:
        return "utter_crisis_other_language", "emergency"
    if assessment.police_danger and kind not in {"overdose", "suicide"}:
        return "utter_crisis_police", "trafficking"
    if assessment.harm_others and kind == "immediate_danger":
        return "utter_crisis_harm_others", "suicide"
    if assessment.missing_child and kind == "third_party":
        return "utter_crisis_missing_child", "emergency"
    if kind == "suicide" and "third_party" in assessment.kinds:
        return "utter_crisis_suicide_other", LEAD_LINES[kind]
    if _is_a_child_writing(kind, assessment):
        return _FOR_MINORS[kind], LEAD_LINES[kind]
    return f"utter_crisis_{kind}", LEAD_LINES[kind]


def _is_a_child_writing(kind: str, assessment: CrisisAssessment) -> bool:
    """Whether a child speaks of a harm that leaves time for the words for minors; of a child in danger others write as third party."""
    urgent = URGENT & set(assessment.kinds) and kind not in {"trafficking", "minor"}
    return assessment.minor and kind in _FOR_MINORS and "third_party" not in assessment.kinds and not urgent


def _next_line(kind: str, lead: str) -> str:
    """The line for when nobody answers; it is the trafficking hotline, unless that leads."""
    return "trafficking" if lead != "trafficking" else next(line for line in OTHER_LINES[kind] if line != "emergency")


def trafficking_too(wording: Wording, lead: str) -> str:
    """Returns the trafficking hotline as one more sentence, unless it leads already."""
    return "" if lead == "trafficking" else f" {wording.line('trafficking')}."
