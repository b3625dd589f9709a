"""What the memory of one process hands over to that of its successor."""

from __future__ import annotations

import asyncio

import pytest

from bot.state.memory import MemoryStore
from bot.state.store import StateChanged


async def test_values_go_over_with_the_time_that_they_have_left_and_erased_ones_do_not() -> None:
    now = [1000.0]
    former, successor = MemoryStore(60, lambda: now[0]), MemoryStore(60, lambda: now[0] - 500)
    for name in ("silent", "erased", "used"):
        await former.put(name, f"value of {name}", None)
    now[0] += 40
    await former.get("used")
    await former.delete("erased")
    held = former.held()
    assert held == [("silent", "value of silent", 20.0), ("used", "value of used", 60.0)]
    successor.take(held)
    now[0] += 21
    assert await successor.get("silent") is None
    used = await successor.get("used")
    assert used is not None and used.value == "value of used"
    await successor.put("used", "newer", used)
    with pytest.raises(StateChanged):
        await successor.put("used", "as read before", used)


async def test_what_was_taken_ends_by_itself() -> None:
    store = MemoryStore(60)
    store.take([("name", "value", 0.05)])
    await asyncio.sleep(0.2)
    assert store._kept == {}
