"""The shell scripts, read by shellcheck."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deployment.conftest import DEPLOY, ROOT, run

SCRIPTS = [ROOT / ".ci" / "run", *sorted((ROOT / "scripts").glob("*.sh")), *sorted(DEPLOY.rglob("*.sh"))]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_shellcheck_finds_nothing(tools: Path, script: Path) -> None:
    result = run(tools / "shellcheck", script)
    assert (result.returncode, result.stdout + result.stderr) == (0, "")
