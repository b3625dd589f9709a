"""Starts the real gateway with the real Rasa behind it, on free ports, for tests and benchmarks."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
READY_SECONDS = 120.0


@dataclass(frozen=True)
class Service:
    """A running gateway."""

    url: str
    log: Path
    pid: int
    rasa_port: int


def free_port() -> int:
    """Returns a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running_service(log: Path, wait_for: str = "/readyz", **settings: str) -> Iterator[Service]:
    """Serves until the block ends; `wait_for` is /readyz (Rasa too) or /healthz (the gateway alone)."""
    port, rasa_port = free_port(), free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LAMPLIGHT_")}
    environment |= {"LAMPLIGHT_PORT": str(port), "LAMPLIGHT_RASA_PORT": str(rasa_port), "PYTHONPATH": str(ROOT), **settings}
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url + wait_for, process, log)
        yield Service(url, log, process.pid, rasa_port)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the gateway ended: {log.read_text(encoding='utf-8')[-2000:]}")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(address, timeout=2.0).is_success:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer within {READY_SECONDS:.0f} s: {log.read_text(encoding='utf-8')[-2000:]}")
