"""The packages with known holes (docs/security.md) are out of a stranger's reach: the public process does not even load them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
HELD_BACK = re.compile(r"^\| `(?P<name>[a-z0-9-]+)` (?P<version>\S+) \|", re.MULTILINE)
MENDED = {
    "aiohttp": "3.14.3",
    "cryptography": "50.0.0",
    "h11": "0.16.0",
    "idna": "3.15",
    "jinja2": "3.1.6",
    "pydantic": "1.10.13",
    "rasa": "3.6.21",
    "redis": "4.5.4",
    "sanic": "21.12.2",
    "starlette": "1.3.1",
}
"""The first versions without the holes that docs/security.md calls mended."""
LISTS = ("requirements.txt", "deploy/requirements/gateway.txt", "deploy/requirements/rasa.txt")
_MODULES = {
    "dnspython": "dns",
    "protobuf": "google",
    "sanic-cors": "sanic_cors",
    "scikit-learn": "sklearn",
    "sentry-sdk": "sentry_sdk",
}
"""The packages whose module has another name."""
_LOADED = "import sys, bot.gateway.serve; print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"


def held_back() -> dict[str, str]:
    return dict(HELD_BACK.findall((ROOT / "docs" / "security.md").read_text(encoding="utf-8")))


def pinned_in(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_table_names_the_versions_that_are_pinned() -> None:
    pinned = pinned_in("requirements.txt")
    table = held_back()
    assert len(table) >= 10
    assert {name: pinned.get(name) for name in table} == table


@pytest.mark.parametrize("name", LISTS)
def test_what_is_mended_stays_mended(name: str) -> None:
    pinned = pinned_in(name)
    assert {"aiohttp", "cryptography", "pydantic", "redis"} <= pinned.keys()
    assert [package for package, least in MENDED.items() if package in pinned and Version(pinned[package]) < Version(least)] == []


def test_the_public_process_loads_none_of_them() -> None:
    ended = subprocess.run([sys.executable, "-c", _LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(ended.stdout.split())
    assert {"starlette", "uvicorn"} <= loaded
    assert loaded & {_MODULES.get(name, name) for name in held_back()} == set()
