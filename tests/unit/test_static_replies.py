import pytest

from bot.gateway.static_replies import StaticReplies
from bot.safety.hotlines import load_hotlines

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


def with_number(number: str) -> StaticReplies:
    """What would be read with another number for suicide."""
    lines = load_hotlines()
    return StaticReplies(StaticReplies.load()._responses, {**lines, "suicide": {**lines["suicide"], "call": number}})


def test_new_numbers_stand_in_every_reply_from_then_on() -> None:
    static = StaticReplies.load()
    static.take(with_number("989"))
    assert "989" in static.escalation("I want to die")[0]["text"]
    assert "989" in str(static.hotlines()) and "989" in str(static.known_lines["suicide"])


@pytest.mark.parametrize(
    ("read", "error"),
    [
        (StaticReplies({}, {name: line for name, line in load_hotlines().items() if name != "poison"}), "the new hotlines lack poison,"),
        (StaticReplies({"utter_crisis_suicide": [{"text": "{nobody.call}"}]}, load_hotlines()), "'nobody'"),
    ],
)
def test_numbers_that_a_sentence_needs_may_not_go(read: StaticReplies, error: str, monkeypatch: pytest.MonkeyPatch) -> None:
    static = StaticReplies.load()
    monkeypatch.setattr(StaticReplies, "load", staticmethod(lambda: read))
    with pytest.raises((KeyError, ValueError), match=error):
        static.reread()
    assert "988" in static.escalation("I want to die")[0]["text"]


def test_what_lies_there_can_be_read_anew() -> None:
    assert STATIC.reread().escalation("I want to die") == STATIC.escalation("I want to die")
