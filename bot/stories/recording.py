"""Writes a dialogue down as a story to edit. Nothing is recorded unless somebody asks for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from bot.ask import render
from bot.gateway.static_replies import StaticReplies
from bot.safety.hotlines import Hotlines, knowledge_hotlines
from bot.safety.normalize import clean_text
from bot.sms_console import shown
from bot.stories.expectations import number_of, offered_buttons, shown_passages
from bot.stories.people import Heard, arrive
from bot.stories.schema import Given

if TYPE_CHECKING:
    from bot.rasa.assistant import Assistant

_WIDTH = 140
_LINES_NAMED = 2


class CannotRecord(ValueError):
    """The file cannot be written; the message says why."""


class Recorder:
    """Keeps what was said and what came, until it is written."""

    def __init__(self, channel: str, hotlines: Hotlines) -> None:
        self._channel = channel
        self._hotlines = hotlines
        self._said: list[tuple[str, bool, Heard]] = []

    def note(self, text: str, pressed: bool, heard: Heard) -> None:
        """Keeps one turn."""
        self._said.append((text, pressed, heard))

    def story(self, name: str) -> dict[str, Any]:
        """Returns a story file with this one dialogue, as data for YAML."""
        expect, steps = {}, []
        for number, (text, _, heard) in enumerate(self._said, start=1):
            expect[number] = _flow(self._expectation(heard))
            step = {"user": text}
            if heard.turn:
                step["intent"] = str((heard.turn.parse_data.get("intent") or {}).get("name"))
            steps.append(step)
            steps += [{"action": action} for action in (heard.turn.actions if heard.turn else ())]
        metadata: dict[str, Any] = {"channel": self._channel, "needs_tracker": True}
        pressed = [number for number, (_, was_pressed, _) in enumerate(self._said, start=1) if was_pressed]
        metadata |= {"press": pressed} if pressed else {}
        return {"version": "3.1", "stories": [{"story": name, "metadata": metadata | {"expect": expect}, "steps": steps}]}

    def _expectation(self, heard: Heard) -> dict[str, Any]:
        expectation: dict[str, Any] = {"kind": heard.kind}
        passages = shown_passages(heard)
        if passages:
            expectation["passage"] = passages[0]
        if heard.kind == "escalation" and heard.replies:
            places = {line["id"]: heard.first.find(number_of(self._hotlines[line["id"]])) for line in heard.replies[0]["hotlines"]}
            named = sorted((line for line, place in places.items() if place >= 0), key=lambda line: places[line])
            expectation["hotline"] = named[:_LINES_NAMED]
        return expectation


async def record(assistant: Assistant, channel: str, file: Path, ask: Callable[[str], str] = input) -> None:
    """Runs a dialogue until the input ends, and writes it as a story. The conversation is erased with it.

    Raises:
        CannotRecord: the file is there already, or its folder is not.
    """
    if file.exists() or not file.parent.is_dir():
        raise CannotRecord(f"{file} {'exists already' if file.exists() else 'is in no folder that exists'}. Name a new file to record to.")
    recorder = Recorder(channel, knowledge_hotlines())
    person = await arrive(channel, assistant, StaticReplies.load(), Given())
    offered: Sequence[tuple[str, str]] = ()
    print(f"Recording to {file}. Type a message; Ctrl-D ends and writes the story.", file=sys.stderr)
    try:
        while True:
            try:
                text = ask("> ")
            except (EOFError, KeyboardInterrupt):
                break
            if not clean_text(text) and channel != "sms":
                continue
            choice = _chosen(text, offered) if channel == "web" else None
            heard = await person.say(choice[0], choice[1]) if choice else await person.say(text)
            recorder.note(choice[0] if choice else text, choice is not None, heard)
            offered = offered_buttons(heard)
            print("\n".join(map(shown, heard.texts)) if channel == "sms" else render(heard.replies))
    finally:
        await person.leave()
    with file.open("w", encoding="utf-8") as output:
        yaml = YAML()
        yaml.width = _WIDTH  # type: ignore[assignment]
        yaml.dump(recorder.story(file.stem.removeprefix("test_").replace("_", " ").capitalize()), output)
    print(f"Written: {file}. Play it with: .venv/bin/python -m bot test {file}", file=sys.stderr)


def _chosen(text: str, offered: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """Returns the button whose number was typed."""
    number = text.strip()
    return offered[int(number) - 1] if number.isdigit() and 0 < int(number) <= len(offered) else None


def _flow(value: dict[str, Any]) -> CommentedMap:
    """One expectation stands on one line."""
    flow = CommentedMap(value)
    flow.fa.set_flow_style()
    return flow
