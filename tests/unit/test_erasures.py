"""What could not be erased is erased later, as far as there is room for it."""

from __future__ import annotations

import pytest

from bot.gateway.erasures import Erasures
from bot.state.store import StateUnavailable
from tests.unit.sms.stubs import FakeEngine, gateway


async def test_an_end_that_redis_did_not_hear_is_tried_again_until_it_does() -> None:
    tried: list[str] = []
    away = True

    async def end(token: str) -> None:
        tried.append(token)
        if away:
            raise StateUnavailable("down")

    async def erase(name: str) -> bool:
        return True

    erasures = Erasures(erase)
    with pytest.raises(StateUnavailable):
        await erasures.end("token", end)
    await erasures.retry()
    away = False
    await erasures.retry()
    await erasures.retry()
    assert tried == ["token"] * 3


async def test_what_waits_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.gateway.erasures._MOST_LEFT", 3)
    tried: list[str] = []

    async def erase(name: str) -> bool:
        tried.append(name)
        return False

    async def end(token: str) -> None:
        tried.append(token)
        raise StateUnavailable("down")

    erasures = Erasures(erase)
    for number in range(5):
        await erasures.erase(f"name {number}")
        with pytest.raises(StateUnavailable):
            await erasures.end(f"token {number}", end)
    tried.clear()
    await erasures.retry()
    assert sorted(tried) == ["name 0", "name 1", "name 2", "token 0"]


async def test_what_is_longer_than_a_token_is_looked_up_nowhere_and_waits_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = gateway(FakeEngine()).state.gateway.chat
    looked_up: list[str] = []

    async def away(token: str) -> None:
        looked_up.append(token)
        raise StateUnavailable("down")

    monkeypatch.setattr(chat, "_end", away)
    await chat.erase("x" * 101)
    with pytest.raises(StateUnavailable):
        await chat.erase("x" * 100)
    assert looked_up == ["x" * 100]
