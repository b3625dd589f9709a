"""Finds the passage for a message: from a button, a follow-up or the words themselves."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.messages import EMBEDDING_KEY, RETRIEVAL_KEY, RetrievedPassage
from bot.nlu.configuration import configured
from bot.nlu.conversation import Conversation
from bot.nlu.sentence_featurizer import shared_encoder
from bot.retrieval.answerability import Answerability
from bot.retrieval.audience import find_audience
from bot.retrieval.follow_up import resolve_follow_up
from bot.retrieval.knowledge_base import STATEWIDE, KnowledgeBase
from bot.retrieval.passage_index import EncodedQuestion, FusionWeights, PassageIndex, tokenize
from bot.retrieval.spelling import SpellingRepair
from bot.safety.hotlines import KNOWLEDGE, knowledge_hotlines
from bot.safety.language import detect_language
from bot.safety.normalize import fold
from bot.safety.places import CITIES, MISSOURI_PLACES, find_area, find_city, find_level, find_outside, without_places

_RENDERED = "passages.json"
_SPELLING = "spelling.json"
_TOP = 5
_SOURCE_IDS = 5
_CLOSE = 0.15
_CLEAR = 0.6
_STANDS_ALONE = 2
_SEVERAL = 2
_OFF_TOPIC = 0.8
"""Probability of talk about other things from which "when is the superbowl" follows up on nothing; "when are they open" has 0.6."""

_OFF_TOPIC_INTENTS = ("out_of_scope", "sorrow")
_HOUSE = re.compile(r"what is (?:the )?(\w+ (?:house|voice))")
_SENTENCE = re.compile(r"[^?.!;\n]+\??")
_ASKING = r"(?:what|whats|how|can|could|is|are|do|does|did|will|would|where|who|when|which|should)\b"
_JOINED = re.compile(
    rf",(?: and| or| also)? (?={_ASKING})| and (?=(?:how|what|where|who|when|is there|are there|can i|do i|does it)\b|whats\b)"
)
_FEW_WORDS = 3
"""Fewer are no question of their own."""

_ABOUT_OTHER_STATES = frozenset({"law-kansas-neighbors", "out-of-state", "about-cities"})


@dataclass(frozen=True)
class _Asked:
    """What a message asks for, with what the conversation adds to it."""

    query: str
    city: Optional[str]
    outside: Optional[str]
    follows: bool = False
    plain: bool = False
    more_of: Optional[str] = None
    not_meant: Optional[str] = None
    named: Optional[str] = None
    """What a follow-up names anew: of "no, I meant the buyers", the buyers."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PassageRetriever(GraphComponent):
    """Writes the ranked passages, and the best one rendered, under `RETRIEVAL_KEY`."""

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        index: PassageIndex | None = None,
        passages: Dict[str, Any] | None = None,
        spelling: SpellingRepair | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._index = index
        self._passages = passages or {}
        self._spelling = spelling or SpellingRepair({}, ())
        self._asked = {_plain(ask): passage_id for passage_id, entry in self._passages.items() for ask in (entry["title"], *entry["asks"])}
        self._houses = [match[1] for entry in self._passages.values() if (match := _HOUSE.fullmatch(_plain(entry["title"])))]
        self._answerability = configured(Answerability, config["answerability"], "PassageRetriever: answerability")

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """The weights are tuned on the development questions; see docs/decisions/0004."""
        return {"fusion": {}, "answerability": {}}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PassageRetriever:
        """Creates an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PassageRetriever:
        """Loads the index and the rendered passages; no knowledge file is read."""
        with model_storage.read_from(resource) as directory:
            passages = json.loads((directory / _RENDERED).read_text(encoding="utf-8"))
            spelling = SpellingRepair.load(directory / _SPELLING)
            return cls(config, model_storage, resource, PassageIndex.load(directory / "index"), passages, spelling)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Retrains when a knowledge file changes."""
        digest = hashlib.sha256()
        for file in sorted(KNOWLEDGE.rglob("*")):
            if file.is_file():
                digest.update(str(file.relative_to(KNOWLEDGE)).encode() + file.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Builds the index from the passages and the questions of `ask/<passage id>`."""
        knowledge = KnowledgeBase.from_directory(KNOWLEDGE / "passages")
        hotlines = knowledge_hotlines(KNOWLEDGE / "hotlines.yml")
        questions = [
            EncodedQuestion(example.get(TEXT), str(example.get("intent_response_key")).partition("/")[2], example.get(EMBEDDING_KEY))
            for example in training_data.intent_examples
            if example.get("intent_response_key")
        ]
        weights = configured(FusionWeights, self._config["fusion"], "PassageRetriever: fusion")
        self._index = PassageIndex.from_passages(knowledge, questions, shared_encoder(), weights)
        texts = [question.text for question in questions]
        for passage in knowledge.passages.values():
            texts += [passage.title, *passage.asks, passage.answer, passage.more]
        self._spelling = SpellingRepair.from_texts(texts, shared_encoder().vocabulary)
        self._passages = {
            passage.id: passage.rendered(hotlines)
            | {
                "related": list(passage.related),
                "source_ids": list(passage.sources[:_SOURCE_IDS]),
                "cities": list(passage.cities),
                "audience": list(passage.audience),
                "asks": list(passage.asks),
            }
            for passage in knowledge.passages.values()
        }
        with self._model_storage.write_to(self._resource) as directory:
            self._index.save(directory / "index")
            self._spelling.save(directory / _SPELLING)
            (directory / _RENDERED).write_text(json.dumps(self._passages, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Retrieves for each incoming message."""
        conversation = Conversation.from_tracker(tracker)
        for message in messages:
            if message.get(EMBEDDING_KEY) is not None:
                message.set(RETRIEVAL_KEY, self._retrieve(message, conversation), add_to_output=True)
        return messages

    def _retrieve(self, message: Message, conversation: Conversation) -> Dict[str, Any]:
        text = message.get(TEXT)
        payload = conversation.resolve_payload(text, (message.get(METADATA) or {}).get("payload"))
        action, _, value = (payload or "").partition(":")
        if action in {"passage", "more"} and value in self._passages:
            return self._found(
                [RetrievedPassage(value, 1.0)], 1.0, conversation.city, part="more" if action == "more" else "answer", chosen=True
            )

        scores = {entry["name"]: entry["confidence"] for entry in message.get(INTENT_RANKING_KEY) or []}
        off_topic = sum(scores.get(intent, 0.0) for intent in _OFF_TOPIC_INTENTS)
        asked = self._understand(text, action, value, conversation, follows=off_topic < _OFF_TOPIC)
        if asked.more_of:
            return self._found([RetrievedPassage(asked.more_of, 1.0)], 1.0, conversation.city, part="more", chosen=True)
        city = asked.city or conversation.city
        ranked, evidence = self._search(message, asked, conversation.city)
        answerable = self._answerability.probability(evidence, ask=scores.get("ask", 0.0), out_of_scope=off_topic)
        if asked.follows:
            answerable = max(answerable, self._answerability.threshold)
        if asked.outside not in {None, *MISSOURI_PLACES} and not asked.city and ranked[0].passage_id not in _ABOUT_OTHER_STATES:
            answerable = 0.0
        known = self._asked.get(_plain(text)) or (asked.not_meant and self._asked.get(_plain(f"what is {asked.named}")))
        if known:  # one of our own questions, word for word
            ranked, answerable = _led_by(known, ranked), 1.0
        several = self._several(text, city) if answerable >= self._answerability.threshold and not asked.follows else []
        if len(several) >= _SEVERAL and ranked[0].passage_id not in several:  # all the words together may fit none of the questions
            ranked = _led_by(several[0], ranked)
        found = self._found(
            ranked,
            answerable,
            city,
            outside=asked.outside,
            chosen=asked.follows,
            audience=find_audience(text),
            city_withheld=conversation.city_withheld or payload == "city:none",
        )
        found["known"] = known is not None
        found["plain"] = asked.plain
        again = asked.follows and found["passage"]["id"] in conversation.topic
        found["nothing_local"] = self._nothing_local(found["passage"], asked.city) if again else None
        if again and action != "city" and not (asked.city or asked.outside):
            self._go_on(found, conversation)
        others = [passage_id for passage_id in several if passage_id != found["passage"]["id"]]
        found["also"] = [{"id": passage_id, "title": self._passages[passage_id]["title"]} for passage_id in others]
        return found

    def _understand(self, text: str, action: str, value: str, conversation: Conversation, follows: bool) -> _Asked:
        """Reads a message in the light of the earlier topics; `follows` says that it may go on with them."""
        city = find_city(text)
        outside = find_outside(text)
        if city and outside in MISSOURI_PLACES:
            outside = None
        if action == "city":
            city = value if value in CITIES else None
        topic = [passage_id for passage_id in conversation.topic if passage_id in self._passages]  # another model may have gone before
        if action == "city" and topic:
            question = conversation.last_question or self._passages[topic[0]]["title"]
            return _Asked(f"{question} {CITIES.get(value, '')}".strip(), city, outside, follows=True)
        follow_up = resolve_follow_up(text, [self._passages[passage_id]["title"] for passage_id in topic])
        if follow_up is None or not (follows or follow_up.more or follow_up.plain):
            return _Asked(text, city, outside)
        if follow_up.more:
            return _Asked(text, city, outside, more_of=topic[0])
        named = without_places(follow_up.alone or "")
        query = follow_up.query
        if city or outside:  # the place of the topic is not meant any more
            query = f"{without_places(self._passages[topic[0]]['title'])} {named or without_places(text)} {CITIES.get(city or '', '')}"
        if follow_up.corrects:  # "no, I meant the Covering House": not what was just said
            return _Asked(query, city, outside, follows=True, named=named, not_meant=topic[0])
        if not tokenize(named):
            return _Asked(query, city, outside, follows=True, plain=follow_up.plain)
        ranked, evidence = self._query(named)
        if evidence["score"] >= _CLEAR and evidence["margin"] >= _CLOSE and len(named.split()) >= _STANDS_ALONE:
            query = named
        not_meant = topic[0] if ranked[0].passage_id != topic[0] else None
        return _Asked(query, city, outside, follows=query != text, named=named, not_meant=not_meant)

    def _search(self, message: Message, asked: _Asked, city_before: Optional[str]) -> tuple[List[RetrievedPassage], Mapping[str, float]]:
        """The best passages for what is asked, in the city that it is about, and the signals by which it is judged."""
        assert self._index is not None
        text = message.get(TEXT)
        query = self._spelling.repair(asked.query) if detect_language(text) == "en" else asked.query
        embedding = message.get(EMBEDDING_KEY) if query == text else shared_encoder().encode([query])[0]
        elsewhere = asked.outside or any(house in _plain(text) for house in self._houses)  # whoever names one wants that one
        city = asked.city or (None if elsewhere else city_before)
        ruled_out = {asked.not_meant} if asked.not_meant else set()
        if asked.outside and not asked.city:
            ruled_out |= self._of_elsewhere(asked.outside, find_area(text))
        alone = (shared_encoder().encode([asked.named])[0], asked.named) if asked.named and asked.named != query else None
        return self._index.query(embedding, query, _TOP, city, find_level(text), ruled_out, alone)

    def _of_elsewhere(self, outside: str, area: Optional[str]) -> set[str]:
        """The passages that must not answer for a place outside the four cities: what holds in one of them alone.

        Help in the metropolitan area around it may, and what is told about other states may in another state.
        """
        ruled_out = set(_ABOUT_OTHER_STATES if outside in MISSOURI_PLACES else ())
        for passage_id, passage in self._passages.items():
            near = passage["topic"] == "help" and area in passage["cities"]
            if STATEWIDE not in passage["cities"] and not near:
                ruled_out.add(passage_id)
        return ruled_out & self._passages.keys()

    def _query(self, text: str, city: Optional[str] = None) -> tuple[List[RetrievedPassage], Mapping[str, float]]:
        assert self._index is not None
        return self._index.query(shared_encoder().encode([text])[0], text, _TOP, city)

    def _go_on(self, found: Dict[str, Any], conversation: Conversation) -> None:
        """Of the passage just given, the rest, where there is one that was not given yet; else nothing more is known."""
        passage_id = found["passage"]["id"]
        if found["passage"]["more"] and (passage_id, "more") not in conversation.shown:
            found["part"] = "more"
        else:
            found |= {"answers": False, "said_all": True}

    def _nothing_local(self, passage: Dict[str, Any], city: Optional[str]) -> Optional[str]:
        """The name of a city that was asked about after this answer, which holds for all of Missouri and is given again."""
        return CITIES[city] if city and city not in passage["cities"] else None

    def _several(self, text: str, city: Optional[str]) -> List[str]:
        """The passages for the questions of a message that asks several, in their order; those that none answers are left out."""
        passages: List[str] = []
        for question in _questions_in(text):
            ranked, evidence = self._query(question, city)
            best = self._answering(ranked, city)
            if (
                best not in passages
                and self._answerability.probability(evidence, ask=1.0, out_of_scope=0.0) >= self._answerability.threshold
            ):
                passages.append(best)
        return passages

    def _found(
        self,
        ranked: List[RetrievedPassage],
        answerable: float,
        city: Optional[str],
        part: str = "answer",
        outside: Optional[str] = None,
        chosen: bool = False,
        audience: Optional[str] = None,
        city_withheld: bool = False,
    ) -> Dict[str, Any]:
        best = self._passages[self._answering(ranked, city)]
        related = [passage_id for passage_id in best["related"] if passage_id in self._passages]
        related.sort(key=lambda passage_id: audience not in self._passages[passage_id]["audience"])
        return {
            "ranked": [
                {"passage": hit.passage_id, "score": hit.score, "ids": self._passages[hit.passage_id]["source_ids"]} for hit in ranked
            ],
            "answerable": round(answerable, 4),
            "answers": answerable >= self._answerability.threshold,
            "chosen": chosen,
            "passage": {key: value for key, value in best.items() if key not in {"related", "source_ids", "asks"}},
            "part": part,
            "related": [{"id": passage_id, "title": self._passages[passage_id]["title"]} for passage_id in related[:3]],
            "person": self._person(best),
            "city": city,
            "outside": outside,
            "local": self._local_cities(ranked) if city is None and not city_withheld else [],
            "audience": audience if audience not in best["audience"] else None,
        }

    def _person(self, nearest: Dict[str, Any]) -> Optional[Dict[str, str]]:
        """The passage that leads to a person where no passage answers: free lawyers for the law, else the ways to the police."""
        passage_id = "legal-help" if nearest["topic"] == "laws" else "police-contact"
        return {"id": passage_id, "title": self._passages[passage_id]["title"]} if passage_id in self._passages else None

    def _answering(self, ranked: List[RetrievedPassage], city: Optional[str]) -> str:
        """The passage to answer from: where no city is known, one that holds statewide if it ranks close."""
        best = ranked[0]
        if city is None and STATEWIDE not in self._passages[best.passage_id]["cities"]:
            for hit in ranked[1:]:
                if STATEWIDE in self._passages[hit.passage_id]["cities"] and best.score - hit.score <= _CLOSE:
                    return hit.passage_id
        return best.passage_id

    def _local_cities(self, ranked: List[RetrievedPassage]) -> List[str]:
        """Every city, in a fixed order, where a passage of one city is among the best; none otherwise."""
        is_local = any(city in CITIES for hit in ranked for city in self._passages[hit.passage_id]["cities"])
        return list(CITIES) if is_local else []


def _led_by(passage_id: str, ranked: List[RetrievedPassage]) -> List[RetrievedPassage]:
    return [RetrievedPassage(passage_id, 1.0), *(hit for hit in ranked if hit.passage_id != passage_id)][:_TOP]


def _plain(text: str) -> str:
    """Folded, without marks: "Lydia's House?" and "lydias house" are one."""
    return re.sub(r"[^a-z0-9 ]", "", fold(text))


def _questions_in(text: str) -> List[str]:
    """The questions of a message that asks at least two, at most three; none where it asks one."""
    questions: List[str] = []
    for sentence in _SENTENCE.findall(text.lower()):
        pieces = [piece.strip(" ?") for piece in _JOINED.split(sentence)]
        asked = [piece for piece in pieces[:-1] if re.match(_ASKING, piece)]
        if sentence.endswith("?") or re.match(_ASKING, pieces[-1]):
            asked.append(pieces[-1])
        questions += [f"{piece}?" for piece in asked if len(piece.split()) >= _FEW_WORDS]
    return questions[:3] if len(questions) >= _SEVERAL else []
