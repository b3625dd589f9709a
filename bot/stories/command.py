"""`python -m bot test`: choosing stories, playing them, saying what came of it."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.safety.hotlines import ROOT
from bot.stories import coverage
from bot.stories.reader import StoriesUnreadable, read_stories, story_files
from bot.stories.report import failure, summary, write_figures, write_junit
from bot.stories.runner import Played, Runner
from bot.stories.story import Story

if TYPE_CHECKING:
    from bot.rasa.assistant import Assistant

DIALOGUES = ROOT / "tests" / "dialogues"
PASSED, FAILED, UNUSABLE, UNCOVERED, NOTHING = 0, 1, 2, 3, 5
"""Exit codes: all passed; a story failed; files cannot be used; coverage is too low; no story fits the choice."""
_LOOK_EVERY = 0.5


@dataclass(frozen=True)
class Choice:
    """Which stories to play, and how."""

    paths: Sequence[Path]
    name: str | None = None
    channel: str | None = None
    fail_fast: bool = False
    junit: Path | None = None


def chosen(choice: Choice) -> list[Story]:
    """Returns the stories that fit a choice; an exact name beats a part of a name.

    Raises:
        StoriesUnreadable: a file has faults.
    """
    stories = [story for story in read_stories(choice.paths) if choice.channel in (None, story.channel)]
    if choice.name is None:
        return stories
    exact = [story for story in stories if story.name == choice.name]
    return exact or [story for story in stories if choice.name.casefold() in story.name.casefold()]


def run(choice: Choice, assistant: Callable[[], Assistant], with_coverage: bool = False, report: Path | None = None) -> int:
    """Plays the chosen stories once; returns the exit code.

    The files are read before the model is loaded, so that a fault in them shows at once.
    """
    try:
        stories = chosen(choice)
    except StoriesUnreadable as error:
        print(error, file=sys.stderr)
        print(f"{len(error.faults)} faults in the story files. docs/testing-stories.md says what a story may hold.", file=sys.stderr)
        return UNUSABLE
    if not stories:
        print("No story fits. Look at the paths, at -k and at --channel.", file=sys.stderr)
        return NOTHING
    runner = Runner.of(assistant())
    started = time.perf_counter()
    with coverage.listening() as said:
        played = asyncio.run(_play(runner, stories, choice.fail_fast))
    seconds = time.perf_counter() - started
    for story in played:
        if not story.passed:
            print(failure(story) + "\n")
    print(summary(played, seconds))
    areas = coverage.areas(played, said)
    if with_coverage:
        print("\n" + coverage.table(areas))
    if choice.junit is not None:
        write_junit(choice.junit, played)
    if report is not None:
        write_figures(report, played, areas, seconds)
    if not all(story.passed for story in played):
        return FAILED
    return UNCOVERED if with_coverage and not all(area.enough for area in areas) else PASSED


def watch(choice: Choice, assistant: Assistant) -> None:
    """Plays the stories of every file that changes, until it is interrupted. The model stays as it was loaded."""
    print("Waiting for changes in story files. Ctrl-C ends.", file=sys.stderr)
    seen: dict[Path, int] = {}
    try:
        while True:
            now = {file: file.stat().st_mtime_ns for file in story_files(choice.paths) if file.exists()}
            changed = [file for file, when in now.items() if seen.get(file) != when]
            if changed:
                seen = now
                run(Choice(changed, choice.name, choice.channel, choice.fail_fast, choice.junit), lambda: assistant)
            time.sleep(_LOOK_EVERY)
    except KeyboardInterrupt:
        return


async def _play(runner: Runner, stories: Sequence[Story], fail_fast: bool) -> list[Played]:
    played: list[Played] = []
    async for story in runner.play_all(stories):
        played.append(story)
        if sys.stderr.isatty():
            print(f"\r{len(played)}/{len(stories)} ", end="", file=sys.stderr, flush=True)
        if fail_fast and not story.passed:
            break
    if sys.stderr.isatty():
        print("\r" + " " * 20 + "\r", end="", file=sys.stderr, flush=True)
    return played
