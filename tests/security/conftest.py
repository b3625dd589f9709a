"""Real gateway processes to attack: one whose Rasa cannot be reached, and one with everything behind it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.gateway_process import GatewayProcess, free_port, running_gateway

ROOT = Path(__file__).resolve().parents[2]
ALWAYS = {"emergency", "suicide", "trafficking"}
PUBLIC = "https://help.example.org"
EXIT = "https://weather.example/"
TOKEN = "fedcba98765432100123456789abcdef"


@dataclass
class Target:
    """A running gateway and its log."""

    process: GatewayProcess
    log: Path

    @property
    def http(self) -> httpx.Client:
        return self.process.http

    def raw(self, sent: bytes, seconds: float = 5.0) -> bytes:
        """Sends bytes as they are; returns what came until the connection closed or was silent for so long."""
        received = b""
        with socket.create_connection(("127.0.0.1", self.process.port), timeout=seconds) as connection:
            connection.sendall(sent)
            try:
                while chunk := connection.recv(65536):
                    received += chunk
            except (TimeoutError, ConnectionError):
                pass
        return received


@pytest.fixture(scope="session")
def lone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """The gateway alone: floor, limits and pages are its own, and no answer comes from Rasa."""
    log = tmp_path_factory.mktemp("lone") / "log"
    settings = {
        "RASA_URLS": f"http://127.0.0.1:{free_port()}",
        "ALLOWED_ORIGINS": "https://help.example",
        "EXIT_URL": EXIT,
        "PUBLIC_URL": PUBLIC,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "SMS_SECRET": "0123456789abcdef" * 4,
        "LOG_LEVEL": "debug",
    }
    with GatewayProcess(ROOT, log, **settings) as process:
        yield Target(process, log)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """The gateway with Rasa behind it."""
    secrets = {"PUBLIC_URL": PUBLIC, "TWILIO_AUTH_TOKEN": TOKEN, "SMS_SECRET": "0123456789abcdef" * 4}
    with running_gateway(tmp_path_factory.mktemp("whole") / "log", **secrets) as gateway:
        yield gateway
