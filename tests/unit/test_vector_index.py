"""The vector index changes its type by itself as it grows, and still finds what exact search finds."""

import faiss
import numpy as np

from bot.retrieval.passage_index import FLAT_LIMIT, build_vector_index

DIMENSION = 48


def around_real_questions(count: int) -> np.ndarray:
    """Unit vectors in groups, as the wordings of one question lie together."""
    generator = np.random.default_rng(7)
    centres = generator.standard_normal((1_300, DIMENSION), dtype=np.float32)
    vectors = centres[np.arange(count) % len(centres)] + 0.75 * generator.standard_normal((count, DIMENSION), dtype=np.float32)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_the_type_changes_at_its_border_and_keeps_the_recall() -> None:
    vectors = around_real_questions(FLAT_LIMIT + 1)
    exact = build_vector_index(vectors[:FLAT_LIMIT])
    assert type(faiss.downcast_index(exact)) is faiss.IndexFlatIP
    exact.add(vectors[FLAT_LIMIT:])
    grown = build_vector_index(vectors)
    assert type(faiss.downcast_index(grown)) is faiss.IndexIVFFlat
    queries = around_real_questions(FLAT_LIMIT + 201)[-200:]
    _, truth = exact.search(queries, 5)
    _, found = grown.search(queries, 5)
    assert np.mean([len(set(row) & set(right)) / 5 for row, right in zip(found, truth, strict=True)]) >= 0.95
