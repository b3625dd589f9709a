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


class PassageReferences:
    """Ranks passages for questions in three plain ways.

    Each sees what Lamplight sees: title, other askings, the training questions and the body.
    """

    def __init__(self, knowledge: KnowledgeBase, training: Sequence[LabelledMessage], encoder: Encoder) -> None:
        self._passages = list(knowledge.passages.values())
        self._encoder = encoder
        asked: dict[str, list[str]] = {passage.id: [] for passage in self._passages}
        for message in training:
            if message.passage_id in asked:
                asked[str(message.passage_id)].append(message.text)
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._lexical = bm25s.BM25()
        self._lexical.index([tokenize(_document(passage, asked[passage.id])) for passage in self._passages], show_progress=False)
        texts: list[str] = []
        owners: list[int] = []
        for position, passage in enumerate(self._passages):
            own = [*_texts(passage), *asked[passage.id]]
            texts += own
            owners += [position] * len(own)
        self._owners = np.array(owners)
        embeddings = encode_cached(encoder, texts, "passages")
        self._vectors = faiss.IndexFlatIP(embeddings.shape[1])
        self._vectors.add(embeddings)

    def retrieved(self, questions: Sequence[Question]) -> Mapping[str, list[Retrieved]]:
        """Returns each reference's rankings; `unknown` is still to be set by a threshold on `score`."""
        embeddings = self._encoder.encode([question.text for question in questions])
        found: dict[str, list[Retrieved]] = {"BM25": [], "MiniLM + FAISS": [], "rank fusion": []}
        for question, embedding in zip(questions, embeddings, strict=True):
            lexical, dense = self._lexical_scores(question.text), self._dense_scores(embedding)
            fused = 1.0 / (_FUSION_CONSTANT + _ranks(lexical)) + 1.0 / (_FUSION_CONSTANT + _ranks(dense))
            found["BM25"].append(self._best(lexical, float(lexical.max())))
            found["MiniLM + FAISS"].append(self._best(dense, float(dense.max())))
            found["rank fusion"].append(self._best(fused, float(dense[int(np.argmax(fused))])))
        return found

    def _lexical_scores(self, text: str) -> Scores:
        tokens = [token for token in tokenize(text) if token in self._lexical.vocab_dict]
        return np.asarray(self._lexical.get_scores(tokens), dtype=np.float64) if tokens else np.zeros(len(self._passages))

    def _dense_scores(self, embedding: npt.NDArray[np.float32]) -> Scores:
        scores = np.full(len(self._passages), -1.0)
        similarities, rows = self._vectors.search(embedding[None, :], min(1000, self._vectors.ntotal))
        np.maximum.at(scores, self._owners[rows[0]], similarities[0])
        return scores

    def _best(self, scores: Scores, answerable: float) -> Retrieved:
        order = np.argsort(-scores, kind="stable")[:_TOP]
        ranked = tuple((self._passages[position].id, self._passages[position].sources[:_TOP]) for position in order)
        return Retrieved(ranked, unknown=False, answered=True, score=answerable)


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


def _document(passage: Passage, questions: Sequence[str]) -> str:
    return " ".join([passage.title, *passage.asks, *questions, passage.answer, passage.more])


def _texts(passage: Passage) -> list[str]:
    body = f"{passage.answer}\n{passage.more}".replace(MORE_MARK, "\n")
    sentences = [sentence.strip() for sentence in _SENTENCE_END.split(body)]
    return [passage.title, *passage.asks, *(sentence for sentence in sentences if len(sentence.split()) >= _SHORTEST_SENTENCE)]
