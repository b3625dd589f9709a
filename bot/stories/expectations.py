"""Compares what came of a turn with what the story expects, and with what must hold in every turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.gateway.sms.segments import MOST_SEGMENTS, count_segments
from bot.messages import RETRIEVAL_KEY
from bot.retrieval.knowledge_check import reading_grade
from bot.safety.hotlines import Hotlines, fill
from bot.safety.phrase_floor import scan
from bot.stories.people import Heard
from bot.stories.story import StoryTurn

FIRST_CHARACTERS = 160
"""Within so many characters an escalation must name the line that the story puts first."""
_UNFILLED = re.compile(r"\{[a-z_0-9.]+\}")
_LOUD = frozenset({"escalation", "check_in"})


@dataclass(frozen=True)
class Fault:
    """One expectation that was not met."""

    field: str
    expected: str
    got: str


def faults(turn: StoryTurn, heard: Heard, hotlines: Hotlines, channel: str, rasa_is_up: bool) -> list[Fault]:
    """Returns every expectation that a turn did not meet."""
    return [
        *_always(turn, heard, channel),
        *_of_rasa(turn, heard, rasa_is_up),
        *_of_words(turn, heard, hotlines),
        *_of_content(turn, heard, hotlines),
        *_of_slots(turn, heard),
    ]


def _always(turn: StoryTurn, heard: Heard, channel: str) -> Iterator[Fault]:
    """What no story has to say, because it must hold in every turn of every story."""
    for text in heard.texts:
        if not text.strip():
            yield Fault("always", "no blank reply", repr(text))
        unfilled = _UNFILLED.search(text)
        if unfilled:
            yield Fault("always", "every placeholder filled", unfilled.group())
        if channel == "sms" and count_segments(text).count > MOST_SEGMENTS:
            yield Fault("always", f"at most {MOST_SEGMENTS} segments a message", str(count_segments(text).count))
    if channel == "web" and not turn.pressed and scan(turn.said).kinds and heard.kind not in _LOUD:
        yield Fault("always", "an escalation or a check-in, because the message holds a crisis phrase", heard.kind)


def _of_rasa(turn: StoryTurn, heard: Heard, rasa_is_up: bool) -> Iterator[Fault]:
    if not rasa_is_up:
        return
    intent = ((heard.turn.parse_data.get("intent") or {}).get("name") if heard.turn else None) or "none: Rasa was not asked"
    if turn.intent and intent != turn.intent.partition("/")[0]:
        yield Fault("intent", turn.intent, str(intent))
    actions = heard.turn.actions if heard.turn else ()
    if turn.actions and actions != turn.actions:
        yield Fault("action", ", ".join(turn.actions), ", ".join(actions) or "none: Rasa was not asked")


def _of_words(turn: StoryTurn, heard: Heard, hotlines: Hotlines) -> Iterator[Fault]:
    expect = turn.expect
    if expect.kind and heard.kind not in expect.kind:
        yield Fault("kind", " or ".join(expect.kind), heard.kind)
    read = _one_line(heard.whole)
    for text in expect.contains:
        if _one_line(fill(text, hotlines)) not in read:
            yield Fault("contains", repr(fill(text, hotlines)), "these words are not there")
    for text in expect.not_contains:
        if _one_line(fill(text, hotlines)) in read:
            yield Fault("not_contains", repr(fill(text, hotlines)), "these words are there")
    if expect.max_segments:
        most = max((count_segments(text).count for text in heard.texts), default=0)
        if most > expect.max_segments:
            yield Fault("max_segments", str(expect.max_segments), str(most))
    if expect.reading_grade is not None and heard.first:
        grade = reading_grade(heard.first)
        if grade > expect.reading_grade:
            yield Fault("reading_grade", f"at most {expect.reading_grade:g}", f"{grade:.1f}")


def _of_content(turn: StoryTurn, heard: Heard, hotlines: Hotlines) -> Iterator[Fault]:
    expect = turn.expect
    shown = shown_passages(heard)
    if expect.passage and not set(expect.passage) & set(shown):
        yield Fault("passage", " or ".join(expect.passage), ", ".join(shown) or "no passage was shown")
    sources = [source for reply in heard.replies for source in reply["sources"]]
    known = {str(value) for source in sources for value in (source["title"], source["url"])} | set(_documents(heard, shown))
    for wanted in expect.source:
        if not any(wanted.casefold() in value.casefold() for value in known):
            yield Fault("source", wanted, "; ".join(sorted(str(source["title"]) for source in sources)) or "no source was shown")
    for position, line in enumerate(expect.hotline):
        number = number_of(hotlines[line])
        where = heard.first[:FIRST_CHARACTERS] if position == 0 and heard.kind == "escalation" else heard.first
        if number not in where:
            place = f"the first {FIRST_CHARACTERS} characters" if len(where) < len(heard.first) else "the first message"
            yield Fault("hotline", f"{line} ({number}) in {place}", "it is not there")
    offered = offered_buttons(heard)
    for button in expect.buttons:
        if not any(button in (title, payload) for title, payload in offered):
            yield Fault("buttons", button, ", ".join(title for title, _ in offered) or "no button was offered")


def _of_slots(turn: StoryTurn, heard: Heard) -> Iterator[Fault]:
    slots: Mapping[str, Any] = heard.turn.slots if heard.turn else {}
    for name, value in {**turn.slots_set, **turn.expect.slots}.items():
        got = slots.get(name)
        if value is ... and got is None:
            yield Fault("slots", f"{name} is set", "it is not")
        elif value is not ... and got != value:
            yield Fault("slots", f"{name}: {value}", f"{name}: {got}")


def number_of(line: Mapping[str, Any]) -> str:
    """Returns the number by which a line is known: to call, or else to text."""
    return str(line.get("call") or line["text"]["number"])


def shown_passages(heard: Heard) -> list[str]:
    """Returns the ids of the passages whose text a person reads."""
    return list(dict.fromkeys(str(source["id"]) for reply in heard.replies for source in reply["sources"]))


def offered_buttons(heard: Heard) -> list[tuple[str, str]]:
    """Returns the title and the payload of every button of a turn."""
    return [(str(button["title"]), str(button["payload"])) for reply in heard.replies for button in reply["buttons"]]


def _documents(heard: Heard, shown: Sequence[str]) -> Iterator[str]:
    """The source documents, by the ids of knowledge/sources.yml, behind the shown passages."""
    ranked = (heard.turn.parse_data.get(RETRIEVAL_KEY) or {}).get("ranked", []) if heard.turn else []
    for entry in ranked:
        if entry["passage"] in shown:
            yield from entry["ids"]


def _one_line(text: str) -> str:
    return " ".join(text.split())
