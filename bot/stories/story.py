"""Stories as they are played: one per row of a table, turn by turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.stories.schema import Expectation, Given


@dataclass(frozen=True)
class StoryTurn:
    """What the person does, and what must come of it. `intent` and `actions` are Rasa's own expectations."""

    number: int
    line: int
    said: str
    intent: str | None = None
    actions: tuple[str, ...] = ()
    slots_set: Mapping[str, Any] = field(default_factory=dict)
    expect: Expectation = field(default_factory=Expectation)
    pressed: bool = False
    pause_minutes: float = 0.0


@dataclass(frozen=True)
class Story:
    """One dialogue. `needs_tracker` says that plain `rasa test` cannot follow it."""

    file: Path
    line: int
    name: str
    turns: tuple[StoryTurn, ...]
    channel: str = "web"
    who: str | None = None
    given: Given = field(default_factory=Given)
    needs_tracker: bool = False

    @property
    def plain(self) -> bool:
        """Whether plain `rasa test` can play it too: every message with its intent, and no state."""
        return (
            not self.needs_tracker
            and self.given == Given()
            and all(turn.intent and turn.actions and not turn.pressed and not turn.pause_minutes for turn in self.turns)
        )
