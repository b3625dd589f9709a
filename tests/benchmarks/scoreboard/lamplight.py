"""Lamplight as it serves: the trained assistant for our own set, and the same retrieval over a public FAQ."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import yaml

from bot.retrieval.answerability import Answerability
from bot.retrieval.encoder import Encoder
from bot.retrieval.passage_index import EncodedQuestion, PassageIndex
from bot.retrieval.spelling import SpellingRepair
from bot.safety.hotlines import ROOT
from bot.safety.language import detect_language
from bot.safety.normalize import clean_text
from bot.settings import MODELS
from tests.benchmarks.scoreboard.faq_sets import ScoredSet
from tests.evaluation.verdicts import Retrieved

ENCODER = MODELS / "encoder"
_RETRIEVER = "bot.nlu.passage_retriever.PassageRetriever"
_INDEX, _SPELLING = "index", "spelling.json"


class ServedLamplight:
    """The trained assistant; each question is a whole message in a conversation of its own."""

    def __init__(self) -> None:
        from bot.rasa.assistant import Assistant
        from tests.evaluation.lamplight import retrieved_of

        self._retrieved_of = retrieved_of
        self._assistant = Assistant.load()
        self._loop = asyncio.new_event_loop()

    def retrieve(self, text: str) -> Retrieved:
        """Returns the ranking, and whether the bot said that no passage answers."""
        return self._loop.run_until_complete(self._retrieve(text))

    async def _retrieve(self, text: str) -> Retrieved:
        from bot.ask import described

        conversation = self._assistant.new_conversation()
        turn = await self._assistant.respond(text, conversation)
        await self._assistant.erase(conversation)
        return self._retrieved_of(described(turn))


class FaqLamplight:
    """Lamplight's encoder, spelling repair, index and answerability over another knowledge base, without cities and intents."""

    def __init__(self, encoder: Encoder, index: PassageIndex, spelling: SpellingRepair, answerability: Answerability) -> None:
        self._encoder, self._index, self._spelling, self._answerability = encoder, index, spelling, answerability

    @classmethod
    def load(cls, path: Path) -> FaqLamplight:
        """Reads what `build_faq_index` wrote."""
        return cls(
            Encoder.from_directory(ENCODER),
            PassageIndex.load(path / _INDEX),
            SpellingRepair.load(path / _SPELLING),
            Answerability(**_configured()["answerability"]),
        )

    def retrieve(self, text: str) -> Retrieved:
        """Ranks the entries; the score is the probability that the best one answers."""
        query = clean_text(text)
        if detect_language(query) == "en":
            query = self._spelling.repair(query)
        ranked, evidence = self._index.query(self._encoder.encode([query])[0], query)
        probability = self._answerability.probability(evidence, ask=1.0, out_of_scope=0.0)
        return Retrieved(tuple((hit.passage_id, ()) for hit in ranked), unknown=False, answered=True, score=probability)


def build_faq_index(item: ScoredSet, path: Path) -> None:
    """Builds and keeps index and spelling as training the assistant does."""
    encoder = Encoder.from_directory(ENCODER)
    embeddings = encoder.encode([message.text for message in item.training])
    questions = [
        EncodedQuestion(message.text, str(message.passage_id), embedding)
        for message, embedding in zip(item.training, embeddings, strict=True)
    ]
    index = PassageIndex.from_passages(item.knowledge, questions, encoder)
    index.save(path / _INDEX)
    texts = [message.text for message in item.training]
    for passage in item.knowledge.passages.values():
        texts += [passage.title, passage.answer]
    SpellingRepair.from_texts(texts, encoder.vocabulary).save(path / _SPELLING)


def _configured() -> dict[str, Any]:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return next(component for component in pipeline if component["name"] == _RETRIEVER)
