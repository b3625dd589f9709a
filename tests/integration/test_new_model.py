"""A new model goes in while people talk, as docs/deployment.md says, and out again: nobody sees more than the new text."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count, cycle
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.safety.model_files import write_manifest
from tests.checkout import copy_checkout, rewrite_model
from tests.cluster import Cluster
from tests.gateway_process import ROOT

CARE = "Still here for you"
MARK = "This is the newer text."
QUESTION = "What is Lydia's House?"
CRISES = {"he has a gun on me": "911", "I want to die": "988"}
REMEMBERED_TURNS = 10
PAUSE_SECONDS = 2.1
"""Between two messages of one conversation: 30 a minute are allowed."""
BACK_SECONDS = 1.0
"""Within which a gateway asks a worker again that is ready."""
_people = count()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("cluster"), TRUSTED_PROXIES="127.0.0.1") as running:
        yield running


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose model gives another answer to the question."""
    root = copy_checkout(tmp_path_factory.mktemp("newer"))

    def change(name: str, data: bytes) -> bytes:
        if not name.endswith("PassageRetriever4/passages.json"):
            return data
        passages = json.loads(data)
        passages["lydias-house"]["answer"] = f"{MARK} {passages['lydias-house']['answer']}"
        return json.dumps(passages).encode()

    rewrite_model(root / "models" / "lamplight.tar.gz", change)
    write_manifest(root / "models")
    return root


class Person:
    """Writes without an end, to one gateway after the other, in a thread of their own; keeps every answer."""

    def __init__(self, cluster: Cluster) -> None:
        person = next(_people)
        self._headers = {"x-forwarded-for": f"192.0.2.{person}"}
        self._gateways = cycle(cluster.gateways[person % 2 :] + cluster.gateways[: person % 2])
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._talk)
        self.said: list[str] = []
        self.answers: list[httpx.Response] = []

    def __enter__(self) -> Person:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def has(self, answers: int) -> bool:
        """Whether there are so many answers, or there will never be."""
        return len(self.answers) >= answers or not self._thread.is_alive()

    def firsts(self) -> list[dict[str, Any]]:
        """Returns the first bubble of each answer; Rasa must have had its part in all."""
        assert [answer.status_code for answer in self.answers] == [200] * len(self.said)
        replies = [answer.json()["replies"] for answer in self.answers]
        assert not any(reply["fallback"] for bubbles in replies for reply in bubbles)
        return [bubbles[0] for bubbles in replies]

    @property
    def token(self) -> str:
        """The conversation of the first answer."""
        return str(self.answers[0].json()["conversation"])

    def _talk(self) -> None:
        raise NotImplementedError

    def _say(self, text: str, token: str | None) -> None:
        body = {"text": text, "conversation": token}
        self.said.append(text)
        self.answers.append(next(self._gateways).http.post("/chat/messages", json=body, headers=self._headers))


class InCare(Person):
    """Stays in one conversation."""

    def _talk(self) -> None:
        self._say("my husband beats me", None)
        while not self._ended.wait(PAUSE_SECONDS):
            self._say(f"{QUESTION} {len(self.said)}", self.token)


class InCrisis(Person):
    """A newcomer each time."""

    def _talk(self) -> None:
        for text in cycle(CRISES):
            if self._ended.wait(0.6):  # below the rate limit of one address
                return
            self._say(text, None)


def replace_workers(cluster: Cluster, root: Path) -> None:
    for worker in cluster.workers:
        worker.stop()
        worker.move_to(root)
        worker.start()
        worker.wait_until_ready()
        time.sleep(BACK_SECONDS)


def test_a_new_model_goes_in_and_out_while_people_talk(cluster: Cluster, newer: Path) -> None:
    with ExitStack() as talks:
        in_care = [talks.enter_context(InCare(cluster)) for _ in range(6)]
        in_crisis = [talks.enter_context(InCrisis(cluster)) for _ in range(2)]

        def turns() -> list[int]:
            """Waits until everybody in care got two more answers, and returns how many each has had."""
            wanted = [len(person.answers) + 2 for person in in_care]
            while not all(person.has(answers) for person, answers in zip(in_care, wanted, strict=True)):
                time.sleep(0.05)
            return [len(person.answers) for person in in_care]

        before = turns()
        replace_workers(cluster, newer)
        replaced = [len(person.answers) + 1 for person in in_care]  # one may be on its way
        went_back = turns()
        replace_workers(cluster, ROOT)
        back = [len(person.answers) + 1 for person in in_care]
        turns()

    for person, earliest, new, old, last in zip(in_care, before, replaced, went_back, back, strict=True):
        escalation, *answers = person.firsts()
        assert escalation["kind"] == "escalation"
        assert {answer["kind"] for answer in answers} == {"answer"}
        assert all(CARE in answer["text"] for answer in answers)
        assert {answer.json()["conversation"] for answer in person.answers} == {person.token}
        is_newer = [MARK in answer["text"] for answer in person.firsts()]
        assert not any(is_newer[:earliest]) and all(is_newer[new:old]) and not any(is_newer[last:])
        assert is_newer[new:old] and is_newer[last:]
        assert cluster.texts(person.token) == person.said[-REMEMBERED_TURNS:]
    for person in in_crisis:
        assert all(first["kind"] == "escalation" for first in person.firsts())
        assert all(CRISES[text] in first["text"][:160] for text, first in zip(person.said, person.firsts(), strict=True))
