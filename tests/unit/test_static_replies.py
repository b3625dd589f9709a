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


@pytest.mark.parametrize(
    ("text", "line"),
    [("i live in independence and he hits me", "816-468-5463"), ("im in st louis and my husband hits me", "314-531-2003")],
)
def test_the_local_line_serves_the_area_and_not_only_the_city(text: str, line: str) -> None:
    (reply,) = STATIC.escalation(text)
    assert line in reply["text"]


def test_texting_911_is_offered_in_the_four_cities_alone() -> None:
    assert "Call or text 911" in STATIC.escalation("im in kansas city and he has a gun on me")[0]["text"]
    assert "does not work everywhere" in STATIC.escalation("im in independence and he has a gun on me")[0]["text"]
