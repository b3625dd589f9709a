"""What could not be erased is erased later."""

from __future__ import annotations

import pytest

from bot.gateway.erasures import Erasures
from bot.state.store import StateUnavailable


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
