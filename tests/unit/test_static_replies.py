import pytest

from bot.gateway.static_replies import StaticReplies

STATIC = StaticReplies.load()


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_a_cry_in_another_language_gets_911_and_the_line_with_interpreters(channel: str) -> None:
    (reply,) = STATIC.escalation("er will mich umbringen", channel)
    assert reply["kind"] == "escalation" and "911" in reply["text"] and "200 languages" in reply["text"]


@pytest.mark.parametrize("channel", ["web", "sms"])
def test_where_the_language_cannot_be_read_the_fallback_names_the_interpreters(channel: str) -> None:
    (reply,) = STATIC.fallback("я хочу спросить", channel)
    assert reply["kind"] == "notice" and "911" in reply["text"] and "200 languages" in reply["text"]
    assert {"emergency", "suicide", "trafficking"} <= {line["id"] for line in reply["hotlines"]}


def test_disguised_letters_are_no_other_language() -> None:
    (reply, *_) = STATIC.escalation("i wаnt tо kіll mysеlf")
    assert "988" in reply["text"] and "200 languages" not in reply["text"]
