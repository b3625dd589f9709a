from bot.gateway.sessions import Sessions
from bot.state.memory import MemoryStore


async def test_tokens_are_random_and_found_again() -> None:
    sessions = Sessions(MemoryStore(60))
    first, second = await sessions.find_or_start(None), await sessions.find_or_start(None)
    assert first.token != second.token
    assert first.sender != first.token
    assert await sessions.find_or_start(first.token) == first


async def test_an_unknown_or_forged_token_starts_a_new_conversation() -> None:
    sessions = Sessions(MemoryStore(60))
    mine = await sessions.find_or_start(None)
    for forged in ("guess", mine.token[:-1], mine.sender, ""):
        started = await sessions.find_or_start(forged)
        assert started.sender != mine.sender
        assert started.token != forged


async def test_conversations_expire_after_silence_and_are_renewed_by_use() -> None:
    now = [0.0]
    sessions = Sessions(MemoryStore(60, clock=lambda: now[0]))
    kept, lost = await sessions.find_or_start(None), await sessions.find_or_start(None)
    now[0] = 50
    await sessions.find_or_start(kept.token)
    now[0] = 70
    assert await sessions.find_or_start(kept.token) == kept
    assert (await sessions.find_or_start(lost.token)).sender != lost.sender


async def test_ending_forgets() -> None:
    sessions = Sessions(MemoryStore(60))
    session = await sessions.find_or_start(None)
    assert await sessions.end(session.token) == session
    assert await sessions.end(session.token) is None
    assert await sessions.count() == 0
