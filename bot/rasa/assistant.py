"""The trained assistant in this process: what `ask`, `chat`, the stories and the tests talk to."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional

from rasa.core.agent import Agent
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

import bot.logs  # noqa: I001  sets what Rasa reads when it is imported
from bot.nlg.response_composer import ResponseComposer
from bot.rasa.input_channel import ReplyCollector, user_message
from bot.rasa.tracker_store import ExpiringTrackerStore
from bot.safety.model_files import ModelRefused, take_over, verify
from bot.safety.normalize import clean_text
from bot.settings import MODELS

MODEL = MODELS / "lamplight.tar.gz"


class ModelMissing(FileNotFoundError):
    """There is no trained model, or it cannot be loaded."""


@dataclass(frozen=True)
class Turn:
    """What one message brought about."""

    replies: List[Dict[str, Any]]
    parse_data: Mapping[str, Any]
    slots: Mapping[str, Any]


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
        use_store(agent, store)
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
        return Turn(collector.replies, parse_data or {}, tracker.current_slot_values())

    async def tracker(self, conversation: str) -> DialogueStateTracker:
        """Returns the state of a conversation."""
        return await self._store.get_or_create_tracker(conversation)

    async def erase(self, conversation: str) -> None:
        """Forgets a conversation."""
        await self._store.erase(conversation)


def use_store(agent: Agent, store: ExpiringTrackerStore) -> None:
    """Gives an agent our store itself: Rasa's fail-safe wrapper forgets in silence."""
    agent.tracker_store = store
    if agent.processor is not None:
        agent.processor.tracker_store = store
