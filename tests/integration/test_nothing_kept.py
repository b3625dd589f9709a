"""A thousand conversations with marked words, numbers, addresses and votes on two gateways; then a search for the marks everywhere."""

from __future__ import annotations

import contextlib
import re
import resource
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.checkout import copy_checkout
from tests.cluster import Cluster
from tests.gateway_process import GatewayProcess
from tests.unit.sms.stubs import PUBLIC, SECRET, TOKEN, form, messages, sign

WEB, SMS = 800, 200
MARKS = re.compile(rb"zq\d{4}xv|314\D{0,3}555\D?\d{4}|203\.0\.\d+\.|agent of zq")
OUTLIVES = re.compile(r"lamplight:(?:limits|replay|gaps|votes):")
"""Counts under hashes, and sealed replies of ours against replays for ten minutes."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="module")
def cluster(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    settings = {
        "CONVERSATION_MINUTES": "1",
        "TRUSTED_PROXIES": "127.0.0.1",
        "LOG_LEVEL": "debug",
        "PUBLIC_URL": PUBLIC,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "SMS_SECRET": SECRET,
    }
    folder = tmp_path_factory.mktemp("cluster")
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (limits[1], limits[1]))  # so that only the processes themselves forbid core files
    try:
        with pytest.MonkeyPatch.context() as patch:
            for name in ("TMPDIR", "HOME"):  # so that nothing can be written where the search does not look
                patch.setenv(name, str(folder))
            with Cluster(folder, root=root, **settings) as running:
                yield running
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, limits)


def address(number: int) -> dict[str, str]:
    return {"x-forwarded-for": f"203.0.{number // 200}.{number % 200}", "user-agent": f"agent of zq{number:04d}xv"}


def on_the_web(gateway: GatewayProcess, number: int, text: str, token: str | None = None) -> httpx.Response:
    body = {"text": f"{text} zq{number:04d}xv", "conversation": token}
    return gateway.http.post("/chat/messages", json=body, headers=address(number))


def vote(gateway: GatewayProcess, number: int, passage: str) -> int:
    """Presses "did this help?" as a script could: with any words for the passage."""
    body = {"passage": passage, "helpful": True, "conversation": f"zq{number:04d}xv"}
    return gateway.http.post("/chat/feedback", json=body, headers=address(number)).status_code


def by_text(gateway: GatewayProcess, number: int, text: str, **fields: str) -> httpx.Response:
    sent = form(text, f"+1314555{number:04d}", **fields)
    headers = {"x-twilio-signature": sign(sent), "content-type": "application/x-www-form-urlencoded"} | address(number)
    return gateway.http.post("/sms/twilio", content=str(httpx.QueryParams(sent)), headers=headers)


def found_in_files(*folders: Path) -> list[str]:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 50
    return [f"{path}: {hit!r}" for path in files for hit in MARKS.findall(path.read_bytes())]


def found_in_redis(cluster: Cluster) -> list[str]:
    held = b"".join(key + b" " + (cluster.keys.dump(key) or b"") for key in cluster.keys.scan_iter())
    return [hit.decode() for hit in MARKS.findall(held)]


def test_a_text_conversation_moves_between_gateways(cluster: Cluster) -> None:
    here, there = cluster.gateways
    answer = messages(by_text(here, 9001, "What is Lydia's House?"))
    assert answer[-1].count("STOP") == 1  # the notice of a first text
    assert "STOP" not in "".join(messages(by_text(there, 9001, "MORE")))


def test_a_replay_on_another_gateway_gets_the_same_reply_and_is_handled_once(cluster: Cluster) -> None:
    here, there = cluster.gateways
    sent = messages(by_text(here, 9002, "What is Lydia's House?", MessageSid="SM" + "9" * 32))
    before = there.http.get("/metrics").text
    assert messages(by_text(there, 9002, "What is Lydia's House?", MessageSid="SM" + "9" * 32)) == sent
    assert re.findall(r"lamplight_messages_total.*", there.http.get("/metrics").text) == re.findall(r"lamplight_messages_total.*", before)


def test_a_text_of_stop_on_another_gateway_forgets_everything(cluster: Cluster) -> None:
    here, there = cluster.gateways
    before = cluster.held()
    by_text(here, 9003, "my husband beats me", MessageSid="SM" + "8" * 32)
    assert len(cluster.held("sms")) > len([key for key in before if ":sms:" in key])
    assert messages(by_text(there, 9003, "STOP")) == []
    left = [key for key in cluster.held() if key not in before]
    assert all(key.startswith("lamplight:replay:") for key in left)
    assert messages(by_text(here, 9003, "my husband beats me", MessageSid="SM" + "8" * 32)) == []


def test_no_process_leaves_a_core_file(cluster: Cluster) -> None:
    for process in [*cluster.gateways, *cluster.workers, cluster.redis]:
        limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
        assert re.search(r"Max core file size +0 +0 ", limits)


def test_a_thousand_conversations_leave_no_trace(cluster: Cluster, root: Path) -> None:
    texts = [
        "Is it legal in Kansas City?",
        "he has a gun on me",
        "What is Lydia's House?",
        "which planet is the biggest",
        "am I free at 314-555-0142",
    ]

    def talk(number: int) -> list[int]:
        gateway, text = cluster.gateways[number % 2], texts[number % len(texts)]
        if number >= WEB:
            return [by_text(gateway, number, f"{text} zq{number:04d}xv").status_code]
        response = on_the_web(gateway, number, text)
        if number % 4 == 0:  # and goes on with the other gateway
            again = on_the_web(cluster.gateways[1 - number % 2], number, "and in creve coeur?", response.json()["conversation"])
            return [response.status_code, again.status_code]
        return [response.status_code]

    with ThreadPoolExecutor(8) as pool:
        statuses = [status for answers in pool.map(talk, range(WEB + SMS)) for status in answers]
    assert set(statuses) == {200}
    for number in range(0, WEB, 20):
        marked = (f"zq{number:04d}xv", f"1314555{number:04d}-beats-me", f"law-missouri zq{number:04d}xv")
        gateway = cluster.gateways[number // 20 % 2]
        assert [vote(gateway, number, passage) for passage in (*marked, "law-missouri")] == [400, 400, 400, 204]
    on_the_web(cluster.gateways[0], 1, "x" * 2500)  # and what is refused
    cluster.gateways[0].http.post("/chat/messages", content=b'{"text": "zq0001xv', headers=address(1))

    assert len(cluster.held("tracker")) > 100
    assert [cluster.keys.hkeys(key) for key in cluster.held("votes")] == [[b"law-missouri|yes"]]
    assert found_in_redis(cluster) == []
    ended = time.monotonic() + 75
    while time.monotonic() < ended and any(not OUTLIVES.match(key) for key in cluster.held()):
        time.sleep(1)
    assert [key for key in cluster.held() if not OUTLIVES.match(key)] == []
    assert found_in_redis(cluster) == []
    cluster.keys.save()
    assert MARKS.findall((cluster.redis.log.parent / "dump.rdb").read_bytes()) == []

    assert found_in_files(root, cluster.redis.log.parent) == []
    for gateway in cluster.gateways:
        metrics = gateway.http.get("/metrics").content
        assert b"lamplight_messages_total" in metrics
        assert MARKS.findall(metrics) == []


def test_a_crash_with_messages_in_hand_leaves_no_trace(cluster: Cluster, root: Path) -> None:
    ended = threading.Event()

    def talk(number: int) -> None:
        while not ended.is_set():
            with contextlib.suppress(httpx.TransportError):
                on_the_web(cluster.gateways[1], number, "What is Lydia's House?")

    with ThreadPoolExecutor(4) as pool:
        talking = [pool.submit(talk, number) for number in range(4)]
        time.sleep(1)
        try:
            for process in (cluster.workers[0], cluster.redis, cluster.gateways[1]):
                process.send(signal.SIGSEGV)
                assert process.wait() == -signal.SIGSEGV
        finally:
            ended.set()
    assert [one.exception() for one in talking] == [None] * 4
    folders = root, cluster.redis.log.parent
    assert [path for folder in folders for path in folder.rglob("core*") if re.fullmatch(r"core(\.\d+)?", path.name)] == []
    assert "BUG REPORT" not in cluster.redis.written()
    assert found_in_files(*folders) == []
