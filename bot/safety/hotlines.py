"""The hotlines: loading them, and filling their numbers into wording.

Training writes a copy beside the model. Serving reads that copy first and the knowledge folder
second, so that a broken knowledge folder or a missing model never hides a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.safety.model_files import HOTLINES_FILE, ModelRefused, verify
from bot.safety.yaml_files import read_yaml

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "knowledge"
PACKED_HOTLINES = ROOT / "models" / HOTLINES_FILE
KNOWLEDGE_HOTLINES = KNOWLEDGE / "hotlines.yml"
ALWAYS = ("emergency", "suicide", "trafficking")
"""The lines beside every notice and every error: what is wrong is not known there."""

Hotlines = Mapping[str, Mapping[str, Any]]

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\.([a-z_]+)\}")
_CITY_LINES = {
    "kansas_city": "kc_domestic_violence",
    "lees_summit": "kc_domestic_violence",
    "webster_groves": "safe_connections",
    "creve_coeur": "safe_connections",
}


class HotlinesMissing(RuntimeError):
    """Neither the packed copy nor the knowledge folder holds readable hotlines."""


def load_hotlines(packed: Path = PACKED_HOTLINES, knowledge: Path = KNOWLEDGE_HOTLINES) -> Hotlines:
    """Returns every hotline by id, from the copy packed at training or else from the knowledge.

    A packed copy that is not the one that training wrote is not read: a changed number would be the worst of changes.

    Raises:
        HotlinesMissing: neither file can be read.
    """
    return _first_of(packed, knowledge)


def knowledge_hotlines(file: Path = KNOWLEDGE_HOTLINES) -> Hotlines:
    """Returns every hotline by id, as the knowledge has them now.

    Raises:
        HotlinesMissing: the file cannot be read.
    """
    return _first_of(file)


def _first_of(*paths: Path) -> Hotlines:
    faults = []
    for path in paths:
        try:
            return _read(path)
        except (OSError, ValueError, ModelRefused) as error:
            faults.append(f"{path}: {type(error).__name__}")
    raise HotlinesMissing(f"No hotlines can be read ({'; '.join(faults)}). Restore knowledge/hotlines.yml, then run `make setup`.")


def _read(path: Path) -> Hotlines:
    if path.name == HOTLINES_FILE:
        verify(path.parent, [HOTLINES_FILE])
    text = path.read_text(encoding="utf-8")
    data = json.loads(text) if path.suffix == ".json" else read_yaml(text)
    if not isinstance(data, dict) or not set(ALWAYS) <= set(data):
        raise ValueError(f"{', '.join(ALWAYS)} must be among the hotlines")
    return data


def channel(line: Mapping[str, Any], name: str, language: str = "en") -> str:
    """Returns how one channel of a line is written in prose: "988", "HELP to 233733", an address.

    Raises:
        KeyError: the line has no such channel.
    """
    if name != "text":
        return str(line[name])
    text = line["text"]
    keyword = text.get(f"keyword_{language}") or text.get("keyword")
    joint = " al " if language == "es" else " to "
    return f"{keyword}{joint}{text['number']}" if keyword else str(text["number"])


def fill(text: str, hotlines: Hotlines, language: str = "en") -> str:
    """Returns the text with each `{line.channel}` replaced from the hotlines.

    Raises:
        KeyError: a placeholder names a line or channel that does not exist.
    """
    return _PLACEHOLDER.sub(lambda match: channel(hotlines[match[1]], match[2], language), text)


def placeholders(text: str) -> set[tuple[str, str]]:
    """Returns each (line, channel) pair that a text names."""
    return set(_PLACEHOLDER.findall(text))


def named_lines(text: str) -> list[str]:
    """Returns the lines that a text names, in its order."""
    return list(dict.fromkeys(line_id for line_id, _ in _PLACEHOLDER.findall(text)))


def as_wire(line_id: str, hotlines: Hotlines, city: str | None = None) -> dict[str, Any]:
    """Returns a hotline in the form of the chat API, without its text where texts do not reach it from the city."""
    line = hotlines[line_id]
    text = line.get("text") or {}
    if city not in text.get("areas", (city,)):
        text = {}
    return {
        "id": line_id,
        "name": line["name"],
        "call": line.get("call"),
        "text": text.get("number"),
        "keyword": text.get("keyword"),
        "chat": line.get("chat"),
    }


def local_domestic_violence_line(city: str | None) -> str | None:
    """Returns the id of the local domestic violence line where the city has one."""
    return _CITY_LINES.get(city or "")
