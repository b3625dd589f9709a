"""No core file and no crash report: they would hold whatever was being said when a process broke."""

from __future__ import annotations

import ctypes
import resource
import sys

_PR_SET_DUMPABLE = 4


def forbid_core_files() -> None:
    """Forbids core files for this process and its children, and on Linux any dump of this process.

    The limit alone does not hold where the system pipes cores to a program such as systemd-coredump (core(5), prctl(2)).
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
