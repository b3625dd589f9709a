"""Reads the labelled messages of `data/nlu` for the encoder, without Rasa."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class LabelledMessage:
    """A training message, its intent, and the passage it asks for where it is a question."""

    text: str
    intent: str
    passage_id: str | None = None


def read_messages(directory: Path) -> list[LabelledMessage]:
    """Returns every example of the NLU files in a folder, in the order of file and line."""
    messages = []
    for path in sorted(directory.glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            intent, _, passage_id = block["intent"].partition("/")
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    messages.append(LabelledMessage(line[2:].strip(), intent, passage_id or None))
    return messages
