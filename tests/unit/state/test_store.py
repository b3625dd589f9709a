"""The contract of a store, on the memory of the process and on a real Redis."""

from __future__ import annotations

import asyncio

import pytest
from limits import parse

from bot.state.open import State
from bot.state.store import StateChanged, StateUnavailable


async def test_what_was_put_is_there_until_it_is_deleted(state: State, name: str) -> None:
    store = state.store("chat", 60)
    assert await store.get(name) is None
    await store.put(name, "¡hola! 😭", None)
    kept = await store.get(name)
    assert kept is not None
    assert kept.value == "¡hola! 😭"
    assert await store.count() == 1
    await store.delete(name)
    await store.delete(name)
    assert await store.get(name) is None
    assert await store.count() == 0


async def test_kinds_are_apart(state: State, name: str) -> None:
    await state.store("chat", 60).put(name, "x", None)
    assert await state.store("sms", 60).get(name) is None


async def test_nothing_is_written_over_what_somebody_else_wrote(state: State, name: str) -> None:
    store = state.store("chat", 60)
    await store.put(name, "first", None)
    first = await store.get(name)
    with pytest.raises(StateChanged):
        await store.put(name, "as if nothing were there", None)
    await store.put(name, "second", first)
    with pytest.raises(StateChanged):
        await store.put(name, "over the first", first)
    second = await store.get(name)
    assert second is not None
    assert second.value == "second"
    await store.delete(name)
    with pytest.raises(StateChanged):
        await store.put(name, "brought back", second)
    assert await store.get(name) is None


async def test_values_end_after_silence_and_stay_while_they_are_used(state: State, name: str) -> None:
    store = state.store("chat", 0.6)
    await store.put(name, "used", None)
    await store.put(name + "silent", "silent", None)
    for _ in range(4):
        await asyncio.sleep(0.25)
        assert await store.get(name) is not None
    assert await store.get(name + "silent") is None
    await asyncio.sleep(0.8)
    assert await store.get(name) is None


async def test_turns_come_in_the_order_in_which_they_were_asked_for(state: State, name: str) -> None:
    store = state.store("chat", 60)
    order: list[int] = []
    inside = 0

    async def take(number: int) -> None:
        nonlocal inside
        async with store.turn(name, 5):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0.01)
            order.append(number)
            inside -= 1

    waiting = []
    async with store.turn(name, 5):  # so that all eight stand in line
        for number in range(8):
            waiting.append(asyncio.create_task(take(number)))
            await asyncio.sleep(0.1)  # its question has reached the store
    await asyncio.gather(*waiting)
    assert order == list(range(8))


async def test_a_turn_that_does_not_come_in_time_is_an_error_and_is_left(state: State, name: str) -> None:
    store = state.store("chat", 60)
    async with store.turn(name, 1):
        with pytest.raises(StateUnavailable):
            async with store.turn(name, 0.1):
                raise AssertionError("two at once")
    async with store.turn(name, 0.1):
        pass


async def test_a_turn_is_left_by_whoever_fails_or_is_cancelled(state: State, name: str) -> None:
    store = state.store("chat", 60)
    with pytest.raises(ZeroDivisionError):
        async with store.turn(name, 1):
            raise ZeroDivisionError

    async def hold() -> None:
        async with store.turn(name, 1):
            await asyncio.sleep(60)

    holding = asyncio.create_task(hold())
    waiting = asyncio.create_task(hold())
    await asyncio.sleep(0.1)
    waiting.cancel()
    holding.cancel()
    await asyncio.gather(holding, waiting, return_exceptions=True)
    async with store.turn(name, 0.1):
        pass


async def test_whoever_is_cancelled_while_asking_leaves_nothing_behind(state: State, name: str) -> None:
    store = state.store("chat", 60)

    async def hold() -> None:
        async with store.turn(name, 5):
            await asyncio.sleep(60)

    for round_ in range(40):
        holding = [asyncio.create_task(hold()) for _ in range(10)]
        for _ in range(round_ % 20):
            await asyncio.sleep(0)
        for task in holding:
            task.cancel()
        await asyncio.gather(*holding, return_exceptions=True)
        async with store.turn(name, 5):
            pass


async def test_other_names_do_not_wait(state: State, name: str) -> None:
    store = state.store("chat", 60)
    async with store.turn(name, 1), store.turn(name + "other", 0.1):
        pass


async def test_limits_count(state: State, name: str) -> None:
    limit = parse("3/minute")
    assert [await state.limiter.hit(limit, "chat", name) for _ in range(4)] == [True, True, True, False]
    assert await state.limiter.hit(limit, "votes", name)


async def test_the_state_is_alive(state: State) -> None:
    assert await state.alive()
