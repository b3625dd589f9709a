"""References for retrieval over the same texts: BM25, plain MiniLM with FAISS, and their rank fusion."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence

import bm25s
import faiss
import numpy as np
import numpy.typing as npt

from bot.retrieval.encoder import Encoder
from bot.retrieval.knowledge_base import MORE_MARK, KnowledgeBase, Passage
from bot.retrieval.passage_index import tokenize
from bot.retrieval.training_data import LabelledMessage
from tests.evaluation.minilm import encode_cached
from tests.evaluation.sets import Question
from tests.evaluation.verdicts import Retrieved

_TOP = 5
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+(?:- )?")
_SHORTEST_SENTENCE = 5
_FUSION_CONSTANT = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""

Scores = npt.NDArray[np.float64]


class LexicalReference:
    """BM25 over one text a passage: title, other askings, training questions and body."""

    def __init__(self, knowledge: KnowledgeBase, training: Sequence[LabelledMessage]) -> None:
        self._passages = list(knowledge.passages.values())
        asked = _asked(knowledge, training)
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._lexical = bm25s.BM25()
        self._lexical.index([tokenize(_document(passage, asked[passage.id])) for passage in self._passages], show_progress=False)

    def retrieve(self, text: str) -> Retrieved:
        """Ranks the passages; `unknown` is still to be set by a threshold on `score`."""
        scores = self.scores(text)
        return _best(self._passages, scores, float(scores.max()))

    def scores(self, text: str) -> Scores:
        """Returns one BM25 score a passage."""
        tokens = [token for token in tokenize(text) if token in self._lexical.vocab_dict]
        return np.asarray(self._lexical.get_scores(tokens), dtype=np.float64) if tokens else np.zeros(len(self._passages))


class DenseReference:
    """Plain MiniLM with FAISS: the nearest of all titles, other askings, training questions and sentences."""

    def __init__(self, knowledge: KnowledgeBase, training: Sequence[LabelledMessage], encoder: Encoder, cache: str = "passages") -> None:
        self._passages = list(knowledge.passages.values())
        self._encoder = encoder
        asked = _asked(knowledge, training)
        texts: list[str] = []
        owners: list[int] = []
        for position, passage in enumerate(self._passages):
            own = [*_texts(passage), *asked[passage.id]]
            texts += own
            owners += [position] * len(own)
        self._owners = np.array(owners)
        embeddings = encode_cached(encoder, texts, cache)
        self._vectors = faiss.IndexFlatIP(embeddings.shape[1])
        self._vectors.add(embeddings)

    def retrieve(self, text: str) -> Retrieved:
        """Ranks the passages; `unknown` is still to be set by a threshold on `score`."""
        scores = self.scores(text)
        return _best(self._passages, scores, float(scores.max()))

    def scores(self, text: str) -> Scores:
        """Returns the best cosine of each passage."""
        scores = np.full(len(self._passages), -1.0)
        similarities, rows = self._vectors.search(self._encoder.encode([text]), min(1000, self._vectors.ntotal))
        np.maximum.at(scores, self._owners[rows[0]], similarities[0])
        return scores


class FusedReference:
    """The rank fusion of both; how sure it is, it borrows from the cosines."""

    def __init__(self, knowledge: KnowledgeBase, lexical: LexicalReference, dense: DenseReference) -> None:
        self._passages = list(knowledge.passages.values())
        self._lexical, self._dense = lexical, dense

    def retrieve(self, text: str) -> Retrieved:
        """Ranks the passages; `unknown` is still to be set by a threshold on `score`."""
        dense = self._dense.scores(text)
        fused = 1.0 / (_FUSION_CONSTANT + _ranks(self._lexical.scores(text))) + 1.0 / (_FUSION_CONSTANT + _ranks(dense))
        return _best(self._passages, fused, float(dense[int(np.argmax(fused))]))


class PassageReferences:
    """Ranks passages for questions in three plain ways.

    Each sees what Lamplight sees: title, other askings, the training questions and the body.
    """

    def __init__(self, knowledge: KnowledgeBase, training: Sequence[LabelledMessage], encoder: Encoder) -> None:
        lexical, dense = LexicalReference(knowledge, training), DenseReference(knowledge, training, encoder)
        self._systems: dict[str, LexicalReference | DenseReference | FusedReference] = {
            "BM25": lexical,
            "MiniLM + FAISS": dense,
            "rank fusion": FusedReference(knowledge, lexical, dense),
        }

    def retrieved(self, questions: Sequence[Question]) -> Mapping[str, list[Retrieved]]:
        """Returns each reference's rankings; `unknown` is still to be set by a threshold on `score`."""
        return {name: [system.retrieve(question.text) for question in questions] for name, system in self._systems.items()}


def best_threshold(questions: Sequence[Question], retrieved: Sequence[Retrieved]) -> float:
    """Returns the score below which a reference says unknown, best for the mean of both recalls."""
    scores = np.array([found.score for found in retrieved])
    unanswerable = np.array([question.unanswerable for question in questions])
    if not unanswerable.any() or unanswerable.all():
        return float("-inf")
    candidates = np.unique(scores)
    gains = [(scores[unanswerable] < limit).mean() + (scores[~unanswerable] >= limit).mean() for limit in candidates]
    return float(candidates[int(np.argmax(gains))])


def with_threshold(retrieved: Sequence[Retrieved], threshold: float) -> list[Retrieved]:
    """Returns the rankings with `unknown` set where the score is below the threshold."""
    return [Retrieved(found.ranked, found.score < threshold, found.score >= threshold, found.score) for found in retrieved]


def _ranks(scores: Scores) -> Scores:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return ranks


def _best(passages: Sequence[Passage], scores: Scores, answerable: float) -> Retrieved:
    order = np.argsort(-scores, kind="stable")[:_TOP]
    ranked = tuple((passages[position].id, passages[position].sources[:_TOP]) for position in order)
    return Retrieved(ranked, unknown=False, answered=True, score=answerable)


def _asked(knowledge: KnowledgeBase, training: Sequence[LabelledMessage]) -> dict[str, list[str]]:
    asked: dict[str, list[str]] = {passage_id: [] for passage_id in knowledge.passages}
    for message in training:
        if message.passage_id in asked:
            asked[str(message.passage_id)].append(message.text)
    return asked


def _document(passage: Passage, questions: Sequence[str]) -> str:
    return " ".join([passage.title, *passage.asks, *questions, passage.answer, passage.more])


def _texts(passage: Passage) -> list[str]:
    body = f"{passage.answer}\n{passage.more}".replace(MORE_MARK, "\n")
    sentences = [sentence.strip() for sentence in _SENTENCE_END.split(body)]
    return [passage.title, *passage.asks, *(sentence for sentence in sentences if len(sentence.split()) >= _SHORTEST_SENTENCE)]
