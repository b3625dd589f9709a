import pytest

from bot.retrieval.follow_up import resolve_follow_up

TITLE = "What is the penalty for a first prostitution charge in Missouri?"


@pytest.mark.parametrize(
    "text", ["and in creve coeur?", "what about the buyers", "is it free", "who do I call", "why", "how long does it take"]
)
def test_follow_ups_carry_the_topic(text: str) -> None:
    follow_up = resolve_follow_up(text, [TITLE])
    assert follow_up is not None
    assert follow_up.query == f"{TITLE} {text}"


@pytest.mark.parametrize("text", ["more", "tell me more", "More.", "más"])
def test_more_asks_for_the_rest(text: str) -> None:
    follow_up = resolve_follow_up(text, [TITLE])
    assert follow_up is not None and follow_up.more


def test_a_correction_keeps_the_topic() -> None:
    follow_up = resolve_follow_up("no, I meant selling", [TITLE])
    assert follow_up is not None
    assert follow_up.query == f"{TITLE} selling"


@pytest.mark.parametrize(
    "text", ["Is there a shelter for women in Kansas City that takes children?", "sti testing near me", "veronica's voice"]
)
def test_a_message_that_stands_on_its_own_is_no_follow_up(text: str) -> None:
    assert resolve_follow_up(text, [TITLE]) is None


def test_nothing_follows_up_on_nothing() -> None:
    assert resolve_follow_up("why", []) is None
