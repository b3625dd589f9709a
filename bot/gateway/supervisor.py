"""Starts Rasa beside the gateway and starts it again when it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys

import structlog

from bot.safety.hotlines import ROOT

log = structlog.get_logger(__name__)

_COMMAND = (sys.executable, "-m", "bot", "rasa")
_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0


class Supervisor:
    """Keeps one child process alive, with a growing pause between quick failures."""

    def __init__(self, **environment: str) -> None:
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None
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
        await self._end_child()

    async def _watch(self) -> None:
        pause = 1.0
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            self._process = await asyncio.create_subprocess_exec(
                *_COMMAND, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)} | self._environment, start_new_session=True
            )
            code = await self._process.wait()
            if loop.time() - started > _STEADY_SECONDS:
                pause = 1.0
            self.restarts += 1
            log.error("rasa.ended", code=code, restart_in_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _end_child(self) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), timeout=5)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
