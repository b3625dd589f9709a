"""The telephone in the terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.gateway.static_replies import StaticReplies
from bot.sms_console import provider_texts, shown, text_in_terminal
from tests.unit.sms.stubs import bubble


@dataclass
class FakeTurn:
    replies: list[dict[str, Any]]


@dataclass
class FakeAssistant:
    asked: list[tuple[str, str | None, str]] = field(default_factory=list)

    async def respond(self, text: str, conversation: str, payload: str | None = None, channel: str = "web") -> FakeTurn:
        self.asked.append((text, payload, channel))
        return FakeTurn([bubble(f"You wrote: {text}")])

    async def erase(self, conversation: str) -> None:
        """Nothing is kept."""


def test_a_message_is_shown_with_its_segments() -> None:
    assert shown("hello") == "[1 segment, GSM-7, 5] hello"
    assert shown("á" * 71).startswith("[2 segments, UCS-2, 71] á")


async def test_a_talk_in_the_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed = iter(["hello", "HELP", "stop", "START"])

    def type_next(prompt: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", type_next)
    assistant = FakeAssistant()
    await text_in_terminal(assistant)  # type: ignore[arg-type]
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    assert lines[0] == "[1 segment, GSM-7, 16] You wrote: hello"
    assert lines[1].startswith("[2 segments, GSM-7, ")
    assert [line.startswith("(from the provider) [") for line in lines[2:]] == [True] * 3
    assert assistant.asked == [("hello", None, "sms")]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("keyword", ["HELP", "STOP", "START"])
def test_the_texts_for_the_provider_carry_the_lines(keyword: str, language: str) -> None:
    blocks = dict(block.split("\n") for block in provider_texts(StaticReplies.load()).split("\n\n"))
    text = blocks[f"{keyword} ({language})"]
    assert all(number in text for number in ("911", "988", "1-888-373-7888"))


def test_the_commands_print_the_texts_and_the_twiml() -> None:
    texts = CliRunner().invoke(app, ["sms", "--texts"])
    twiml = CliRunner().invoke(app, ["sms", "--fallback"])
    assert texts.exit_code == 0 and texts.output.startswith("HELP (en)\n")
    assert twiml.exit_code == 0 and twiml.output.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<Response><Message>')
