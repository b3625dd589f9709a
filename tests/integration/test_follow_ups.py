"""What people write after an answer, from the trained model: a place, a detail, somebody else, several things at once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.messages import RETRIEVAL_KEY
from bot.nlg.response_composer import ANSWER_WORDS
from bot.retrieval.knowledge_base import STATEWIDE, KnowledgeBase
from bot.safety.hotlines import ROOT
from bot.safety.places import CITIES, find_city

PASSAGES = KnowledgeBase.from_directory(ROOT / "knowledge" / "passages").passages
LOCAL = [passage for passage in PASSAGES.values() if STATEWIDE not in passage.cities]
ELSEWHERE = ("independence", "st louis county", "springfield")


def found(turn: Any) -> tuple[str, str]:
    """The passage and the part of it that a turn answered with."""
    retrieval = turn.parse_data[RETRIEVAL_KEY]
    return retrieval["passage"]["id"], retrieval["part"]


@pytest.mark.parametrize("place", ELSEWHERE)
async def test_no_citys_facts_are_given_as_those_of_another_place(assistant: Any, place: str) -> None:
    wrong = []
    for passage in LOCAL:
        conversation = assistant.new_conversation()
        await assistant.respond(passage.title, conversation, f"passage:{passage.id}")
        turn = await assistant.respond(f"what about {place}", conversation)
        reply = turn.replies[0]
        given = PASSAGES[found(turn)[0]]
        if reply["kind"] == "answer" and STATEWIDE not in given.cities and given.topic != "help":
            wrong.append((passage.id, given.id))
        if len(reply["text"].split()) > ANSWER_WORDS:
            wrong.append((passage.id, "too long"))
        await assistant.erase(conversation)
    assert wrong == []


@pytest.mark.parametrize("text", ["neighborhood problems from prostitution in florissant", "police stings in st louis"])
async def test_a_question_about_another_place_gets_nothing_local(talk: Any, text: str) -> None:
    turn = await talk(text)
    passage_id = found(turn)[0]
    assert STATEWIDE in PASSAGES[passage_id].cities
    assert passage_id not in {"out-of-state", "law-kansas-neighbors"}


@pytest.mark.parametrize("topic", ["hope-house", "sti-testing", "legal-help", "law-clear-record-adult", "law-diversion-buyers"])
@pytest.mark.parametrize(
    "text",
    [
        "is it free",
        "is that free?",
        "ok is it free for me",
        "cost?",
        "how much",
        "where is it",
        "who runs it",
        "for how long",
        "is it confidential",
        "does it go on my record",
        "do they take men",
        "who do i call",
        "why",
        "¿es gratis?",
        "por qué",
    ],
)
async def test_a_detail_is_asked_of_the_answer_before(talk: Any, topic: str, text: str) -> None:
    first = await talk(PASSAGES[topic].title, f"passage:{topic}")
    turn = await talk(text)
    assert turn.parse_data["intent"]["name"] == "ask"
    assert turn.replies[0]["kind"] in {"answer", "unknown"}
    assert turn.replies[0]["text"] != first.replies[0]["text"]


async def test_after_all_that_is_known_nothing_is_said_twice(talk: Any) -> None:
    said = [(await talk(PASSAGES["medical-creve-coeur"].title, "passage:medical-creve-coeur")).replies[0]["text"]]
    for text, kind in (("what does it cost", "answer"), ("is it free", "unknown")):
        reply = (await talk(text)).replies[0]
        assert reply["kind"] == kind
        assert reply["text"] not in said
        said.append(reply["text"])
    assert said[-1].startswith("What I have checked on that stands above.")


async def test_a_detail_after_a_cry_for_help_keeps_the_line(talk: Any) -> None:
    await talk(PASSAGES["hope-house"].title, "passage:hope-house")
    await talk("he took my passport and wont let me leave the house")
    text = (await talk("is it free")).replies[0]["text"]
    assert "Still here for you: " in text
    assert "1-888-373-7888" in text


@pytest.mark.parametrize(
    ("topic", "text", "passage"),
    [
        ("penalty-selling-first", "and for buyers", "penalty-buying"),
        ("penalty-selling-first", "what about the buyers", "penalty-buying"),
        ("penalty-selling-first", "and the pimp?", "penalty-promoting"),
        ("law-missouri", "what about the buyers", "penalty-buying"),
        ("law-missouri", "what about a lawyer", "legal-help"),
        ("signs-trafficking", "what about boys", "help-men-boys"),
    ],
)
async def test_what_is_named_anew_wins_over_the_old_topic(talk: Any, topic: str, text: str, passage: str) -> None:
    await talk(PASSAGES[topic].title, f"passage:{topic}")
    assert found(await talk(text)) == (passage, "answer")


async def test_a_city_after_a_statewide_answer(talk: Any) -> None:
    await talk("What is the penalty for a first prostitution charge?")
    for city in CITIES:
        reply = (await talk(f"and in {CITIES[city]}?")).replies[0]
        assert reply["kind"] == "answer"
        assert find_city(reply["text"]) == city or reply["text"].startswith(f"I have nothing just for {CITIES[city]}.")


async def test_a_city_after_another_citys_answer_brings_its_own(talk: Any) -> None:
    await talk("Is prostitution legal in Kansas City?")
    for text, passage in (("and in creve coeur?", "law-creve-coeur"), ("what about lees summit", "law-lees-summit")):
        assert found(await talk(text)) == (passage, "answer")


async def test_questions_joined_by_commas_are_each_offered(talk: Any) -> None:
    turn = await talk("whats the fine for a first charge, can i get it off my record, and is there a shelter in kc")
    assert found(turn)[0] == "penalty-selling-first"
    offered = {button["payload"] for button in turn.replies[0]["buttons"]}
    assert {"passage:law-clear-record-adult", "passage:shelter-tonight"} <= offered


@pytest.mark.parametrize(
    ("topic", "text", "passage", "part"),
    [
        ("shelter-tonight", "who do i call", "shelter-tonight", "line"),
        ("penalty-buying", "who do i call", "penalty-buying", "line"),
        ("medical-creve-coeur", "is it free", "medical-creve-coeur", "more"),
        ("penalty-selling-first", "is it free", "penalty-selling-first", "nothing"),
        ("penalty-selling-first", "why", "penalty-selling-first", "nothing"),
        ("penalty-selling-first", "how much", "penalty-selling-first", "said_all"),
        ("covering-house", "how old do you have to be", "covering-house", "said_all"),
        ("law-clear-record-adult", "how long", "law-expungement-wait", "answer"),
    ],
)
async def test_a_detail_gets_what_bears_on_it_and_nothing_else(talk: Any, topic: str, text: str, passage: str, part: str) -> None:
    await talk(PASSAGES[topic].title, f"passage:{topic}")
    assert found(await talk(text)) == (passage, part)


async def test_whom_to_call_is_a_number_each_time(talk: Any) -> None:
    await talk(PASSAGES["shelter-tonight"].title, "passage:shelter-tonight")
    for text in ("who do i call", "phone number?"):
        reply = (await talk(text)).replies[0]
        assert reply["kind"] == "answer"
        assert reply["text"].startswith("- National Domestic Violence Hotline: 1-800-799-7233")


@pytest.mark.parametrize("city", CITIES)
async def test_what_is_named_anew_wins_over_the_facts_of_a_city(talk: Any, city: str) -> None:
    await talk(f"Is prostitution legal in {CITIES[city]}?")
    assert found(await talk("what about the buyers"))[0] in {"penalty-buying", "penalty-kansas-city"}
    assert found(await talk("and the pimps"))[0] == "penalty-promoting"


async def test_a_city_named_before_still_gives_its_own_where_it_fits(talk: Any) -> None:
    await talk("Is prostitution legal in Lee's Summit?")
    assert found(await talk("what about a shelter")) in {("shelter-lees-summit", "answer"), ("help-lees-summit", "answer")}


@pytest.mark.parametrize(
    ("text", "field"), [("and the fine?", "penalty-"), ("what about the buyers", "penalty-"), ("what about a bed", "shelter-")]
)
async def test_the_topic_before_the_last_goes_on_where_the_words_fit_it_better(talk: Any, text: str, field: str) -> None:
    await talk("What is the penalty for a first prostitution charge?")
    await talk("Where can I stay tonight?")
    assert found(await talk(text))[0].startswith(field)


async def test_more_than_all_is_not_said_twice(talk: Any) -> None:
    await talk("Is prostitution legal in Missouri?")
    rest, nothing = [(await talk("more")).replies[0] for _ in range(2)]
    assert rest["text"].startswith(PASSAGES["law-missouri"].more[:40])
    assert nothing["text"].startswith("That is all I have checked on this. You can pick a question below.")
    assert [button["payload"] for button in nothing["buttons"]] == [f"passage:{passage}" for passage in PASSAGES["law-missouri"].related]


@pytest.mark.parametrize("text", ["2", "2.", "#2", "number 2", "the second one", "option 2"])
async def test_a_number_picks_a_question(talk: Any, text: str) -> None:
    first = await talk("Is prostitution legal in Missouri?")
    wanted = first.replies[0]["buttons"][1]["payload"]
    assert f"passage:{found(await talk(text))[0]}" == wanted


@pytest.mark.parametrize(
    ("topic", "text", "passage"),
    [
        ("penalty-selling-first", "no, I meant the second time", "penalty-repeat"),
        ("penalty-selling-first", "i meant the third time", "penalty-repeat"),
        ("penalty-buying", "i meant the sellers", "penalty-selling-first"),
        ("penalty-selling-first", "no I meant help for my sister", "family-support"),
    ],
)
async def test_a_correction_that_tells_nothing_of_a_life_is_answered(talk: Any, topic: str, text: str, passage: str) -> None:
    await talk(PASSAGES[topic].title, f"passage:{topic}")
    turn = await talk(text)
    assert turn.parse_data["intent"]["name"] == "ask"
    assert found(turn) == (passage, "answer")


@pytest.mark.parametrize("text", ["no, i meant he beats me", "i meant i want to die", "i mean help"])
async def test_a_disclosure_in_the_form_of_a_correction_is_heard(talk: Any, text: str) -> None:
    await talk(PASSAGES["penalty-selling-first"].title, "passage:penalty-selling-first")
    assert (await talk(text)).replies[0]["kind"] == "escalation"


@pytest.mark.parametrize("place", ["independence", "blue springs", "joplin", "st louis"])
@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("is prostitution legal in {}", "law-missouri"),
        ("what is the fine for a first prostitution charge in {}", "penalty-selling-first"),
        ("whats the penalty for buying sex in {}", "penalty-buying"),
        ("can i get my record cleared in {}", "law-clear-record-adult"),
    ],
)
async def test_the_law_of_the_state_is_told_for_a_place_without_passages(talk: Any, place: str, text: str, passage: str) -> None:
    turn = await talk(text.format(place))
    assert turn.replies[0]["kind"] == "answer"
    assert found(turn) == (passage, "answer")


@pytest.mark.parametrize(
    ("turns", "passage"),
    [
        (("Is prostitution legal in Creve Coeur?", "and independence?"), "law-missouri"),
        (("Where can I get help in Lee's Summit?", "and independence?"), "help-kansas-city"),
        (("is prostitution legal in independence", "what about overland park", "and st louis?"), "law-missouri"),
    ],
)
async def test_a_place_in_missouri_after_another_place(talk: Any, turns: tuple[str, ...], passage: str) -> None:
    for text in turns:
        turn = await talk(text)
    assert found(turn) == (passage, "answer")


async def test_help_goes_on_in_the_area_of_a_place(talk: Any) -> None:
    await talk("What help is there in Kansas City?")
    turn = await talk("and in st louis")
    assert "creve_coeur" in PASSAGES[found(turn)[0]].cities


@pytest.mark.parametrize("text", ["I'm in Chicago, need a shelter tonight", "domestic violence shelter in olathe kansas"])
async def test_help_beyond_the_state_line_names_the_line_that_fits(talk: Any, text: str) -> None:
    reply = (await talk(text)).replies[0]
    assert reply["text"].startswith("National Domestic Violence Hotline: 1-800-799-7233")
    assert reply["hotlines"][0]["id"] == "domestic_violence"


async def test_of_several_questions_the_known_one_is_answered(talk: Any) -> None:
    turn = await talk("Whats the penalty for a buyer, and what's the penalty for weed, and who won the game")
    assert turn.replies[0]["kind"] == "answer"
    assert found(turn) == ("penalty-buying", "answer")
    unknown = await talk("what's the penalty for weed, and who won the game")
    assert unknown.replies[0]["kind"] == "unknown"
