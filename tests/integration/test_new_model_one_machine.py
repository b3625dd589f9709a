"""On one machine without Redis, SIGUSR1 takes a new model in while people talk, or leaves the old one where the new is broken."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.safety.model_files import write_manifest
from tests.checkout import copy_checkout, rewrite_model
from tests.gateway_process import GatewayProcess
from tests.integration.test_shutdown import wait_until_ended

CARE = "Still here for you"
MARK = "This is the newer text."
SAID = "zq4711xv"
QUESTION = "What is Lydia's House?"
OLD_LINE, NEW_LINE = "1-888-373-7888", "1-888-373-7999"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    root = copy_checkout(tmp_path_factory.mktemp("machine"))
    with GatewayProcess(root, root / "log", LOG_LEVEL="debug") as running:
        running.wait_for("/readyz", 200)
        yield running


def mark_the_answer(name: str, data: bytes) -> bytes:
    if not name.endswith("PassageRetriever4/passages.json"):
        return data
    passages = json.loads(data)
    passages["lydias-house"]["answer"] = f"{MARK} {passages['lydias-house']['answer']}"
    return json.dumps(passages).encode()


def first(gateway: GatewayProcess, text: str, token: str | None = None) -> tuple[dict[str, Any], str]:
    """Returns the first bubble and the conversation; Rasa must have had its part."""
    body = gateway.say(text, token).json()
    assert not any(reply["fallback"] for reply in body["replies"]), text
    assert token in (None, body["conversation"])
    return body["replies"][0], body["conversation"]


def take_in(gateway: GatewayProcess, awaited: str) -> dict[str, Any]:
    """Asks for the new model and waits for what the log says of it."""
    before = len(gateway.written())
    gateway.send(signal.SIGUSR1)
    gateway.until(lambda: f'"{awaited}"' in gateway.written()[before:], awaited)
    lines = [json.loads(line) for line in gateway.written()[before:].splitlines()]
    return next(line for line in lines if line["event"] == awaited)


def test_a_broken_model_is_refused_and_the_old_one_goes_on(gateway: GatewayProcess) -> None:
    models = Path(gateway.log.parent) / "models"
    whole = (models / "lamplight.tar.gz").read_bytes()
    _, token = first(gateway, "my husband beats me")
    (models / "lamplight.tar.gz").write_bytes(whole[:-1])
    served_by = gateway.rasa_pids()
    refused = take_in(gateway, "model.not_taken_in")
    assert refused["error"] == "ModelRefused"
    assert refused["reason"].startswith("models/lamplight.tar.gz is not the file that training wrote")
    (models / "lamplight.tar.gz").write_bytes(whole)
    assert gateway.rasa_pids() == served_by
    answer, _ = first(gateway, QUESTION, token)
    assert CARE in answer["text"] and MARK not in answer["text"]


def test_a_model_that_rasa_cannot_load_is_ended_and_the_old_one_goes_on(gateway: GatewayProcess) -> None:
    root = Path(gateway.log.parent)
    _, token = first(gateway, "my husband beats me")
    served_by = gateway.rasa_pids()
    good = (root / "endpoints.yml").read_text(encoding="utf-8")
    (root / "endpoints.yml").write_text("nlg: [", encoding="utf-8")
    refused = take_in(gateway, "model.not_taken_in")
    (root / "endpoints.yml").write_text(good, encoding="utf-8")
    assert (refused["error"], refused["reason"]) == ("EngineUnavailable", "the new Rasa ended with 1")
    gateway.until(lambda: gateway.rasa_pids() == served_by, "end of the new Rasa")
    assert CARE in first(gateway, QUESTION, token)[0]["text"]


def test_care_city_and_follow_up_survive_a_new_model_and_what_was_erased_does_not(gateway: GatewayProcess) -> None:
    root = Path(gateway.log.parent)
    _, in_care = first(gateway, f"my husband beats me {SAID}")
    _, asking = first(gateway, f"Is prostitution legal in Kansas City? {SAID}")
    _, erased = first(gateway, f"my husband beats me {SAID}")
    former = gateway.rasa_pid()
    assert former is not None
    rewrite_model(root / "models" / "lamplight.tar.gz", mark_the_answer)
    hotlines = root / "models" / "hotlines.json"
    hotlines.write_text(hotlines.read_text(encoding="utf-8").replace(OLD_LINE, NEW_LINE), encoding="utf-8")
    write_manifest(root / "models")
    assert OLD_LINE in gateway.http.get("/widget/site.mjs").text

    ended, waits, kinds = threading.Event(), [], set()

    def talk() -> None:
        while not ended.is_set():
            started = time.monotonic()
            kinds.add(first(gateway, "I want to die")[0]["kind"])
            waits.append(time.monotonic() - started)
            time.sleep(0.7)  # below the rate limit of one address

    talking = threading.Thread(target=talk)
    talking.start()
    try:
        gateway.send(signal.SIGUSR1)
        gateway.until(lambda: len(gateway.rasa_pids()) == 2, "second Rasa")
        assert gateway.http.delete(f"/chat/conversations/{erased}").status_code == 204
        gateway.until(lambda: '"model.taken_in"' in gateway.written(), "new model")
    finally:
        ended.set()
        talking.join()
    assert kinds == {"escalation"}
    assert max(waits) < 4.0
    wait_until_ended(former)
    (served_by,) = gateway.rasa_pids()
    assert served_by != former

    answer, _ = first(gateway, QUESTION, in_care)
    assert MARK in answer["text"] and CARE in answer["text"]
    assert "816-468-5463" in first(gateway, "my husband beats me", asking)[0]["text"]  # the line of Kansas City
    follow_up, _ = first(gateway, "and in creve coeur?", asking)
    assert follow_up["kind"] == "answer" and "Creve Coeur" in follow_up["text"]
    assert gateway.say("hello", erased).json()["conversation"] != erased
    assert NEW_LINE in gateway.http.get("/widget/site.mjs").text
    assert gateway.http.get("/metrics").text.count("lamplight_rasa_restarts 0.0") == 1


def test_a_second_new_model_goes_in_as_well(gateway: GatewayProcess) -> None:
    _, token = first(gateway, "my husband beats me")
    (former,) = gateway.rasa_pids()
    take_in(gateway, "model.taken_in")
    wait_until_ended(former)
    assert CARE in first(gateway, QUESTION, token)[0]["text"]


def test_nothing_that_was_said_is_on_the_disk(gateway: GatewayProcess) -> None:
    files = [path for path in Path(gateway.log.parent).rglob("*") if path.is_file()]
    assert [path for path in files if SAID.encode() in path.read_bytes()] == []


def test_a_stop_while_a_new_model_loads_ends_both(gateway: GatewayProcess) -> None:
    gateway.send(signal.SIGUSR1)
    gateway.until(lambda: len(gateway.rasa_pids()) == 2, "second Rasa")
    both = gateway.rasa_pids()
    gateway.stop()
    for pid in both:
        wait_until_ended(pid)
