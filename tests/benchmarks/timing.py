"""Median and 95th percentile, and the memory of a process."""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path


def median(values: Sequence[float]) -> float:
    """Returns the median, to a hundredth."""
    return round(statistics.median(values), 2)


def p95(values: Sequence[float]) -> float:
    """Returns the 95th percentile of at least two values, to a hundredth."""
    return round(statistics.quantiles(values, n=20, method="inclusive")[18], 2)


def megabytes(pid: int) -> float:
    """Returns the resident memory of a process."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1024, 1)
    listed = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True).stdout
    return round(int(listed) / 1024, 1)
