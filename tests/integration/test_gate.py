"""The crisis gate by itself, on scores that stand in the test: no model is loaded."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA
from rasa.shared.nlu.training_data.message import Message

from bot.messages import CRISIS_KEY, ESCALATE, NONE, RETRIEVAL_KEY
from bot.nlu import crisis_gate
from bot.nlu.conversation import Conversation
from bot.nlu.crisis_gate import CrisisGate
from bot.safety.crisis import Situation, Thresholds
from bot.safety.hotlines import ROOT

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
