"""`make fuzz` in short: half a minute of what schemathesis makes from docs/openapi.yml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.gateway_process import ROOT, running_gateway
from tests.security.__main__ import SETTINGS, fuzz

SCHEMATHESIS = ".cache/tools/bin/schemathesis"


def test_every_answer_is_as_described_and_none_is_a_5xx(tmp_path: Path) -> None:
    made = subprocess.run(["make", f"PYTHON_BIN={sys.executable}", SCHEMATHESIS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    with running_gateway(tmp_path / "log", **SETTINGS) as service:
        result = fuzz(str(ROOT / SCHEMATHESIS), service.url, 30, tmp_path, capture_output=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Selected: 18/18" in result.stdout
