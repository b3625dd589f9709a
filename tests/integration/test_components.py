"""The contract of every graph component, and the traps that DESIGN.md names."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.messages import CRISIS_KEY, EMBEDDING_KEY, RETRIEVAL_KEY
from bot.nlg.response_composer import ResponseComposer
from bot.nlu import passage_retriever
from bot.nlu.conversation import Conversation
from bot.nlu.sentence_featurizer import SentenceFeaturizer, shared_encoder
from bot.rasa.tracker_store import ExpiringTrackerStore
from bot.retrieval.knowledge_base import KnowledgeBase
from bot.retrieval.passage_index import FEW_WORDINGS, EncodedQuestion, FusionWeights, PassageIndex, build_vector_index
from bot.safety.crisis import Situation
from bot.safety.hotlines import load_hotlines
from bot.state.memory import MemoryStore

ROOT = Path(__file__).parents[2]

SMALL = ("law-creve-coeur", "law-missouri")
ANSWERABLE = {"answerability": {"coefficients": {"bias": 0.0}, "threshold": 0.5}}


def _small_retriever() -> passage_retriever.PassageRetriever:
    """A retriever that knows two passages."""
    knowledge = KnowledgeBase.from_directory(ROOT / "knowledge" / "passages")
    few = KnowledgeBase({name: knowledge.passages[name] for name in SMALL})
    rendered = {
        passage.id: passage.rendered(load_hotlines())
        | {"related": [], "source_ids": [], "cities": list(passage.cities), "audience": list(passage.audience), "asks": list(passage.asks)}
        for passage in few.passages.values()
    }
    index = PassageIndex.from_passages(few, [], shared_encoder())
    return passage_retriever.PassageRetriever(ANSWERABLE, None, None, index, rendered)  # type: ignore[arg-type]


def test_the_encoder_gives_unit_vectors_in_the_order_given() -> None:
    texts = ["short", "a somewhat longer sentence about the law", "", "🙂"] * 20
    embeddings = shared_encoder().encode(texts)
    assert embeddings.shape == (80, 384)
    assert np.allclose(np.linalg.norm(embeddings, axis=1), 1.0, atol=1e-5)
    assert np.allclose(embeddings[1], shared_encoder().encode([texts[1]])[0], atol=1e-5)
    assert shared_encoder().encode([]).shape == (0, 384)


def test_a_training_message_has_the_fingerprint_of_the_exact_numbers_of_its_embedding() -> None:
    def trained(scale: float) -> Message:
        message = Message({TEXT: "is this a new message"})
        encoder = shared_encoder()
        featurizer = SentenceFeaturizer(encoder)
        featurizer.process_training_data(TrainingData([message]))
        assert np.array_equal(message.get(EMBEDDING_KEY), encoder.encode([message.get(TEXT)])[0])
        message.get(EMBEDDING_KEY)[200] *= scale
        return message

    assert trained(1.0).fingerprint() == trained(1.0).fingerprint()
    assert trained(1.0).fingerprint() != trained(1.0000002).fingerprint()


def test_an_index_answers_the_same_after_saving_and_loading(tmp_path: Path) -> None:
    knowledge = KnowledgeBase.from_directory(ROOT / "knowledge" / "passages")
    few = KnowledgeBase({name: knowledge.passages[name] for name in ("safe-at-home", "veronicas-voice", "law-creve-coeur")})
    encoder = shared_encoder()
    questions = [
        EncodedQuestion(text, "safe-at-home", encoder.encode([text])[0]) for text in ("hide my new address", "mail without my address")
    ]
    built = PassageIndex.from_passages(few, questions, encoder)
    built.save(tmp_path)
    loaded = PassageIndex.load(tmp_path)
    for question in ("How can I keep my address secret?", "what is veronicas voice", "is it legal in creve coeur"):
        embedding = encoder.encode([question])[0]
        assert built.query(embedding, question) == loaded.query(embedding, question)
    ranked, _ = loaded.query(encoder.encode(["what is veronicas voice"])[0], "what is veronicas voice")
    assert ranked[0].passage_id == "veronicas-voice"


def test_words_count_less_where_few_wordings_of_a_question_are_known() -> None:
    knowledge = KnowledgeBase.from_directory(ROOT / "knowledge" / "passages")
    two = KnowledgeBase({name: knowledge.passages[name] for name in ("safe-at-home", "veronicas-voice")})
    text = "What is Veronica's Voice?"
    wordings = [EncodedQuestion(text, "veronicas-voice", shared_encoder().encode([text])[0])] * 60
    assert PassageIndex.from_passages(two, wordings[:9], shared_encoder()).weights == FEW_WORDINGS
    assert PassageIndex.from_passages(two, wordings, shared_encoder()).weights == FusionWeights()


@pytest.mark.parametrize(
    ("text", "payload"),
    [("tell me more", None), ("and in creve coeur?", None), ("no, I meant the law", None), ("Creve Coeur", "city:creve_coeur")],
)
def test_a_passage_that_a_new_model_lacks_is_no_topic_any_more(text: str, payload: str | None) -> None:
    retriever = _small_retriever()
    message = Message({"text": text, "metadata": {"payload": payload}, EMBEDDING_KEY: shared_encoder().encode([text])[0]})
    for topic in (("gone",), ("gone", "law-missouri")):
        assert retriever._retrieve(message, Conversation(topic=topic))["passage"]["id"] in SMALL


@pytest.mark.parametrize("text", ["I am 19, is it legal that I sell sex in missouri?", "is it legal to sell sex in missouri"])
def test_an_age_does_no_harm_where_no_passage_is_about_people_under_18(text: str) -> None:
    retriever = _small_retriever()
    message = Message({"text": text, EMBEDDING_KEY: shared_encoder().encode([text])[0]})
    found = retriever._retrieve(message, Conversation(situation=Situation(minor=True)))
    assert found["passage"]["id"] == "law-missouri"


def test_another_city_s_passage_never_ranks_above_zero_for_a_named_city() -> None:
    knowledge = KnowledgeBase.from_directory(ROOT / "knowledge" / "passages")
    few = KnowledgeBase({name: knowledge.passages[name] for name in ("law-creve-coeur", "law-kansas-city", "law-missouri")})
    index = PassageIndex.from_passages(few, [], shared_encoder())
    question = "is prostitution legal in creve coeur"
    ranked, _ = index.query(shared_encoder().encode([question])[0], question, city="kansas_city")
    assert [hit.score for hit in ranked if hit.passage_id == "law-creve-coeur"] == [0.0]


def test_the_index_type_changes_by_itself() -> None:
    small = np.eye(384, dtype=np.float32)
    assert type(build_vector_index(small)).__name__ == "IndexFlatIP"


def test_trap_2_the_gate_runs_last() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    assert pipeline[-1]["name"] == "bot.nlu.crisis_gate.CrisisGate"


def test_trap_2_a_missing_gate_key_means_hotline() -> None:
    from rasa.shared.core.domain import Domain

    composer = ResponseComposer(domain=Domain.load(str(ROOT / "domain.yml")), hotlines=load_hotlines())
    tracker = DialogueStateTracker.from_events("someone", [UserUttered("hello", parse_data={"text": "hello"})])
    replies = composer.compose("utter_greet", tracker)
    assert [reply.kind for reply in replies] == ["escalation"]
    assert "911" in replies[0].text and "988" in replies[0].text and "1-888-373-7888" in replies[0].text


def test_trap_3_an_edited_passage_changes_the_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = passage_retriever.PassageRetriever.fingerprint_addon({})
    copy = Path(shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge"))
    monkeypatch.setattr(passage_retriever, "KNOWLEDGE", copy)
    assert passage_retriever.PassageRetriever.fingerprint_addon({}) == before
    file = copy / "passages" / "safe-at-home.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    assert passage_retriever.PassageRetriever.fingerprint_addon({}) != before


async def test_trap_5_what_the_pipeline_finds_reaches_the_tracker(talk) -> None:
    turn = await talk("Is prostitution legal in Missouri?", payload=None)
    assert {CRISIS_KEY, RETRIEVAL_KEY, "intent", "intent_ranking"} <= set(turn.parse_data)


def test_trap_11_nothing_prints_a_message_and_telemetry_is_off() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "zebra-7431 is it legal"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "zebra" not in result.stdout + result.stderr
    code = "import bot.rasa.assistant, os, rasa.telemetry; print(rasa.telemetry.is_telemetry_enabled())"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert shown.stdout.strip().endswith("False")


async def test_trap_13_confidence_protects_nobody(talk) -> None:
    assert (await talk("he's going to kill me tonight")).replies[0]["kind"] == "escalation"


async def test_trap_14_a_long_conversation_keeps_its_slots_and_drops_old_turns(assistant) -> None:
    conversation = assistant.new_conversation()
    await assistant.respond("my husband beats me", conversation)
    for _ in range(14):
        turn = await assistant.respond("What is Lydia's House?", conversation)
    tracker = await assistant.tracker(conversation)
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == 10
    assert turn.slots["care"] == "on"
    assert "Still here for you" in turn.replies[0]["text"]
    assert [reply["kind"] for reply in turn.replies] == ["answer"]


async def test_of_earlier_turns_only_what_is_read_again_is_kept(assistant) -> None:
    conversation = assistant.new_conversation()
    escalation = await assistant.respond("my husband beats me", conversation)
    answered = await assistant.respond("What is Lydia's House?", conversation)
    await assistant.respond("thanks", conversation)
    tracker = await assistant.tracker(conversation)
    escalated, asked, _ = [event for event in tracker.events if isinstance(event, UserUttered)]
    assert escalated.parse_data[CRISIS_KEY]["kinds"] == ["domestic_violence"]
    assert asked.parse_data[RETRIEVAL_KEY] == {"answered": True, "passage": {"id": "lydias-house"}, "part": "answer"}
    assert "intent_ranking" not in asked.parse_data
    replies = [event.data["custom"]["replies"] for event in tracker.events if isinstance(event, BotUttered)]
    assert replies[0][0]["text"] == escalation.replies[0]["text"]
    assert [reply["text"] for reply in replies[1]] == [""]
    assert replies[1][0]["buttons"] == answered.replies[0]["buttons"]


async def test_trap_15_conversations_expire_and_can_be_erased() -> None:
    now = 0.0
    store = ExpiringTrackerStore(None, store=MemoryStore(60, lambda: now))
    await store.save(DialogueStateTracker.from_events("a", []))
    assert await store.retrieve("a") is not None
    now = 61.0
    assert await store.retrieve("a") is None
    await store.save(DialogueStateTracker.from_events("a", []))
    await store.erase("a")
    assert await store.retrieve("a") is None
