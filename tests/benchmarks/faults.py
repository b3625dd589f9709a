"""Faults under traffic: what broke, what people got meanwhile, and how long until everybody was answered again."""

from __future__ import annotations

import asyncio
import resource
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from tests.benchmarks.traffic import People, Traffic, expected_sources
from tests.cluster import Cluster, OneMachine

CONVERSATIONS = 12
PAUSE_SECONDS = 0.5
BEFORE_SECONDS, AFTER_SECONDS = 5.0, 25.0
_FAKETIME = ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1")

RECOVERY = "all answered again after, s"

M = TypeVar("M", Cluster, OneMachine)

Fault = Callable[[Cluster], Awaitable[None]]
NEW_MODEL = "a new model taken in"
"""The switch of `systemctl reload`, on a machine without Redis."""


async def worker_killed(cluster: Cluster) -> None:
    """kill -9, and started again at once as a service manager does."""
    cluster.workers[0].kill()
    cluster.workers[0].start()


async def gateway_killed(cluster: Cluster) -> None:
    """kill -9, and started again at once; meanwhile the load balancer goes to the other one."""
    cluster.gateways[0].kill()
    cluster.gateways[0].start()


async def redis_killed(cluster: Cluster) -> None:
    """kill -9, and started again, empty, after three seconds."""
    cluster.redis.kill()
    await asyncio.sleep(3)
    await asyncio.to_thread(cluster.redis.restart)


async def redis_stalled(cluster: Cluster) -> None:
    """Stopped for five seconds."""
    cluster.redis.send(signal.SIGSTOP)
    await asyncio.sleep(5)
    cluster.redis.send(signal.SIGCONT)


async def worker_stalled(cluster: Cluster) -> None:
    """Stopped for ten seconds."""
    cluster.workers[0].send(signal.SIGSTOP)
    await asyncio.sleep(10)
    cluster.workers[0].send(signal.SIGCONT)


async def every_worker_stalled(cluster: Cluster) -> None:
    """All stopped for ten seconds."""
    for worker in cluster.workers:
        worker.send(signal.SIGSTOP)
    await asyncio.sleep(10)
    for worker in cluster.workers:
        worker.send(signal.SIGCONT)


async def disk_full(cluster: Cluster) -> None:
    """For ten seconds no process can write a byte to any file, its log included."""
    pids = [process.pid for process in [*cluster.gateways, *cluster.workers]]
    former = [resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY)) for pid in pids]
    await asyncio.sleep(10)
    for pid, limits in zip(pids, former, strict=True):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


async def workers_replaced(cluster: Cluster) -> None:
    """A new model with Redis: each worker in turn is stopped and a new process takes its place when it is ready."""
    for worker in cluster.workers:
        await asyncio.to_thread(worker.stop)
        worker.start()
        await asyncio.to_thread(worker.wait_until_ready)
        await asyncio.sleep(1)


async def model_taken_in(machine: OneMachine) -> None:
    """SIGUSR1: a second Rasa starts and takes every conversation over; what lies in models/ may be the same model."""
    (gateway,) = machine.gateways
    former = gateway.rasa_pids()
    gateway.send(signal.SIGUSR1)
    await asyncio.to_thread(gateway.until, lambda: '"model.taken_in"' in gateway.written(), "new model")
    assert not set(former) & set(gateway.rasa_pids()), "the former Rasa serves on"


FAULTS: dict[str, Fault] = {
    "a worker killed": worker_killed,
    "a gateway killed": gateway_killed,
    "Redis killed": redis_killed,
    "Redis stalled 5 s": redis_stalled,
    "a worker stalled 10 s": worker_stalled,
    "every worker stalled 10 s": every_worker_stalled,
    "disk full 10 s": disk_full,
    "workers replaced": workers_replaced,
}


async def suffer(
    cluster: M, name: str, fault: Callable[[M], Awaitable[None]], after: float = AFTER_SECONDS
) -> tuple[dict[str, Any], Traffic]:
    """Lets one fault happen while people talk, and goes on for so many seconds from its beginning."""
    people = People([gateway.url for gateway in cluster.gateways], expected_sources(cluster.gateways[0].url))
    talking = asyncio.create_task(people.talk(CONVERSATIONS, PAUSE_SECONDS, BEFORE_SECONDS + after))
    await asyncio.sleep(BEFORE_SECONDS)
    began = time.perf_counter() - people.traffic.started
    await fault(cluster)
    traffic = await talking
    for process in [*cluster.workers, *cluster.gateways]:
        assert process.is_running(), f"after {name!r} a process is down"
    for worker in cluster.workers:
        await asyncio.to_thread(worker.wait_until_ready)
    return {"fault": name, **traffic.counts(), RECOVERY: traffic.whole_again(began)}, traffic


class Clock:
    """A clock that can jump, for the processes that start with its environment (libfaketime)."""

    def __init__(self, offset: Path) -> None:
        """`offset` is the file by which it is moved.

        Raises:
            FileNotFoundError: libfaketime is not here. Debian: apt-get install faketime
        """
        library = next((path for path in _FAKETIME if Path(path).exists()), None)
        if library is None:
            raise FileNotFoundError("No libfaketime here. Debian: apt-get install faketime")
        self._offset = offset
        self.move("+0")
        self.environment = {
            # Redis takes memory from jemalloc, which asks for the time while it is being set up; libfaketime then asks it for
            # memory, and both wait for each other. Before jemalloc in the list, the C library gives the memory.
            "LD_PRELOAD": f"{library} libc.so.6",
            "FAKETIME_TIMESTAMP_FILE": str(offset),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def move(self, shift: str) -> None:
        """Moves it by seconds, such as "+3600"."""
        fresh = self._offset.with_suffix(".new")
        fresh.write_text(shift, encoding="ascii")
        fresh.replace(self._offset)

    async def jump(self, _: Cluster) -> None:
        """It jumps an hour ahead, and after five seconds back."""
        self.move("+3600")
        await asyncio.sleep(5)
        self.move("+0")
