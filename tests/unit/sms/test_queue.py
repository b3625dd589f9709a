"""One deadline for the whole webhook, and the queue that keeps it; time is a variable here."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette

from bot.gateway.sms.front import SmsFront
from bot.gateway.sms.queue import MOST_WAITING, Deadline, EngineQueue
from bot.gateway.sms.webhook import PATIENCE_SECONDS
from tests.unit.sms.stubs import FakeEngine, form, messages, post, text

FALLBACK = "I can't answer right now."


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def answered(queue: EngineQueue, clock: Clock, texts: int, seconds: float) -> None:
    for _ in range(texts):
        with queue.place():
            clock.now += seconds


def test_a_deadline_is_taken_once(clock: Clock) -> None:
    deadline = Deadline(7.5, clock)
    clock.now += 5.0
    assert deadline.left() == 2.5
    clock.now += 5.0
    assert deadline.left() == 0.0


def test_the_wait_is_the_queue_times_the_pace(clock: Clock) -> None:
    queue = EngineQueue(clock)
    answered(queue, clock, 100, 0.1)
    with contextlib.ExitStack() as waiting:
        for _ in range(9):
            waiting.enter_context(queue.place())
        assert queue.expected_seconds() == pytest.approx(1.0)
        assert queue.is_short_enough(Deadline(2.1, clock))
        assert not queue.is_short_enough(Deadline(1.9, clock))


def test_a_standstill_counts_as_soon_as_it_lasts(clock: Clock) -> None:
    queue = EngineQueue(clock)
    with queue.place():
        assert queue.is_short_enough(Deadline(7.5, clock))
        clock.now += 2.0
        assert not queue.is_short_enough(Deadline(7.5, clock))
    assert queue.is_short_enough(Deadline(7.5, clock))


def test_rasa_gets_texts_again_after_a_standstill(clock: Clock) -> None:
    queue = EngineQueue(clock)
    answered(queue, clock, 1, 30.0)
    with queue.place():
        assert not queue.is_short_enough(Deadline(7.5, clock))  # one is tried, and nobody waits behind it
    for _ in range(30):
        assert queue.is_short_enough(Deadline(7.5, clock))
        answered(queue, clock, 1, 0.01)
    with queue.place():
        assert queue.is_short_enough(Deadline(7.5, clock))


def test_nobody_waits_behind_too_many(clock: Clock) -> None:
    queue = EngineQueue(clock)
    with contextlib.ExitStack() as waiting:
        for _ in range(MOST_WAITING):
            assert queue.is_short_enough(Deadline(1e9, clock))
            waiting.enter_context(queue.place())
        assert not queue.is_short_enough(Deadline(1e9, clock))


@pytest.fixture
def controlled(app: Starlette, clock: Clock) -> Iterator[SmsFront]:
    """The webhook with its queue on the clock of the test."""
    front: SmsFront = app.state.gateway.sms
    front.webhook._clock = clock
    front.desk._queue = EngineQueue(clock)
    yield front


async def test_a_stalled_rasa_costs_the_first_texts_their_wait_and_nobody_after_them(
    app: Starlette, engine: FakeEngine, clock: Clock, controlled: SmsFront
) -> None:
    engine.gate = asyncio.Event()
    first = asyncio.create_task(text(app, "is it legal", "+13145550001"))
    while not engine.asked:
        await asyncio.sleep(0)
    clock.now += 3.0
    later = [await text(app, "is it legal", f"+1314555{number:04d}") for number in range(100, 120)]  # the gate is shut: at once or never
    crisis = await text(app, "he is going to kill me tonight", "+13145550002")
    assert all(texts[0].startswith(FALLBACK) for texts in later)
    assert crisis[0].startswith("Call 911 now.")
    assert len(engine.asked) == 1
    engine.gate.set()
    assert (await first)[0] == "You wrote: is it legal"
    assert (await text(app, "and now", "+13145550003"))[0] == "You wrote: and now"


async def test_time_spent_before_the_message_is_read_counts(
    app: Starlette, engine: FakeEngine, clock: Clock, controlled: SmsFront, monkeypatch: pytest.MonkeyPatch
) -> None:
    twilio = controlled.providers["twilio"]
    verify = twilio.verify

    def slow_verify(*arguments: object) -> bool:
        clock.now += PATIENCE_SECONDS
        return verify(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(twilio, "verify", slow_verify)
    assert messages(await post(app, form("is it legal")))[0].startswith(FALLBACK)
    assert messages(await post(app, form("I want to die")))[0].startswith("Call or text 988")
    assert engine.asked == []


async def test_a_text_behind_a_slow_one_of_the_same_number_keeps_its_own_deadline(
    app: Starlette, engine: FakeEngine, controlled: SmsFront
) -> None:
    engine.gate = asyncio.Event()
    controlled.webhook._patience = 0.05
    both = [asyncio.create_task(text(app, said)) for said in ("is it legal", "my husband beats me")]
    answers = await asyncio.gather(*both)
    assert answers[0][0].startswith(FALLBACK)
    assert "1-800-799-7233" in answers[1][0]
    engine.gate.set()
    while controlled.webhook._background:
        await asyncio.gather(*controlled.webhook._background)
