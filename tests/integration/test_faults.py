"""What can break, broken on purpose under a real gateway process with a real Rasa.

Under every fault a crisis phrase gets the right line in the first bubble, and a harmless message a
defined reply. Each gateway runs in a small checkout of its own, so that nothing here touches the
model, the knowledge or the switch of this one.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from bot.gateway.limits import MAX_BODY_BYTES, MAX_TEXT_CHARACTERS
from bot.safety.phrase_floor import scan
from tests.checkout import copy_checkout, rewrite_model
from tests.gateway_process import SECRET, GatewayProcess, free_port
from tests.integration.test_guarantee import PHRASES, fault
from tests.integration.test_sms import PUBLIC, TOKEN, Provider

CRISES = {
    "he has a gun on me": "911",
    "I want to die": "988",
    "my husband beats me": "1-800-799-7233",
    "me obligan a prostituirme": "1-888-373-7888",
}
HARMLESS = "What is the Safe at Home program?"
SMS = {"PUBLIC_URL": PUBLIC, "TWILIO_AUTH_TOKEN": TOKEN, "SMS_SECRET": SECRET}
ALWAYS = {"emergency", "suicide", "trafficking"}
READY = "/webhooks/lamplight/ready"

Checkout = Callable[[str], Path]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Makes a folder with all that serving needs, its own knowledge, model file and switch among it."""

    def make(name: str) -> Path:
        return copy_checkout(tmp_path_factory.mktemp(name))

    return make


def assert_crises_get_their_line(gateway: GatewayProcess, fallback: bool = True, padding: str = "") -> None:
    for phrase, number in CRISES.items():
        response = gateway.say(padding + phrase)
        assert response.status_code == 200, (phrase, response.text)
        first = response.json()["replies"][0]
        assert first["kind"] == "escalation", phrase
        assert number in first["text"], phrase
        assert "1-888-373-7888" in first["text"], phrase
        assert first["fallback"] is fallback, phrase


def assert_every_crisis_gets_its_line(gateway: GatewayProcess, padding: str = "") -> None:
    """Every phrase of the list by the chat API; by the plain form and by SMS one."""
    faults = []
    for kind, phrases in PHRASES.items():
        for phrase in phrases:
            response = gateway.say(padding + phrase)
            assert response.status_code == 200, (phrase, response.text)
            found = fault(kind, list(scan(phrase).kinds), phrase, response.json()["replies"][0])
            if found:
                faults.append(f"{phrase!r}: {found}")
    assert faults == []
    assert_crisis_by_page_and_sms(gateway)


def assert_crisis_by_page_and_sms(gateway: GatewayProcess) -> None:
    page = gateway.http.post("/chat", data={"text": "I want to die"})
    assert page.status_code == 200
    assert "988" in page.text.partition('class="reply escalation"')[2]
    provider = Provider(gateway)
    first = provider.text("I want to die", provider.number())[0]
    assert "988" in first[:160]
    assert "1-888-373-7888" in first


def assert_notice(response: httpx.Response) -> None:
    assert response.status_code == 200, response.text
    (reply,) = response.json()["replies"]
    assert reply["kind"] == "notice"
    assert reply["fallback"] is True
    assert {line["id"] for line in reply["hotlines"]} == ALWAYS


def assert_refused(response: httpx.Response, status: int, code: str) -> None:
    assert response.status_code == status, response.text
    assert response.json()["error"]["code"] == code
    assert {line["id"] for line in response.json()["hotlines"]} == ALWAYS


def assert_no_trace(log: Path) -> None:
    written = log.read_text(encoding="utf-8", errors="replace")
    assert [text for text in (*CRISES, HARMLESS) if text in written] == []


class TestWithoutRasa:
    """The gateway alone: its Rasa cannot be reached, as in the first seconds after every start."""

    @pytest.fixture(scope="class")
    def root(self, checkout: Checkout) -> Path:
        return checkout("alone")

    @pytest.fixture
    def gateway(self, root: Path) -> Iterator[GatewayProcess]:
        with GatewayProcess(root, root / "log", RASA_URLS=f"http://127.0.0.1:{free_port()}", **SMS) as running:
            yield running
        assert_no_trace(root / "log")

    def test_rasa_not_reachable(self, gateway: GatewayProcess) -> None:
        assert gateway.http.get("/readyz").status_code == 503
        assert_every_crisis_gets_its_line(gateway)
        assert_notice(gateway.say(HARMLESS))

    def test_the_plain_page_too(self, gateway: GatewayProcess) -> None:
        for phrase, number in CRISES.items():
            page = gateway.http.post("/chat", data={"text": phrase})
            assert page.status_code == 200
            assert number in page.text.partition('class="reply escalation"')[2]

    def test_rate_limit_reached(self, gateway: GatewayProcess) -> None:
        token = gateway.say(HARMLESS).json()["conversation"]
        statuses = [gateway.say(HARMLESS, token).status_code for _ in range(40)]
        assert statuses[-1] == 429
        assert_refused(gateway.say(HARMLESS, token), 429, "too_many_messages")
        for phrase, number in CRISES.items():
            first = gateway.say(phrase, token).json()["replies"][0]
            assert first["kind"] == "escalation"
            assert number in first["text"][:160]
        assert_crisis_by_page_and_sms(gateway)

    def test_rate_limit_of_an_address_reached(self, gateway: GatewayProcess) -> None:
        statuses = [gateway.say(HARMLESS).status_code for _ in range(130)]
        assert statuses[-1] == 429
        assert_every_crisis_gets_its_line(gateway)

    def test_message_too_long(self, gateway: GatewayProcess) -> None:
        padding = "la " * MAX_TEXT_CHARACTERS
        assert_refused(gateway.say(padding), 413, "text_too_long")
        assert_every_crisis_gets_its_line(gateway, padding)

    def test_a_body_beyond_reading_still_carries_the_lines(self, gateway: GatewayProcess) -> None:
        assert_refused(gateway.say("a" * (MAX_BODY_BYTES + 1)), 413, "body_too_large")

    def test_hotline_only_from_the_start_and_switched_at_run_time(self, root: Path) -> None:
        with GatewayProcess(root, root / "log", RASA_URLS=f"http://127.0.0.1:{free_port()}", HOTLINE_ONLY="true", **SMS) as gateway:
            assert_notice(gateway.say(HARMLESS))
            assert_every_crisis_gets_its_line(gateway)
            for value in ("off", "on"):
                subprocess.run(
                    [sys.executable, "-m", "bot", "hotline-only", value], cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, check=True
                )
                assert_notice(gateway.say(HARMLESS))
                assert_crises_get_their_line(gateway)
        assert_no_trace(root / "log")


def _remove(model: Path) -> None:
    model.unlink()


def _truncate(model: Path) -> None:
    model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])


def _spoil_index(model: Path) -> None:
    spoilt = []

    def spoil(name: str, data: bytes) -> bytes:
        if "PassageRetriever" not in name:
            return data
        spoilt.append(name)
        return b"spoilt"

    rewrite_model(model, spoil)
    assert spoilt


@pytest.mark.parametrize("damage", [_remove, _truncate, _spoil_index], ids=["missing", "truncated", "index-corrupt"])
def test_model_missing_or_corrupt(checkout: Checkout, damage: Callable[[Path], None]) -> None:
    root = checkout("model")
    damage(root / "models" / "lamplight.tar.gz")
    with GatewayProcess(root, root / "log") as gateway:
        assert_crises_get_their_line(gateway)
        gateway.wait_for(READY, 503, rasa=True)
        assert_crises_get_their_line(gateway)
        assert_notice(gateway.say(HARMLESS))
        assert gateway.http.get("/readyz").status_code == 503
    assert_no_trace(root / "log")


def _no_file_grows() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_disk_full(checkout: Checkout) -> None:
    """No file can take a byte, so Rasa cannot even unpack its model."""
    root = checkout("full")
    with GatewayProcess(root, Path(os.devnull), before_start=_no_file_grows) as gateway:
        first = gateway.rasa_pid()
        assert_crises_get_their_line(gateway)
        assert_notice(gateway.say(HARMLESS))
        assert gateway.http.post("/chat/feedback", json={"passage": "law-missouri", "helpful": True}).status_code == 204
        for _ in range(300):  # Rasa ends on the full disk and is started again
            if gateway.rasa_pid() not in {first, None}:
                break
            time.sleep(0.1)
        assert_crises_get_their_line(gateway)
        assert_notice(gateway.say(HARMLESS))
        assert gateway.http.get("/readyz").status_code == 503


def test_disk_full_under_the_log_too(checkout: Checkout) -> None:
    root = checkout("full")
    with GatewayProcess(root, root / "log", before_start=_no_file_grows) as gateway:
        assert_crises_get_their_line(gateway)
        assert_notice(gateway.say(HARMLESS))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 128 MB, as much as a container has to write to."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", str(tmp_path)], capture_output=True, check=False)
    if mounted.returncode != 0:
        message = "A small disk cannot be mounted here; that takes root"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


def fill(disk: Path) -> Path:
    """Takes all the room that is left on a disk; returns the file that has it."""
    filling = disk / "filling"
    with pytest.raises(OSError, match="No space left on device"), filling.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return filling


def test_no_space_left(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None for the log, for the counts of questions without an answer, or for the model that a new Rasa unpacks."""
    monkeypatch.setenv("TMPDIR", str(small_disk))
    root = copy_checkout(small_disk / "checkout")
    with GatewayProcess(root, root / "log") as gateway:
        gateway.wait_for("/readyz", 200)
        filling = fill(small_disk)
        assert gateway.say("which planet is the biggest").json()["replies"][0]["kind"] == "unknown"
        assert gateway.say(HARMLESS).json()["replies"][0]["kind"] == "answer"
        assert_crises_get_their_line(gateway, fallback=False)

        rasa = gateway.rasa_pid()
        assert rasa is not None
        os.kill(rasa, signal.SIGKILL)
        assert_crises_get_their_line(gateway)
        assert_notice(gateway.say(HARMLESS))
        os.truncate(filling, filling.stat().st_size - 65536)  # enough to begin with, as on a disk that others fill
        gateway.wait_for(READY, 503, rasa=True)
        assert_crises_get_their_line(gateway)
        assert_notice(gateway.say(HARMLESS))

        filling.unlink()
        gateway.wait_for("/readyz", 200)
        assert gateway.say(HARMLESS).json()["replies"][0]["kind"] == "answer"
    assert_no_trace(root / "log")


class TestWithRasa:
    """One healthy gateway, to which one fault after the other happens; each test leaves it healthy."""

    @pytest.fixture(scope="class")
    def root(self, checkout: Checkout) -> Path:
        return checkout("healthy")

    @pytest.fixture(scope="class")
    def gateway(self, root: Path) -> Iterator[GatewayProcess]:
        with GatewayProcess(root, root / "log") as running:
            running.wait_for("/readyz", 200)
            yield running
        assert_no_trace(root / "log")

    def test_all_is_well(self, gateway: GatewayProcess) -> None:
        assert gateway.say(HARMLESS).json()["replies"][0]["kind"] == "answer"
        assert_crises_get_their_line(gateway, fallback=False)

    def test_hotline_only_switched_at_run_time(self, gateway: GatewayProcess, root: Path) -> None:
        def switch(value: str) -> None:
            command = [sys.executable, "-m", "bot", "hotline-only", value]
            subprocess.run(command, cwd=root, env=os.environ | {"PYTHONPATH": str(root)}, check=True)

        switch("on")
        assert_notice(gateway.say(HARMLESS))
        assert_crises_get_their_line(gateway)
        switch("off")
        assert gateway.say(HARMLESS).json()["replies"][0]["kind"] == "answer"

    def test_knowledge_folder_broken_while_serving(self, gateway: GatewayProcess, root: Path) -> None:
        kept = root / "kept"
        (root / "knowledge").rename(kept)
        for file in kept.rglob("*"):
            if file.is_file():
                broken = root / "knowledge" / file.relative_to(kept)
                broken.parent.mkdir(parents=True, exist_ok=True)
                broken.write_bytes(b"---\n\xff not: [knowledge")
        assert gateway.say(HARMLESS).json()["replies"][0]["kind"] == "answer"
        assert_crises_get_their_line(gateway, fallback=False)
        shutil.rmtree(root / "knowledge")
        assert gateway.say(HARMLESS).json()["replies"][0]["kind"] == "answer"
        assert_crises_get_their_line(gateway, fallback=False)
        assert gateway.http.get("/readyz").status_code == 200
        kept.rename(root / "knowledge")

    def test_rasa_stalled_beyond_the_deadline(self, gateway: GatewayProcess) -> None:
        rasa = gateway.rasa_pid()
        assert rasa is not None
        os.kill(rasa, signal.SIGSTOP)
        try:
            with ThreadPoolExecutor(len(CRISES) + 1) as pool:
                harmless = pool.submit(gateway.say, HARMLESS)
                crises = {phrase: pool.submit(gateway.say, phrase) for phrase in CRISES}
            assert_notice(harmless.result())
            for phrase, answer in crises.items():
                first = answer.result().json()["replies"][0]
                assert first["kind"] == "escalation"
                assert CRISES[phrase] in first["text"][:160]
        finally:
            os.kill(rasa, signal.SIGCONT)
        gateway.wait_for("/readyz", 200)

    def test_rasa_killed_mid_message_and_started_again(self, gateway: GatewayProcess) -> None:
        rasa = gateway.rasa_pid()
        assert rasa is not None
        os.kill(rasa, signal.SIGSTOP)
        with ThreadPoolExecutor(2) as pool:
            crisis, harmless = pool.submit(gateway.say, "he has a gun on me"), pool.submit(gateway.say, HARMLESS)
            time.sleep(1.0)  # both messages are with the stopped Rasa by now
            assert not crisis.done()
            assert not harmless.done()
            os.kill(rasa, signal.SIGKILL)
        first = crisis.result().json()["replies"][0]
        assert first["kind"] == "escalation"
        assert "911" in first["text"][:160]
        assert_notice(harmless.result())
        assert_crises_get_their_line(gateway)
        gateway.wait_for("/readyz", 200)
        assert gateway.rasa_pid() != rasa
        assert gateway.say(HARMLESS).json()["replies"][0]["kind"] == "answer"
