"""How each system is prepared and loaded. Imports stand inside, so that a process holds only what its system needs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.benchmarks.scoreboard.faq_sets import ScoredSet
from tests.benchmarks.scoreboard.systems import Entrant, System
from tests.evaluation.safety_report import OURS


def _prepare_lamplight(item: ScoredSet, work: Path) -> None:
    from tests.benchmarks.scoreboard.lamplight import build_faq_index

    if not item.served:
        build_faq_index(item, work)


def _load_lamplight(item: ScoredSet, work: Path) -> System:
    from tests.benchmarks.scoreboard.lamplight import FaqLamplight, ServedLamplight

    return ServedLamplight() if item.served else FaqLamplight.load(work)


def _prepare_bm25(item: ScoredSet, work: Path) -> None:
    """Nothing to learn."""


def _load_bm25(item: ScoredSet, work: Path) -> System:
    from tests.evaluation.passage_references import LexicalReference

    return LexicalReference(item.knowledge, item.training)


def _prepare_minilm(item: ScoredSet, work: Path) -> None:
    _load_minilm(item, work)


def _load_minilm(item: ScoredSet, work: Path) -> System:
    from tests.evaluation.minilm import plain_encoder
    from tests.evaluation.passage_references import DenseReference

    return DenseReference(item.knowledge, item.training, plain_encoder(), f"scored-{_slug(item)}")


def _load_fusion(item: ScoredSet, work: Path) -> System:
    from tests.evaluation.minilm import plain_encoder
    from tests.evaluation.passage_references import DenseReference, FusedReference, LexicalReference

    dense = DenseReference(item.knowledge, item.training, plain_encoder(), f"scored-{_slug(item)}")
    return FusedReference(item.knowledge, LexicalReference(item.knowledge, item.training), dense)


def _prepare_rasa(item: ScoredSet, work: Path) -> None:
    from tests.benchmarks.scoreboard.rasa_selector import train_selector

    train_selector(item)


def _load_rasa(item: ScoredSet, work: Path) -> System:
    from tests.benchmarks.scoreboard.rasa_selector import RasaSelector

    return RasaSelector(item)


def _slug(item: ScoredSet) -> str:
    return hashlib.sha256(item.name.encode()).hexdigest()[:8]


ENTRANTS = (
    Entrant(OURS, _prepare_lamplight, _load_lamplight),
    Entrant("BM25", _prepare_bm25, _load_bm25),
    Entrant("MiniLM + FAISS", _prepare_minilm, _load_minilm),
    Entrant("rank fusion", _prepare_minilm, _load_fusion),
    Entrant("Rasa ResponseSelector", _prepare_rasa, _load_rasa),
)
