"""The crisis gate by itself, on scores that stand in the test: no model is loaded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from rasa.shared.core.events import UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA
from rasa.shared.nlu.training_data.message import Message

from bot.messages import CHECK_IN, CRISIS_KEY, ESCALATE, NONE, RETRIEVAL_KEY, CrisisAssessment
from bot.nlu import crisis_gate
from bot.nlu.conversation import Conversation
from bot.nlu.crisis_gate import CrisisGate
from bot.safety.crisis import Situation, Thresholds
from bot.safety.hotlines import KNOWLEDGE, ROOT

GATE = CrisisGate(Thresholds(escalate=0.28, check_in=0.1, extra_kind=0.3, doubt=0.003, decline=0.35, decline_first=0.5, decay=0.5))
FOLLOW_UP = {"passage": {"id": "law-missouri", "title": "What does Missouri law say?"}, "answers": True, "chosen": True}


def read(text: str, scores: dict[str, float], conversation: Conversation = Conversation(), **message: Any) -> Message:
    ranking = [{"name": name, "confidence": score} for name, score in sorted(scores.items(), key=lambda entry: -entry[1])]
    read = Message({"text": text, INTENT_RANKING_KEY: ranking, **message})
    GATE._assess(read, conversation, remember=True)
    return read


@pytest.mark.parametrize(
    "payload", ["passage:law-missouri", "more:law-missouri", "city:kansas_city", "city:none", "say:exit", "say:watched"]
)
@pytest.mark.parametrize(("text", "scores"), [("he has a gun on me", {"ask": 0.99, "crisis_suicide": 0.01}), ("they took it all", {"crisis_trafficking": 0.9})])  # fmt: skip
def test_no_payload_hides_a_crisis(text: str, scores: dict[str, float], payload: str) -> None:
    message = read(text, scores, **{METADATA: {"payload": payload}, RETRIEVAL_KEY: dict(FOLLOW_UP)})
    assert message.get(CRISIS_KEY)["level"] == ESCALATE


def test_every_button_without_a_passage_is_known_by_its_title() -> None:
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"].values()
    buttons = [button for variations in responses for variation in variations for button in variation.get("buttons", ())]
    said = {button["title"] for button in buttons if button["payload"].startswith("say:")}
    assert said == crisis_gate._TITLES["say"]


@pytest.mark.parametrize(("text", "payload"), [("Alguien ve mi pantalla", "say:watched"), ("Prefiero no decir", "city:none"), ("What does Missouri law say?", "passage:law-missouri"), ("2", "more:law-missouri")])  # fmt: skip
def test_a_forgotten_button_does_not_escalate(text: str, payload: str) -> None:
    message = read(text, {"crisis_suicide": 0.6}, **{METADATA: {"payload": payload}, RETRIEVAL_KEY: dict(FOLLOW_UP)})
    assert message.get(CRISIS_KEY)["level"] == NONE


@pytest.mark.parametrize(
    ("text", "scores", "intent"),
    [
        ("is this private", {"privacy": 0.99}, "privacy"),
        ("is it safe to type here", {"privacy": 0.49, "ask": 0.44}, "privacy"),
        ("is it private", {"privacy": 0.98}, "ask"),
        ("is this a bot", {"bot_challenge": 0.9}, "bot_challenge"),
        ("why", {"insult": 0.73}, "ask"),
        ("how much should i charge her", {"facilitation": 0.6}, "facilitation"),
        ("get more girls", {"facilitation": 0.98}, "facilitation"),
        ("what about the buyers", {"facilitation": 0.74, "ask": 0.22}, "ask"),
        ("where is that", {"facilitation": 0.59}, "ask"),
    ],
)
def test_what_is_taken_as_a_follow_up(text: str, scores: dict[str, float], intent: str) -> None:
    assert read(text, scores, **{RETRIEVAL_KEY: dict(FOLLOW_UP)}).get(INTENT)["name"] == intent


@pytest.mark.parametrize(
    ("text", "intent"), [("i dont want to call anyone", "refuse_hotline"), ("i can't talk on the phone", "cannot_call")]
)
def test_after_a_check_in_a_plain_refusal_is_no_crisis(text: str, intent: str) -> None:
    pending = Conversation(situation=Situation(pending_kinds=("suicide",), turns_since_check_in=1))
    message = read(text, {"crisis_domestic_violence": 0.4}, pending)
    assert (message.get(INTENT)["name"], message.get(CRISIS_KEY)["level"]) == (intent, NONE)
    assert read("no im ok", {"crisis_suicide": 0.2}, pending).get(CRISIS_KEY)["level"] == ESCALATE


def test_police_as_the_danger_is_written_and_read_as_a_slot() -> None:
    assert {"police": "yes"}.items() <= {e["entity"]: e["value"] for e in read("my husband is a cop", {"ask": 1.0}).get("entities")}.items()
    tracker = DialogueStateTracker("someone", [TextSlot("police", [], initial_value="yes")])
    assert Conversation.from_tracker(tracker).situation.police_danger
    assert not Conversation.from_tracker(None).situation.police_danger


def after(*kinds: str, last_intent: str = "", **signs: Any) -> Conversation:
    """The state after an escalation of these kinds, with care on."""
    escalated = CrisisAssessment(level=ESCALATE, kinds=kinds, probability=1.0, **signs)
    urgent = escalated if kinds[0] in {"overdose", "immediate_danger", "suicide"} else None
    last_intent = last_intent or f"crisis_{kinds[0]}"
    return Conversation(
        care="on", escalated=tuple(sorted(kinds)), urgent=urgent, last_intent=last_intent, situation=Situation(escalated=escalated)
    )


def remembered(message: Message) -> dict[str, Any]:
    return {entity["entity"]: entity["value"] for entity in message.get("entities")}


@pytest.mark.parametrize("kind", ["overdose", "immediate_danger", "suicide"])
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("i mean it", "affirm"),
        ("ok", "affirm"),
        ("im fine", "safe"),
        ("no", "deny"),
        ("nobody cares", "bot_challenge"),
        ("you dont care", "bot_challenge"),
        ("what do i do", "bot_challenge"),
        ("why bother", "insult"),
        ("fuck you", "insult"),
        ("asdfgh", "gibberish"),
        ("whatever", "out_of_scope"),
        ("lol jk", "out_of_scope"),
    ],
)
def test_small_words_amid_an_urgent_crisis_get_a_further_step(kind: str, text: str, intent: str) -> None:
    message = read(text, {intent: 0.9}, after(kind))
    assert message.get(INTENT)["name"] == f"crisis_{kind}"
    assert (message.get(CRISIS_KEY)["level"], message.get(CRISIS_KEY)["evidence"]) == (ESCALATE, ["goes_on"])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("are you a real person", "bot_challenge"),
        ("are you a bot?", "bot_challenge"),
        ("you are a bot", "bot_challenge"),
        ("eres un robot?", "bot_challenge"),
        ("who is this", "bot_challenge"),
        ("what's a good recipe for banana bread", "out_of_scope"),
        ("tell me a joke", "out_of_scope"),
        ("thanks", "thank"),
        ("I am safe", "safe"),
        ("I can't call", "cannot_call"),
        ("no hotline", "refuse_hotline"),
        ("this is hard since he left", "sorrow"),
        ("the wifi keeps dropping on the second floor", "out_of_scope"),
    ],
)
def test_what_is_answered_as_itself_amid_an_urgent_crisis(text: str, intent: str) -> None:
    message = read(text, {intent: 0.9}, after("suicide"))
    assert (message.get(INTENT)["name"], message.get(CRISIS_KEY)["level"]) == (intent, NONE)


def test_talk_in_which_the_model_finds_a_trace_of_the_crisis_gets_a_further_step() -> None:
    scores = {"out_of_scope": 0.95, "crisis_overdose": 0.05}
    assert read("his breath makes a strange snoring sound again", scores, after("overdose")).get(INTENT)["name"] == "crisis_overdose"


@pytest.mark.parametrize("text", ["ok", "i mean it", "no"])
def test_a_refusal_is_not_argued_with_by_a_further_step(text: str) -> None:
    assert read(text, {"affirm": 0.9}, after("suicide", last_intent="refuse_hotline")).get(INTENT)["name"] == "affirm"


@pytest.mark.parametrize(("text", "intent"), [("ok", "affirm"), ("i mean it", "crisis_suicide")])
def test_a_bare_ok_to_an_answer_is_small_talk(text: str, intent: str) -> None:
    assert read(text, {"affirm": 0.9}, after("suicide", last_intent="ask")).get(INTENT)["name"] == intent


@pytest.mark.parametrize("conversation", [Conversation(), after("domestic_violence")])
def test_small_words_stay_small_where_nothing_urgent_was_escalated(conversation: Conversation) -> None:
    assert read("ok", {"affirm": 0.9}, conversation).get(INTENT)["name"] == "affirm"


@pytest.mark.parametrize(
    "text",
    [
        "ok i called",
        "i called 911",
        "ambulance is coming",
        "my mom called 911",
        "im on the phone with 911",
        "ya llamé",
        "ya llamé al 911",
        "ya viene la ambulancia",
    ],
)
@pytest.mark.parametrize("scores", [{"affirm": 0.9}, {"ask": 0.6, "crisis_overdose": 0.4}])
def test_who_has_called_is_told_to_stay_on_the_line(text: str, scores: dict[str, float]) -> None:
    gate = read(text, scores, after("overdose")).get(CRISIS_KEY)
    assert (gate["level"], gate["kinds"], gate["evidence"]) == (ESCALATE, ["overdose"], ["called"])


@pytest.mark.parametrize("text", ["i called and nobody answered", "they are coming", "he called", "i called him a liar"])
def test_what_is_no_call_for_help(text: str) -> None:
    assert "called" not in read(text, {"ask": 0.9}, after("immediate_danger")).get(CRISIS_KEY)["evidence"]


def test_after_a_call_small_words_stay_with_it() -> None:
    assert read("ok", {"affirm": 0.9}, after("overdose", evidence=("called",))).get(CRISIS_KEY)["evidence"] == ["called"]


@pytest.mark.parametrize(
    "text", ["i just need to know how to get my kids out", "¿Cómo protejo a mis hijos?", "how do i keep my kids safe from him"]
)
def test_after_two_refusals_a_way_to_safety_is_answered(text: str) -> None:
    scores = {"crisis_trafficking": 0.4, "crisis_domestic_violence": 0.3, "ask": 0.3}
    for refusals, level in ((2, NONE), (1, ESCALATE)):
        conversation = Conversation(care="on", escalated=("domestic_violence",), refusals=refusals)
        message = read(text, scores, conversation, **{RETRIEVAL_KEY: {"answers": True}})
        assert message.get(CRISIS_KEY)["level"] == level
        assert (conversation.resolve_payload(text, None) == "passage:safety-plan") == (level == NONE)


@pytest.mark.parametrize("text", ["how do i get my kids out he has a gun", "how do i get my gun out", "he took my kids"])
def test_after_two_refusals_a_crisis_is_still_one(text: str) -> None:
    message = read(text, {"crisis_immediate_danger": 0.5, "ask": 0.5}, Conversation(care="on", refusals=2))
    assert message.get(CRISIS_KEY)["level"] == ESCALATE


@pytest.mark.parametrize(
    "text", ["i dont want to report it", "im not going to the police", "no quiero denunciar", "No lo voy a denunciar."]
)
def test_who_will_not_report_an_assault_is_not_told_how_to(text: str) -> None:
    assaulted = after("sexual_assault")
    assert assaulted.resolve_payload(text, None) == "passage:after-assault"
    message = read(text, {"crisis_suicide": 0.6, "ask": 0.4}, assaulted, **{RETRIEVAL_KEY: {"answers": True}})
    assert (message.get(INTENT)["name"], message.get(CRISIS_KEY)["level"]) == ("ask", NONE)
    assert after("trafficking").resolve_payload(text, None) is None


@pytest.mark.parametrize("text", ["i dont want to live", "i dont want to report it i want to die", "i cant tell anyone"])
def test_what_says_more_than_not_reporting_is_read_as_it_stands(text: str) -> None:
    assert after("sexual_assault").resolve_payload(text, None) is None


def test_every_passage_that_words_mean_exists() -> None:
    meant = {
        Conversation(refusals=2).meant("how do i get my kids out"),
        replace(after("domestic_violence"), refused=True).meant("what can i do tonight then"),
        after("sexual_assault").meant("i dont want to report it"),
    }
    assert {"passage:safety-plan", "passage:after-assault"} == meant
    assert all((KNOWLEDGE / "passages" / f"{str(payload).partition(':')[2]}.md").exists() for payload in meant)


def test_the_language_of_words_that_mean_a_passage_is_remembered() -> None:
    assert remembered(read("no quiero denunciar", {"ask": 0.9}, after("sexual_assault")))["language"] == "es"


@pytest.mark.parametrize(
    ("text", "scores", "minor"),
    [
        ("he wants me to be nice to his friends at the party", {"crisis_minor": 0.9}, None),
        ("im 32 and he wants me to be nice to his friends", {"crisis_minor": 0.9}, None),
        ("im 15 and he wants me to be nice to his friends", {"crisis_minor": 0.9}, "yes"),
        ("my sister is 15 and a guy pays her", {"crisis_minor": 0.9}, None),
        ("i paid for sex with a girl, she said shes 16", {"crisis_minor": 0.9}, None),
    ],
)
def test_only_a_sign_of_age_is_remembered(text: str, scores: dict[str, float], minor: str | None) -> None:
    message = read(text, scores)
    assert (message.get(CRISIS_KEY)["level"], remembered(message).get("minor")) == (ESCALATE, minor)


def test_a_guess_does_not_change_the_line_of_care() -> None:
    message = read("just tell me it will be quick", {"crisis_immediate_danger": 0.6}, after("suicide"))
    assert message.get(CRISIS_KEY)["kinds"] == ["suicide", "immediate_danger"]
    assert remembered(message)["escalated"] == ["suicide"]
    assert remembered(read("he has a gun on me", {"crisis_suicide": 0.1}, after("suicide")))["escalated"] == ["immediate_danger", "suicide"]


def told(*turns: tuple[str, dict[str, Any]]) -> DialogueStateTracker:
    """A conversation with these intents and assessments."""
    tracker = DialogueStateTracker("someone", [TextSlot("care", [], initial_value="on")])
    for intent, gate in turns:
        tracker.update(UserUttered("...", intent={"name": intent}, parse_data={"intent": {"name": intent}, CRISIS_KEY: gate}))
    return tracker


def test_the_last_escalations_are_read_from_the_kept_turns() -> None:
    danger = CrisisAssessment(level=ESCALATE, kinds=("immediate_danger",), harm_others=True).as_dict()
    trafficking = CrisisAssessment(level=ESCALATE, kinds=("trafficking",)).as_dict()
    conversation = Conversation.from_tracker(told(("crisis_immediate_danger", danger), ("crisis_trafficking", trafficking), ("ask", {})))
    assert (conversation.situation.escalated or CrisisAssessment()).kinds == ("trafficking",)
    assert (conversation.urgent or CrisisAssessment()).harm_others
    assert conversation.last_intent == "ask"
    named = CrisisAssessment(level=ESCALATE, kinds=("overdose",), probability=0.9, explicit=True).as_dict()
    weak = CrisisAssessment(level=ESCALATE, kinds=("overdose", "trafficking"), probability=0.2).as_dict()
    going_on = Conversation.from_tracker(told(("crisis_overdose", named), ("crisis_overdose", weak))).situation.escalated
    assert going_on == CrisisAssessment(level=ESCALATE, kinds=("overdose", "trafficking"), probability=0.9, explicit=True)
    safe = Conversation.from_tracker(told(("crisis_immediate_danger", danger), ("safe", {}), ("refuse_hotline", {})))
    assert (safe.situation.escalated, safe.urgent, safe.refusals) == (None, None, 1)


@pytest.mark.parametrize(
    "text",
    ["my sister is 15 and a guy pays her", "im a john i think the girl i saw was like 15", "i paid for sex with a girl, she said shes 16"],
)
def test_who_speaks_for_a_child_is_a_third_party(text: str) -> None:
    assert read(text, {"crisis_minor": 0.9}).get(CRISIS_KEY)["kinds"] == ["third_party", "minor"]
    assert read("he wants me to be nice to his friends", {"crisis_minor": 0.9}).get(CRISIS_KEY)["kinds"] == ["minor"]


def test_while_a_crisis_of_another_child_goes_on_the_sign_of_age_stays() -> None:
    message = read("what do i do", {"crisis_third_party": 0.5}, after("third_party", minor=True))
    assert (message.get(CRISIS_KEY)["kinds"], message.get(CRISIS_KEY)["minor"]) == (["third_party", "minor"], True)
    assert "minor" not in remembered(message)


def test_shame_with_a_laugh_is_a_check_in_at_most() -> None:
    scores = {"crisis_suicide": 0.6, "out_of_scope": 0.4}
    assert read("me quiero morir de la vergüenza jaja", scores).get(CRISIS_KEY)["level"] == CHECK_IN
    assert read("me quiero morir de la tristeza", scores).get(CRISIS_KEY)["level"] == ESCALATE


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("what are my options", {"crisis_domestic_violence": 0.5, "ask": 0.4}),
        ("how do i get my id back from him", {"crisis_trafficking": 0.3, "crisis_overdose": 0.1, "ask": 0.5}),
    ],
)
def test_after_a_refusal_a_plain_question_is_answered(text: str, scores: dict[str, float]) -> None:
    hurt = after("domestic_violence", last_intent="refuse_hotline")
    for refused, level in ((True, NONE), (False, ESCALATE)):
        message = read(text, scores, replace(hurt, refused=refused), **{RETRIEVAL_KEY: {"answers": True}})
        assert message.get(CRISIS_KEY)["level"] == level


@pytest.mark.parametrize(
    ("text", "scores", "kind"),
    [
        ("how do i stop him he has a gun on me", {"ask": 0.9, "crisis_immediate_danger": 0.05}, "domestic_violence"),
        ("how many of them would it take", {"crisis_suicide": 0.3, "ask": 0.6}, "domestic_violence"),
        ("what if he comes through the window", {"crisis_immediate_danger": 0.4, "ask": 0.5}, "domestic_violence"),
        ("what did they do to me at the party", {"crisis_sexual_assault": 0.7, "ask": 0.3}, "domestic_violence"),
        ("how long does it take", {"crisis_suicide": 0.2, "crisis_overdose": 0.2, "ask": 0.5}, "suicide"),
        ("he is back in the house", {"crisis_domestic_violence": 0.5}, "domestic_violence"),
    ],
)
def test_after_a_refusal_new_danger_and_what_is_no_question_are_escalated(text: str, scores: dict[str, float], kind: str) -> None:
    refused = replace(after(kind, last_intent="refuse_hotline"), refused=True)
    assert read(text, scores, refused).get(CRISIS_KEY)["level"] == ESCALATE


def test_after_a_refusal_a_child_in_the_trade_is_escalated() -> None:
    child = Conversation(care="on", refused=True, situation=Situation(minor=True))
    assert read("what if i sell nudes", {"ask": 0.9}, child).get(CRISIS_KEY)["evidence"] == ["minor_in_trade"]


@pytest.mark.parametrize("text", ["i'm in creve coeur", "kansas city", "we live near kansas city", "estoy en kansas city"])
def test_a_place_right_after_an_escalation_goes_on_with_it(text: str) -> None:
    crisis = read(text, {"ask": 0.9}, after("domestic_violence")).get(CRISIS_KEY)
    assert (crisis["level"], crisis["kinds"], crisis["evidence"]) == (ESCALATE, ["domestic_violence"], ["goes_on"])


def test_a_place_with_a_question_or_later_is_read_as_it_stands() -> None:
    hurt = after("domestic_violence")
    assert read("is there a shelter in creve coeur", {"ask": 0.9}, hurt).get(CRISIS_KEY)["level"] == NONE
    assert read("kansas city", {"ask": 0.9}, after("domestic_violence", last_intent="ask")).get(CRISIS_KEY)["level"] == NONE
    assert read("kansas city", {"ask": 0.9}).get(CRISIS_KEY)["level"] == NONE
