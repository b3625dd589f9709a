"""Shares with Wilson 95 % intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

_Z = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """`count` of `n`, with the interval that holds the true share in 95 of 100 samples."""

    count: int
    n: int
    rate: float | None
    low: float
    high: float

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return asdict(self)


def share(hits: Iterable[bool]) -> Share:
    """Returns the share of true values; `rate` is None where there are no values."""
    values = [bool(hit) for hit in hits]
    count, n = sum(values), len(values)
    if n == 0:
        return Share(0, 0, None, 0.0, 1.0)
    low, high = wilson(count, n)
    return Share(count, n, round(count / n, 4), round(low, 4), round(high, 4))


def wilson(count: int, n: int) -> tuple[float, float]:
    """Returns the Wilson score interval (Wilson 1927) of `count` successes in `n` > 0 trials."""
    rate = count / n
    spread = 1 + _Z**2 / n
    centre = (rate + _Z**2 / (2 * n)) / spread
    half = _Z * math.sqrt(rate * (1 - rate) / n + _Z**2 / (4 * n**2)) / spread
    return max(0.0, centre - half), min(1.0, centre + half)
