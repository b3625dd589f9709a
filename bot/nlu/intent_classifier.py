"""The intents, crisis kinds among them, from the shared embedding: a softmax and the vote of the nearest training messages."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.messages import EMBEDDING_KEY, FIRST_ENCODER, READINGS_KEY, key_of
from bot.nlu.second_reading import with_first_reading
from bot.retrieval.encoder import Embeddings
from bot.retrieval.linear import LinearClassifier
from bot.retrieval.neighbours import Neighbours
from bot.safety.crisis import CRISIS_PREFIX

_FILE = "intents.npz"
_NEIGHBOURS = "neighbours"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Ranks every intent with a probability; behind the second encoder, of the messages that it reads once more."""

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: LinearClassifier | None = None,
        neighbours: Neighbours | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier
        self._neighbours = neighbours
        self._embedding, self._readings = (key_of(config["encoder"], key) for key in (EMBEDDING_KEY, READINGS_KEY))

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """How strongly the fit is regularised (lower is stronger), the weight of the neighbours' vote between 0 and 1, and the encoder."""
        return {"inverse_regularisation": 10.0, "vote": 0.7, "encoder": FIRST_ENCODER}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """Creates an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """Loads the trained arrays."""
        with model_storage.read_from(resource) as directory:
            classifier, neighbours = LinearClassifier.load(directory / _FILE), Neighbours.load(directory / _NEIGHBOURS)
            return cls(config, model_storage, resource, classifier, neighbours)

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the classifier on the encoded intent examples, and indexes them."""
        embeddings = np.stack([example.get(self._embedding) for example in training_data.intent_examples])
        intents = [example.get(INTENT) for example in training_data.intent_examples]
        self._classifier = LinearClassifier.fit(embeddings, intents, self._config["inverse_regularisation"])
        self._neighbours = Neighbours.fit(embeddings, intents, self._classifier.labels)
        with self._model_storage.write_to(self._resource) as directory:
            self._classifier.save(directory / _FILE)
            self._neighbours.save(directory / _NEIGHBOURS)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Writes `intent` and `intent_ranking`; a message without an embedding keeps what it has."""
        assert self._classifier is not None
        for message in messages:
            embedding = message.get(self._embedding)
            if embedding is None:
                continue
            probabilities = self._probabilities(embedding, message.get(self._readings))
            if self._config["encoder"] != FIRST_ENCODER:
                probabilities = with_first_reading(message, self._classifier.labels, probabilities)
            order = np.argsort(-probabilities)
            ranking = [
                {INTENT_NAME_KEY: self._classifier.labels[position], PREDICTED_CONFIDENCE_KEY: float(probabilities[position])}
                for position in order
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _probabilities(self, embedding: Embeddings, readings: Optional[Embeddings]) -> Any:
        """Probabilities by label; where there are other readings, the crisis kinds of the most alarming one."""
        assert self._classifier is not None
        whole = self._predict(embedding[None, :])[0]
        if readings is None:
            return whole
        crisis = np.array([label.startswith(CRISIS_PREFIX) for label in self._classifier.labels])
        parts = self._predict(readings)
        worst = parts[int(np.argmax(parts[:, crisis].sum(axis=1)))]
        alarm, before = worst[crisis].sum(), whole[crisis].sum()
        if alarm <= before:
            return whole
        return np.where(crisis, worst, whole * (1 - alarm) / (1 - before))

    def _predict(self, embeddings: Embeddings) -> Any:
        assert self._classifier is not None and self._neighbours is not None
        vote = float(self._config["vote"])
        return (1.0 - vote) * self._classifier.predict(embeddings) + vote * self._neighbours.vote(embeddings)
