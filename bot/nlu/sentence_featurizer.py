"""Encodes each message; intents, retrieval and the crisis gate read this embedding, of some messages the intents a second one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.messages import EMBEDDING_KEY, FIRST_ENCODER, READINGS_KEY, key_of
from bot.nlu.configuration import configured
from bot.nlu.second_reading import Doubt, is_read_again
from bot.retrieval.encoder import Encoder, load_embeddings
from bot.safety.model_files import ENCODERS
from bot.safety.normalize import undisguised
from bot.settings import MODELS

PIECE_WORDS = 150
"""Words of a piece of a long message; the next piece starts half a piece later."""
_directories: Mapping[str, Path] = {name: MODELS / name for name in ENCODERS}


@lru_cache(maxsize=len(ENCODERS))
def shared_encoder(name: str = FIRST_ENCODER) -> Encoder:
    """The one encoder of a name in this process."""
    return Encoder.from_directory(_directories[name])


def use_encoders(directories: Mapping[str, Path]) -> None:
    """Makes this process read its encoders elsewhere: training does, while the new ones are not yet in place."""
    global _directories
    _directories = directories
    shared_encoder.cache_clear()


class _Fingerprinted(np.ndarray[Any, Any]):
    """An array whose fingerprint is of its bytes: Rasa would print all its numbers, 3 ms for each of 64,000 training messages."""

    def fingerprint(self) -> str:
        return hashlib.sha256(self.tobytes()).hexdigest()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(GraphComponent):
    """Writes the sentence embedding of every message, or with the second encoder of those that are read once more.

    What stands beyond the tokens that the encoder takes would not be read at all, one cry for help would drown in the
    mean of very many words, and letters in disguise are no words to it: the pieces of a long message, and what a
    disguised one says, are encoded too (`READINGS_KEY`).
    """

    def __init__(self, encoder: Encoder, name: str = FIRST_ENCODER, doubt: Doubt | None = None) -> None:
        self._encoder = encoder
        self._name = name
        self._doubt = doubt or Doubt()

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`encoder` is the name of one; `doubt` bounds the first readings of the messages that the second one encodes."""
        return {"encoder": FIRST_ENCODER, "doubt": {}}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Creates the component around the encoder that `make setup` built."""
        name = config["encoder"]
        return cls(shared_encoder(name), name, configured(Doubt, config["doubt"], "SentenceFeaturizer: doubt"))

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Retrains whatever depends on the embeddings when the encoder changes."""
        return shared_encoder(config["encoder"]).version

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Gives the training examples the embeddings that building the encoder kept, and encodes the others."""
        kept, key = load_embeddings(_directories[self._name]), key_of(self._name, EMBEDDING_KEY)
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        for example in examples:
            if example.get(TEXT) in kept:
                example.set(key, kept[example.get(TEXT)])
        self._encode([example for example in examples if example.get(key) is None])
        for example in examples:
            example.set(key, example.get(key).view(_Fingerprinted))
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Encodes incoming messages."""
        own = [
            message for message in messages if message.get(TEXT) and (self._name == FIRST_ENCODER or is_read_again(message, self._doubt))
        ]
        self._encode(own)
        for message in own:
            readings = other_readings(message.get(TEXT))
            if readings:
                message.set(key_of(self._name, READINGS_KEY), self._encoder.encode(readings))
        return messages

    def _encode(self, messages: List[Message]) -> None:
        embeddings = self._encoder.encode([message.get(TEXT) for message in messages])
        for message, embedding in zip(messages, embeddings, strict=True):
            message.set(key_of(self._name, EMBEDDING_KEY), embedding)


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
