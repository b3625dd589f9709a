"""One gateway with Rasa behind it for all the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.gateway_process import GatewayProcess, running_gateway


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """The running gateway."""
    with running_gateway(tmp_path_factory.mktemp("service") / "log", ALLOWED_ORIGINS="https://help.example") as running:
        yield running


@pytest.fixture
def http(service: GatewayProcess) -> Iterator[httpx.Client]:
    """A client of the running gateway; each test comes from an address of its own conversation."""
    with httpx.Client(base_url=service.url, timeout=20.0) as client:
        yield client
