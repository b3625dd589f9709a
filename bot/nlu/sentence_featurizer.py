"""Encodes each message; intents, retrieval and the crisis gate read this embedding, in Spanish the intents one of their own."""

from __future__ import annotations

from collections.abc import Mapping
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

from bot.messages import EMBEDDING_KEY, READINGS_KEY, key_of
from bot.retrieval.encoder import Encoder, load_embeddings
from bot.safety.language import telling_language
from bot.safety.model_files import ENCODERS
from bot.safety.normalize import undisguised
from bot.settings import MODELS

PIECE_WORDS = 150
"""Words of a piece of a long message; the next piece starts half a piece later."""
_directories: Mapping[Optional[str], Path] = {language: MODELS / folder for language, folder in ENCODERS.items()}


@lru_cache(maxsize=len(ENCODERS))
def shared_encoder(language: Optional[str] = None) -> Encoder:
    """The one encoder of this process for all messages, or for those of a language."""
    return Encoder.from_directory(_directories[language])


def use_encoders(directories: Mapping[Optional[str], Path]) -> None:
    """Makes this process read its encoders elsewhere: training does, while the new ones are not yet in place."""
    global _directories
    _directories = directories
    shared_encoder.cache_clear()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(GraphComponent):
    """Writes the sentence embedding of every message, or of every one in the language of its configuration.

    What stands beyond the tokens that the encoder takes would not be read at all, one cry for help would drown in the
    mean of very many words, and letters in disguise are no words to it: the pieces of a long message, and what a
    disguised one says, are encoded too (`READINGS_KEY`).
    """

    def __init__(self, encoder: Encoder, language: Optional[str] = None) -> None:
        self._encoder = encoder
        self._language = language

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`language` is that of the only messages to encode; None encodes all of them."""
        return {"language": None}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Creates the component around the encoder that `make setup` built."""
        return cls(shared_encoder(config["language"]), config["language"])

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Retrains whatever depends on the embeddings when the encoder changes."""
        return shared_encoder(config["language"]).version

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Gives the training examples the embeddings that building the encoder kept, and encodes the others."""
        kept, key = load_embeddings(_directories[self._language]), key_of(self._language, EMBEDDING_KEY)
        examples = self._own(training_data.training_examples)
        for example in examples:
            if example.get(TEXT) in kept:
                example.set(key, kept[example.get(TEXT)])
        self._encode([example for example in examples if example.get(key) is None])
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Encodes incoming messages."""
        own = self._own(messages)
        self._encode(own)
        for message in own:
            readings = other_readings(message.get(TEXT))
            if readings:
                message.set(key_of(self._language, READINGS_KEY), self._encoder.encode(readings))
        return messages

    def _own(self, messages: List[Message]) -> List[Message]:
        spoken = [message for message in messages if message.get(TEXT)]
        if self._language is None:
            return spoken
        return [message for message in spoken if telling_language(message.get(TEXT)) == self._language]

    def _encode(self, messages: List[Message]) -> None:
        embeddings = self._encoder.encode([message.get(TEXT) for message in messages])
        for message, embedding in zip(messages, embeddings, strict=True):
            message.set(key_of(self._language, EMBEDDING_KEY), embedding)


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
