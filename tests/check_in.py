"""A conversation in the midst of a check-in, whatever the trained model finds doubtful."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DEVELOPMENT = Path(__file__).parent / "evaluation" / "safety_dev.jsonl"


async def checked_in(assistant: Any, channel: str = "web") -> tuple[str, str, Any]:
    """Sends development messages, each in a conversation of its own, until one leads to a check-in.

    Two trainings of the encoder never draw the line at the same message, so none is named here.

    Returns:
        The message, the conversation, and the `Turn` with the check-in.
    """
    for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines():
        text: str = json.loads(line)["text"]
        conversation = assistant.new_conversation()
        turn = await assistant.respond(text, conversation, channel=channel)
        if turn.replies[0]["kind"] == "check_in":
            return text, conversation, turn
        await assistant.erase(conversation)
    raise AssertionError("no development message leads to a check-in")
