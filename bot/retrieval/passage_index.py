"""The search over passages: dense vectors in FAISS, BM25, and a linear passage classifier, fused."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import faiss
import numpy as np
import numpy.typing as npt
import snowballstemmer

from bot.messages import RetrievedPassage
from bot.retrieval.encoder import Embeddings, Encoder
from bot.retrieval.knowledge_base import MORE_MARK, STATEWIDE, KnowledgeBase, Passage
from bot.retrieval.linear import LinearClassifier
from bot.safety.normalize import fold

UNANSWERABLE = "unanswerable"
"""Label of training questions that no passage answers."""

FLAT_LIMIT = 50_000
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+(?:- )?")
_WORD = re.compile(r"[a-z0-9']+")
_FUNCTION_WORDS = (
    "a an and are as at be by can do does for from get have how i if in is it me my of on or so that the there they this to "
    "was we what when where which who will with you your"
)
_STOP_WORDS = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True)
class FusionWeights:
    """How much each signal counts, tuned on the development questions (docs/decisions/0004)."""

    dense: float = 0.4
    lexical: float = 0.4
    classifier: float = 0.2
    other_city: float = 1.0
    local_without_city: float = 0.0
    same_city: float = 0.1
    same_level: float = 0.05


FEW_WORDINGS = FusionWeights(dense=0.5, lexical=0.1, classifier=0.4)
"""For an index that knows few wordings of each question: the words of a text that was written once are a weak sign."""

_FEW = 30
"""Wordings a passage; our own knowledge has about 260 with the training questions and 8 without (docs/decisions/0004)."""


@dataclass(frozen=True)
class EncodedQuestion:
    """A training question, the passage that answers it, and its embedding of shape (384,)."""

    text: str
    passage_id: str
    embedding: npt.NDArray[np.float32]


class PassageIndex:
    """Ranks passages for a question.

    Example:
        >>> index = PassageIndex.from_passages(knowledge, questions, encoder)
        >>> index.query(encoder.encode([text])[0], text, top_k=3)[0].passage_id
        'penalty-selling-first'
    """

    def __init__(
        self,
        passage_ids: Sequence[str],
        cities: Sequence[Sequence[str]],
        levels: Sequence[str],
        owners: npt.NDArray[np.int64],
        vectors: faiss.Index,
        lexical: bm25s.BM25,
        classifier: LinearClassifier,
        weights: FusionWeights | None = None,
    ) -> None:
        self.passage_ids = tuple(passage_ids)
        self.cities = tuple(frozenset(names) for names in cities)
        self.levels = tuple(levels)
        self._owners = owners
        self._vectors = vectors
        self._lexical = lexical
        self._classifier = classifier
        self._columns = [self.passage_ids.index(label) if label in self.passage_ids else -1 for label in classifier.labels]
        self.weights = weights or FusionWeights()

    @classmethod
    def from_passages(
        cls,
        knowledge: KnowledgeBase,
        questions: Sequence[EncodedQuestion],
        encoder: Encoder,
        weights: FusionWeights | None = None,
    ) -> PassageIndex:
        """Builds the index from the passages and the encoded questions of the training data.

        Without weights, those count that suit the number of wordings it has of each question.
        """
        passages = list(knowledge.passages.values())
        texts, owners = [], []
        for position, passage in enumerate(passages):
            for text in _texts_of(passage):
                texts.append(text)
                owners.append(position)
        asks = [(ask, passage.id) for passage in passages for ask in (passage.title, *passage.asks)]
        known = {passage.id for passage in passages} | {UNANSWERABLE}
        answered = [question for question in questions if question.passage_id in known]
        question_words: dict[str, list[str]] = {passage_id: [] for passage_id in known}
        for text, label in [*asks, *((question.text, question.passage_id) for question in answered)]:
            question_words[label].append(text)
        lexical = bm25s.BM25()
        lexical.index(
            [tokenize(" ".join([*question_words[passage.id], passage.answer, passage.more])) for passage in passages],
            show_progress=False,
        )
        embedded = np.vstack([encoder.encode([text for text, _ in asks]), *(question.embedding[None, :] for question in answered)])
        classifier = LinearClassifier.fit(embedded, [label for _, label in asks] + [question.passage_id for question in answered])
        has_many = len(embedded) >= _FEW * len(passages)
        return cls(
            passage_ids=[passage.id for passage in passages],
            cities=[passage.cities for passage in passages],
            levels=[passage.level for passage in passages],
            owners=np.array(owners, dtype=np.int64),
            vectors=build_vector_index(encoder.encode(texts)),
            lexical=lexical,
            classifier=classifier,
            weights=weights or (FusionWeights() if has_many else FEW_WORDINGS),
        )

    def signals(self, embedding: npt.NDArray[np.float32], text: str) -> dict[str, npt.NDArray[np.float64]]:
        """Returns each signal by name, an array with one value between 0 and 1 for every passage."""
        count = len(self.passage_ids)
        dense = np.zeros(count)
        neighbours = min(self._vectors.ntotal, 400)
        similarities, rows = self._vectors.search(embedding[None, :], neighbours)
        found = rows[0] >= 0
        np.maximum.at(dense, self._owners[rows[0][found]], similarities[0][found])
        lexical = np.zeros(count)
        tokens = [token for token in tokenize(text) if token in self._lexical.vocab_dict]
        if tokens:
            lexical = np.asarray(self._lexical.get_scores(tokens), dtype=np.float64)
            lexical = lexical / (lexical.max() + 4.0)
        probabilities = self._classifier.predict(embedding[None, :])[0]
        classified = np.zeros(count)
        unanswerable = 0.0
        for column, probability in zip(self._columns, probabilities, strict=True):
            if column >= 0:
                classified[column] = probability
            else:
                unanswerable = float(probability)
        return {
            "dense": np.clip(dense, 0.0, 1.0),
            "lexical": lexical,
            "classifier": classified,
            "unanswerable": np.array([unanswerable]),
        }

    def query(
        self,
        embedding: npt.NDArray[np.float32],
        text: str,
        top_k: int = 5,
        city: str | None = None,
        level: str | None = None,
        ruled_out: Collection[str] = (),
        alone: tuple[npt.NDArray[np.float32], str] | None = None,
    ) -> tuple[list[RetrievedPassage], Mapping[str, float]]:
        """Returns the best passages first, and the raw signals by which answerability is judged.

        `embedding` has shape (384,). `city` is the id of the city of the message or conversation, `level` the one level of
        law that the message names, `ruled_out` the passages that must not be found. Of a text that repeats an earlier
        topic, `alone` is the embedding and the words of what was named anew, which then count as much as all together.
        """
        signals = self.signals(embedding, text)
        if alone is not None:
            anew = self.signals(*alone)
            signals = {name: (values + anew[name]) / 2 for name, values in signals.items()}
        weights = self.weights
        scores = weights.dense * signals["dense"] + weights.lexical * signals["lexical"] + weights.classifier * signals["classifier"]
        for position, cities in enumerate(self.cities):
            if STATEWIDE in cities:
                continue
            if city is None:
                scores[position] -= weights.local_without_city
            elif city in cities:
                scores[position] += weights.same_city
            else:
                scores[position] -= weights.other_city
        if level is not None:
            scores += weights.same_level * np.array([of_passage == level for of_passage in self.levels])
        scores[[self.passage_ids.index(passage_id) for passage_id in ruled_out]] = -np.inf
        order = np.argsort(-scores, kind="stable")[:top_k]
        best = order[0]
        evidence = {
            "score": float(scores[best]),
            "margin": float(scores[best] - scores[order[1]]) if len(order) > 1 else 1.0,
            "dense": float(signals["dense"].max()),
            "lexical": float(signals["lexical"].max()),
            "classifier": float(signals["classifier"].max()),
            "unanswerable": float(signals["unanswerable"][0]),
        }
        ranked = [RetrievedPassage(self.passage_ids[position], round(float(np.clip(scores[position], 0.0, 1.0)), 4)) for position in order]
        return ranked, evidence

    def save(self, path: Path) -> None:
        """Writes the index into a folder."""
        path.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self._vectors, str(path / "vectors.faiss"))
        self._lexical.save(str(path / "bm25"), show_progress=False)
        self._classifier.save(path / "classifier.npz")
        np.save(path / "owners.npy", self._owners)
        meta = {
            "passage_ids": list(self.passage_ids),
            "cities": [sorted(names) for names in self.cities],
            "levels": list(self.levels),
            "weights": self.weights.__dict__,
        }
        (path / "index.json").write_text(json.dumps(meta), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> PassageIndex:
        """Reads an index that `save` wrote."""
        meta = json.loads((path / "index.json").read_text(encoding="utf-8"))
        return cls(
            passage_ids=meta["passage_ids"],
            cities=meta["cities"],
            levels=meta["levels"],
            owners=np.load(path / "owners.npy"),
            vectors=faiss.read_index(str(path / "vectors.faiss")),
            lexical=bm25s.BM25.load(str(path / "bm25")),
            classifier=LinearClassifier.load(path / "classifier.npz"),
            weights=FusionWeights(**meta["weights"]),
        )


def build_vector_index(vectors: Embeddings) -> faiss.Index:
    """Returns an exact inner-product index, or above 50,000 vectors an inverted file (docs/decisions/0004).

    The inverted file has 4 √n cells, learned from at most 50 vectors a cell; a search looks into 32 of them.
    """
    count, dimension = vectors.shape
    if count <= FLAT_LIMIT:
        index = faiss.IndexFlatIP(dimension)
    else:
        cells = int(4 * math.sqrt(count))
        index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, cells, faiss.METRIC_INNER_PRODUCT)
        index.cp.niter = 10
        index.nprobe = 32
        sample = np.random.default_rng(7).choice(count, min(count, 50 * cells), replace=False)
        index.train(vectors[np.sort(sample)])
    index.add(vectors)
    return index


_STEMMER = snowballstemmer.stemmer("english")


def tokenize(text: str) -> list[str]:
    """Returns the stemmed content words of a text, for BM25."""
    stems: list[str] = _STEMMER.stemWords([word for word in _WORD.findall(fold(text)) if word not in _STOP_WORDS])
    return stems


def _texts_of(passage: Passage) -> list[str]:
    body = f"{passage.answer}\n{passage.more}".replace(MORE_MARK, "\n")
    sentences = [sentence.strip("- ").strip() for sentence in _SENTENCE_END.split(body)]
    return [passage.title, *passage.asks, *(sentence for sentence in sentences if len(sentence.split()) >= 5)]
