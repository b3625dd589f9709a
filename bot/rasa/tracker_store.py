"""Conversations in memory: they expire, can be erased, and keep only the last turns and the slots."""

from __future__ import annotations

import time
from collections import deque
from typing import Any, Dict, Iterable, List, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.settings import load_settings

KEPT_TURNS = 10
"""Rasa's time per message grows with the events of a tracker, so older turns are dropped."""


class ExpiringTrackerStore(TrackerStore, SerializedTrackerAsText):
    """Keeps each conversation for as long as people may still be in it, in this process only."""

    def __init__(
        self,
        domain: Optional[Domain],
        host: Optional[EndpointConfig] = None,
        event_broker: Optional[EventBroker] = None,
        minutes: Optional[float] = None,
        **kwargs: Any,
    ) -> None:
        self._seconds = 60 * (minutes if minutes is not None else load_settings().conversation_minutes)
        self._kept: Dict[str, tuple[float, str]] = {}
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the slots and the last turns of a conversation."""
        self._drop_expired()
        shortened = DialogueStateTracker.from_events(tracker.sender_id, last_turns(tracker), tracker.slots.values())
        self._kept.pop(tracker.sender_id, None)
        self._kept[tracker.sender_id] = (time.monotonic() + self._seconds, self.serialise_tracker(shortened))

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """Returns a conversation that has not expired, or None."""
        self._drop_expired()
        kept = self._kept.get(sender_id)
        return self.deserialise_tracker(sender_id, kept[1]) if kept else None

    async def keys(self) -> Iterable[str]:
        """Returns the ids of every open conversation."""
        self._drop_expired()
        return list(self._kept)

    async def erase(self, sender_id: str) -> None:
        """Forgets a conversation at once; an unknown one is no error."""
        self._kept.pop(sender_id, None)

    def _drop_expired(self) -> None:
        now = time.monotonic()
        while self._kept:
            sender_id = next(iter(self._kept))
            if self._kept[sender_id][0] > now:
                return
            del self._kept[sender_id]


def last_turns(tracker: DialogueStateTracker, turns: int = KEPT_TURNS) -> List[Event]:
    """Returns the slots as events, then the events of the last turns."""
    recent: deque[Event] = deque()
    seen = 0
    for event in reversed(tracker.events):
        recent.appendleft(event)
        if isinstance(event, UserUttered):
            seen += 1
            if seen == turns:
                break
    else:
        return list(recent)
    slots = [SlotSet(name, value) for name, value in tracker.current_slot_values().items() if value is not None]
    return [*slots, *recent]
