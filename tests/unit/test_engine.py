"""How the gateway spreads messages over workers, with small HTTP servers in the place of Rasa."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.gateway import engine as engine_module
from bot.gateway.engine import AT_ONCE, Engine, EngineUnavailable, Workers
from bot.messages import AUTH_HEADER, Reply
from tests.gateway_process import SECRET, free_port


class Rasa:
    """A worker that answers with its name, or as told."""

    def __init__(self, name: str, port: int | None = None) -> None:
        self.name = name
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.goes = asyncio.Event()
        self.goes.set()
        self.status = 200
        self.body: object = {"replies": [Reply("answer", name).as_dict()]}
        self.asked: list[dict[str, object]] = []
        self.headers: list[str] = []
        self.held: list[list[object]] = []
        self.taken: object = None
        self.busiest = self._busy = 0

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[Rasa]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        try:
            yield self
        finally:
            self.goes.set()
            server.close()
            await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            lines = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
            raw = await reader.readexactly(int(lines.get("content-length", "0")))
            answer: object = {"ready": True}
            if head.startswith("get /webhooks/lamplight/conversations "):
                answer = self.held
            elif head.startswith("put /webhooks/lamplight/conversations "):
                self.taken = json.loads(raw)
            if head.startswith("post"):
                self.asked.append(json.loads(raw))
                self.headers.append(lines.get(AUTH_HEADER, ""))
                self._busy += 1
                self.busiest = max(self.busiest, self._busy)
                answer = self.body
            await self.goes.wait()
            if head.startswith("post"):
                self._busy -= 1
            payload = json.dumps(answer).encode()
            status = 200 if head.startswith("get") else self.status
            writer.write(f"HTTP/1.1 {status} X\r\ncontent-length: {len(payload)}\r\nconnection: close\r\n\r\n".encode() + payload)
            await writer.drain()
        writer.close()


@pytest.fixture
async def pair() -> AsyncIterator[tuple[Rasa, Rasa]]:
    one, two = Rasa("one"), Rasa("two")
    async with one.running(), two.running():
        yield one, two


def engine_of(*workers: Rasa, deadline: float = 5.0) -> Engine:
    return Engine(Workers([worker.url for worker in workers], SECRET), deadline)


async def say(engine: Engine) -> str:
    return str((await engine.replies("hello", None, "conversation", "web"))[0]["text"])


async def test_messages_are_spread_and_carry_secret_and_ticket(pair: tuple[Rasa, Rasa]) -> None:
    engine = engine_of(*pair)
    assert [await say(engine) for _ in range(4)] == ["one", "two", "one", "two"]
    assert {*pair[0].headers, *pair[1].headers} == {SECRET}
    assert len({body["ticket"] for worker in pair for body in worker.asked}) == 4


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"replies": []},
        [1],
        {"replies": [{"kind": "answer"}]},
        {"replies": [Reply("answer", " ").as_dict()]},
        {"replies": [Reply("answer", "one").as_dict() | {"ratable": "yes"}]},
    ],
)
async def test_nonsense_of_one_worker_is_answered_by_the_other(pair: tuple[Rasa, Rasa], body: object) -> None:
    pair[0].body = body
    assert await say(engine_of(*pair)) == "two"


async def test_a_worker_of_an_older_version_does_not_say_whether_to_ask_for_a_vote(pair: tuple[Rasa, Rasa]) -> None:
    old = {name: value for name, value in Reply("answer", "old").as_dict().items() if name != "ratable"}
    pair[0].body = {"replies": [old]}
    (reply,) = await engine_of(pair[0]).replies("hello", None, "conversation", "web")
    assert (reply["text"], reply["ratable"]) == ("old", False)


async def test_a_worker_that_says_it_failed_is_asked_again_with_the_next_message(pair: tuple[Rasa, Rasa]) -> None:
    pair[0].status = 500
    engine = engine_of(*pair)
    assert [await say(engine) for _ in range(4)] == ["two"] * 4
    assert len(pair[0].asked) >= 2
    assert pair[0].asked[0]["ticket"] == pair[1].asked[0]["ticket"]


async def test_where_all_fail_it_is_unavailable(pair: tuple[Rasa, Rasa]) -> None:
    pair[0].status = pair[1].status = 500
    with pytest.raises(EngineUnavailable):
        await say(engine_of(*pair))


async def test_a_worker_that_is_down_is_left_aside_until_it_is_back() -> None:
    down, up = Rasa("down"), Rasa("up")
    async with up.running():
        engine = engine_of(down, up)
        assert [await say(engine) for _ in range(3)] == ["up"] * 3
        async with down.running():
            assert await engine.ready()
            assert {await say(engine), await say(engine)} == {"down", "up"}
        await engine.close()


async def test_a_stalled_worker_costs_one_attempt(pair: tuple[Rasa, Rasa], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "ATTEMPT_SECONDS", 1.0)
    pair[0].goes.clear()
    engine = engine_of(*pair)
    assert [await say(engine) for _ in range(5)] == ["two"] * 5
    assert len(pair[0].asked) == 1
    pair[0].goes.set()
    assert await engine.ready()
    assert {await say(engine), await say(engine)} == {"one", "two"}
    await engine.close()


async def test_after_one_message_too_late_a_single_worker_is_left_alone_until_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "ATTEMPT_SECONDS", 0.1)
    async with Rasa("only").running() as only:
        only.goes.clear()
        engine = engine_of(only, deadline=0.3)
        for _ in range(3):
            with pytest.raises(EngineUnavailable):
                await say(engine)
        assert len(only.asked) == 1
        only.goes.set()
        assert await engine.ready()
        assert await say(engine) == "only"
        await engine.close()


async def test_few_messages_at_once_with_a_worker_and_the_others_wait_in_the_gateway(pair: tuple[Rasa, Rasa]) -> None:
    for worker in pair:
        worker.goes.clear()
    engine = engine_of(*pair)
    waiting = [asyncio.create_task(say(engine)) for _ in range(30)]
    while len(pair[0].asked) + len(pair[1].asked) < 2 * AT_ONCE:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    assert (len(pair[0].asked), len(pair[1].asked)) == (AT_ONCE, AT_ONCE)
    for worker in pair:
        worker.goes.set()
    assert len(await asyncio.gather(*waiting)) == 30
    assert pair[0].busiest == pair[1].busiest == AT_ONCE


async def test_whoever_waits_too_long_is_told_and_takes_nobody_with_them() -> None:
    async with Rasa("only").running() as only:
        only.goes.clear()
        engine = engine_of(only, deadline=1.0)
        waiting = [asyncio.create_task(say(engine)) for _ in range(12)]
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(result, EngineUnavailable) for result in results)
        assert len(only.asked) >= AT_ONCE
        only.goes.set()
        assert [await say(engine) for _ in range(3)] == ["only"] * 3


async def test_erasing_takes_any_worker_that_can() -> None:
    down, up = Rasa("down"), Rasa("up")
    async with up.running():
        assert await engine_of(down, up).erase("conversation")
    assert not await engine_of(down).erase("conversation")


class TestSwitch:
    """One worker hands over to its successor."""

    HELD = [["a name", "what was said", 12.5]]

    async def test_what_is_under_way_is_finished_and_what_comes_meanwhile_waits_for_the_successor(self, pair: tuple[Rasa, Rasa]) -> None:
        one, two = pair
        one.held = self.HELD
        one.goes.clear()
        engine = engine_of(one)
        under_way = [asyncio.create_task(say(engine)), asyncio.create_task(engine.erase("erased before"))]
        while len(one.asked) < 2:
            await asyncio.sleep(0.01)
        switching = asyncio.create_task(engine.workers.switch_to(engine.workers.worker(two.url)))
        await asyncio.sleep(0.05)
        later = [asyncio.create_task(say(engine)) for _ in range(AT_ONCE + 2)]
        erased_later = asyncio.create_task(engine.erase("erased later"))
        await asyncio.sleep(0.05)
        assert (len(one.asked), two.asked, two.taken) == (2, [], None)
        one.goes.set()
        assert await asyncio.gather(*under_way) == ["one", True]
        assert await asyncio.gather(*later) == ["two"] * (AT_ONCE + 2)
        assert await erased_later
        assert {"conversation": "erased later"} in two.asked
        assert two.taken == self.HELD
        assert len(one.asked) == 2
        await (await switching).close()
        await engine.close()

    async def test_where_the_successor_fails_the_first_one_goes_on(self, pair: tuple[Rasa, Rasa]) -> None:
        pair[1].status = 500
        engine = engine_of(pair[0])
        with pytest.raises(httpx.HTTPStatusError):
            await engine.workers.switch_to(engine.workers.worker(pair[1].url))
        assert [await say(engine) for _ in range(2)] == ["one"] * 2

    async def test_where_the_first_one_keeps_a_message_too_long_it_goes_on(
        self, pair: tuple[Rasa, Rasa], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engine_module, "HAND_OVER_SECONDS", 0.2)
        pair[0].goes.clear()
        engine = engine_of(pair[0])
        under_way = asyncio.create_task(say(engine))
        while not pair[0].asked:
            await asyncio.sleep(0.01)
        with pytest.raises(EngineUnavailable):
            await engine.workers.switch_to(engine.workers.worker(pair[1].url))
        pair[0].goes.set()
        assert [await under_way, await say(engine)] == ["one"] * 2
        assert pair[1].taken is None

    async def test_a_first_one_that_was_set_aside_is_not_asked_for_ever(self, pair: tuple[Rasa, Rasa]) -> None:
        engine = engine_of(pair[0])
        former = engine.workers._workers[0]
        engine.workers._set_aside(former)
        (probe,) = engine.workers._probes
        former.ready = lambda: asyncio.sleep(0, False)  # type: ignore[method-assign]
        await engine.workers.switch_to(engine.workers.worker(pair[1].url))
        await asyncio.wait_for(probe, 2.0)
        assert await say(engine) == "two"
