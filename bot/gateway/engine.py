"""Rasa as the gateway sees it: the least busy worker, another one where it fails, and one deadline."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
import structlog

from bot.gateway.worker import Worker

log = structlog.get_logger(__name__)

DEADLINE_SECONDS = 8.0
ATTEMPT_SECONDS = 2.5
"""How long one worker may take while another could be asked instead. A message takes some 10 ms of work."""
AT_ONCE = 8
"""Messages with one worker at once. It works on one at a time; the others wait here, where they can still go to another."""
HAND_OVER_SECONDS = 4.0
"""How long messages may wait while one worker hands over to another: so short that they still get their answer in time."""
_PROBE_SECONDS = 0.5


class EngineUnavailable(RuntimeError):
    """Rasa gave no usable answer in time."""


class Workers:
    """Chooses a worker for each message, and leaves those aside that do not answer until they do."""

    def __init__(self, urls: Sequence[str], secret: str = "") -> None:
        self._secret = secret
        self._workers = [self.worker(url) for url in urls]
        self._erasing = 0
        self._open = asyncio.Event()
        self._open.set()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._probes: set[asyncio.Task[None]] = set()

    def worker(self, url: str) -> Worker:
        """Returns the client of a worker that knows the secret."""
        return Worker(url, self._secret)

    async def replies(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Returns the bubbles of the first worker that has some.

        Raises:
            EngineUnavailable: none has.
        """
        tried: list[Worker] = []
        while True:
            async with self._free_worker(tried) as worker:
                tried.append(worker)
                try:
                    async with self._watched(worker, ATTEMPT_SECONDS if self._left(tried) else None):
                        return await worker.replies(body)
                except (httpx.HTTPError, TimeoutError, ValueError) as error:
                    log.warning("engine.worker_failed", error=type(error).__name__)

    async def erase(self, conversation: str) -> bool:
        """Erases a conversation with the first worker that can; returns False where none can."""
        await self._open.wait()
        self._erasing += 1
        try:
            for worker in self._left([]):
                if await worker.erase(conversation):
                    return True
            return False
        finally:
            self._erasing -= 1

    async def switch_to(self, successor: Worker) -> Worker:
        """Puts a ready worker in the place of the only one, with all that this one remembers; returns the former.

        Messages and erasures under way are finished first, later ones wait: none is lost between the two.

        Raises:
            httpx.HTTPError: one of both failed; the first one goes on.
            EngineUnavailable: it took too long; the first one goes on.
        """
        (worker,) = self._workers
        self._open.clear()
        try:
            async with asyncio.timeout(HAND_OVER_SECONDS):
                while worker.busy or self._erasing:
                    await asyncio.sleep(0.01)
                await worker.hand_over(successor)
            self._workers = [successor]
        except TimeoutError:
            raise EngineUnavailable(f"the conversations were not handed over within {HAND_OVER_SECONDS:.0f} seconds") from None
        finally:
            self._open.set()
            self._wake(len(self._waiting))
        return worker

    async def ready(self) -> bool:
        """Whether any worker has its model loaded."""
        return any(await asyncio.gather(*(self._is_ready(worker) for worker in self._workers)))

    async def close(self) -> None:
        """Closes the connections."""
        for probe in self._probes:
            probe.cancel()
        for worker in self._workers:
            await worker.close()

    def _left(self, tried: Sequence[Worker]) -> list[Worker]:
        return [worker for worker in self._workers if worker not in tried and not worker.set_aside]

    @asynccontextmanager
    async def _free_worker(self, tried: Sequence[Worker]) -> AsyncIterator[Worker]:
        while True:
            await self._open.wait()
            left = self._left(tried)
            if not left:
                raise EngineUnavailable("no worker")
            worker = min(left, key=lambda worker: worker.busy)
            if worker.busy < AT_ONCE:
                break
            await self._freed()
        self._workers.remove(worker)
        self._workers.append(worker)  # among equally busy ones the one that waited longest comes first
        worker.busy += 1
        try:
            yield worker
        finally:
            worker.busy -= 1
            self._wake(1)

    @asynccontextmanager
    async def _watched(self, worker: Worker, patience: float | None) -> AsyncIterator[None]:
        """Sets a worker aside that cannot be reached, or that keeps a message too long."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            async with asyncio.timeout(patience):
                yield
        except (httpx.TransportError, TimeoutError, asyncio.CancelledError) as error:
            if not isinstance(error, asyncio.CancelledError) or loop.time() - started > ATTEMPT_SECONDS:
                self._set_aside(worker)
            raise

    def _set_aside(self, worker: Worker) -> None:
        if worker.set_aside:
            return
        worker.set_aside = True
        probe = asyncio.create_task(self._probe(worker))
        self._probes.add(probe)
        probe.add_done_callback(self._probes.discard)
        self._wake(len(self._waiting))

    async def _probe(self, worker: Worker) -> None:
        while worker in self._workers and not await self._is_ready(worker):
            await asyncio.sleep(_PROBE_SECONDS)

    async def _is_ready(self, worker: Worker) -> bool:
        ready = await worker.ready()
        if ready and worker.set_aside:
            worker.set_aside = False
            log.info("engine.worker_back")
            self._wake(len(self._waiting))
        return ready

    async def _freed(self) -> None:
        """Waits until a worker may have room."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._wake(1)  # the wake-up was for whoever still waits
            raise

    def _wake(self, most: int) -> None:
        while self._waiting and most > 0:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                most -= 1


class Engine:
    """Asks the workers, for no longer than the deadline (in seconds)."""

    def __init__(self, workers: Workers, deadline: float = DEADLINE_SECONDS) -> None:
        self.workers = workers
        self._deadline = deadline

    async def replies(self, text: str, payload: str | None, conversation: str, channel: str) -> list[dict[str, Any]]:
        """Returns the bubbles for a cleaned message.

        Raises:
            EngineUnavailable: Rasa is down, still loading, slow, or answers nonsense.
        """
        ticket = secrets.token_hex(8)  # a worker that gets the message after another one takes over from it
        body = {"text": text, "payload": payload, "conversation": conversation, "channel": channel, "ticket": ticket}
        try:
            async with asyncio.timeout(self._deadline):
                return await self.workers.replies(body)
        except TimeoutError as error:
            log.warning("engine.too_late")
            raise EngineUnavailable("too late") from error

    async def erase(self, conversation: str) -> bool:
        """Erases a conversation in Rasa; returns False where Rasa could not do it."""
        return await self.workers.erase(conversation)

    async def ready(self) -> bool:
        """Whether Rasa has its model loaded."""
        return await self.workers.ready()

    async def close(self) -> None:
        """Closes the connections."""
        await self.workers.close()
