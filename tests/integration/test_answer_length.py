"""Every passage with all that an answer may bring: at most 120 words on the web, and the line always there."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.messages import CRISIS_KEY, RETRIEVAL_KEY, CrisisAssessment
from bot.nlg.response_composer import ANSWER_WORDS, ResponseComposer
from bot.retrieval.knowledge_base import KnowledgeBase, Passage
from bot.safety.hotlines import ROOT, as_wire, load_hotlines

PASSAGES = KnowledgeBase.from_directory(ROOT / "knowledge" / "passages").passages
HOTLINES = load_hotlines()
DOMAIN = Domain.load(str(ROOT / "domain.yml"))
WITH: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing else": ({}, {}),
    "an audience": ({"audience": "charged"}, {}),
    "a survivor": ({"audience": "survivor"}, {}),
    "two questions and an audience": ({"audience": "charged", "also": [{"id": "legal-help", "title": "A lawyer"}]}, {}),
    "a city without facts of its own": ({"nothing_local": "Webster Groves", "audience": "charged"}, {}),
    "care": ({"audience": "charged"}, {"care": "on", "escalated": ["domestic_violence"]}),
    "short care": ({"audience": "charged"}, {"care": "short", "escalated": ["trafficking"]}),
    "Spanish": ({"audience": "charged"}, {"language": "es"}),
}


@pytest.fixture(scope="module")
def composer() -> ResponseComposer:
    return ResponseComposer(domain=DOMAIN)


def answer(composer: ResponseComposer, passage: Passage, part: str, extra: dict[str, Any], slots: dict[str, Any]) -> dict[str, Any]:
    rendered = passage.rendered(HOTLINES) | {"cities": list(passage.cities)}
    retrieval = {"passage": rendered, "part": part, "answers": True, "related": []} | extra
    gate = CrisisAssessment().as_dict()
    tracker = DialogueStateTracker("test", DOMAIN.slots)
    for name, value in slots.items():
        tracker.update(SlotSet(name, value))
    tracker.update(UserUttered("...", parse_data={"intent": {"name": "ask"}, CRISIS_KEY: gate, RETRIEVAL_KEY: retrieval}))
    return composer.compose("utter_answer", tracker)[0].as_dict()


@pytest.mark.parametrize("what", WITH)
def test_no_answer_is_longer_than_it_may_be(composer: ResponseComposer, what: str) -> None:
    long = []
    for passage in PASSAGES.values():
        for part in ("answer", "more"):
            reply = answer(composer, passage, part, *WITH[what])
            line = as_wire(passage.hotline, HOTLINES)
            assert any(number and number in reply["text"] for number in (line["call"], line["text"])), passage.id
            if len(reply["text"].split()) > ANSWER_WORDS:
                long.append((passage.id, part, len(reply["text"].split())))
    assert long == []


@pytest.mark.parametrize("chosen", [True, False])
def test_a_place_beyond_the_four_cities_takes_few_words_beside_a_long_answer(composer: ResponseComposer, chosen: bool) -> None:
    passage = PASSAGES["condoms-health"]
    reply = answer(composer, passage, "answer", {"outside": "Independence", "chosen": chosen}, {})
    note = "I have nothing just for Independence. This holds for all of Missouri."
    first, *rest = reply["text"].split("\n\n")
    assert (first == note) is chosen  # after "and independence?" the note is the answer; asked afresh, the answer comes first
    assert chosen or note in rest
    assert len(reply["text"].split()) <= ANSWER_WORDS


def test_of_two_questions_it_is_said_before_the_aside_for_a_reader_is(composer: ResponseComposer) -> None:
    passage = max(PASSAGES.values(), key=lambda passage: len(passage.answer.split()))
    extra = {"audience": "charged", "also": [{"id": "legal-help", "title": "A lawyer"}]}
    text = answer(composer, passage, "answer", extra, {})["text"]
    assert "You asked about more than one thing." in text
    assert "ask a lawyer before you talk to police" not in text


def test_whom_to_call_is_the_line_of_the_answer_and_then_those_that_it_names(composer: ResponseComposer) -> None:
    everywhere = answer(composer, PASSAGES["shelter-tonight"], "line", {}, {})["text"].split("\n")
    assert everywhere[0] == "- National Domestic Violence Hotline: 1-800-799-7233, or text START to 88788"
    assert "- Kansas City metro domestic violence hotline: 816-468-5463" in everywhere
    assert "- Safe Connections crisis helpline: 314-531-2003, or text 314-531-2003" not in everywhere  # one number for both
    in_creve_coeur = answer(composer, PASSAGES["shelter-tonight"], "line", {}, {"city": "creve_coeur"})["text"]
    assert "314-531-2003" in in_creve_coeur and "816-468-5463" not in in_creve_coeur


def test_whom_to_call_about_the_law_offers_a_lawyer_first(composer: ResponseComposer) -> None:
    person = {"id": "legal-help", "title": PASSAGES["legal-help"].title}
    reply = answer(composer, PASSAGES["penalty-buying"], "line", {"person": person}, {})
    assert reply["text"].startswith("- National Human Trafficking Hotline: 1-888-373-7888, or text HELP to 233733")
    assert [button["payload"] for button in reply["buttons"]][:2] == ["more:penalty-buying", "passage:legal-help"]


@pytest.mark.parametrize(
    ("passage", "line", "first"),
    [
        ("shelter-tonight", "domestic_violence", "National Domestic Violence Hotline: 1-800-799-7233, or text START to 88788"),
        ("hope-house", "domestic_violence", "National Domestic Violence Hotline: 1-800-799-7233, or text START to 88788"),
        ("drug-treatment", "substance", "SAMHSA National Helpline: 1-800-662-4357, or text your ZIP code to 435748"),
        ("law-missouri", "trafficking", "I know Missouri, and best these four cities"),
    ],
)
def test_help_in_another_state_names_the_line_of_the_whole_country(composer: ResponseComposer, passage: str, line: str, first: str) -> None:
    reply = answer(composer, PASSAGES[passage], "answer", {"answers": False, "outside": "Illinois"}, {})
    assert reply["text"].startswith(first)
    assert reply["hotlines"][0]["id"] == line
    assert "1-888-373-7888" in reply["text"]


def test_a_survivor_reads_that_they_choose(composer: ResponseComposer) -> None:
    short = min(PASSAGES.values(), key=lambda passage: len(passage.answer))
    assert "You choose what to tell" in answer(composer, short, "answer", {"audience": "survivor"}, {})["text"]
    assert "Usted elige qué contar" in answer(composer, short, "answer", {"audience": "survivor"}, {"language": "es"})["text"]


def test_more_where_there_is_no_more_is_not_the_same_answer_again(composer: ResponseComposer) -> None:
    for passage, part in (("law-lees-summit", "more"), ("law-missouri", "all")):
        text = answer(composer, PASSAGES[passage], part, {}, {})["text"]
        assert text.startswith("That is all I have checked on this.")


@pytest.mark.parametrize(
    ("part", "said"),
    [("said_all", "What I have checked on that stands above."), ("nothing", "I don't have a checked answer to that.")],
)
def test_of_a_detail_that_no_text_tells_the_answer_just_read_is_not_offered(composer: ResponseComposer, part: str, said: str) -> None:
    related = [{"id": "penalty-buying", "title": "a"}]
    reply = answer(composer, PASSAGES["law-missouri"], part, {"answers": False, "related": related}, {})
    assert reply["text"].startswith(said)
    assert [button["payload"] for button in reply["buttons"]] == ["passage:penalty-buying"]


@pytest.mark.parametrize(
    ("slots", "extra", "ratable"),
    [
        ({}, {}, True),
        ({"language": "es", "care": "off"}, {}, True),
        ({}, {"answers": False}, False),
        ({"care": "on"}, {}, False),
        ({"care": "short"}, {}, False),
        ({"care": "on", "escalated": ["suicide"]}, {}, False),
        ({"care": "off", "escalated": ["suicide"]}, {}, False),
    ],
)
def test_whether_it_helped_is_asked_of_an_answer_where_no_crisis_was(
    composer: ResponseComposer, slots: dict[str, Any], extra: dict[str, Any], ratable: bool
) -> None:
    for part in ("answer", "more"):
        assert answer(composer, PASSAGES["law-missouri"], part, extra, slots)["ratable"] is ratable


def test_an_unknown_offers_a_way_to_a_person(composer: ResponseComposer) -> None:
    person = {"id": "legal-help", "title": PASSAGES["legal-help"].title}
    related = [{"id": "penalty-buying", "title": "a"}, {"id": "law-what-counts", "title": "b"}]
    extra = {"answers": False, "related": related, "person": person}
    reply = answer(composer, PASSAGES["law-missouri"], "answer", extra, {})
    assert [button["payload"] for button in reply["buttons"]] == ["passage:law-missouri", "passage:penalty-buying", "passage:legal-help"]
