"""What only Redis brings: several processes, faults of the server, and what can be read in it."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from pathlib import Path

import pytest
from limits import parse
from redis.asyncio import Redis

from bot.settings import Settings
from bot.state import redis as state_in_redis
from bot.state.open import open_state
from bot.state.seal import NONCE_BYTES, Seal
from bot.state.store import StateUnavailable
from tests.gateway_process import ROOT, SECRET, RedisProcess
from tests.unit.state.conftest import OpenState


async def test_processes_share_values_limits_hashes_and_turns(shared: OpenState, name: str) -> None:
    one, other = shared(), shared()
    await one.store("chat", 60).put(name, "shared", None)
    kept = await other.store("chat", 60).get(name)
    assert kept is not None
    assert kept.value == "shared"
    assert one.hashed(name) == other.hashed(name)
    limit = parse("1/minute")
    assert (await one.limiter.hit(limit, name), await other.limiter.hit(limit, name)) == (True, False)
    async with one.store("chat", 60).turn(name, 1):
        with pytest.raises(StateUnavailable):
            async with other.store("chat", 60).turn(name, 0.1):
                raise AssertionError("two at once")


async def test_turns_keep_their_order_across_processes(shared: OpenState, name: str) -> None:
    stores = [shared().store("chat", 60) for _ in range(3)]
    order: list[int] = []

    async def take(number: int) -> None:
        async with stores[number % 3].turn(name, 5):
            order.append(number)
            await asyncio.sleep(0.01)

    waiting = []
    for number in range(12):
        waiting.append(asyncio.create_task(take(number)))
        await asyncio.sleep(0.01)
    await asyncio.gather(*waiting)
    assert order == list(range(12))


async def test_the_same_ticket_takes_over_and_does_not_push_the_next_one_aside(shared: OpenState, name: str) -> None:
    stalled, other, third = (shared().store("tracker", 60) for _ in range(3))
    order: list[str] = []

    async def take_third() -> None:
        async with third.turn(name, 5, "third"):
            order.append("third")

    async with stalled.turn(name, 1, "message"):
        waiting = asyncio.create_task(take_third())
        await asyncio.sleep(0.1)
        async with other.turn(name, 1, "message"):
            order.append("other")
    await waiting
    assert order == ["other", "third"]


async def test_a_dead_holder_loses_its_turn_and_a_living_one_keeps_it(
    shared: OpenState, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_in_redis, "LEASE_SECONDS", 0.3)
    dead, living = shared(), shared()
    holding = dead.store("chat", 60).turn(name, 1)
    await holding.__aenter__()
    renewals = [task for task in asyncio.all_tasks() if "_keep_renewing" in repr(task)]
    await asyncio.sleep(0.6)
    with pytest.raises(StateUnavailable):
        async with living.store("chat", 60).turn(name, 0.1):
            raise AssertionError("two at once")
    for renewal in renewals:
        renewal.cancel()
    async with living.store("chat", 60).turn(name, 1):
        pass
    await holding.__aexit__(None, None, None)


async def test_nothing_can_be_read_in_redis_and_everything_there_ends(shared: OpenState, redis: Redis) -> None:
    state = shared()
    store = state.store("tracker", 60)
    await store.put("a-random-name", "my secret words", None)
    await state.limiter.hit(parse("3/minute"), "chat", state.hashed("192.0.2.7"))
    async with store.turn("a-random-name", 1):
        keys = [key async for key in redis.scan_iter()]
        assert len(keys) == 4
        for key in keys:
            assert 0 < await redis.pttl(key) <= 60_000
            assert b"a-random-name" not in key
            assert b"192.0.2.7" not in key
            assert b"secret" not in await redis.dump(key)
    await store.delete("a-random-name")
    left = [key async for key in redis.scan_iter()]
    assert [key.startswith(b"lamplight:limits") for key in left] == [True]


async def test_a_value_that_was_changed_or_moved_is_an_error_and_not_an_empty_conversation(shared: OpenState, redis: Redis) -> None:
    store = shared().store("tracker", 60)
    await store.put("mine", "my words", None)
    await store.put("theirs", "their words", None)
    keys = [key async for key in redis.scan_iter("lamplight:tracker:*")]
    first, second = [await redis.get(key) for key in keys]
    await redis.mset({keys[0]: second, keys[1]: first})
    for name in ("mine", "theirs"):
        with pytest.raises(StateUnavailable):
            await store.get(name)
    await redis.set(keys[0], b"x")
    await redis.set(keys[1], b"x" * 100)
    for name in ("mine", "theirs"):
        with pytest.raises(StateUnavailable):
            await store.get(name)


def test_another_secret_opens_nothing() -> None:
    sealed = Seal(SECRET).closed("key", "words")
    assert Seal(SECRET).opened("key", sealed) == "words"
    assert Seal(SECRET).closed("key", "words")[:NONCE_BYTES] != sealed[:NONCE_BYTES]
    with pytest.raises(StateUnavailable):
        Seal(SECRET[::-1]).opened("key", sealed)


async def test_commands_that_were_cancelled_never_leave_their_answer_to_the_next_one(shared: OpenState) -> None:
    store = shared().store("chat", 60)
    for number in range(20):
        await store.put(f"name {number}", f"value {number}", None)

    async def read(number: int) -> None:
        kept = await store.get(f"name {number}")
        assert kept is not None
        assert kept.value == f"value {number}"

    for round_ in range(30):
        tasks = [asyncio.create_task(read(number)) for number in range(20)]
        for _ in range(round_ % 6):
            await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            assert result is None or isinstance(result, asyncio.CancelledError)


async def test_an_absent_or_stalled_redis_is_an_error_within_seconds_and_comes_back_by_itself(tmp_path: Path) -> None:
    with RedisProcess(tmp_path) as server:
        state = open_state(Settings(redis_url=server.url, rasa_secret=SECRET))
        store = state.store("chat", 60)
        await store.put("kept", "value", None)
        server.send(signal.SIGSTOP)
        async with asyncio.timeout(5):
            with pytest.raises(StateUnavailable):
                await store.get("kept")
            assert not await state.alive()
        server.send(signal.SIGCONT)
        kept = await store.get("kept")
        assert kept is not None
        server.kill()
        for call in (store.get("kept"), store.put("kept", "x", kept), store.delete("kept"), store.count()):
            with pytest.raises(StateUnavailable):
                await call
        with pytest.raises(StateUnavailable):
            await state.limiter.hit(parse("1/minute"), "x")
        with pytest.raises(StateUnavailable):
            async with store.turn("kept", 1):
                raise AssertionError("no turn without Redis")
        server.restart()
        assert await store.get("kept") is None
        async with store.turn("kept", 1):  # the scripts are loaded anew
            await store.put("kept", "again", None)
        assert await state.limiter.hit(parse("1/minute"), "x")
        await state.close()


async def test_a_restart_that_nobody_noticed_costs_no_command(tmp_path: Path) -> None:
    with RedisProcess(tmp_path) as server:
        state = open_state(Settings(redis_url=server.url, rasa_secret=SECRET))
        store = state.store("chat", 60)
        await asyncio.gather(*(store.put(f"name {number}", "x", None) for number in range(10)))  # so many connections are open now
        server.kill()
        server.restart()
        for number in range(10):
            await store.put(f"name {number}", "y", None)
            assert await state.limiter.hit(parse("1/minute"), f"name {number}")
            async with store.turn(f"name {number}", 1):
                pass
        await state.close()


async def test_the_switch_reaches_every_gateway_and_survives_redis(shared: OpenState, redis: Redis) -> None:
    one, other = shared(), shared()
    assert not await one.hotline_only.is_on()
    await other.hotline_only.set(True)
    assert await one.hotline_only.is_on()
    assert await other.hotline_only.is_on()
    await redis.flushall()
    assert await one.hotline_only.is_on()
    assert await shared().hotline_only.is_on()
    await other.hotline_only.set(False)
    assert not await one.hotline_only.is_on()


async def test_password_and_tls(tmp_path: Path) -> None:
    certificate, key = tmp_path / "redis.crt", tmp_path / "redis.key"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run(
        [*made, "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    tls = ["--port", "0", "--tls-port", "{port}", "--tls-cert-file", str(certificate), "--tls-key-file", str(key)]
    with RedisProcess(tmp_path, "--requirepass", "p@ss", *tls, "--tls-auth-clients", "no") as server:
        good = f"rediss://:p%40ss@localhost:{server.port}/0?ssl_ca_certs={certificate}"
        state = open_state(Settings(redis_url=good, rasa_secret=SECRET))
        async with asyncio.timeout(30):  # on a busy machine a handshake may take more than its second
            while not await state.alive():
                await asyncio.sleep(0.1)
        await state.close()
        wrong = [
            good.replace("p%40ss", "guess"),
            good.replace("localhost", "127.0.0.1"),  # not the name in the certificate
            good.partition("?")[0],  # nobody vouches for the certificate
            good.replace("rediss:", "redis:").partition("?")[0],
        ]
        for url in wrong:
            state = open_state(Settings(redis_url=url, rasa_secret=SECRET))
            assert not await state.alive()
            await state.close()


async def test_the_access_list_in_the_documentation_is_enough(tmp_path: Path) -> None:
    rules = "~lamplight:* +@all -@admin -@dangerous"
    assert rules in (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    users = ["--user", "lamplight", "on", ">word", *rules.split(), "--user", "default", "off"]
    with RedisProcess(tmp_path, *users) as server:
        state = open_state(Settings(redis_url=server.url.replace("//", "//lamplight:word@"), rasa_secret=SECRET))
        store = state.store("chat", 60)
        async with store.turn("a", 1):
            await store.put("a", "b", await store.put("a", "a", None))
        assert (await store.count(), await state.alive()) == (1, True)
        assert await state.limiter.hit(parse("1/minute"), "a")
        await state.hotline_only.set(True)
        assert await state.hotline_only.is_on()
        await state.votes.add("law-missouri", "yes")
        assert [row.count for row in await state.votes.rows(1)] == [1]
        await store.delete("a")
        await state.close()
