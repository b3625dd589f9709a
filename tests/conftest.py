"""Shared fixtures: one loaded model for a whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gateway_process import RedisProcess

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--guarantee=whole` sends every crisis phrase through every state of both routes, instead of one of each kind."""
    parser.addoption("--guarantee", choices=("sample", "whole"), default="sample", help="how many crisis phrases go through the routes")


@pytest.fixture(scope="session")
def assistant() -> Any:
    """The trained assistant in this process."""
    from bot.rasa.assistant import Assistant

    return Assistant.load()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisProcess]:
    """A real Redis for all the tests; those that disturb it start one of their own."""
    with RedisProcess(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.fixture
def talk(assistant: Any) -> Iterator[Any]:
    """A fresh conversation: call it with a message, get the `Turn`."""
    conversation = assistant.new_conversation()

    async def say(text: str, payload: str | None = None, channel: str = "web") -> Any:
        return await assistant.respond(text, conversation, payload, channel)

    say.conversation = conversation  # type: ignore[attr-defined]
    yield say
