"""Faults under traffic: what broke, what people got meanwhile, and how long until everybody was answered again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.traffic import People, Traffic, expected_sources
from tests.cluster import Cluster

CONVERSATIONS = 12
PAUSE_SECONDS = 0.5
BEFORE_SECONDS, AFTER_SECONDS = 5.0, 25.0
_FAKETIME = ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1")

RECOVERY = "all answered again after, s"

Fault = Callable[[Cluster], Awaitable[None]]


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
    """A new model: each worker in turn is stopped and a new process takes its place when it is ready."""
    for worker in cluster.workers:
        await asyncio.to_thread(worker.stop)
        worker.start()
        await asyncio.to_thread(worker.wait_until_ready)
        await asyncio.sleep(1)


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


async def suffer(cluster: Cluster, name: str, fault: Fault) -> tuple[dict[str, Any], Traffic]:
    """Lets one fault happen while people talk."""
    people = People([gateway.url for gateway in cluster.gateways], expected_sources(cluster.gateways[0].url))
    talking = asyncio.create_task(people.talk(CONVERSATIONS, PAUSE_SECONDS, BEFORE_SECONDS + AFTER_SECONDS))
    await asyncio.sleep(BEFORE_SECONDS)
    began = time.perf_counter() - people.traffic.started
    await fault(cluster)
    traffic = await talking
    for process in [*cluster.workers, *cluster.gateways]:
        assert process.is_running(), f"after {name!r} a process is down"
    for worker in cluster.workers:
        await asyncio.to_thread(worker.wait_until_ready)
    return {"fault": name, **traffic.counts(), RECOVERY: traffic.whole_again(began)}, traffic


@contextlib.contextmanager
def shifting_clocks(folder: Path) -> Iterator[Callable[[str], None]]:
    """Gives the processes that start within it clocks that can jump (libfaketime); yields the way to move them.

    Raises:
        FileNotFoundError: libfaketime is not here. Debian: apt-get install faketime
    """
    library = next((path for path in _FAKETIME if Path(path).exists()), None)
    if library is None or shutil.which("faketime") is None:
        raise FileNotFoundError("No libfaketime here. Debian: apt-get install faketime")
    offset = folder / "offset"
    offset.write_text("+0", encoding="ascii")
    settings = {
        "LD_PRELOAD": library,
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    former = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield lambda shift: _move(offset, shift)
    finally:
        for name, value in former.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _move(offset: Path, shift: str) -> None:
    fresh = offset.with_suffix(".new")
    fresh.write_text(shift, encoding="ascii")
    fresh.replace(offset)


async def clocks_jump(cluster: Cluster, move: Callable[[str], None]) -> tuple[dict[str, Any], Traffic]:
    """The clocks of gateways and workers jump an hour ahead, and after ten seconds back."""

    async def jump(_: Cluster) -> None:
        move("+3600")
        await asyncio.sleep(10)
        move("+0")

    return await suffer(cluster, "clocks jump an hour", jump)
