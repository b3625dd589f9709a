"""What a keeper reads: a failed story with all that is needed to mend it, and the sum."""

from __future__ import annotations

import json
import shlex
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from bot.messages import CRISIS_KEY, RETRIEVAL_KEY
from bot.safety.hotlines import ROOT
from bot.stories.coverage import Area, as_figures
from bot.stories.people import Heard
from bot.stories.runner import Played, PlayedTurn
from bot.stories.story import Story

_WIDTH = 110
_TOP = 5


def failure(played: Played) -> str:
    """Returns a failed story: the dialogue, expected against got, and what Rasa saw in the faulty turn."""
    story, faulty = played.story, played.turns[-1]
    head = f"FAILED  {place(story, faulty.turn.line)}  {story.name}  ({story.channel}, turn {faulty.turn.number} of {len(story.turns)})"
    lines = [head, ""]
    for text in story.given.said:
        lines += _wrapped("     before: ", text)
    for turn in played.turns:
        lines += _dialogue(turn)
    lines.append("")
    for fault in faulty.faults:
        lines += _wrapped(f"   {fault.field:<13} expected: ", fault.expected)
        lines += _wrapped(f"   {'':<13} got:      ", fault.got)
    lines += _evidence(faulty.heard)
    lines.append(f"   {'run it alone':<13} {command(story)}")
    return "\n".join(lines)


def place(story: Story, line: int) -> str:
    """Returns file and line, as editors take them."""
    return f"{_short(story.file)}:{line}"


def command(story: Story) -> str:
    """Returns the command that plays just this story."""
    return f".venv/bin/python -m bot test {shlex.quote(str(_short(story.file)))} -k {shlex.quote(story.name)}"


def summary(played: Sequence[Played], seconds: float) -> str:
    """Returns the last line of a run."""
    failed = sum(not story.passed for story in played)
    turns = sum(len(story.turns) for story in played)
    slowest = max(played, key=_seconds_per_turn)
    outcome = f"{failed} of {len(played)} stories failed" if failed else f"{len(played)} stories passed"
    return f"{outcome}: {turns} turns in {seconds:.1f} s; the slowest took {1000 * _seconds_per_turn(slowest):.0f} ms a turn ({slowest.story.name})"


def _seconds_per_turn(played: Played) -> float:
    return played.seconds / max(1, len(played.turns) + len(played.story.given.said))


def write_junit(path: Path, played: Sequence[Played]) -> None:
    """Writes JUnit XML: a suite for each file, a case for each story."""
    root = ElementTree.Element("testsuites", name="stories")
    suites: dict[Path, ElementTree.Element] = {}
    for story in played:
        file = _short(story.story.file)
        suite = suites.get(file)
        if suite is None:
            suite = suites[file] = ElementTree.SubElement(root, "testsuite", name=str(file), tests="0", failures="0", errors="0")
        suite.set("tests", str(int(suite.get("tests", "0")) + 1))
        case = ElementTree.SubElement(
            suite, "testcase", classname=file.stem, name=story.story.name, file=str(file), line=str(story.story.line)
        )
        case.set("time", f"{story.seconds:.3f}")
        if not story.passed:
            suite.set("failures", str(int(suite.get("failures", "0")) + 1))
            fault = story.turns[-1].faults[0]
            said = ElementTree.SubElement(case, "failure", message=f"{fault.field}: expected {fault.expected}, got {fault.got}")
            said.text = failure(story)
    path.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def write_figures(path: Path, played: Sequence[Played], areas: Sequence[Area], seconds: float) -> None:
    """Writes the figures of a run as JSON, for the page that shows all reports."""
    audiences = Counter(story.story.who or "other" for story in played)
    channels = Counter(story.story.channel for story in played)
    figures = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "stories": len(played),
        "failed": [f"{place(story.story, story.turns[-1].turn.line)} {story.story.name}" for story in played if not story.passed],
        "turns": sum(len(story.turns) for story in played),
        "seconds": round(seconds, 1),
        "seconds_per_turn": round(seconds / max(1, sum(len(story.turns) for story in played)), 4),
        "audiences": dict(sorted(audiences.items())),
        "channels": dict(sorted(channels.items())),
        "coverage": as_figures(areas),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _dialogue(played: PlayedTurn) -> list[str]:
    mark = ">" if played.faults else " "
    pressed = "presses" if played.turn.pressed else "writes"
    lines = _wrapped(f" {mark} {played.turn.number:>2}  {pressed}: ", played.turn.said)
    kinds = [str(reply["kind"]) for reply in played.heard.replies]
    for number, text in enumerate(played.heard.texts):
        kind = kinds[number] if len(kinds) == len(played.heard.texts) else played.heard.kind
        lines += _wrapped(f"       bot ({kind}): ", text)
    if not played.heard.texts:
        lines.append("       bot: says nothing")
    return lines


def _evidence(heard: Heard) -> list[str]:
    if heard.turn is None:
        return ["   rasa          was not asked in this turn"]
    parse: Mapping[str, Any] = heard.turn.parse_data
    retrieval, gate, intent = parse.get(RETRIEVAL_KEY) or {}, parse.get(CRISIS_KEY) or {}, parse.get("intent") or {}
    ranked = [f"{entry['passage']} {entry['score']:.2f}" for entry in retrieval.get("ranked", ())[:_TOP]]
    lines = []
    if ranked:
        answers = "answers" if retrieval.get("answers") else "does not answer"
        lines += _wrapped("   passages      ", f"{', '.join(ranked)}; answerable {retrieval['answerable']:.2f}, so it {answers}")
    kinds = ", ".join(gate.get("kinds", ())) or "no kind"
    evidence = ", ".join(gate.get("evidence", ())) or "nothing"
    lines += _wrapped(
        "   gate          ",
        f"{gate.get('level', 'did not run')} ({kinds}), probability {gate.get('probability', 0):.3f}, because of {evidence};"
        f" risk of earlier turns {gate.get('risk', 0):.2f}",
    )
    ranking = [f"{entry['name']} {entry['confidence']:.2f}" for entry in parse.get("intent_ranking", ())[:3]]
    lines += _wrapped("   intent        ", f"{intent.get('name')}; the classifier alone: {', '.join(ranking)}")
    slots = {name: value for name, value in heard.turn.slots.items() if value is not None and name in _SHOWN}
    return lines + _wrapped("   slots         ", ", ".join(f"{name}: {value}" for name, value in slots.items()) or "none")


_SHOWN = frozenset({"city", "language", "care", "minor", "police", "escalated"})


def _wrapped(head: str, text: str) -> list[str]:
    return textwrap.wrap(" ".join(str(text).split()), _WIDTH, initial_indent=head, subsequent_indent=" " * len(head)) or [head.rstrip()]


def _short(file: Path) -> Path:
    resolved = file.resolve()
    return resolved.relative_to(ROOT) if resolved.is_relative_to(ROOT) else file
