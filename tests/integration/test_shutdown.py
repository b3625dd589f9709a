"""SIGTERM lets the messages in hand be answered, by the website and by text message."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.safety.hotlines import ROOT
from tests.gateway_process import GatewayProcess

QUESTION = "What is the Safe at Home program?"


def test_a_message_in_hand_is_answered_before_the_gateway_ends(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with GatewayProcess(ROOT, log) as gateway:
        gateway.wait_for("/readyz", 200)
        rasa = gateway.rasa_pid()
        assert rasa is not None
        os.kill(rasa, signal.SIGSTOP)
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(gateway.say, QUESTION)
            _wait_until_received(gateway.rasa_port)
            os.kill(gateway.pid, signal.SIGTERM)
            _wait_until_closed(gateway.port)
            assert not answer.done()
            os.kill(rasa, signal.SIGCONT)
            response = answer.result()
        first = response.json()["replies"][0]
        assert (response.status_code, first["kind"], first["fallback"]) == (200, "answer", False)
        assert gateway.wait() == -signal.SIGTERM
        wait_until_ended(rasa)
    for line in log.read_text(encoding="utf-8").splitlines():
        assert line.startswith("Lamplight listens on http://127.0.0.1:") or "event" in json.loads(line), line


def _wait_until_received(port: int) -> None:
    """Waits until bytes of a message lie unread at Rasa's port."""
    wanted = f":{port:04X}"
    for _ in range(1000):
        for row in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, queues, *_ = row.split()
            if local.endswith(wanted) and state == "01" and int(queues.split(":")[1], 16) > 0:
                return
        time.sleep(0.01)
    raise AssertionError("the message did not reach Rasa")


def wait_until_ended(pid: int) -> None:
    """Waits until a process is gone, or waits only for its new parent to notice that it has ended."""
    for _ in range(1000):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        time.sleep(0.01)
    raise AssertionError("Rasa outlived its gateway")


def _wait_until_closed(port: int) -> None:
    for _ in range(1000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.01)
    raise AssertionError("the gateway still takes connections")
