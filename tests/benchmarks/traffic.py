"""People who talk to the gateways: open conversations, each with a pause between its messages, and what became of every one."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.safety.hotlines import ALWAYS

QUESTIONS = (
    "What is Lydia's House?",
    "What is the Safe at Home program?",
    "Is prostitution legal in Kansas City?",
    "How do I clear my record?",
    "What is naloxone, and where can I get it?",
    "What is sex trafficking?",
)
CRISES = {"he has a gun on me": "911", "I want to die": "988", "my husband beats me": "1-800-799-7233"}
CRISIS_EVERY = 5
TURNS = 20
"""Messages after which a person leaves and another one comes."""
_FRESH = httpx.Limits(max_connections=None, keepalive_expiry=1.0)
_people = itertools.count()


CRISIS_WITHOUT_LINE = "a crisis without its line"
NOTICE_WITHOUT_LINES = "a notice without lines"
REFUSAL_WITHOUT_LINES = "a refusal without lines"
ANOTHER_ANSWER = "the answer to another question"
NEVER = (CRISIS_WITHOUT_LINE, NOTICE_WITHOUT_LINES, REFUSAL_WITHOUT_LINES, ANOTHER_ANSWER, "lost")


@dataclass(frozen=True)
class Sent:
    """One message: when it was sent, how long it took, and what came back."""

    at: float
    seconds: float
    outcome: str
    """answered, notice (told that there is no answer now, with the lines), refused (with a sentence and the lines), cut off
    (the connection broke before the reply, of which the widget tells), or lost (no gateway to be reached)"""
    crisis: bool
    fault: str = ""
    """What must never be, such as a crisis without its line."""


@dataclass
class Traffic:
    """All that was sent."""

    sent: list[Sent] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)

    def counts(self) -> dict[str, int]:
        """Returns how many messages had which outcome, and the faults."""
        return dict(Counter(message.outcome for message in self.sent)) | dict(
            Counter(message.fault for message in self.sent if message.fault)
        )

    def milliseconds(self) -> list[float]:
        """Returns how long the answered messages took."""
        return [1000 * message.seconds for message in self.sent if message.outcome == "answered"]

    def whole_again(self, since: float) -> float | None:
        """Returns the seconds from a moment until the last message that was not answered ended; None while they never end."""
        troubled = [message.at + message.seconds for message in self.sent if message.outcome != "answered" and message.at >= since - 10]
        end = max(troubled, default=since)
        return round(max(0.0, end - since), 1) if any(message.at > end for message in self.sent) else None


class People:
    """Talks to several gateways as through a load balancer that goes to the next one where one is down."""

    def __init__(self, urls: Sequence[str], expected: dict[str, list[str]]) -> None:
        self._urls = list(urls)
        self._expected = expected
        self.traffic = Traffic()

    async def talk(self, conversations: int, pause: float, seconds: float) -> Traffic:
        """Keeps so many conversations open, each writing after a pause of that many seconds on average."""
        ends = time.perf_counter() + seconds
        async with httpx.AsyncClient(timeout=30.0, limits=_FRESH, trust_env=False) as client:
            await asyncio.gather(*(self._person_after_person(client, number, pause, ends) for number in range(conversations)))
        return self.traffic

    async def _person_after_person(self, client: httpx.AsyncClient, number: int, pause: float, ends: float) -> None:
        await asyncio.sleep(random.random() * pause)
        while time.perf_counter() < ends:
            person, token = next(_people), None
            headers = {"x-forwarded-for": f"10.{person >> 16 & 255}.{person >> 8 & 255}.{person & 255}"}
            question = QUESTIONS[person % len(QUESTIONS)]  # always the same, so that no earlier topic colours the answer
            for turn in range(TURNS):
                if time.perf_counter() >= ends:
                    return
                is_crisis = (turn + number) % CRISIS_EVERY == CRISIS_EVERY - 1
                text = list(CRISES)[person % len(CRISES)] if is_crisis else question
                token = await self._say(client, (person + turn) % len(self._urls), text, token, headers)
                await asyncio.sleep(pause * (0.5 + random.random()))

    async def _say(self, client: httpx.AsyncClient, gateway: int, text: str, token: str | None, headers: dict[str, str]) -> str | None:
        at = time.perf_counter()
        for attempt in range(len(self._urls)):
            url = self._urls[(gateway + attempt) % len(self._urls)]
            try:
                response = await client.post(f"{url}/chat/messages", json={"text": text, "conversation": token}, headers=headers)
                break
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
            except httpx.TransportError:  # no proxy sends a message twice
                return self._unanswered("cut off", at, text, token)
        else:
            return self._unanswered("lost", at, text, token)
        outcome, fault = self._judged(text, token, response)
        self.traffic.sent.append(Sent(at - self.traffic.started, time.perf_counter() - at, outcome, text in CRISES, fault))
        return response.json()["conversation"] if response.status_code == 200 else token

    def _unanswered(self, outcome: str, at: float, text: str, token: str | None) -> str | None:
        self.traffic.sent.append(Sent(at - self.traffic.started, time.perf_counter() - at, outcome, text in CRISES))
        return token

    def _judged(self, text: str, token: str | None, response: httpx.Response) -> tuple[str, str]:
        if response.status_code != 200:
            return "refused", CRISIS_WITHOUT_LINE if text in CRISES else "" if _is_documented(response) else REFUSAL_WITHOUT_LINES
        first: dict[str, Any] = response.json()["replies"][0]
        if text in CRISES:
            has_line = first["kind"] == "escalation" and CRISES[text] in first["text"]
            return "notice" if first["fallback"] else "answered", "" if has_line else CRISIS_WITHOUT_LINE
        if first["fallback"]:
            return "notice", "" if first["hotlines"] or first["kind"] == "escalation" else NOTICE_WITHOUT_LINES
        sources = [source["id"] for source in first["sources"]]
        others = [known for question, known in self._expected.items() if question != text]
        return "answered", ANOTHER_ANSWER if sources != self._expected[text] and sources in others else ""


def _is_documented(refusal: httpx.Response) -> bool:
    """Whether a refusal is the one of docs/openapi.yml: a code, a sentence, and the lines for every kind."""
    try:
        body = refusal.json()
        return bool(body["error"]["code"] and body["error"]["message"]) and set(ALWAYS) <= {line["id"] for line in body["hotlines"]}
    except (ValueError, KeyError, TypeError):
        return False


def expected_sources(url: str) -> dict[str, list[str]]:
    """Asks each question once in a fresh conversation."""
    with httpx.Client(base_url=url, timeout=30.0, trust_env=False) as client:
        replies = {question: client.post("/chat/messages", json={"text": question, "conversation": None}).json() for question in QUESTIONS}
    return {question: [source["id"] for source in reply["replies"][0]["sources"]] for question, reply in replies.items()}


def expected_are_apart(expected: dict[str, list[str]]) -> bool:
    """Whether every question has an answer of its own, so that a mixed-up one shows."""
    return all(expected.values()) and len({tuple(sources) for sources in expected.values()}) == len(expected)
