"""`python -m tests.benchmarks.load`: messages a second, latency by open conversations, a soak, and faults with their recovery.

Real gateways, Rasa workers and Redis; those who write share the machine with them. Writes `reports/load.json` and
`reports/load.html`, and ends with 1 where a promise broke. The soak takes a minute, with `--hour` an hour.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any
from unittest.mock import patch

from bot.safety.hotlines import ROOT
from tests.benchmarks.faults import FAULTS, NEW_MODEL, RECOVERY, Clock, model_taken_in, suffer
from tests.benchmarks.load_page import write_page
from tests.benchmarks.timing import megabytes
from tests.benchmarks.traffic import NEVER, People, Traffic, expected_are_apart, expected_sources
from tests.cluster import Cluster, OneMachine

REPORT = ROOT / "reports" / "load.json"
OPEN = (1, 10, 100, 1000)
_A_SECOND = 50
"""Messages a second at every level: the more people are in a conversation, the longer each pauses."""
_AT_ONCE = 16
GROWTH = "grew in the second half, MB"
MOST_GROWTH_MB = 20.0
"""For each process of the soak. In an hour gateways grew by 1 MB, workers by 2, and Redis by the 13 of the conversations it held."""
_SETTINGS = {"TRUSTED_PROXIES": "127.0.0.1"}


def people(cluster: Cluster) -> People:
    """Returns people who know which answer belongs to which question."""
    expected = expected_sources(cluster.gateways[0].url)
    assert expected_are_apart(expected), expected
    return People([gateway.url for gateway in cluster.gateways], expected)


async def sustained(cluster: Cluster, seconds: float) -> dict[str, Any]:
    """As many messages a second as come through: everybody writes again as soon as they have the reply."""
    await people(cluster).talk(_AT_ONCE, 0.0, 3.0)
    traffic = await people(cluster).talk(_AT_ONCE, 0.0, seconds)
    answered = traffic.counts().get("answered", 0)
    return {"workers": len(cluster.workers), "answered a second": round(answered / seconds, 1), **_times(traffic), **traffic.counts()}


async def by_open_conversations(cluster: Cluster, seconds: float) -> list[dict[str, Any]]:
    """Latency while so many people are in a conversation, who together write about as much at every level."""
    rows = []
    for conversations in OPEN:
        pause = conversations / _A_SECOND
        traffic = await people(cluster).talk(conversations, pause, max(seconds, 2 * pause))
        rows.append({"workers": len(cluster.workers), "open": conversations, "pause s": pause, **_times(traffic), **traffic.counts()})
        print(rows[-1], flush=True)
    return rows


async def soak(cluster: Cluster, seconds: float) -> dict[str, Any]:
    """A steady stream, and the memory of every process meanwhile."""
    talking = asyncio.create_task(people(cluster).talk(60, 3.0, seconds))
    started, memory = time.perf_counter(), []
    while not talking.done():
        await asyncio.sleep(min(10.0, seconds / 20))
        gateways, workers = (max(megabytes(process.pid) for process in group) for group in (cluster.gateways, cluster.workers))
        redis = round(cluster.keys.info("memory")["used_memory"] / 2**20, 1)
        memory.append({"minute": round((time.perf_counter() - started) / 60, 2), "gateway": gateways, "worker": workers, "Redis": redis})
    traffic = await talking
    late = memory[len(memory) // 2 :]
    growth = {f"{name} {GROWTH}": round(late[-1][name] - late[0][name], 1) for name in ("gateway", "worker", "Redis")}
    return {"minutes": round(seconds / 60, 1), **growth, **_times(traffic), **traffic.counts(), "memory": memory}


def _times(traffic: Traffic) -> dict[str, Any]:
    milliseconds = traffic.milliseconds()
    if len(milliseconds) < 2:
        return {}
    cuts = quantiles(milliseconds, n=100, method="inclusive")
    return {"p50 ms": round(cuts[49], 1), "p95 ms": round(cuts[94], 1), "p99 ms": round(cuts[98], 1)}


def broken_promises(report: dict[str, Any]) -> list[str]:
    """Returns the rows in which something was that must never be, a process grew, or after which not everybody was answered again."""
    rows = [*report["sustained"], *report["open"], report["soak"], *report["faults"]]
    return [
        json.dumps({name: value for name, value in row.items() if name != "memory"})
        for row in rows
        if any(row.get(name) for name in NEVER)
        or any(value > MOST_GROWTH_MB for name, value in row.items() if name.endswith(GROWTH))
        or row.get(RECOVERY, 0.0) is None
    ]


def main() -> None:
    """Measures and reports."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=__doc__)
    parser.add_argument("--hour", action="store_true", help="soak for an hour instead of a minute")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each level is measured")
    options = parser.parse_args()
    machine = {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}
    report: dict[str, Any] = {"date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "machine": machine, "sustained": [], "open": []}
    report |= {"load average before": round(os.getloadavg()[0], 1), "faults": []}
    seen: dict[str, Traffic] = {}
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder), workers, 2, **_SETTINGS) as cluster:
            report["sustained"].append(asyncio.run(sustained(cluster, options.seconds)))
            print(report["sustained"][-1], flush=True)
            report["open"] += asyncio.run(by_open_conversations(cluster, options.seconds))
            if workers == 2:
                report["soak"] = asyncio.run(soak(cluster, 3600.0 if options.hour else 60.0))
                for name, fault in FAULTS.items():
                    row, seen[name] = asyncio.run(suffer(cluster, name, fault))
                    report["faults"].append(row)
                    print(row, flush=True)
    with tempfile.TemporaryDirectory() as folder, OneMachine(Path(folder), **_SETTINGS) as alone:
        row, seen[NEW_MODEL] = asyncio.run(suffer(alone, NEW_MODEL, model_taken_in))
        report["faults"].append(row)
        print(row, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        ours, redis = Clock(Path(folder) / "ours"), Clock(Path(folder) / "redis")
        with patch.dict(os.environ, ours.environment), Cluster(Path(folder), redis_environment=redis.environment, **_SETTINGS) as cluster:
            for name, clock in {"clocks jump an hour": ours, "Redis's clock jumps an hour": redis}.items():
                row, seen[name] = asyncio.run(suffer(cluster, name, clock.jump))
                report["faults"].append(row)
                print(row, flush=True)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    write_page(REPORT.with_suffix(".html"), report, seen)
    print(f"Written: {REPORT.relative_to(ROOT)} and {REPORT.with_suffix('.html').relative_to(ROOT)}")
    if broken := broken_promises(report):
        sys.exit("\n".join(["Broken promises:", *broken]))


if __name__ == "__main__":
    main()
