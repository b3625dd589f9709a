from bot.gateway.sessions import Sessions


def test_tokens_are_random_and_found_again() -> None:
    sessions = Sessions(minutes=60)
    first, second = sessions.find_or_start(None), sessions.find_or_start(None)
    assert first.token != second.token
    assert first.sender != first.token
    assert sessions.find_or_start(first.token) is first


def test_an_unknown_or_forged_token_starts_a_new_conversation() -> None:
    sessions = Sessions(minutes=60)
    mine = sessions.find_or_start(None)
    for forged in ("guess", mine.token[:-1], mine.sender, "", 7):
        assert sessions.find_or_start(forged).sender != mine.sender


def test_conversations_expire_after_silence_and_are_renewed_by_use() -> None:
    now = [0.0]
    sessions = Sessions(minutes=1, clock=lambda: now[0])
    kept, lost = sessions.find_or_start(None), sessions.find_or_start(None)
    now[0] = 50
    sessions.find_or_start(kept.token)
    now[0] = 70
    assert sessions.find_or_start(kept.token) is kept
    assert sessions.find_or_start(lost.token) is not lost


def test_ending_forgets() -> None:
    sessions = Sessions(minutes=60)
    session = sessions.find_or_start(None)
    assert sessions.end(session.token) is session
    assert sessions.end(session.token) is None
    assert len(sessions) == 0
