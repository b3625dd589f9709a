"""Median and 95th percentile, and the memory of a process."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
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
        return _status_megabytes(status, "VmRSS")
    listed = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True).stdout
    return round(int(listed) / 1024, 1)


def peak_megabytes() -> float:
    """Returns the largest resident memory that this process has had."""
    status = Path("/proc/self/status")
    if status.exists():
        return _status_megabytes(status, "VmHWM")  # ru_maxrss would count the parent's memory at the fork
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10), 1)


def _status_megabytes(status: Path, field: str) -> float:
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith(field))
    return round(int(line.split()[1]) / 1024, 1)
