"""The trained assistant in this process: what `ask`, `chat`, the stories and the tests talk to."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence

from rasa.core.agent import Agent
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

import bot.logs  # noqa: I001  sets what Rasa reads when it is imported
from bot.messages import CHECK_IN, CRISIS_KEY, CrisisAssessment
from bot.nlg.response_composer import ResponseComposer
from bot.rasa.input_channel import ReplyCollector, user_message
from bot.rasa.lock_store import TurnLockStore
from bot.rasa.tracker_store import ExpiringTrackerStore
from bot.safety.model_files import MODEL_FILE, ModelRefused, take_over, verify
from bot.safety.normalize import clean_text
from bot.settings import MODELS

MODEL = MODELS / MODEL_FILE


class ModelMissing(FileNotFoundError):
    """There is no trained model, or it cannot be loaded."""


@dataclass(frozen=True)
class Turn:
    """What one message brought about."""

    replies: List[Dict[str, Any]]
    parse_data: Mapping[str, Any]
    slots: Mapping[str, Any]
    actions: tuple[str, ...]


class Assistant:
    """A loaded model with conversations of its own in memory."""

    def __init__(self, agent: Agent, store: ExpiringTrackerStore) -> None:
        self._agent = agent
        self._store = store

    @classmethod
    def load(cls, model: Path = MODEL) -> Assistant:
        """Loads a trained model.

        Raises:
            ModelMissing: there is none, or a file is not the one that training wrote.
        """
        try:
            take_over(model.parent)
            verify(model.parent)
        except (ModelRefused, OSError) as error:
            raise ModelMissing(str(error)) from error
        bot.logs.configure_logging("warning")
        agent = Agent(generator=EndpointConfig(type=f"{ResponseComposer.__module__}.{ResponseComposer.__name__}"))
        agent.load_model(str(model))
        store = ExpiringTrackerStore(agent.domain)
        use_stores(agent, store, TurnLockStore())
        return cls(agent, store)

    @staticmethod
    def new_conversation() -> str:
        """Returns a random conversation id."""
        return uuid.uuid4().hex

    async def respond(self, text: str, conversation: str, payload: Optional[str] = None, channel: str = "web") -> Turn:
        """Handles one message as the gateway would hand it on: cleaned first."""
        collector = ReplyCollector()
        await self._agent.handle_message(user_message(clean_text(text), payload, conversation, channel, collector))
        tracker = await self.tracker(conversation)
        parse_data = tracker.latest_message.parse_data if tracker.latest_message else {}
        return Turn(collector.replies, parse_data or {}, tracker.current_slot_values(), _last_actions(tracker))

    async def tracker(self, conversation: str) -> DialogueStateTracker:
        """Returns the state of a conversation."""
        return await self._store.get_or_create_tracker(conversation)

    async def begin(self, conversation: str, slots: Mapping[str, Any], checked_in: Sequence[str] = ()) -> None:
        """Starts a conversation in a state: with slots, and just after a check-in for some crisis kinds."""
        tracker = await self.tracker(conversation)
        for name, value in slots.items():
            tracker.update(SlotSet(name, value))
        if checked_in:
            gate = CrisisAssessment(level=CHECK_IN, kinds=tuple(checked_in)).as_dict() | {"risk": 0.0}
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
            tracker.update(UserUttered("...", intent={"name": CHECK_IN}, parse_data={"intent": {"name": CHECK_IN}, CRISIS_KEY: gate}))
            tracker.update(ActionExecuted("utter_check_in"))
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        await self._store.save(tracker)

    async def erase(self, conversation: str) -> None:
        """Forgets a conversation."""
        await self._store.erase(conversation)


def _last_actions(tracker: DialogueStateTracker) -> tuple[str, ...]:
    """The actions since the last message."""
    actions: List[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name not in (None, ACTION_LISTEN_NAME):
            actions.insert(0, event.action_name)
    return tuple(actions)


def use_stores(agent: Agent, trackers: ExpiringTrackerStore, locks: TurnLockStore) -> None:
    """Gives an agent our stores themselves: Rasa's fail-safe wrapper forgets in silence."""
    agent.tracker_store = trackers
    agent.lock_store = locks
    if agent.processor is not None:
        agent.processor.tracker_store = trackers
