"""The gateway and its Rasa as people meet them: start, answers, memory; and how long training takes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.safety.hotlines import ROOT
from tests.benchmarks.timing import median, megabytes, p95
from tests.gateway_process import GatewayProcess

_WARM_UP = 10
_TIMED = 100
"""Together below the 120 messages a minute that one address may send."""


def measure_serving(questions: Sequence[str]) -> dict[str, Any]:
    """Starts the gateway and asks it questions, each in a conversation of its own.

    Raises:
        RuntimeError: the gateway answered without Rasa.
    """
    milliseconds = []
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        with GatewayProcess(ROOT, Path(folder) / "log") as gateway:
            gateway_seconds = time.perf_counter() - started
            gateway.wait_for("/readyz", 200)
            rasa_seconds = time.perf_counter() - started
            for question in questions[: _WARM_UP + _TIMED]:
                asked = time.perf_counter()
                response = gateway.say(question)
                milliseconds.append(1000 * (time.perf_counter() - asked))
                if response.status_code != 200 or response.json()["replies"][0]["fallback"]:
                    raise RuntimeError(f"The gateway answered without Rasa ({response.status_code}). Is hotline-only on?")
            rasa = gateway.rasa_pid()
            assert rasa is not None
            memory = {"gateway memory, MB": megabytes(gateway.pid), "Rasa memory, MB": megabytes(rasa)}
    timed = milliseconds[_WARM_UP:]
    return {
        "gateway ready, s": round(gateway_seconds, 2),
        "Rasa ready, s": round(rasa_seconds, 2),
        "bare import of rasa.core.agent, s": _bare_import_seconds(),
        "questions asked": len(timed),
        "question at the gateway, median ms": median(timed),
        "question at the gateway, p95 ms": p95(timed),
        **memory,
    }


def _bare_import_seconds() -> float:
    """What Python and Rasa alone take, of the time until Rasa is ready."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import rasa.core.agent"], check=True, stderr=subprocess.DEVNULL)
    return round(time.perf_counter() - started, 2)


def measure_training() -> dict[str, Any]:
    """Trains the Rasa model once more in a copy of the checkout, with the encoder as it is."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("bot", "data", "knowledge", "models", "weights"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for path in [*ROOT.glob("*.yml"), *ROOT.glob("*.txt")]:
            shutil.copy(path, root)
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "train", "--force"], cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, check=True)
        return {"Rasa train, s": round(time.perf_counter() - started, 1)}
