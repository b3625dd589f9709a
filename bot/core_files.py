"""No core file: it would hold whatever was being said when a process broke."""

from __future__ import annotations

import resource


def forbid_core_files() -> None:
    """Forbids them for this process and its children."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
