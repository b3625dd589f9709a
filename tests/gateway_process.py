"""A real gateway process with its Rasa, for the fault tests and the benchmarks."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.service import free_port

_PATIENCE_SECONDS = 300.0


class NotInTime(RuntimeError):
    """A process did not come to the awaited state."""


class GatewayProcess:
    """`python -m bot serve` in a checkout, on free ports. Use as a context manager."""

    def __init__(self, root: Path, log: Path, before_start: Callable[[], None] | None = None, **settings: str) -> None:
        self.port, self.rasa_port = free_port(), free_port()
        self._root = root
        self._log = log
        self._before_start = before_start
        self._settings = {f"LAMPLIGHT_{name}": value for name, value in settings.items()}
        self._process: subprocess.Popen[bytes] | None = None
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60.0, trust_env=False)

    def __enter__(self) -> GatewayProcess:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LAMPLIGHT_")}
        own = {"PYTHONPATH": str(self._root), "LAMPLIGHT_PORT": str(self.port), "LAMPLIGHT_RASA_PORT": str(self.rasa_port)}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=self._root,
                env=kept | own | self._settings,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=self._before_start,
            )
        try:
            self.wait_for("/healthz", 200)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        rasa = self.rasa_pid()
        if rasa is not None:
            _signal(rasa, signal.SIGCONT)
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            if rasa is not None:
                _signal(rasa, signal.SIGKILL)
        self.http.close()

    @property
    def pid(self) -> int:
        """The gateway's process id."""
        assert self._process is not None
        return self._process.pid

    def wait(self) -> int:
        """Waits until the gateway has ended; returns its exit status."""
        assert self._process is not None
        return self._process.wait(timeout=30)

    def rasa_pid(self) -> int | None:
        """Returns the process id of the gateway's Rasa, or None while there is none."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        if children.exists():
            listed = children.read_text(encoding="ascii")
        else:
            listed = subprocess.run(["pgrep", "-P", str(self.pid)], capture_output=True, text=True, check=False).stdout
        return int(listed.split()[0]) if listed.split() else None

    def wait_for(self, path: str, status: int, rasa: bool = False) -> float:
        """Waits until a GET has the status, of the gateway or of its Rasa; returns the seconds it took.

        Raises:
            NotInTime: it did not, or the gateway has ended.
        """
        base = f"http://127.0.0.1:{self.rasa_port}" if rasa else ""
        started = time.perf_counter()
        while time.perf_counter() - started < _PATIENCE_SECONDS:
            if self._process is not None and self._process.poll() is not None:
                raise NotInTime(
                    f"The gateway ended with {self._process.returncode}; its log:\n{self._log.read_text(errors='replace')[-2000:]}"
                )
            try:
                if self.http.get(base + path, timeout=2.0).status_code == status:
                    return time.perf_counter() - started
            except httpx.HTTPError:
                pass
            time.sleep(0.02)
        raise NotInTime(
            f"{path} did not answer {status} in {_PATIENCE_SECONDS:.0f} seconds; the log:\n{self._log.read_text(errors='replace')[-2000:]}"
        )

    def say(self, text: str, conversation: str | None = None) -> httpx.Response:
        """Sends a message to the chat API."""
        body: dict[str, Any] = {"text": text, "conversation": conversation}
        return self.http.post("/chat/messages", json=body)


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
