"""The vector index as it grows: FAISS alone, synthetic vectors around the real ones of the passages.

Exact search stands beside what `build_vector_index` chooses for the size, and beside a graph, which it does
not choose. A search is timed with the five nearest asked for, and with as many as
`PassageIndex` asks for when it serves.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from bot.nlu.sentence_featurizer import shared_encoder
from bot.retrieval.encoder import Embeddings
from bot.retrieval.knowledge_base import KnowledgeBase
from bot.retrieval.passage_index import FLAT_LIMIT, build_vector_index
from bot.safety.hotlines import KNOWLEDGE
from tests.benchmarks.timing import median, p95

SIZES = (10_000, 100_000)
FULL_SIZES = (*SIZES, 300_000, 1_000_000)
SERVED_NEIGHBOURS = 400
_NOISE = 0.75
"""Length of the random step away from a real vector of length 1: a cosine of 0.8 to it."""
_SEED = 7
_CHUNK = 50_000


def index_scale(questions: Sequence[str], sizes: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yields the rows of one size after the other, the real vectors first; the queries are real questions."""
    passages = KnowledgeBase.from_directory(KNOWLEDGE / "passages").passages.values()
    real = shared_encoder().encode([text for passage in passages for text in (passage.title, *passage.asks)])
    queries = shared_encoder().encode(list(questions))
    yield from measure(real, queries)
    for size in sizes:
        yield from measure(grown(real, size), queries)


def grown(real: Embeddings, size: int, seed: int = _SEED) -> Embeddings:
    """Returns `size` unit vectors: the real ones, then noisy copies of them."""
    generator = np.random.default_rng(seed)
    vectors = np.empty((size, real.shape[1]), dtype=np.float32)
    vectors[: len(real)] = real[:size]
    for start in range(len(real), size, _CHUNK):
        end = min(size, start + _CHUNK)
        step = generator.standard_normal((end - start, real.shape[1]), dtype=np.float32)
        step *= _NOISE / np.linalg.norm(step, axis=1, keepdims=True)
        step += real[np.arange(start, end) % len(real)]
        vectors[start:end] = step / np.linalg.norm(step, axis=1, keepdims=True)
    return vectors


def measure(vectors: Embeddings, queries: Embeddings) -> Iterator[dict[str, Any]]:
    """Yields a row for the served index over the vectors, then one for each type it might have been."""
    exact = faiss.IndexFlatIP(vectors.shape[1])
    exact.add(vectors)
    _, truth = exact.search(queries, 5)
    exact_times, _ = _search(exact, queries[:50], 5)
    del exact
    exact_figures = {"exact median ms": median(exact_times), "exact p95 ms": p95(exact_times)}
    for build in (build_vector_index, hnsw) if len(vectors) > FLAT_LIMIT else (build_vector_index,):
        started = time.perf_counter()
        index = build(vectors)
        seconds = round(time.perf_counter() - started, 1)
        role = "served" if build is build_vector_index else "candidate"
        row = {"vectors": len(vectors), "index": f"{type(index).__name__.removeprefix('Index')}, {role}", "build s": seconds}
        yield row | exact_figures | _figures(index, queries, truth)


def hnsw(vectors: Embeddings) -> faiss.Index:
    """A navigable graph with 32 links a vector."""
    index = faiss.IndexHNSWFlat(vectors.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction, index.hnsw.efSearch = 80, 64
    index.add(vectors)
    return index


def _figures(index: faiss.Index, queries: Embeddings, truth: npt.NDArray[np.int64]) -> dict[str, Any]:
    five_times, five = _search(index, queries, 5)
    serving_times, serving = _search(index, queries, min(SERVED_NEIGHBOURS, index.ntotal))
    return {
        "memory MB": round(faiss.serialize_index(index).nbytes / 2**20, 1),
        "median ms": median(five_times),
        "p95 ms": p95(five_times),
        "recall@5": recall_at_5(five, truth),
        "as served median ms": median(serving_times),
        "as served p95 ms": p95(serving_times),
        "as served recall@5": recall_at_5(serving[:, :5], truth),
    }


def recall_at_5(found: npt.NDArray[np.int64], truth: npt.NDArray[np.int64]) -> float:
    """Returns the share of the five exact neighbours that were found."""
    return round(float(np.mean([len(set(row) & set(right)) / 5 for row, right in zip(found.tolist(), truth.tolist(), strict=True)])), 4)


def _search(index: faiss.Index, queries: Embeddings, neighbours: int) -> tuple[list[float], npt.NDArray[np.int64]]:
    """Searches one query at a time, as serving does; returns milliseconds and the ids found."""
    milliseconds, found = [], []
    for query in queries:
        started = time.perf_counter()
        _, ids = index.search(query[None, :], neighbours)
        milliseconds.append(1000 * (time.perf_counter() - started))
        found.append(ids[0])
    return milliseconds, np.vstack(found)
