"""The passages: reading them from `knowledge/` and rendering their wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.safety.hotlines import Hotlines, HotlinesMissing, fill, knowledge_hotlines
from bot.safety.yaml_files import YamlFault, read_yaml

MORE_MARK = "<!-- more -->"
STATEWIDE = "statewide"
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n(.*)\Z", re.DOTALL)


class PassageError(ValueError):
    """A passage file that cannot be read; the message names the file and line."""


@dataclass(frozen=True)
class Passage:
    """One reviewed answer. `answer` and `more` still hold `{line.channel}` placeholders."""

    id: str
    title: str
    asks: tuple[str, ...]
    topic: str
    cities: tuple[str, ...]
    audience: tuple[str, ...]
    sources: tuple[str, ...]
    level: str
    status: str
    checked_on: date
    references: tuple[dict[str, str], ...]
    hotline: str
    related: tuple[str, ...]
    sms: str
    answer: str
    more: str = ""

    def wire_sources(self) -> list[dict[str, Any]]:
        """The sources in the form of the chat API; a community document shows no address."""
        shown: list[dict[str, Any]] = [
            {
                "id": self.id,
                "title": reference["title"],
                "level": self.level,
                "status": self.status,
                "checked_on": self.checked_on.isoformat(),
                "url": reference["url"],
            }
            for reference in self.references
        ]
        if not shown or self.status == "unconfirmed":
            shown.append(
                {
                    "id": self.id,
                    "title": "Community document, not confirmed" if self.sources else "General guidance, not confirmed",
                    "level": self.level,
                    "status": "unconfirmed",
                    "checked_on": self.checked_on.isoformat(),
                    "url": None,
                }
            )
        return shown

    def rendered(self, hotlines: Hotlines) -> dict[str, Any]:
        """What a reply needs of the passage, with the numbers filled in."""
        return {
            "id": self.id,
            "title": self.title,
            "topic": self.topic,
            "level": self.level,
            "status": self.status,
            "answer": fill(self.answer, hotlines),
            "more": fill(self.more, hotlines),
            "sms": fill(self.sms, hotlines),
            "hotline": self.hotline,
            "sources": self.wire_sources(),
        }


@dataclass(frozen=True)
class KnowledgeBase:
    """Every passage by id."""

    passages: dict[str, Passage]

    @classmethod
    def from_directory(cls, path: Path) -> KnowledgeBase:
        """Reads every `*.md` of a folder.

        Raises:
            PassageError: a file is not a passage, or the folder holds none.
        """
        passages = {}
        for file in sorted(path.glob("*.md")):
            passage = read_passage(file)
            if passage.id in passages:
                raise PassageError(f"{file}: the id {passage.id!r} stands in two files")
            passages[passage.id] = passage
        if not passages:
            raise PassageError(f"{path}: no passage (*.md) is there")
        return cls(passages)


def loading_faults(directory: Path) -> list[str]:
    """Returns what keeps a knowledge folder from being trained on, file by file; with nothing of it a model can be made.

    Far less than `python -m bot check` asks for, and quick enough to be asked while serving: 0.2 seconds for 150 files.
    """
    faults = []
    hotlines: Hotlines = {}
    try:
        hotlines = knowledge_hotlines(directory / "hotlines.yml")
    except HotlinesMissing:
        faults.append(f"{directory.name}/hotlines.yml:1: no hotlines can be read")
    files = sorted((directory / "passages").glob("*.md"))
    if not files:
        faults.append(f"{directory.name}/passages:1: no passage (*.md) is there")
    for file in files:
        try:
            passage = read_passage(file)
            if hotlines:
                passage.rendered(hotlines)
        except PassageError as error:
            faults.append(str(error).replace(f"{directory.parent}/", ""))
        except (KeyError, TypeError, AttributeError) as error:  # a hotline that is not there, a date that is none
            faults.append(f"{directory.name}/passages/{file.name}:1: cannot be shown ({error})")
    return faults


def split_passage(file: Path) -> tuple[str, str]:
    """Returns the front matter and the body of a passage file.

    Raises:
        PassageError: the file has no front matter between two `---` lines.
    """
    try:
        match = _FRONT_MATTER.match(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PassageError(f"{file}:1: cannot be read ({type(error).__name__})") from error
    if match is None:
        raise PassageError(f"{file}:1: the file must open with front matter between two lines of ---")
    return match[1], match[2]


def read_passage(file: Path) -> Passage:
    """Reads one passage file.

    Raises:
        PassageError: the front matter is not YAML or lacks a field.
    """
    front_matter, body = split_passage(file)
    try:
        data = read_yaml(front_matter)
    except YamlFault as error:
        raise PassageError(f"{file}:{error.line + 1}: the front matter {error}") from error
    answer, _, more = body.partition(MORE_MARK)
    try:
        return Passage(
            id=data["id"],
            title=data["title"],
            asks=tuple(data["asks"]),
            topic=data["topic"],
            cities=tuple(data["cities"]),
            audience=tuple(data["audience"]),
            sources=tuple(data["sources"] or ()),
            level=data["level"],
            status=data["status"],
            checked_on=data["checked_on"],
            references=tuple({key: str(value) for key, value in reference.items()} for reference in data["references"] or ()),
            hotline=data["hotline"],
            related=tuple(data["related"]),
            sms=data["sms"],
            answer=answer.strip(),
            more=more.strip(),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise PassageError(f"{file}:1: the front matter lacks or misshapes a field ({error})") from error
