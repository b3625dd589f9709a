"""Two references for the gate: the keyword list, and the nearest training message under plain MiniLM."""

from __future__ import annotations

from collections.abc import Sequence

import faiss

from bot.messages import ESCALATE, NONE
from bot.retrieval.encoder import Embeddings, Encoder
from bot.retrieval.training_data import LabelledMessage
from bot.safety.crisis import CRISIS_PREFIX
from bot.safety.phrase_floor import scan
from tests.evaluation.verdicts import Verdict

FACILITATION = "facilitation"


def keyword_verdicts(texts: Sequence[str]) -> list[Verdict]:
    """The phrase floor alone, as a help line's keyword list would work; it declines nothing."""
    found = [scan(text).kinds for text in texts]
    return [Verdict(level=ESCALATE if kinds else NONE, kinds=kinds) for kinds in found]


def intent_verdict(intent: str, probability: float | None = None) -> Verdict:
    """The verdict of a system that only names an intent of our training data."""
    if intent.startswith(CRISIS_PREFIX):
        return Verdict(level=ESCALATE, kinds=(intent.removeprefix(CRISIS_PREFIX),), probability=probability)
    return Verdict(declined=intent == FACILITATION, probability=probability)


class NearestNeighbour:
    """Gives a message the intent of the most similar training message."""

    def __init__(self, encoder: Encoder, training: Sequence[LabelledMessage], embeddings: Embeddings) -> None:
        self._encoder = encoder
        self._intents = [message.intent for message in training]
        self._vectors = faiss.IndexFlatIP(embeddings.shape[1])
        self._vectors.add(embeddings)

    def verdicts(self, texts: Sequence[str]) -> list[Verdict]:
        """Judges cleaned texts one by one."""
        _, rows = self._vectors.search(self._encoder.encode(texts), 1)
        return [intent_verdict(self._intents[row]) for row in rows[:, 0]]
