"""A broken process is not dumped, neither to a file nor to a program that the system calls."""

from __future__ import annotations

import subprocess
import sys

from bot.safety.hotlines import ROOT

_SCRIPT = """
import ctypes, resource
from bot.core_files import forbid_core_files
forbid_core_files()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_a_process_forbids_its_own_dump() -> None:
    said = subprocess.run([sys.executable, "-c", _SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said == "0 (0, 0)\n"
