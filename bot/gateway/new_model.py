"""Takes in a new model while people talk: a second Rasa with it, and the conversations of the first when it is ready."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process

import structlog

from bot.gateway.engine import EngineUnavailable, Workers
from bot.gateway.static_replies import StaticReplies
from bot.gateway.supervisor import Supervisor
from bot.gateway.worker import Worker
from bot.safety.model_files import take_over, verify
from bot.settings import MODELS

log = structlog.get_logger(__name__)

READY_SECONDS = 180.0
"""How long a new Rasa may take to load its model; 20 are usual."""
_PROBE_SECONDS = 0.5


class NewModel:
    """Asked by a signal. Whatever fails, the Rasa that serves goes on, and the log says why."""

    def __init__(self, supervisor: Supervisor, workers: Workers, static: StaticReplies) -> None:
        self._supervisor = supervisor
        self._workers = workers
        self._static = static
        self._asked = asyncio.Event()

    def ask(self) -> None:
        """Asks for what lies in `models/` now."""
        self._asked.set()

    async def run(self) -> None:
        """Takes in one after the other until cancelled."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            try:
                await self._take_in()
            except Exception as error:
                log.error("model.not_taken_in", error=type(error).__name__, reason=str(error))
            else:
                log.info("model.taken_in")

    async def _take_in(self) -> None:
        fresh = await asyncio.to_thread(self._checked)
        async with self._supervisor.successor() as (process, url):
            worker = self._workers.worker(url)
            await _until_ready(worker, process)
            former = await self._workers.switch_to(worker)
        self._static.take(fresh)
        await former.close()

    def _checked(self) -> StaticReplies:
        take_over(MODELS)
        verify(MODELS)
        return self._static.reread()


async def _until_ready(worker: Worker, process: Process) -> None:
    clock = asyncio.get_running_loop().time
    end = clock() + READY_SECONDS
    while not await worker.ready():
        if process.returncode is not None:
            raise EngineUnavailable(f"the new Rasa ended with {process.returncode}")
        if clock() > end:
            raise EngineUnavailable(f"the new Rasa was not ready within {READY_SECONDS:.0f} seconds")
        await asyncio.sleep(_PROBE_SECONDS)
