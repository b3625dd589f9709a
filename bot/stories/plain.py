"""`python -m bot.stories.plain FILE`: the stories that plain `rasa test` can play, tables written out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.stories.command import DIALOGUES
from bot.stories.reader import StoriesUnreadable, read_stories
from bot.stories.story import Story


def as_rasa(stories: Sequence[Story]) -> dict[str, Any]:
    """Returns the plain ones among stories in Rasa's test format."""
    return {"version": "3.1", "stories": [{"story": story.name, "steps": _steps(story)} for story in stories if story.plain]}


def _steps(story: Story) -> list[dict[str, str]]:
    steps: list[dict[str, str]] = []
    for turn in story.turns:
        steps.append({"user": turn.said, "intent": str(turn.intent)})
        steps += [{"action": action} for action in turn.actions]
    return steps


def main() -> None:
    """Writes the file that is named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("Give the file to write: python -m bot.stories.plain test_stories.yml")
    try:
        stories = read_stories([DIALOGUES])
    except StoriesUnreadable as error:
        sys.exit(str(error))
    file = Path(sys.argv[1])
    file.parent.mkdir(parents=True, exist_ok=True)
    plain = as_rasa(stories)
    with file.open("w", encoding="utf-8") as output:
        YAML().dump(plain, output)
    print(f"{len(plain['stories'])} of {len(stories)} stories can be played by plain rasa test.", file=sys.stderr)


if __name__ == "__main__":
    main()
