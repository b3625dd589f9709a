"""Two gateways, two Rasa workers, Redis and nginx with TLS, each with the files of deploy/: messages through all of it."""

from __future__ import annotations

import json
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from redis import Redis
from redis.exceptions import AuthenticationError, NoPermissionError
from twilio.request_validator import RequestValidator

from tests.deployment.conftest import DEPLOY
from tests.deployment.monitoring import Prometheus
from tests.deployment.topology import VISITORS, Topology

PUBLIC = "https://help.example.org"
TWILIO_TOKEN = "fedcba98765432100123456789abcdef"
QUESTION = "What is the Safe at Home program?"
CRISES = {"he has a gun on me": "911", "I want to die": "988", "my husband beats me": "1-800-799-7233"}
CARE = "Still here for you"
MARK = "zebra-7431"


@pytest.fixture(scope="module")
def topology(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Topology]:
    """Each test leaves everything running and answering."""
    folder = tmp_path_factory.mktemp("topology")
    with Topology(folder, PUBLIC_URL=PUBLIC, TWILIO_AUTH_TOKEN=TWILIO_TOKEN) as running:
        yield running


@pytest.fixture
def visitor(topology: Topology) -> Iterator[httpx.Client]:
    with topology.visitor() as client:
        yield client


def say(visitor: httpx.Client, text: str, conversation: str | None = None) -> dict[str, object]:
    response = visitor.post("/chat/messages", json={"text": text, "conversation": conversation})
    assert response.status_code == 200, response.text
    return response.json()  # type: ignore[no-any-return]


def first(body: dict[str, object]) -> dict[str, object]:
    return body["replies"][0]  # type: ignore[index,no-any-return]


def is_whole(body: dict[str, object]) -> bool:
    return not any(reply["fallback"] for reply in body["replies"])  # type: ignore[attr-defined]


def messages(topology: Topology) -> list[float]:
    return [topology.counted(gateway, "lamplight_messages_total") for gateway in topology.gateways]


def test_the_page_and_the_widget_come_through_with_every_header(visitor: httpx.Client) -> None:
    page, script = visitor.get("/"), visitor.get("/widget/help-chat.mjs")
    assert (page.status_code, script.status_code) == (200, 200)
    for response in (page, script):
        assert response.headers["strict-transport-security"] == "max-age=86400"
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["server"] == "nginx"


def test_every_gateway_is_ready_and_misses_nothing_in_its_image(topology: Topology) -> None:
    for gateway in topology.gateways:
        assert gateway.http.get("/readyz").json() == {"ready": True}
        assert "knowledge_broken" not in gateway.written()


def test_one_conversation_over_both_gateways_keeps_its_care(topology: Topology, visitor: httpx.Client) -> None:
    before = messages(topology)
    token = str(say(visitor, "my husband beats me")["conversation"])
    for _ in range(5):
        body = say(visitor, QUESTION, token)
        assert body["conversation"] == token and is_whole(body)
        assert CARE in str(first(body)["text"])
    grown = [now - earlier for now, earlier in zip(messages(topology), before, strict=True)]
    assert sum(grown) == 6 and min(grown) > 0, "both gateways had their part"


@pytest.mark.parametrize("phrase", CRISES)
def test_a_crisis_gets_its_line_first(visitor: httpx.Client, phrase: str) -> None:
    reply = first(say(visitor, phrase))
    assert reply["kind"] == "escalation" and CRISES[phrase] in str(reply["text"])[:160]


def test_erased_means_erased_on_every_gateway(visitor: httpx.Client) -> None:
    token = str(say(visitor, "my husband beats me")["conversation"])
    assert visitor.post(f"/chat/conversations/{token}/erase").status_code == 204
    for _ in range(2):
        body = say(visitor, "hello", token)
        assert body["conversation"] != token and CARE not in str(first(body)["text"])


def test_a_text_message_signed_for_the_public_address(visitor: httpx.Client) -> None:
    form = {"MessageSid": "SM" + "0" * 32, "From": "+13145550101", "To": "+15735550100", "Body": "I want to die", "NumMedia": "0"}
    signature = RequestValidator(TWILIO_TOKEN).compute_signature(f"{PUBLIC}/sms/twilio", form)
    answer = visitor.post("/sms/twilio", data=form, headers={"x-twilio-signature": signature})
    assert answer.status_code == 200 and "988" in answer.text
    assert visitor.post("/sms/twilio", data=form | {"Body": "x"}, headers={"x-twilio-signature": signature}).status_code == 403


def test_a_message_larger_than_the_gateway_takes_is_refused_by_the_gateway_with_the_lines(visitor: httpx.Client) -> None:
    response = visitor.post("/chat/messages", json={"text": "a" * 100_000})
    assert (response.status_code, response.json()["error"]["code"]) == (413, "body_too_large")


class Stream:
    """Somebody who writes without a pause in a thread of its own; keeps every answer."""

    def __init__(self, topology: Topology) -> None:
        self.answers: list[httpx.Response] = []
        self._topology = topology
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._talk)

    def __enter__(self) -> Stream:
        self._thread.start()
        self.wait_for(3)
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def wait_for(self, more: int) -> None:
        wanted = len(self.answers) + more
        while len(self.answers) < wanted and self._thread.is_alive():
            time.sleep(0.01)

    def _talk(self) -> None:
        with self._topology.visitor() as visitor:
            while not self._ended.is_set():
                self.answers.append(visitor.post("/chat/messages", json={"text": QUESTION}))
                time.sleep(0.6)  # below the rate limit of one address

    def assert_all_answered(self) -> None:
        assert [answer.status_code for answer in self.answers] == [200] * len(self.answers)
        assert all(is_whole(answer.json()) for answer in self.answers)


def test_a_stopped_worker_costs_nobody_an_answer(topology: Topology) -> None:
    worker = topology.workers[0]
    with Stream(topology) as stream:
        worker.send(signal.SIGTERM)
        worker.wait()
        stream.wait_for(5)
        worker.start()
        worker.wait_until_ready()
        stream.wait_for(3)
    stream.assert_all_answered()


def test_a_stopped_gateway_costs_nobody_an_answer(topology: Topology) -> None:
    gateway = topology.gateways[0]
    with Stream(topology) as stream:
        gateway.send(signal.SIGTERM)
        gateway.wait()
        stream.wait_for(5)
        gateway.start()
        gateway.wait_for("/readyz", 200)
        stream.wait_for(3)
    stream.assert_all_answered()


def test_a_killed_gateway_is_left_out_at_once(topology: Topology, visitor: httpx.Client) -> None:
    gateway = topology.gateways[1]
    token = str(say(visitor, "my husband beats me")["conversation"])
    gateway.kill()
    for _ in range(4):
        assert CARE in str(first(say(visitor, QUESTION, token))["text"])
    gateway.start()
    gateway.wait_for("/readyz", 200)


def test_without_any_gateway_the_proxy_says_the_lines(topology: Topology, visitor: httpx.Client) -> None:
    for gateway in topology.gateways:
        gateway.kill()
    answer = visitor.post("/chat/messages", json={"text": "I want to die"})
    assert answer.status_code == 502
    assert [line["id"] for line in answer.json()["hotlines"]] == ["emergency", "suicide", "trafficking"]
    for gateway in topology.gateways:
        gateway.start()
    for gateway in topology.gateways:
        gateway.wait_for("/readyz", 200)
    deadline = time.monotonic() + 10  # nginx asks a failed server again after two seconds
    while visitor.get("/healthz").status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert is_whole(say(visitor, QUESTION))


def test_redis_takes_the_project_alone_and_only_what_it_needs(topology: Topology) -> None:
    with pytest.raises(AuthenticationError):
        Redis(port=topology.redis.port).ping()
    ours = Redis.from_url(topology.gateways[0]._environment["LAMPLIGHT_REDIS_URL"])
    for command in (("FLUSHALL",), ("CONFIG", "GET", "*"), ("KEYS", "*"), ("MONITOR",), ("SAVE",), ("GET", "elsewhere")):
        with pytest.raises(NoPermissionError):
            ours.execute_command(*command)
    assert ours.ping()


def test_every_alert_and_every_graph_works_on_what_the_gateways_count(topology: Topology, visitor: httpx.Client, tmp_path: Path) -> None:
    dashboard = json.loads((DEPLOY / "monitoring" / "dashboard.json").read_text(encoding="utf-8"))
    queries = {target["expr"] for panel in dashboard["panels"] for target in panel["targets"]}
    targets = [f"127.0.0.1:{gateway.port}" for gateway in topology.gateways]
    with Prometheus(tmp_path / "prometheus", targets) as prometheus:
        prometheus.until(lambda: len(prometheus.ask("up == 1")) == 2, "target")
        for text in (QUESTION, *CRISES, "how do i bake bread"):
            say(visitor, text)
        visitor.get("/nothing"), visitor.post("/chat/messages", content=b"x")
        prometheus.until(lambda: bool(prometheus.ask("sum(increase(lamplight_escalations_total[1m])) > 0")), "rise")
        quiet = {"lamplight_feedback_total"}  # nobody voted
        prometheus.until(
            lambda: {re.findall(r"lamplight_\w+", query)[0] for query in queries if not prometheus.ask(query)} <= quiet, "graphs"
        )
        prometheus.until(lambda: all(rule["health"] == "ok" for rule in prometheus.rules().values()), "judgement of every rule")
        assert {name for name, rule in prometheus.rules().items() if rule["state"] == "firing"} == set()
        topology.workers[0].send(signal.SIGSTOP), topology.workers[1].send(signal.SIGSTOP)
        try:
            prometheus.until(lambda: prometheus.rules()["LamplightEngineDown"]["state"] == "pending", "alarm for Rasa")
        finally:
            topology.workers[0].send(signal.SIGCONT), topology.workers[1].send(signal.SIGCONT)
    for gateway in topology.gateways:
        gateway.wait_for("/readyz", 200)


def test_counts_by_kind_and_topic_come_from_rasa_too(topology: Topology, visitor: httpx.Client) -> None:
    def counted(line: str) -> float:
        texts = [gateway.http.get("/metrics").text for gateway in topology.gateways]
        return sum(float(value) for text in texts for value in re.findall(rf"^{re.escape(line)} (\S+)$", text, re.MULTILINE))

    oblique = 'lamplight_escalations_total{kind="trafficking"}'
    before = counted(oblique)
    body = say(visitor, "they keep my id in the office and i cant leave until the debt is paid")
    assert first(body)["kind"] == "escalation" and is_whole(body)
    assert counted(oblique) == before + 1


def test_nothing_of_anybody_is_left(topology: Topology, visitor: httpx.Client) -> None:
    for text in (f"{MARK} is it legal", f"{MARK} I want to die", f"{MARK} bake bread"):
        say(visitor, text)
    visitor.get(f"/{MARK}"), visitor.post(f"/chat/conversations/{MARK}/erase")
    votes = [visitor.post("/chat/feedback", json={"passage": passage, "helpful": True}).status_code for passage in (MARK, "law-missouri")]
    assert votes == [400, 204]
    kept = Redis.from_url(topology.gateways[0]._environment["LAMPLIGHT_REDIS_URL"])
    values = b"".join(kept.dump(key) or b"" for key in kept.scan_iter("lamplight:*"))
    assert values and MARK.encode() not in values
    for name, text in topology.logs().items():
        assert not [word for word in (MARK, *CRISES, QUESTION, "3145550101", VISITORS) if word in text], name
        for line in text.splitlines() if name.startswith(("rasa", "gateway")) else []:
            assert line.startswith("Lamplight listens on ") or "event" in json.loads(line), line
    written = [path for path in topology.folder.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()]
    assert written == []
    assert [path.name for path in (topology.folder / "redis").iterdir()] == ["redis.log"]
    for root in topology.roots.values():
        assert not (root / ".state").exists() and not list(root.rglob("__pycache__"))
