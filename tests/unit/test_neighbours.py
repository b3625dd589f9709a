"""The vote of the nearest training messages."""

from pathlib import Path

import faiss
import numpy as np
import pytest

from bot.retrieval.neighbours import Neighbours

LABELS = ["ask", "crisis_suicide", "greet"]


def unit(*rows: list[float]) -> np.ndarray:
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_nearest_count_most_and_a_vote_is_a_distribution() -> None:
    embeddings = unit([1, 0, 0, 0], [0.99, 0.1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0])
    neighbours = Neighbours.fit(embeddings, ["ask", "ask", "crisis_suicide", "greet"], LABELS)
    votes = neighbours.vote(unit([1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [1, 1, 0, 0]))
    assert votes.argmax(axis=1).tolist()[:3] == [0, 1, 2]
    assert votes[0, 0] > 0.99 and votes[1, 1] > 0.99
    assert votes.sum(axis=1) == pytest.approx(1.0)
    assert 0.5 < votes[3, 0] < 0.9, "two of one label, as near as the one of another"


def test_many_messages_are_searched_in_cells_and_found_again_after_loading(tmp_path: Path) -> None:
    generator = np.random.default_rng(7)
    centres = generator.standard_normal((3, 48), dtype=np.float32)
    owners = np.arange(5_400) % 3
    embeddings = unit(*(centres[owners] + 0.5 * generator.standard_normal((len(owners), 48), dtype=np.float32)).tolist())
    built = Neighbours.fit(embeddings, [LABELS[owner] for owner in owners], LABELS)
    built.save(tmp_path / "neighbours")
    loaded = Neighbours.load(tmp_path / "neighbours")
    assert isinstance(faiss.downcast_index(loaded._index), faiss.IndexIVFScalarQuantizer)
    queries = unit(*(centres + 0.3 * generator.standard_normal(centres.shape, dtype=np.float32)).tolist())
    assert loaded.vote(queries).argmax(axis=1).tolist() == [0, 1, 2]
    assert np.array_equal(built.vote(queries), loaded.vote(queries))
