"""Conversations as Rasa needs them: they expire, can be erased, and keep only the last turns and the slots."""

from __future__ import annotations

import json
from typing import Any, Iterable, List, Optional, Union

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

from bot.messages import CRISIS_KEY, RETRIEVAL_KEY
from bot.settings import load_settings
from bot.state.memory import MemoryStore
from bot.state.store import Store

KEPT_TURNS = 10
"""Rasa's time per message grows with the events of a tracker, so older turns are dropped, and of earlier ones only what is read again is kept."""

_EVENT_TYPES = {kind.type_name: kind for kind in all_subclasses(Event)}
"""Rasa searches all its classes for the type of every event it reads, which took a third of a message at turn 30."""

_SAID = (UserUttered, BotUttered)
_ERASED = ""


class ExpiringTrackerStore(TrackerStore, SerializedTrackerAsText):
    """Keeps each conversation for as long as people may still be in it; in this process unless given another store.

    A tracker is saved only over what it was read from, so a worker that was stopped for a while never
    brings back what was said since. An erased conversation leaves an empty mark for as long as it would have been kept,
    so neither a worker nor a message that was still on its way writes it anew. Every method raises `StateUnavailable`.
    """

    def __init__(
        self,
        domain: Optional[Domain],
        host: Optional[EndpointConfig] = None,
        event_broker: Optional[EventBroker] = None,
        store: Optional[Store] = None,
        **kwargs: Any,
    ) -> None:
        self._store = store or MemoryStore(60.0 * load_settings().conversation_minutes)
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the slots and the last turns of a conversation; a message that another worker has saved is not saved again."""
        if _has_a_message_twice(tracker):
            return
        shortened = DialogueStateTracker.from_events(tracker.sender_id, last_turns(tracker), tracker.slots.values())
        tracker.kept = await self._store.put(tracker.sender_id, self.serialise_tracker(shortened), getattr(tracker, "kept", None))

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """Returns a conversation that has not expired, or None."""
        kept = await self._store.get(sender_id)
        if kept is None or kept.value == _ERASED:
            return None
        tracker = self.deserialise_tracker(sender_id, kept.value)
        tracker.kept = kept
        return tracker

    def deserialise_tracker(self, sender_id: str, serialised_tracker: Union[str, bytes]) -> DialogueStateTracker:
        """Returns what `serialise_tracker` wrote."""
        entries = json.loads(serialised_tracker)["events"]
        tracker = self.init_tracker(sender_id)
        tracker.recreate_from_dialogue(Dialogue(sender_id, [_EVENT_TYPES[entry["event"]]._from_parameters(entry) for entry in entries]))
        return tracker

    async def keys(self) -> Iterable[str]:
        """Nobody needs the names of all conversations, so nobody can have them."""
        return ()

    async def erase(self, sender_id: str) -> None:
        """Forgets a conversation at once and for good; an unknown one is no error."""
        await self._store.put(sender_id, _ERASED, await self._store.get(sender_id))


def last_turns(tracker: DialogueStateTracker, turns: int = KEPT_TURNS) -> List[Event]:
    """Returns the slots as events, of earlier turns what `Conversation` and the composer read again, and the last turn whole."""
    events = list(tracker.events)
    starts = [position for position, event in enumerate(events) if isinstance(event, UserUttered)][-turns:]
    if not starts:
        return events
    slots = [SlotSet(name, value) for name, value in tracker.current_slot_values().items() if value is not None]
    earlier = events[starts[0] : starts[-1]]
    said = [_heard(event) if isinstance(event, UserUttered) else _answered(event) for event in earlier if isinstance(event, _SAID)]
    return [*slots, *said, *events[starts[-1] :]]


def _heard(event: UserUttered) -> UserUttered:
    """A message with the gate's assessment and the passage that answered it."""
    parsed = event.parse_data or {}
    retrieval = parsed.get(RETRIEVAL_KEY) or {}
    answered = retrieval.get("answered", False)
    kept = {
        CRISIS_KEY: parsed.get(CRISIS_KEY),
        RETRIEVAL_KEY: {"answered": answered, "passage": {"id": retrieval["passage"]["id"]}, "part": retrieval["part"]}
        if answered
        else None,
    }
    return UserUttered(
        event.text, event.intent, parse_data={"intent": event.intent} | kept, timestamp=event.timestamp, message_id=event.message_id
    )


def _answered(event: BotUttered) -> BotUttered:
    """A reply with its buttons, and its words where it was an escalation."""
    replies = ((event.data or {}).get("custom") or {}).get("replies") or []
    kept = [
        {"kind": reply["kind"], "text": reply["text"] if reply["kind"] == "escalation" else "", "buttons": reply["buttons"]}
        for reply in replies
    ]
    return BotUttered(data={"custom": {"replies": kept}}, timestamp=event.timestamp)


def _has_a_message_twice(tracker: DialogueStateTracker) -> bool:
    ids = [event.message_id for event in tracker.events if isinstance(event, UserUttered) and event.message_id]
    return len(ids) > len(set(ids))
