"""Finds the passage for a message: from a button, a follow-up or the words themselves."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any, Collection, Dict, List, Mapping, Optional, Sequence

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.messages import ALL, EMBEDDING_KEY, LINE, NOTHING, RETRIEVAL_KEY, SAID_ALL, RetrievedPassage
from bot.nlu.configuration import configured
from bot.nlu.conversation import Conversation
from bot.nlu.sentence_featurizer import shared_encoder
from bot.retrieval.answerability import Answerability
from bot.retrieval.audience import find_audience
from bot.retrieval.follow_up import ANY, FollowUp, asks_the_same, picked_number, resolve_follow_up, tells_detail
from bot.retrieval.knowledge_base import STATEWIDE, KnowledgeBase
from bot.retrieval.passage_index import EncodedQuestion, FusionWeights, PassageIndex, tokenize
from bot.retrieval.spelling import SpellingRepair
from bot.safety.crisis import states_adult_age
from bot.safety.hotlines import KNOWLEDGE, knowledge_hotlines
from bot.safety.language import detect_language
from bot.safety.normalize import fold
from bot.safety.phrase_floor import mentions_minor
from bot.safety.places import CITIES, MISSOURI_PLACES, find_area, find_city, find_level, find_outside, without_places

_RENDERED = "passages.json"
_SPELLING = "spelling.json"
_TOP = 5
_SOURCE_IDS = 5
_NEAR, _CLOSE, _FAR = 0.05, 0.15, 0.3
"""How far apart two scores are: as good as equal; not clearly apart; of two subjects."""

_CLEAR = 0.6
_STANDS_ALONE = 2
_SEVERAL = 2
_SURE = 0.95
"""Probability from which one of several questions is answered where all of them together are not."""

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

_UNDER_18 = "law-under-18"
_ON_SELLING = frozenset({"law-missouri", "law-what-counts", "penalty-selling-first", "penalty-repeat", "penalty-buying"})
_SELLING = re.compile(r"\b(?:sell\w*|sold|prostitut\w*|escort\w*|vend\w+)\b")
_THE_YOUNG = re.compile(r"\b(?:under ?-?(?:18|eighteen)|minors?|underage|teen\w*|kids?|child\w*|young\w*|menor(?:es)?)\b")
_ABOUT_OTHER_STATES = frozenset({"law-kansas-neighbors", "out-of-state", "about-cities"})


@dataclass(frozen=True)
class _Asked:
    """What a message asks for, with what the conversation adds to it."""

    query: str
    city: Optional[str]
    outside: Optional[str]
    follows: bool = False
    plain: bool = False
    detail: Optional[str] = None
    topic: Optional[str] = None
    """The passage that a follow-up goes on with."""
    more: bool = False
    fields: frozenset[str] = frozenset()
    """The fields of the topics before, such as the law or help."""
    not_meant: frozenset[str] = frozenset()
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
            part = "more" if action == "more" else "answer"
            found = self._found([RetrievedPassage(value, 1.0)], 1.0, conversation.city, part=part, chosen=True)
            return found | {"plain": picked_number(text) is not None}

        scores = {entry["name"]: entry["confidence"] for entry in message.get(INTENT_RANKING_KEY) or []}
        off_topic = sum(scores.get(intent, 0.0) for intent in _OFF_TOPIC_INTENTS)
        asked = self._understand(text, action, value, conversation, follows=off_topic < _OFF_TOPIC)
        if asked.topic and asked.more:
            part = ALL if (asked.topic, "more") in conversation.shown else "more"
            return self._found([RetrievedPassage(asked.topic, 1.0)], 1.0, conversation.city, part=part, chosen=True)
        city = asked.city or conversation.city
        ruled_out = self._ruled_out(text, asked)
        ranked, evidence = self._search(message, asked, conversation.city, ruled_out)
        answerable = self._answerability.probability(evidence, ask=scores.get("ask", 0.0), out_of_scope=off_topic)
        if asked.follows:
            answerable = max(answerable, self._answerability.threshold)
        if asked.outside not in {None, *MISSOURI_PLACES} and not asked.city and ranked[0].passage_id not in _ABOUT_OTHER_STATES:
            answerable = 0.0
        known = self._asked.get(_plain(text)) or (self._asked.get(_plain(f"what is {asked.named}")) if asked.not_meant else None)
        if known:  # one of our own questions, word for word
            ranked, answerable = _led_by(known, ranked), 1.0
        on_selling = ranked[0].passage_id in _ON_SELLING and _SELLING.search(fold(text))
        if conversation.situation.minor and on_selling and _UNDER_18 in self._passages:
            ranked = _led_by(_UNDER_18, ranked)  # the law is another for who asks
        answers = answerable >= self._answerability.threshold
        several = [] if asked.follows else self._several(text, city, ruled_out, self._answerability.threshold if answers else _SURE)
        if several and (not answers or (len(several) >= _SEVERAL and ranked[0].passage_id not in several)):
            ranked = _led_by(several[0], ranked)  # all the words together may fit none of the questions
            answerable = max(answerable, self._answerability.threshold)
        part = "answer"
        again = asked.follows and self._answering(ranked, city) in conversation.topic
        if asked.detail and asked.topic and (again or asked.detail != ANY):
            passage_id, part = self._detail(text, asked.detail, asked.topic, conversation)
            ranked = _led_by(passage_id, ranked)
        elif again and action != "city" and not (asked.city or asked.outside):
            part = self._rest(self._answering(ranked, city), conversation)
        found = self._found(
            ranked,
            answerable,
            city,
            part=part,
            outside=asked.outside,
            chosen=asked.follows,
            audience=find_audience(text),
            city_withheld=conversation.city_withheld or payload == "city:none",
        )
        found["known"] = known is not None
        found["plain"] = asked.plain or (payload is not None and picked_number(text) is not None)
        found["nothing_local"] = self._nothing_local(found["passage"], asked.city) if again else None
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
        topics = [passage_id for passage_id in conversation.topic if passage_id in self._passages]  # another model may have gone before
        if action == "city" and topics:
            question = conversation.last_question or self._passages[topics[0]]["title"]
            return _Asked(f"{question} {CITIES.get(value, '')}".strip(), city, outside, follows=True)
        if city or outside in MISSOURI_PLACES:  # back in Missouri, nobody goes on about other states
            topics = [passage_id for passage_id in topics if passage_id not in _ABOUT_OTHER_STATES] or topics
        follow_up = resolve_follow_up(text) if topics else None
        if follow_up is None or not (follows or follow_up.more or follow_up.plain):
            elsewhere = without_places(text) if outside in MISSOURI_PLACES else ""
            return _Asked(elsewhere if tokenize(elsewhere) else text, city, outside)
        if follow_up.more or follow_up.detail:
            query = f"{self._passages[topics[0]]['title']} {text}"
            return _Asked(query, city, outside, True, follow_up.plain, follow_up.detail, topics[0], follow_up.more)
        return self._gone_on(text, follow_up, city, outside, topics)

    def _gone_on(self, text: str, follow_up: FollowUp, city: Optional[str], outside: Optional[str], topics: List[str]) -> _Asked:
        """What a follow-up asks that names something anew, or a place."""
        assert self._index is not None
        named = without_places(follow_up.alone or "")
        topic, query = topics[0], follow_up.words
        anew = bool(tokenize(named))
        ranked: List[RetrievedPassage] = []
        if anew:
            ranked, evidence = self._query(named, top_k=len(self._index.passage_ids))
            topic = _fitting(topics, ranked)
        title = self._passages[topic]["title"]
        if city or outside or anew:  # the place of the topic is not meant any more
            title = without_places(title)
        if city or outside:
            query = f"{named or without_places(text)} {CITIES.get(city or '', '')}"
        query = f"{title} {query}"
        if not anew:
            return _Asked(query, city, outside, True, follow_up.plain, topic=topic)
        of_its_own = evidence["score"] >= _CLEAR and evidence["margin"] >= _CLOSE and len(named.split()) >= _STANDS_ALONE
        leaves = follow_up.corrects and ranked[0].score - _score(topic, ranked) >= _FAR
        if of_its_own or leaves:
            query = named
        not_meant = {topic, self._answering(self._query(title)[0], None)} if ranked[0].passage_id != topic else set()
        if not city:  # of a city named before, only what fits the words named now
            fitting = {hit.passage_id for hit in ranked if ranked[0].score - hit.score < _CLOSE}
            not_meant |= {passage_id for passage_id, entry in self._passages.items() if STATEWIDE not in entry["cities"]} - fitting
        not_meant -= {ranked[0].passage_id}
        fields = frozenset() if follow_up.corrects else frozenset(self._passages[passage_id]["topic"] for passage_id in topics)
        follows = follow_up.corrects or query != text
        return _Asked(
            query, city, outside, follows, follow_up.plain, topic=topic, named=named, fields=fields, not_meant=frozenset(not_meant)
        )

    def _search(
        self, message: Message, asked: _Asked, city_before: Optional[str], ruled_out: set[str]
    ) -> tuple[List[RetrievedPassage], Mapping[str, float]]:
        """The best passages for what is asked, in the city that it is about, and the signals by which it is judged."""
        assert self._index is not None
        text = message.get(TEXT)
        query = self._spelling.repair(asked.query) if detect_language(text) == "en" else asked.query
        embedding = message.get(EMBEDDING_KEY) if query == text else shared_encoder().encode([query])[0]
        elsewhere = asked.outside or any(house in _plain(text) for house in self._houses)  # whoever names one wants that one
        city = asked.city or (None if elsewhere else city_before)
        if asked.outside in MISSOURI_PLACES and asked.topic and self._passages[asked.topic]["topic"] == "help":
            city = find_area(text)
        alone = (shared_encoder().encode([asked.named])[0], asked.named) if asked.named and asked.named != query else None
        ranked, evidence = self._index.query(embedding, query, _TOP, city, find_level(text), ruled_out, alone)
        return self._staying(asked.fields, ranked), evidence

    def _staying(self, fields: Collection[str], ranked: List[RetrievedPassage]) -> List[RetrievedPassage]:
        """Of passages that fit as well as the best one, that which stays in a field of the topics leads: the law, or help."""
        near = (hit for hit in ranked if ranked[0].score - hit.score < _NEAR and self._passages[hit.passage_id]["topic"] in fields)
        first = next(near, ranked[0])
        return [first, *(hit for hit in ranked if hit is not first)]

    def _ruled_out(self, text: str, asked: _Asked) -> set[str]:
        """The passages that must not answer: one that was not meant, what does not hold at a place outside the four cities, and
        the law for people under 18 where an adult asks for themself.
        """
        not_meant = set(asked.not_meant)
        if states_adult_age(text) and not (mentions_minor(text) or _THE_YOUNG.search(fold(text))):
            not_meant.add(_UNDER_18)
        of_elsewhere = self._of_elsewhere(asked.outside, find_area(text)) if asked.outside and not asked.city else set()
        return (not_meant | of_elsewhere) & self._passages.keys()

    def _of_elsewhere(self, outside: str, area: Optional[str]) -> set[str]:
        """The passages that must not answer for a place outside the four cities: what holds in one of them alone.

        Help in the metropolitan area around it may, and what is told about other states may in another state.
        """
        ruled_out = set(_ABOUT_OTHER_STATES if outside in MISSOURI_PLACES else ())
        for passage_id, passage in self._passages.items():
            near = passage["topic"] == "help" and area in passage["cities"]
            if STATEWIDE not in passage["cities"] and not near:
                ruled_out.add(passage_id)
        return ruled_out

    def _query(
        self, text: str, city: Optional[str] = None, top_k: int = _TOP, ruled_out: Collection[str] = ()
    ) -> tuple[List[RetrievedPassage], Mapping[str, float]]:
        assert self._index is not None
        return self._index.query(shared_encoder().encode([text])[0], text, top_k, city, ruled_out=ruled_out)

    def _rest(self, passage_id: str, conversation: Conversation) -> str:
        """The part of a passage just given that goes on: the rest, where there is one that was not given yet."""
        unread = self._passages[passage_id]["more"] and (passage_id, "more") not in conversation.shown
        return "more" if unread else SAID_ALL

    def _detail(self, text: str, detail: str, topic: str, conversation: Conversation) -> tuple[str, str]:
        """The passage and its part that tell a detail of the last answer, or that nothing is known of it.

        That is its line for whom to call, else the rest where it bears on the detail, else a related passage that asks the same.
        """
        last = self._passages[topic]
        if detail == LINE:
            return topic, LINE
        if tells_detail(detail, last["more"]) and (topic, "more") not in conversation.shown:
            return topic, "more"
        for passage_id in last["related"]:
            entry = self._passages.get(passage_id)
            if entry and asks_the_same(text, entry["title"]) and (passage_id, "answer") not in conversation.shown:
                return passage_id, "answer"
        told = any(tells_detail(detail, last[part]) for part in ("answer", "more"))
        return topic, SAID_ALL if told else NOTHING

    def _nothing_local(self, passage: Dict[str, Any], city: Optional[str]) -> Optional[str]:
        """The name of a city that was asked about after this answer, which holds for all of Missouri and is given again."""
        return CITIES[city] if city and city not in passage["cities"] else None

    def _several(self, text: str, city: Optional[str], ruled_out: Collection[str], sure: float) -> List[str]:
        """The passages for the questions of a message that asks several, in their order; those that none answers are left out."""
        passages: List[str] = []
        for question in _questions_in(text):
            ranked, evidence = self._query(question, city, ruled_out=ruled_out)
            best = self._answering(ranked, city)
            if best not in passages and self._answerability.probability(evidence, ask=1.0, out_of_scope=0.0) >= sure:
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
            "answers": answerable >= self._answerability.threshold and part not in {SAID_ALL, NOTHING},
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


def _fitting(topics: Sequence[str], ranked: Sequence[RetrievedPassage]) -> str:
    """The topic that words named anew go on with: the last one, unless they clearly fit the one before it better."""
    best = max(topics, key=lambda passage_id: _score(passage_id, ranked))
    return best if _score(best, ranked) - _score(topics[0], ranked) >= _CLOSE else topics[0]


def _score(passage_id: str, ranked: Sequence[RetrievedPassage]) -> float:
    return next(hit.score for hit in ranked if hit.passage_id == passage_id)


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
