"""Rasa's conversations, on the memory of the process and on a real Redis: what was erased is not written anew."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa.tracker_store import ExpiringTrackerStore
from bot.state.memory import MemoryStore
from bot.state.open import State
from bot.state.store import StateChanged
from tests.unit.state.conftest import OpenState

SAID = "my husband beats me"


def tracker(name: str) -> DialogueStateTracker:
    """A conversation as Rasa starts it where it finds none."""
    return DialogueStateTracker.from_events(name, [UserUttered(SAID)])


@pytest.mark.parametrize("was_kept", [True, False])
async def test_a_message_that_comes_after_the_erasure_writes_nothing(state: State, name: str, was_kept: bool) -> None:
    store = state.store("tracker", 60)
    trackers = ExpiringTrackerStore(Domain.empty(), store=store)
    if was_kept:
        await trackers.save(tracker(name))
    read_before = await trackers.retrieve(name)
    await trackers.erase(name)
    for late in (tracker(name), read_before if was_kept else tracker(name)):
        with pytest.raises(StateChanged):
            await trackers.save(late)
    assert await trackers.retrieve(name) is None
    kept = await store.get(name)
    assert kept is not None and kept.value == ""


async def test_erased_twice_and_saved_under_another_name(state: State, name: str) -> None:
    trackers = ExpiringTrackerStore(Domain.empty(), store=state.store("tracker", 60))
    await trackers.erase(name)
    await trackers.erase(name)
    await trackers.save(tracker(f"{name} anew"))
    anew = await trackers.retrieve(f"{name} anew")
    assert anew is not None and [event.text for event in anew.events] == [SAID]


async def test_another_worker_refuses_what_this_one_erased(shared: OpenState, name: str) -> None:
    here, there = (ExpiringTrackerStore(Domain.empty(), store=shared().store("tracker", 60)) for _ in range(2))
    await here.save(tracker(name))
    await here.erase(name)
    with pytest.raises(StateChanged):
        await there.save(tracker(name))


async def test_the_mark_ends_like_the_conversation_and_goes_to_a_successor(name: str) -> None:
    now = 0.0
    former, successor = (MemoryStore(60, lambda: now) for _ in range(2))
    await ExpiringTrackerStore(Domain.empty(), store=former).erase(name)
    successor.take(former.held())
    with pytest.raises(StateChanged):
        await ExpiringTrackerStore(Domain.empty(), store=successor).save(tracker(name))
    now = 61.0
    assert (await former.count(), await successor.count()) == (0, 0)
