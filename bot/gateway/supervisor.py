"""Starts Rasa beside the gateway, starts it again when it ends, and puts another one in its place."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence

import structlog

from bot.safety.hotlines import ROOT

log = structlog.get_logger(__name__)

_COMMAND = (sys.executable, "-m", "bot", "rasa")
_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0
_PORTS = 10


class Supervisor:
    """Keeps one child process alive, with a growing pause between quick failures."""

    def __init__(self, port: int, **environment: str) -> None:
        self._first_port = self._port = port
        self._environment = environment
        self._process: Process | None = None
        self._task: asyncio.Task[None] | None = None
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """The process id of the running child."""
        return self._process.pid if self._process and self._process.returncode is None else None

    def start(self) -> None:
        """Starts the child and watches it."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Ends the child and the watching."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await _end(self._process)

    @contextlib.asynccontextmanager
    async def successor(self) -> AsyncIterator[tuple[Process, str]]:
        """Starts a second child on the next free port; it takes the first one's place at the end, or ends where the block fails.

        Raises:
            OSError: there is no free port.
        """
        port = _free_port([port for port in range(self._first_port, self._first_port + _PORTS) if port != self._port])
        process = await self._start_child(port)
        try:
            yield process, f"http://127.0.0.1:{port}"
        except BaseException:
            await _end(process)
            raise
        if self._task:
            self._task.cancel()
        former, self._process, self._port = self._process, process, port
        self.start()
        await _end(former)

    async def _watch(self) -> None:
        pause = 1.0
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            if self._process is None or self._process.returncode is not None:
                self._process = await self._start_child(self._port)
            code = await self._process.wait()
            if loop.time() - started > _STEADY_SECONDS:
                pause = 1.0
            self.restarts += 1
            log.error("rasa.ended", code=code, restart_in_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _start_child(self, port: int) -> Process:
        return await asyncio.create_subprocess_exec(
            *_COMMAND,
            "--port",
            str(port),
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | self._environment,
            start_new_session=True,
        )


async def _end(process: Process | None) -> None:
    if process is None or process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), timeout=5)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _free_port(ports: Sequence[int]) -> int:
    for port in ports:
        with contextlib.suppress(OSError, OverflowError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError(f"no free port among {ports[0]} to {ports[-1]}")
