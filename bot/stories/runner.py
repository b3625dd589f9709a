"""Plays stories: a fresh conversation each, turn by turn, until a turn is not as expected."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.gateway.static_replies import StaticReplies
from bot.safety.hotlines import Hotlines, knowledge_hotlines
from bot.stories.expectations import Fault, faults, offered_buttons
from bot.stories.people import Heard, Person, arrive
from bot.stories.story import Story, StoryTurn

if TYPE_CHECKING:
    from bot.rasa.assistant import Assistant


@dataclass(frozen=True)
class PlayedTurn:
    """A turn, what came of it, and what was wrong with it."""

    turn: StoryTurn
    heard: Heard
    faults: Sequence[Fault] = ()


@dataclass
class Played:
    """A story after it was played; `turns` ends with the first faulty one."""

    story: Story
    turns: list[PlayedTurn] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether every turn was as expected."""
        return not any(turn.faults for turn in self.turns)


class Runner:
    """Plays stories against one loaded assistant. Numbers in stories come from knowledge/hotlines.yml."""

    def __init__(self, assistant: Assistant, static: StaticReplies, hotlines: Hotlines) -> None:
        self._assistant = assistant
        self._static = static
        self._hotlines = hotlines

    @classmethod
    def of(cls, assistant: Assistant) -> Runner:
        """Returns a runner with the wording and the numbers of this checkout."""
        return cls(assistant, StaticReplies.load(), knowledge_hotlines())

    async def play_all(self, stories: Sequence[Story]) -> AsyncIterator[Played]:
        """Plays one story after the other."""
        for story in stories:
            yield await self.play(story)

    async def play(self, story: Story) -> Played:
        """Plays one story in a conversation of its own."""
        started = time.perf_counter()
        person = await arrive(story.channel, self._assistant, self._static, story.given)
        played = Played(story)
        try:
            for text in story.given.said:
                await person.say(text)
            for turn in story.turns:
                played.turns.append(await self._turn(story, turn, person, played.turns))
                if played.turns[-1].faults:
                    break
        finally:
            await person.leave()
        played.seconds = time.perf_counter() - started
        return played

    async def _turn(self, story: Story, turn: StoryTurn, person: Person, before: Sequence[PlayedTurn]) -> PlayedTurn:
        if turn.pause_minutes:
            person.wait(turn.pause_minutes)
        payload = None
        if turn.pressed:
            offered = [button for played in reversed(before) for button in offered_buttons(played.heard)]
            payload = next((payload for title, payload in offered if title == turn.said), None)
            if payload is None:
                titles = ", ".join(dict.fromkeys(title for title, _ in offered)) or "no button"
                return PlayedTurn(turn, Heard("none", (), (), None), [Fault("press", f"a button {turn.said!r} in an earlier turn", titles)])
        heard = await person.say(turn.said, payload)
        return PlayedTurn(turn, heard, faults(turn, heard, self._hotlines, story.channel, story.given.rasa == "up"))
