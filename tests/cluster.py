"""Several gateways and several Rasa workers around one Redis, all real, on free ports."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any, TypeVar

from redis import Redis

from bot.settings import Settings
from bot.state.open import State, open_state
from bot.state.seal import Seal
from tests.gateway_process import ROOT, SECRET, GatewayProcess, RasaProcess, RedisProcess

T = TypeVar("T")
_NOTHING = len(Seal(SECRET).closed("", ""))
"""As long as the mark that an erased conversation leaves."""


class Cluster:
    """Use as a context manager: everything is ready within it."""

    def __init__(
        self,
        folder: Path,
        workers: int = 2,
        gateways: int = 2,
        root: Path = ROOT,
        redis_environment: Mapping[str, str] | None = None,
        **settings: str,
    ) -> None:
        self._folder = folder
        self._counts = (workers, gateways)
        self._root = root
        self._redis_environment = redis_environment
        self._settings = settings
        self._stack = ExitStack()
        self.workers: list[RasaProcess] = []
        self.gateways: list[GatewayProcess] = []

    def __enter__(self) -> Cluster:
        workers, gateways = self._counts
        with self._stack:
            self.redis = self._stack.enter_context(RedisProcess(self._folder, environment=self._redis_environment))
            settings = self._settings | {"REDIS_URL": self.redis.url}
            self.workers = [
                self._stack.enter_context(RasaProcess(self._folder / f"rasa-{number}.log", self._root, **settings))
                for number in range(workers)
            ]
            settings |= {"RASA_URLS": ",".join(worker.url for worker in self.workers)}
            self.gateways = [
                self._stack.enter_context(GatewayProcess(self._root, self._folder / f"gateway-{number}.log", **settings))
                for number in range(gateways)
            ]
            for worker in self.workers:
                worker.wait_until_ready()
            for gateway in self.gateways:
                gateway.wait_for("/readyz", 200)
            self._stack = self._stack.pop_all()
        self.keys = Redis.from_url(self.redis.url)
        return self

    def __exit__(self, *_: object) -> None:
        self.keys.close()
        self._stack.close()

    def heal(self) -> None:
        """Lets every process go on, starts those again that were killed, and waits until all answers come."""
        for process in [self.redis, *self.workers, *self.gateways]:
            process.send(signal.SIGCONT)
            if not process.is_running():
                process.start()
        for worker in self.workers:
            worker.wait_until_ready()
        for gateway in self.gateways:
            gateway.wait_for("/readyz", 200)

    def logs(self) -> str:
        """Returns all that any process of ours has written to its log."""
        return "".join(process.written() for process in [*self.workers, *self.gateways, self.redis])

    def texts(self, token: str) -> list[str]:
        """Returns what Rasa remembers that was said in a conversation of the web."""

        async def read(state: State) -> list[str]:
            session = await state.store("chat", 3600).get(token)
            assert session is not None
            kept = await state.store("tracker", 3600).get(session.value)
            assert kept is not None
            return [event["text"] for event in json.loads(kept.value)["events"] if event["event"] == "user"]

        return asyncio.run(self._with_state(read))

    async def _with_state(self, read: Callable[[State], Any]) -> Any:
        async with AsyncExitStack() as stack:
            state = open_state(Settings(redis_url=self.redis.url, rasa_secret=SECRET))
            stack.push_async_callback(state.close)
            return await read(state)

    def held(self, kind: str = "*") -> list[str]:
        """Returns the keys in Redis of one kind, or of all but the rate limits; those of erased conversations hold nothing and do not count."""
        keys = [key for key in self.keys.scan_iter(f"lamplight:{kind}:*") if b":limits" not in key]
        return sorted(key.decode() for key in keys if not (b":tracker:" in key and self.keys.strlen(key) == _NOTHING))


class OneMachine:
    """A gateway with a Rasa of its own and nothing shared, on free ports. Use as a context manager: it is ready within it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.gateways = [GatewayProcess(ROOT, folder / "gateway.log", **settings)]
        self.workers: list[RasaProcess] = []
        """None that could be stopped alone: the gateway looks after its Rasa itself."""

    def __enter__(self) -> OneMachine:
        with ExitStack() as stack:
            for gateway in self.gateways:
                stack.enter_context(gateway).wait_for("/readyz", 200)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
