import pytest

from bot.messages import LINE
from bot.retrieval.follow_up import ANY, asks_the_same, picked_number, resolve_follow_up, tells_detail


@pytest.mark.parametrize(
    ("text", "alone", "detail"),
    [
        ("and in creve coeur?", "in creve coeur?", None),
        ("what about the buyers", "the buyers", None),
        ("and the fine?", "the fine", None),
        ("is it free", None, "cost"),
        ("what does it cost", None, "cost"),
        ("do they take insurance", None, "cost"),
        ("how much is it", None, "sum"),
        ("who do I call", None, LINE),
        ("¿a quién llamo?", None, LINE),
        ("phone number?", None, LINE),
        ("why", None, "why"),
        ("¿por qué?", None, "why"),
        ("how long does it take", None, "time"),
        ("how old do you have to be", None, "age"),
        ("is it confidential", None, ANY),
        ("who pays for it", None, ANY),
    ],
)
def test_what_a_follow_up_asks_of_the_topic(text: str, alone: str | None, detail: str | None) -> None:
    follow_up = resolve_follow_up(text)
    assert follow_up is not None
    assert (follow_up.words, follow_up.alone, follow_up.detail) == (text, alone, detail)


@pytest.mark.parametrize("text", ["more", "tell me more", "More.", "más"])
def test_more_asks_for_the_rest(text: str) -> None:
    follow_up = resolve_follow_up(text)
    assert follow_up is not None and follow_up.more


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("no, I meant the second time", True),
        ("i meant the third time", True),
        ("i meant the sellers", True),
        ("no i meant the first time", True),
        ("no I meant help for my sister", True),
        ("no, I meant selling", True),
        ("no, i meant a shelter in kansas city", True),
        ("i mean help", False),
        ("i meant help me", False),
        ("no, i meant selling my sister", False),
        ("no, i meant my sister", False),
        ("no, i meant he beats me", False),
        ("i meant i want to die", False),
        ("no, i meant the first time he hit me", False),
        ("no, I meant for my boyfriend", False),
        ("no, I meant buying from a minor", False),
        ("i meant my pimp", False),
    ],
)
def test_a_correction_is_plain_only_where_it_tells_nothing_of_a_life(text: str, plain: bool) -> None:
    follow_up = resolve_follow_up(text)
    assert follow_up is not None and follow_up.corrects
    assert follow_up.plain is plain


@pytest.mark.parametrize(("text", "plain"), [("is it free", True), ("and the fine?", True), ("what about the buyers", False)])
def test_a_bare_detail_is_plain(text: str, plain: bool) -> None:
    follow_up = resolve_follow_up(text)
    assert follow_up is not None and follow_up.plain is plain


@pytest.mark.parametrize(
    "text", ["Is there a shelter for women in Kansas City that takes children?", "sti testing near me", "veronica's voice"]
)
def test_a_message_that_stands_on_its_own_is_no_follow_up(text: str) -> None:
    assert resolve_follow_up(text) is None


@pytest.mark.parametrize(
    ("detail", "text", "tells"),
    [
        ("cost", "You can ask about cost, waiting time, and medicine.", True),
        ("cost", "Calls are free.", True),
        ("cost", "You can ask which shelters have a free bed.", False),
        ("cost", "A fine of up to $1,000.", False),
        ("sum", "A fine of up to $1,000.", True),
        ("why", "No, because state law covers the whole city.", True),
        ("why", "Some older texts give a lower fine.", False),
        ("time", "The wait is 1 year for a misdemeanor.", True),
        ("time", "You can call at any hour.", False),
        ("age", "It serves girls of about 12 to 18.", True),
        ("age", "It carries 5 to 15 years in prison.", False),
        (ANY, "Ask what they share.", True),
        (ANY, "", False),
    ],
)
def test_a_text_bears_on_a_detail_by_its_words(detail: str, text: str, tells: bool) -> None:
    assert tells_detail(detail, text) is tells


def test_a_title_asks_the_same() -> None:
    title = "How long is the wait to expunge a record in Missouri?"
    assert asks_the_same("ok how long does it take", title)
    assert not asks_the_same("how much is it", title)
    assert not asks_the_same("is it free", title)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        ("2.", 2),
        ("#2", 2),
        ("number 2", 2),
        ("Number two", 2),
        ("option 2", 2),
        ("the second one", 2),
        ("The third", 3),
        ("first question", 1),
        ("22", None),
        ("the second time", None),
        ("2 of them hit me", None),
        ("one", None),
        ("second", None),
    ],
)
def test_the_number_of_a_button(text: str, number: int | None) -> None:
    assert picked_number(text) == number
