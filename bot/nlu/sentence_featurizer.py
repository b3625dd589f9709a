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

from bot.messages import EMBEDDING_KEY, READINGS_KEY
from bot.retrieval.encoder import Encoder, load_embeddings
from bot.safety.normalize import undisguised
from bot.settings import MODELS

ENCODER_DIRECTORY = MODELS / "encoder"
PIECE_WORDS = 150
"""Words of a piece of a long message; the next piece starts half a piece later."""
_directory = ENCODER_DIRECTORY


@lru_cache(maxsize=1)
def shared_encoder() -> Encoder:
    """The one encoder of this process."""
    return Encoder.from_directory(_directory)


def use_encoder(directory: Path) -> None:
    """Makes this process read its encoder elsewhere: training does, while the new one is not yet in place."""
    global _directory
    _directory = directory
    shared_encoder.cache_clear()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(GraphComponent):
    """Writes the sentence embedding of every message under `EMBEDDING_KEY`.

    What stands beyond the tokens that the encoder takes would not be read at all, one cry for help would drown in the
    mean of very many words, and letters in disguise are no words to it: the pieces of a long message, and what a
    disguised one says, go under `READINGS_KEY`.
    """

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
        """Gives the training examples the embeddings that building the encoder kept, and encodes the others."""
        kept = load_embeddings(_directory)
        for example in training_data.training_examples:
            if example.get(TEXT) in kept:
                example.set(EMBEDDING_KEY, kept[example.get(TEXT)])
        self._encode([example for example in training_data.training_examples if example.get(EMBEDDING_KEY) is None])
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Encodes incoming messages."""
        self._encode(messages)
        for message in messages:
            readings = other_readings(message.get(TEXT) or "")
            if readings:
                message.set(READINGS_KEY, self._encoder.encode(readings))
        return messages

    def _encode(self, messages: List[Message]) -> None:
        spoken = [message for message in messages if message.get(TEXT)]
        for message, embedding in zip(spoken, self._encoder.encode([message.get(TEXT) for message in spoken]), strict=True):
            message.set(EMBEDDING_KEY, embedding)


def other_readings(text: str) -> List[str]:
    """Returns the overlapping pieces of a long message, the plain words of a disguised one, and nothing of most."""
    plain = undisguised(text)
    return _pieces(plain or text) or ([plain] if plain else [])


def _pieces(text: str) -> List[str]:
    words = text.split()
    if len(words) <= PIECE_WORDS:
        return []
    step = PIECE_WORDS // 2
    return [" ".join(words[start : start + PIECE_WORDS]) for start in range(0, len(words) - step, step)]
