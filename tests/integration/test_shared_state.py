"""Two gateways and two Rasa workers around one Redis: one conversation without a seam, and every fault survived."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from bot.messages import AUTH_HEADER
from tests.cluster import Cluster
from tests.gateway_process import ROOT, SECRET, GatewayProcess

CARE = "Still here for you"
CRISIS = "he has a gun on me"
QUESTIONS = ["What is Lydia's House?", "Is prostitution legal in Kansas City?", "What is the Safe at Home program?"]
MESSAGE, ERASE = "/webhooks/lamplight/message", "/webhooks/lamplight/erase"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("cluster"), TRUSTED_PROXIES="127.0.0.1") as running:
        yield running
        logs = running.logs()
    assert [text for text in (CRISIS, *QUESTIONS, "192.0.2.") if text in logs] == []


@pytest.fixture(autouse=True)
def healthy(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test has an address of its own, so that none meets another one's rate limit, and what it broke is mended after it."""
    for gateway in cluster.gateways:
        gateway.http.headers["x-forwarded-for"] = f"192.0.2.{abs(hash(request.node.name)) % 250}"
    yield
    cluster.heal()


def answered(response: httpx.Response) -> httpx.Response:
    """Asserts that Rasa had its part in the reply."""
    assert response.status_code == 200, response.text
    assert not any(reply["fallback"] for reply in response.json()["replies"]), response.text
    return response


def first(response: httpx.Response) -> dict[str, object]:
    assert response.status_code == 200, response.text
    reply: dict[str, object] = response.json()["replies"][0]
    return reply


def assert_without_rasa(gateway: GatewayProcess, token: str | None = None) -> None:
    """A crisis gets its line, everything else the notice."""
    crisis, notice = first(gateway.say(CRISIS, token)), first(gateway.say(QUESTIONS[0], token))
    assert (crisis["kind"], crisis["fallback"]) == ("escalation", True)
    assert "911" in str(crisis["text"])[:160]
    assert (notice["kind"], notice["fallback"]) == ("notice", True)
    assert "988" in str(notice["text"])


def test_a_conversation_moves_between_gateways_and_workers_without_a_seam(cluster: Cluster) -> None:
    here, there = cluster.gateways
    token = answered(here.say("my husband beats me")).json()["conversation"]
    for turn in range(6):
        gateway = (there, here)[turn % 2]
        body = answered(gateway.say(QUESTIONS[turn % 3], token)).json()
        assert body["conversation"] == token
        assert CARE in body["replies"][0]["text"]
        assert [reply["kind"] for reply in body["replies"]] == ["answer"]
    city = answered(there.say("and in creve coeur?", token)).json()["replies"][0]
    assert CARE in city["text"]
    assert len(cluster.texts(token)) == 8


def test_both_workers_get_their_part(cluster: Cluster) -> None:
    def seconds_worked(pid: int) -> float:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    before = [seconds_worked(worker.pid) for worker in cluster.workers]
    for _ in range(40):
        answered(cluster.gateways[0].say(QUESTIONS[0]))
    worked = [seconds_worked(worker.pid) - earlier for worker, earlier in zip(cluster.workers, before, strict=True)]
    assert min(worked) > 0.3 * max(worked)


def test_messages_of_one_conversation_keep_their_order(cluster: Cluster) -> None:
    gateway = cluster.gateways[0]
    token = answered(gateway.say("hello")).json()["conversation"]
    said = [f"What is Lydia's House? {number}" for number in range(5)]
    for worker in cluster.workers:
        worker.send(signal.SIGSTOP)
    with ThreadPoolExecutor(5) as pool:
        waiting = []
        for text in said:
            waiting.append(pool.submit(gateway.say, text, token))
            time.sleep(0.3)
        for worker in cluster.workers:
            worker.send(signal.SIGCONT)
        for reply in waiting:
            answered(reply.result())
    assert cluster.texts(token) == ["hello", *said]


def test_messages_to_both_gateways_at_once_are_all_answered_and_none_is_lost(cluster: Cluster) -> None:
    token = answered(cluster.gateways[0].say("hello")).json()["conversation"]
    with ThreadPoolExecutor(8) as pool:
        said = [(number, f"What is Lydia's House? {number}") for number in range(8)]
        replies = list(pool.map(lambda turn: cluster.gateways[turn[0] % 2].say(turn[1], token), said))
    for reply in replies:
        assert answered(reply).json()["conversation"] == token
    assert sorted(cluster.texts(token)) == sorted(["hello", *(text for _, text in said)])


def test_conversations_at_once_are_never_mixed_up(cluster: Cluster) -> None:
    alone = {question: first(answered(cluster.gateways[0].say(question)))["sources"] for question in QUESTIONS}

    def ask(number: int) -> tuple[str, httpx.Response]:
        question = QUESTIONS[number % 3]
        return question, cluster.gateways[number % 2].say(question)

    with ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(ask, range(60)))
    assert all(first(answered(reply))["sources"] == alone[question] for question, reply in replies)
    assert len({reply.json()["conversation"] for _, reply in replies}) == 60


def test_erased_on_one_gateway_gone_on_every_other_and_in_redis(cluster: Cluster) -> None:
    here, there = cluster.gateways
    before = cluster.held()
    token = answered(here.say("my husband beats me")).json()["conversation"]
    assert len(cluster.held()) == len(before) + 2
    assert there.http.delete(f"/chat/conversations/{token}").status_code == 204
    assert cluster.held() == before
    body = answered(here.say(QUESTIONS[0], token)).json()
    assert body["conversation"] != token
    assert CARE not in body["replies"][0]["text"]


def test_every_key_ends_by_itself(cluster: Cluster) -> None:
    answered(cluster.gateways[0].say("hello"))
    for key in cluster.keys.scan_iter():
        longest = 400 * 24 * 3600 if key.startswith((b"lamplight:gaps", b"lamplight:votes")) else 3600
        assert 0 < cluster.keys.ttl(key) <= longest, key


def test_the_limit_of_a_conversation_counts_over_all_gateways(cluster: Cluster) -> None:
    token = cluster.gateways[0].say("hello").json()["conversation"]
    statuses = [cluster.gateways[turn % 2].say("hello", token).status_code for turn in range(31)]
    assert statuses == [200] * 30 + [429]
    assert first(cluster.gateways[1].say(CRISIS, token))["kind"] == "escalation"


def command(cluster: Cluster, *words: str) -> str:
    """Runs a keepers' command with the cluster's settings; returns what it prints."""
    settings = {"LAMPLIGHT_REDIS_URL": cluster.redis.url, "LAMPLIGHT_RASA_SECRET": SECRET, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-m", "bot", *words]
    return subprocess.run(run, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=True).stdout


def test_votes_of_every_gateway_stand_in_one_table_and_outlive_the_gateway(cluster: Cluster) -> None:
    here, there = cluster.gateways
    for turn in range(10):
        vote = {"conversation": None, "passage": "law-missouri", "helpful": turn < 6}
        assert (here, there)[turn % 2].http.post("/chat/feedback", json=vote).status_code == 204
    here.kill()
    cluster.heal()
    (line,) = command(cluster, "votes").splitlines()
    assert line.split()[1:] == ["law-missouri", "helped:", "6", "did", "not:", "under", "5"]


def test_hotline_only_reaches_every_gateway(cluster: Cluster) -> None:
    def switch(word: str) -> None:
        command(cluster, "hotline-only", word)

    switch("on")
    try:
        for gateway in cluster.gateways:
            assert_without_rasa(gateway)
    finally:
        switch("off")
    for gateway in cluster.gateways:
        answered(gateway.say(QUESTIONS[0]))


@pytest.mark.parametrize("headers", [{}, {AUTH_HEADER: ""}, {AUTH_HEADER: "guess"}, {AUTH_HEADER: SECRET[:-1]}])
@pytest.mark.parametrize("path", [MESSAGE, ERASE])
def test_a_worker_listens_to_nobody_without_the_secret(cluster: Cluster, path: str, headers: dict[str, str]) -> None:
    body = {"text": "hello", "conversation": "x", "channel": "web"}
    response = httpx.post(cluster.workers[0].url + path, json=body, headers=headers)
    assert (response.status_code, response.json()) == (403, {"error": "secret"})
    assert httpx.post(cluster.workers[0].url + path, json=body, headers={AUTH_HEADER: SECRET}).status_code == 200


def test_a_worker_killed_mid_message_costs_nobody_the_answer(cluster: Cluster) -> None:
    gateway = cluster.gateways[0]
    token = answered(gateway.say("my husband beats me")).json()["conversation"]
    dying, living = cluster.workers
    for worker in cluster.workers:
        worker.send(signal.SIGSTOP)
    with ThreadPoolExecutor(6) as pool:
        waiting = [pool.submit(gateway.say, QUESTIONS[0], token), *(pool.submit(gateway.say, CRISIS) for _ in range(5))]
        time.sleep(0.5)  # some are with each worker by now
        assert not any(reply.done() for reply in waiting)
        dying.kill()
        living.send(signal.SIGCONT)
        replies = [answered(reply.result()) for reply in waiting]
    assert CARE in replies[0].json()["replies"][0]["text"]
    assert all(first(reply)["kind"] == "escalation" for reply in replies[1:])
    assert cluster.texts(token) == ["my husband beats me", QUESTIONS[0]]
    cluster.heal()
    living.send(signal.SIGSTOP)
    try:
        for each in cluster.gateways:
            assert CARE in str(first(answered(each.say(QUESTIONS[1], token)))["text"])
    finally:
        living.send(signal.SIGCONT)


def test_a_worker_that_was_stalled_brings_back_nothing(cluster: Cluster) -> None:
    here, there = cluster.gateways
    before = cluster.held()
    kept, erased = (answered(here.say("hello")).json()["conversation"] for _ in range(2))
    stalled = cluster.workers[0]
    stalled.send(signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(8) as pool:
            said = [f"What is Lydia's House? {number}" for number in range(4)]
            for replies in (pool.map(lambda text: here.say(text, kept), said), pool.map(lambda text: there.say(text, erased), said)):
                for reply in replies:
                    answered(reply)
        assert there.http.delete(f"/chat/conversations/{erased}").status_code == 204
    finally:
        stalled.send(signal.SIGCONT)
    cluster.heal()
    time.sleep(1.0)  # whatever it still had to do
    assert sorted(cluster.texts(kept)) == sorted(["hello", *said])
    assert here.http.delete(f"/chat/conversations/{kept}").status_code == 204
    assert cluster.held() == before


def test_a_message_that_waited_through_the_erasure_brings_back_nothing(cluster: Cluster, tmp_path: Path) -> None:
    """One gateway waits for a worker that is stalled; meanwhile another one erases the conversation with another worker."""
    before = cluster.held()
    stalled, living = cluster.workers
    settings = {"REDIS_URL": cluster.redis.url, "TRUSTED_PROXIES": "127.0.0.1"}
    with (
        GatewayProcess(ROOT, tmp_path / "here.log", RASA_URLS=stalled.url, **settings) as here,
        GatewayProcess(ROOT, tmp_path / "there.log", RASA_URLS=living.url, **settings) as there,
        ThreadPoolExecutor(1) as pool,
    ):
        token = answered(here.say("my husband beats me")).json()["conversation"]
        stalled.send(signal.SIGSTOP)
        try:
            late = pool.submit(here.say, QUESTIONS[0], token)
            time.sleep(0.5)  # it is with the stalled worker by now
            assert there.http.delete(f"/chat/conversations/{token}").status_code == 204
        finally:
            stalled.send(signal.SIGCONT)
        body = late.result().json()
    assert body["conversation"] == token, "the message came too late to be one of the erased conversation"
    assert (body["replies"][0]["kind"], body["replies"][0]["fallback"]) == ("notice", True)
    assert cluster.held() == before


def test_redis_killed_and_back(cluster: Cluster) -> None:
    gateways = [gateway.pid for gateway in cluster.gateways]
    token = answered(cluster.gateways[0].say("my husband beats me")).json()["conversation"]
    cluster.redis.kill()
    for gateway in cluster.gateways:
        assert gateway.http.get("/healthz").status_code == 200
        assert gateway.http.get("/readyz").status_code == 503
        assert gateway.http.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 200
        assert_without_rasa(gateway, token)
        assert_without_rasa(gateway)
        erasing = gateway.http.delete(f"/chat/conversations/{token}")
        assert erasing.status_code == 503
        assert erasing.json()["error"]["code"] == "state_unavailable"
        assert gateway.http.post("/chat", data={"exit": "", "conversation": token}).status_code == 303
    cluster.redis.restart()
    for gateway in cluster.gateways:
        body = answered(gateway.say(QUESTIONS[0], token)).json()
        assert body["conversation"] != token
        gateway.wait_for("/readyz", 200)
    assert [gateway.pid for gateway in cluster.gateways] == gateways


def test_redis_stalled_and_back_forgets_nothing(cluster: Cluster) -> None:
    token = answered(cluster.gateways[0].say("my husband beats me")).json()["conversation"]
    cluster.redis.send(signal.SIGSTOP)
    try:
        for gateway in cluster.gateways:
            assert_without_rasa(gateway, token)
    finally:
        cluster.redis.send(signal.SIGCONT)
    for gateway in cluster.gateways:
        assert CARE in str(first(answered(gateway.say(QUESTIONS[0], token)))["text"])


def test_redis_killed_while_rasa_works_on_a_message(cluster: Cluster) -> None:
    gateway = cluster.gateways[0]
    answered(gateway.say("hello"))
    for worker in cluster.workers:
        worker.send(signal.SIGSTOP)
    with ThreadPoolExecutor(2) as pool:
        crisis, harmless = pool.submit(gateway.say, CRISIS), pool.submit(gateway.say, QUESTIONS[0])
        time.sleep(0.5)
        cluster.redis.kill()
        for worker in cluster.workers:
            worker.send(signal.SIGCONT)
        assert first(crisis.result())["kind"] == "escalation"
        assert first(harmless.result())["kind"] == "notice"
    cluster.redis.restart()
    answered(gateway.say(QUESTIONS[0]))


def test_a_gateway_killed_mid_message_leaves_the_conversation_to_the_other(cluster: Cluster) -> None:
    here, there = cluster.gateways
    token = answered(here.say("my husband beats me")).json()["conversation"]
    for worker in cluster.workers:
        worker.send(signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        lost = pool.submit(here.say, QUESTIONS[0], token)
        time.sleep(0.5)
        here.kill()
        assert isinstance(lost.exception(), httpx.TransportError)  # the widget tells the person then
    for worker in cluster.workers:
        worker.send(signal.SIGCONT)
    assert CARE in str(first(answered(there.say(QUESTIONS[1], token)))["text"])
    cluster.heal()
    assert CARE in str(first(answered(here.say(QUESTIONS[1], token)))["text"])


def test_without_redis_several_workers_are_refused_and_a_worker_needs_the_secret() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LAMPLIGHT_")} | {"PYTHONPATH": str(ROOT)}

    def refused(command: str, **settings: str) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "bot", command], cwd=ROOT, env=kept | settings, capture_output=True, text=True, check=False
        )
        assert run.returncode == 2
        return run.stderr

    two = "http://127.0.0.1:1,http://127.0.0.1:2"
    assert "set LAMPLIGHT_REDIS_URL, or name one" in refused("serve", LAMPLIGHT_RASA_URLS=two, LAMPLIGHT_RASA_SECRET=SECRET)
    assert "needs LAMPLIGHT_RASA_SECRET" in refused("rasa")
    away = refused("gaps", LAMPLIGHT_REDIS_URL="redis://:hidden@127.0.0.1:1", LAMPLIGHT_RASA_SECRET=SECRET)
    assert "Redis cannot be reached" in away
    assert "hidden" not in away
