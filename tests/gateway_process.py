"""The one starter of our processes: a gateway with its Rasa, a Rasa worker alone, or a Redis, each on a free port."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
SECRET = "0123456789abcdef" * 4
_PATIENCE_SECONDS = 300.0


class NotInTime(RuntimeError):
    """A process did not come to the awaited state."""


def free_port() -> int:
    """Returns a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """A server that logs to a file. Use as a context manager; `kill` and `start` may follow each other within."""

    def __init__(self, command: list[str], root: Path, log: Path, environment: dict[str, str]) -> None:
        self.log = log
        self._command = command
        self._root = root
        self._environment = environment
        self._before_start: Callable[[], None] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, without waiting."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._root,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=self._before_start,
            )

    def stop(self) -> None:
        """Ends it as a service manager would: kindly, then by force."""
        if self._process is None:
            return
        self.send(signal.SIGCONT)
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.send(signal.SIGKILL)
        assert self._process is not None
        self._process.wait()

    def wait(self) -> int:
        """Waits until it has ended; returns its exit status."""
        assert self._process is not None
        return self._process.wait(timeout=30)

    def send(self, number: signal.Signals) -> None:
        """Sends a signal, such as SIGSTOP to stall it."""
        if self.is_running():
            os.kill(self.pid, number)

    def is_running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None
        return self._process.pid

    def written(self) -> str:
        """Returns its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def until(self, reached: Callable[[], bool], awaited: str) -> float:
        """Waits for a state of it; returns the seconds that took.

        Raises:
            NotInTime: it did not come to that state, or has ended.
        """
        started = time.perf_counter()
        while time.perf_counter() - started < _PATIENCE_SECONDS:
            if not self.is_running():
                raise NotInTime(f"{self._command[:4]} has ended; its log:\n{self.written()[-2000:]}")
            if reached():
                return time.perf_counter() - started
            time.sleep(0.02)
        raise NotInTime(f"No {awaited} within {_PATIENCE_SECONDS:.0f} seconds; the log:\n{self.written()[-2000:]}")


class BotProcess(ServerProcess):
    """`python -m bot COMMAND` in a checkout; settings are given without their prefix."""

    def __init__(self, command: str, *arguments: str, root: Path, log: Path, **settings: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LAMPLIGHT_")}
        own = {f"LAMPLIGHT_{name}": value for name, value in ({"RASA_SECRET": SECRET} | settings).items()}
        super().__init__([sys.executable, "-m", "bot", command, *arguments], root, log, kept | own | {"PYTHONPATH": str(root)})
        self.url = ""
        self.http = httpx.Client(timeout=60.0, trust_env=False)

    def move_to(self, root: Path) -> None:
        """Makes the next start one from another checkout."""
        self._root = root
        self._environment["PYTHONPATH"] = str(root)

    def wait_for_answer(self, address: str, status: int) -> float:
        """Waits until a GET has the status; returns the seconds it took.

        Raises:
            NotInTime: it did not, or the process has ended.
        """

        def answers() -> bool:
            with contextlib.suppress(httpx.HTTPError):
                return self.http.get(address, timeout=2.0).status_code == status
            return False

        return self.until(answers, f"{status} of {address}")


class GatewayProcess(BotProcess):
    """`python -m bot serve`, with the Rasa that it starts."""

    def __init__(self, root: Path, log: Path, before_start: Callable[[], None] | None = None, **settings: str) -> None:
        self.port, self.rasa_port = free_port(), free_port()
        super().__init__("serve", root=root, log=log, **{"PORT": str(self.port), "RASA_PORT": str(self.rasa_port)} | settings)
        self._before_start = before_start
        self.url = f"http://127.0.0.1:{self.port}"
        self.http = httpx.Client(base_url=self.url, timeout=60.0, trust_env=False)

    def __enter__(self) -> GatewayProcess:
        self.start()
        try:
            self.wait_for("/healthz", 200)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        rasa = self.rasa_pid() if self.is_running() else None
        with contextlib.suppress(ProcessLookupError):
            if rasa is not None:
                os.kill(rasa, signal.SIGCONT)
        self.stop()
        with contextlib.suppress(ProcessLookupError):
            if rasa is not None:
                os.kill(rasa, signal.SIGKILL)
        self.http.close()

    def rasa_pid(self) -> int | None:
        """Returns the process id of the gateway's Rasa, or None while there is none."""
        return next(iter(self.rasa_pids()), None)

    def rasa_pids(self) -> list[int]:
        """Returns the process ids of the gateway's Rasa, and of the one that is to follow it."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        if children.exists():
            listed = children.read_text(encoding="ascii")
        else:
            listed = subprocess.run(["pgrep", "-P", str(self.pid)], capture_output=True, text=True, check=False).stdout
        return [int(pid) for pid in listed.split()]

    def wait_for(self, path: str, status: int, rasa: bool = False) -> float:
        """Waits until a GET has the status, of the gateway or of its Rasa; returns the seconds it took.

        Raises:
            NotInTime: it did not, or the gateway has ended.
        """
        base = f"http://127.0.0.1:{self.rasa_port}" if rasa else self.url
        return self.wait_for_answer(base + path, status)

    def say(self, text: str, conversation: str | None = None, payload: str | None = None) -> httpx.Response:
        """Sends a message to the chat API."""
        body: dict[str, Any] = {"text": text, "conversation": conversation} | ({"payload": payload} if payload else {})
        return self.http.post("/chat/messages", json=body)


@contextlib.contextmanager
def running_gateway(log: Path, **settings: str) -> Iterator[GatewayProcess]:
    """The gateway of this checkout, with Rasa ready behind it until the block ends."""
    with GatewayProcess(ROOT, log, **settings) as gateway:
        gateway.wait_for("/readyz", 200)
        yield gateway


class RasaProcess(BotProcess):
    """`python -m bot rasa`: one worker alone."""

    def __init__(self, log: Path, root: Path = ROOT, **settings: str) -> None:
        port = free_port()
        super().__init__("rasa", "--port", str(port), root=root, log=log, **settings)
        self.url = f"http://127.0.0.1:{port}"

    def __enter__(self) -> RasaProcess:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.http.close()

    def wait_until_ready(self) -> float:
        """Waits until it has its model; returns the seconds it took."""
        return self.wait_for_answer(f"{self.url}/webhooks/lamplight/ready", 200)


def _without_core_files() -> None:
    """As `LimitCORE=0` of its unit."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class RedisProcess(ServerProcess):
    """A real redis-server that writes nothing to the disk. `{port}` in an argument becomes its port."""

    def __init__(self, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise FileNotFoundError("No redis-server here. Debian: apt-get install redis-server")
        self.port = free_port()
        settings = [
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--crash-log-enabled",
            "no",
            "--crash-memcheck-enabled",
            "no",
        ]
        settings += ["--dir", str(folder), *arguments]
        command = [argument.format(port=self.port) for argument in (program, "--port", "{port}", *settings)]
        super().__init__(command, folder, folder / "redis.log", {"PATH": os.environ["PATH"]} | dict(environment or {}))
        self._before_start = _without_core_files
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def __enter__(self) -> RedisProcess:
        self.start()
        self.until(self._listens, "Redis")
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def restart(self) -> None:
        """Starts it again after `kill`, empty."""
        self.start()
        self.until(self._listens, "Redis")

    def _listens(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1.0):
            return True
        return False
