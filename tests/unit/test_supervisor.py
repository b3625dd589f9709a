"""A child that ends is started again, and a successor takes its place, with a small program in the place of Rasa."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.gateway import supervisor as supervisor_module
from bot.gateway.supervisor import Supervisor
from tests.gateway_process import free_port


@pytest.fixture
async def supervisor(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Supervisor]:
    monkeypatch.setattr(supervisor_module, "_COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    running = Supervisor(free_port())
    running.start()
    await started_after(running, None)
    yield running
    await running.stop()
    assert running.pid is None


async def started_after(supervisor: Supervisor, former: int | None) -> int:
    """Waits until another child runs."""
    async with asyncio.timeout(10):
        while supervisor.pid in (None, former):
            await asyncio.sleep(0.01)
    assert supervisor.pid is not None
    return supervisor.pid


def port_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")[-2]


async def test_a_successor_takes_the_place_and_is_started_again_where_it_listens(supervisor: Supervisor) -> None:
    former = await started_after(supervisor, None)
    async with supervisor.successor() as (process, url):
        assert supervisor.pid == former
    assert supervisor.pid == process.pid
    assert not Path(f"/proc/{former}").exists()
    assert supervisor.restarts == 0
    os.kill(process.pid, signal.SIGKILL)
    again = await started_after(supervisor, process.pid)
    assert supervisor.restarts == 1
    assert url == f"http://127.0.0.1:{port_of(again)}" and port_of(again) != str(supervisor._first_port)
    async with supervisor.successor() as (_, url):
        pass
    assert url == f"http://127.0.0.1:{supervisor._first_port}"


async def test_a_successor_that_fails_is_ended_and_the_first_one_goes_on(supervisor: Supervisor) -> None:
    former = await started_after(supervisor, None)
    with pytest.raises(ZeroDivisionError):
        async with supervisor.successor() as (process, _):
            raise ZeroDivisionError
    assert process.returncode == -signal.SIGTERM
    assert supervisor.pid == former
