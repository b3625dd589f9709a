"""The systems of the scoreboard, each measured in a fresh process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.benchmarks.fresh_process import in_fresh_process
from tests.benchmarks.scoreboard.faq_sets import ScoredSet
from tests.benchmarks.timing import peak_megabytes
from tests.evaluation.verdicts import Retrieved

_WARM_UP = 10


class System(Protocol):
    """Anything that ranks passages for a question."""

    def retrieve(self, text: str) -> Retrieved:
        """Returns the ranking; a higher `score` means surer that the best passage answers."""


@dataclass(frozen=True)
class Measured:
    """What a system made of each question of `ScoredSet.asked`, the time of each, and its peak resident memory."""

    retrieved: tuple[Retrieved, ...]
    milliseconds: tuple[float, ...]
    megabytes: float


@dataclass(frozen=True)
class Entrant:
    """A system by name: `prepare` trains or builds it in one process, `load` brings it up in the measured one."""

    name: str
    prepare: Callable[[ScoredSet, Path], None]
    load: Callable[[ScoredSet, Path], System]


def measure(entrant: Entrant, item: ScoredSet, work: Path) -> Measured:
    """Prepares the system, then asks it every question, one at a time, in a fresh process."""
    in_fresh_process(entrant.prepare, item, work)
    return in_fresh_process(_ask, entrant.load, item, work)


def _ask(load: Callable[[ScoredSet, Path], System], item: ScoredSet, work: Path) -> Measured:
    system = load(item, work)
    texts = [question.text for question in item.asked]
    for text in texts[:_WARM_UP]:
        system.retrieve(text)
    retrieved, milliseconds = [], []
    for text in texts:
        started = time.perf_counter()
        retrieved.append(system.retrieve(text))
        milliseconds.append(1000 * (time.perf_counter() - started))
    return Measured(tuple(retrieved), tuple(milliseconds), peak_megabytes())
