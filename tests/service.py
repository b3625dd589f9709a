"""A running gateway with the real Rasa behind it, for tests and benchmarks that only talk to it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.gateway_process import ROOT, GatewayProcess
from tests.gateway_process import free_port as free_port

_PREFIX = "LAMPLIGHT_"


@dataclass(frozen=True)
class Service:
    """A running gateway."""

    url: str
    log: Path
    pid: int
    rasa_port: int


@contextlib.contextmanager
def running_service(log: Path, wait_for: str = "/readyz", **settings: str) -> Iterator[Service]:
    """Serves until the block ends; `wait_for` is /readyz (Rasa too) or /healthz (the gateway alone)."""
    with GatewayProcess(ROOT, log, **{name.removeprefix(_PREFIX): value for name, value in settings.items()}) as gateway:
        gateway.wait_for(wait_for, 200)
        yield Service(gateway.url, log, gateway.pid, gateway.rasa_port)
