"""The packages with known holes (docs/security.md) are out of a stranger's reach: the public process does not even load them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HELD_BACK = re.compile(r"^\| `(?P<name>[a-z0-9-]+)` (?P<version>\S+) \|", re.MULTILINE)
_MODULES = {"scikit-learn": "sklearn", "sentry-sdk": "sentry_sdk"}
_LOADED = "import sys, bot.gateway.serve; print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"


def held_back() -> dict[str, str]:
    return dict(HELD_BACK.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8")))


def test_the_table_names_the_versions_that_are_pinned() -> None:
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    table = held_back()
    assert len(table) >= 10
    assert {name: pinned.get(name) for name in table} == table


def test_the_public_process_loads_none_of_them() -> None:
    ended = subprocess.run([sys.executable, "-c", _LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(ended.stdout.split())
    assert {"starlette", "uvicorn"} <= loaded
    assert loaded & {_MODULES.get(name, name) for name in held_back()} <= {"pydantic"}
