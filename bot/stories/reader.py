"""Reads story files: YAML as Rasa reads it, checked against the schema, every fault with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase, CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from bot.stories.schema import Expectation, Metadata, Step, StoryEntry, Tabled
from bot.stories.story import Story, StoryTurn

_TOP_LEVEL = frozenset({"version", "stories"})
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\}(?:\[[^\]]*\])?)")
"""Rasa's marks for entities: [words](entity) or [words]{"entity": …}."""


@dataclass(frozen=True)
class StoryFault:
    """Something wrong in a story file."""

    file: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        return f"{self.file}:{self.line}: {where}{self.message}"


class StoriesUnreadable(ValueError):
    """Story files have faults; `faults` holds all of them."""

    def __init__(self, faults: Sequence[StoryFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


def story_files(paths: Sequence[Path]) -> list[Path]:
    """Returns the files that are named, and every `*.yml` or `*.yaml` of the folders that are named."""
    files: list[Path] = []
    for path in paths:
        files += sorted(file for file in path.rglob("*.y*ml") if file.is_file()) if path.is_dir() else [path]
    return list(dict.fromkeys(files))


def read_stories(paths: Sequence[Path]) -> list[Story]:
    """Returns every story of files and folders, tables written out.

    Raises:
        StoriesUnreadable: every fault of every file.
    """
    stories: list[Story] = []
    faults: list[StoryFault] = []
    for file in story_files(paths):
        try:
            stories += _read_file(file)
        except StoriesUnreadable as error:
            faults += error.faults
    if faults:
        raise StoriesUnreadable(faults)
    return stories


def _read_file(file: Path) -> list[Story]:
    yaml = YAML(typ="rt")
    yaml.version = (1, 2)  # type: ignore[assignment]  # as Rasa reads it: a message "no" is a word
    try:
        data = yaml.load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise StoriesUnreadable([StoryFault(file, 1, "", f"cannot be read ({type(error).__name__})")]) from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise StoriesUnreadable([StoryFault(file, line, "", f"is not valid YAML: {error.problem}")]) from error
    if not isinstance(data, dict) or not isinstance(data.get("stories"), list):
        raise StoriesUnreadable([StoryFault(file, 1, "stories", "the file needs `stories:` with a list of stories")])
    unknown = sorted(set(data) - _TOP_LEVEL)
    if unknown:
        raise StoriesUnreadable([StoryFault(file, _line(data, (unknown[0],)), unknown[0], "belongs to no story file; use `stories:`")])
    stories: list[Story] = []
    faults: list[StoryFault] = []
    for position, entry in enumerate(data["stories"]):
        try:
            stories += _played(file, entry)
        except ValidationError as error:
            faults += [
                StoryFault(file, _line(data, ("stories", position, *fault["loc"])), _field(fault["loc"]), _sentence(fault))
                for fault in error.errors()
            ]
    seen: set[str] = set()
    for story in stories:
        if story.name in seen:
            faults.append(StoryFault(file, story.line, "story", f"two stories of the file have the name {story.name!r}"))
        seen.add(story.name)
    if faults:
        raise StoriesUnreadable(faults)
    return stories


def _played(file: Path, entry: Any) -> Iterator[Story]:
    """Yields a story, or one for each row of its table."""
    rows = Tabled.parse_obj(entry).rows
    for number, row in enumerate(rows, start=1):
        filled = StoryEntry.parse_obj(_filled(entry, row))
        name = f"{filled.story} [{number}]" if len(rows) > 1 else filled.story
        metadata = filled.metadata
        yield Story(
            file=file,
            line=_line(entry, ()),
            name=name,
            turns=tuple(_turns(filled.steps, entry, metadata)),
            channel=metadata.channel,
            who=metadata.who,
            given=metadata.given,
            needs_tracker=metadata.needs_tracker,
        )


def _turns(steps: Sequence[Step], entry: Any, metadata: Metadata) -> Iterator[StoryTurn]:
    starts = [position for position, step in enumerate(steps) if step.user is not None]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(steps)], strict=True), start=1):
        step, following = steps[start], steps[start + 1 : end]
        slots = {name: value for later in following for item in later.slot_was_set or () for name, value in _slot(item).items()}
        yield StoryTurn(
            number=number,
            line=_line(entry, ("steps", start)),
            said=_ENTITY.sub(r"\1", str(step.user)).strip(),
            intent=step.intent,
            actions=tuple(later.action for later in following if later.action),
            slots_set=slots,
            expect=metadata.expect.get(number, Expectation()),
            pressed=number in metadata.press,
            pause_minutes=metadata.pause.get(number, 0.0),
        )


def _slot(item: Any) -> dict[str, Any]:
    return dict(item) if isinstance(item, Mapping) else {str(item): ...}


def _filled(value: Any, row: Mapping[str, str]) -> Any:
    """Returns plain data with each `{column}` replaced from the row."""
    if isinstance(value, str):
        for column, text in row.items():
            value = value.replace("{" + str(column) + "}", str(text))
        return str(value)
    if isinstance(value, Mapping):
        return {key: _filled(item, row) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_filled(item, row) for item in value]
    return value


def _line(data: Any, path: Sequence[Any]) -> int:
    """Returns the line, from 1, of the deepest part of a path that stands in the file."""
    line = data.lc.line + 1 if isinstance(data, CommentedBase) else 1
    for key in path:
        if isinstance(data, CommentedMap) and key in data:
            line = data.lc.key(key)[0] + 1
        elif isinstance(data, CommentedSeq) and isinstance(key, int) and key < len(data):
            line = data.lc.item(key)[0] + 1
        else:
            break
        data = data[key]
    return int(line)


def _field(location: Sequence[Any]) -> str:
    return " > ".join(str(part) for part in location if part != "__root__")


def _sentence(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "value_error.extra":
        return "this field is not known here; docs/testing-stories.md lists the fields"
    if fault["type"] == "value_error.missing":
        return "this field is missing"
    return str(fault["msg"])
