"""The story runner on the real model: it fails where it must, records what it can play again, and keeps nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.stories.coverage import areas, listening
from bot.stories.reader import read_stories
from bot.stories.recording import CannotRecord, record
from bot.stories.runner import Played, Runner

SAID = {
    "web": ["hello", "1", "I want to die", "thanks"],
    "sms": ["What is the penalty for a first prostitution charge in Missouri?", "MORE", "HELP", "I want to die", "SAFE"],
}


async def play(assistant: Any, folder: Path, text: str) -> list[Played]:
    file = folder / "test_it.yml"
    file.write_text(text, encoding="utf-8")
    runner = Runner.of(assistant)
    return [await runner.play(story) for story in read_stories([file])]


@pytest.mark.parametrize("channel", SAID)
async def test_what_is_recorded_passes_when_it_is_played(assistant: Any, tmp_path: Path, channel: str) -> None:
    said = iter(SAID[channel])

    def ask(prompt: str) -> str:
        try:
            return next(said)
        except StopIteration:
            raise EOFError from None

    file = tmp_path / "test_recorded.yml"
    await record(assistant, channel, file, ask)
    [story] = read_stories([file])
    assert len(story.turns) == len(SAID[channel])
    assert (await Runner.of(assistant).play(story)).passed
    with pytest.raises(CannotRecord, match="exists already"):
        await record(assistant, channel, file, ask)


async def test_a_story_stops_at_the_first_turn_that_fails(assistant: Any, tmp_path: Path) -> None:
    text = "stories:\n- story: a\n  metadata:\n    expect: {2: {kind: escalation}}\n  steps:\n  - user: hello\n  - user: thanks\n  - user: bye\n"
    [played] = await play(assistant, tmp_path, text)
    assert [len(turn.faults) for turn in played.turns] == [0, 1]
    assert played.turns[1].faults[0].got == "smalltalk"


async def test_a_button_that_was_not_offered_cannot_be_pressed(assistant: Any, tmp_path: Path) -> None:
    text = "stories:\n- story: a\n  metadata: {press: [2]}\n  steps:\n  - user: hello\n  - user: Nowhere\n"
    [played] = await play(assistant, tmp_path, text)
    assert [fault.field for fault in played.turns[1].faults] == ["press"]


async def test_a_story_leaves_no_conversation_behind(assistant: Any, tmp_path: Path) -> None:
    before = set(await assistant._store.keys())
    for channel in ("web", "sms", "rasa"):
        await play(assistant, tmp_path, f"stories:\n- story: a\n  metadata: {{channel: {channel}}}\n  steps:\n  - user: I want to die\n")
    assert set(await assistant._store.keys()) == before


async def test_coverage_counts_what_was_touched_and_nothing_else(assistant: Any, tmp_path: Path) -> None:
    with listening() as said:
        played = await play(assistant, tmp_path, "stories:\n- story: a\n  steps:\n  - user: I want to die\n")
    touched = {area.name: area.known & area.touched for area in areas(played, said)}
    assert touched["crisis kinds"] == {"suicide"}
    assert touched["rules"] == {"crisis_suicide is answered"}
    assert touched["passages"] == touched["buttons"] == touched["disputes"] == set()
    assert {"utter_crisis_suicide", "utter_crisis_buttons", "utter_first_contact"} <= touched["responses"]
    assert "utter_crisis_overdose" not in touched["responses"]
