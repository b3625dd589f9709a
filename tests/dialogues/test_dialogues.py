"""Plays every dialogue of dialogues.yml through the whole bot, turn by turn."""

from pathlib import Path

import pytest
import yaml

DIALOGUES = yaml.safe_load((Path(__file__).parent / "dialogues.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[dialogue["who"] for dialogue in DIALOGUES])
async def test_dialogue(talk, dialogue) -> None:
    for number, turn in enumerate(dialogue["turns"], start=1):
        first = (await talk(turn["user"])).replies[0]
        said = f"turn {number}: {turn['user']!r} got {first['kind']}: {first['text']}"
        assert first["kind"] == turn["kind"], said
        assert turn.get("contains", "") in first["text"], said
        assert "lacks" not in turn or turn["lacks"] not in first["text"], said
