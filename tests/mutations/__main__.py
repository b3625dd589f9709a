"""`python -m tests.mutations`: breaks the bot in known ways and shows that the stories notice each.

The whole form plays every story against every mutation and counts. `--quick`, for continuous integration, plays
for each mutation only the story that guards against it. Both first play the unbroken bot, which must pass.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bot.logs
from bot.rasa.assistant import Assistant, ModelMissing
from bot.safety.hotlines import ROOT
from bot.stories.command import DIALOGUES
from bot.stories.reader import StoriesUnreadable, read_stories
from bot.stories.runner import Runner
from bot.stories.story import Story
from tests.mutations.bot_parts import BotParts
from tests.mutations.mutations import MUTATIONS, Mutation


async def failing_stories(assistant: Assistant, stories: Sequence[Story]) -> list[str]:
    """Returns the names of the stories that fail."""
    runner = Runner.of(assistant)
    failing: list[str] = []
    for story in stories:
        try:
            passed = (await runner.play(story)).passed
        except Exception:  # a broken bot may raise, and a story that cannot be played to its end has noticed
            passed = False
        if not passed:
            failing.append(story.name)
    return failing


async def _run(assistant: Assistant, stories: Sequence[Story], quick: bool, only: str) -> list[dict[str, Any]]:
    parts = BotParts.of(assistant)
    rows = []
    for mutation in MUTATIONS:
        if only not in mutation.name:
            continue
        started = time.perf_counter()
        with mutation.apply(parts):
            failing = await failing_stories(assistant, _guards(stories, mutation) if quick else stories)
        seconds = time.perf_counter() - started
        rows.append({"name": mutation.name, "caught": bool(failing), "stories": len(failing), "first": failing[0] if failing else None})
        by = f"by {len(failing)} stories, first {failing[0]}" if failing else ""
        print(f"{'caught' if failing else 'MISSED':<8}{mutation.name:<45}{seconds:5.1f} s  {by}", flush=True)
    return rows


def _guards(stories: Sequence[Story], mutation: Mutation) -> list[Story]:
    return [story for story in stories if story.name.startswith(mutation.noticed_by)]


def main() -> None:
    """Runs every mutation; exit code 1 where one was not noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the story that guards against each mutation")
    parser.add_argument("--only", default="", metavar="WORDS", help="only mutations with these words in their name")
    parser.add_argument("--out", type=Path, default=ROOT / "reports" / "mutations.json", metavar="FILE")
    options = parser.parse_args()
    bot.logs.configure_logging("error")
    try:
        stories = read_stories([DIALOGUES])
        assistant = Assistant.load()
    except (StoriesUnreadable, ModelMissing) as error:
        sys.exit(str(error))
    asyncio.run(_check(assistant, stories, options))


async def _check(assistant: Assistant, stories: Sequence[Story], options: argparse.Namespace) -> None:
    guards = {story.name: story for mutation in MUTATIONS for story in _guards(stories, mutation)}
    broken = await failing_stories(assistant, list(guards.values()) if options.quick else stories)
    if broken:
        sys.exit(f"Without a mutation these stories fail: {', '.join(broken)}. Mend them first with `make stories`.")
    rows = await _run(assistant, stories, options.quick, options.only)
    caught = sum(row["caught"] for row in rows)
    print(f"{caught} of {len(rows)} mutations caught")
    figures = {"date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "whole": not options.quick, "caught": caught, "mutations": rows}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if caught < len(rows):
        sys.exit("A mutation that no story notices needs a story: see docs/testing-stories.md.")


if __name__ == "__main__":
    main()
