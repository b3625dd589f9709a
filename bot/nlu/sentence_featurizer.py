"""Encodes each message once; intents, retrieval and the crisis gate all read this embedding."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.messages import EMBEDDING_KEY
from bot.retrieval.encoder import Encoder
from bot.settings import MODELS


@lru_cache(maxsize=1)
def shared_encoder(directory: Path = MODELS / "encoder") -> Encoder:
    """The one encoder of this process."""
    return Encoder.from_directory(directory)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(GraphComponent):
    """Writes the sentence embedding of every message under `EMBEDDING_KEY`."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Creates the component around the encoder that `make setup` built."""
        return cls(shared_encoder())

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Retrains whatever depends on the embeddings when the encoder changes."""
        return shared_encoder().version

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encodes the training examples in one batch."""
        self._encode(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Encodes incoming messages."""
        self._encode(messages)
        return messages

    def _encode(self, messages: List[Message]) -> None:
        spoken = [message for message in messages if message.get(TEXT)]
        for message, embedding in zip(spoken, self._encoder.encode([message.get(TEXT) for message in spoken]), strict=True):
            message.set(EMBEDDING_KEY, embedding)
