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
    said = [(await talk(PASSAGES["hope-house"].title, "passage:hope-house")).replies[0]["text"]]
    for text, kind in (("is it free", "answer"), ("is it free", "unknown")):
        reply = (await talk(text)).replies[0]
        assert reply["kind"] == kind
        assert reply["text"] not in said
        said.append(reply["text"])
    assert said[-1].startswith("What I have checked on that stands above.")


async def test_a_detail_after_a_cry_for_help_does_not_calm_the_gate(talk: Any) -> None:
    await talk(PASSAGES["hope-house"].title, "passage:hope-house")
    await talk("he took my passport and wont let me leave the house")
    turn = await talk("is it free")
    assert turn.replies[0]["kind"] == "escalation"


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
