"""Dataclasses that cross module borders, and the keys under which Rasa messages carry them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

EMBEDDING_KEY = "lamplight_embedding"
"""Key of the sentence embedding, a float32 array of shape (384,) with length 1."""

READINGS_KEY = "lamplight_readings"
"""Key of the embeddings of a message's other readings (pieces of a long one, disguises undone), float32 of shape (readings, 384)."""


FIRST_ENCODER = "encoder"
"""Name of the encoder that reads every message."""


def key_of(encoder: str, key: str) -> str:
    """Returns the key under which an encoder writes; the first one, whose embedding everything reads, has the plain one."""
    return key if encoder == FIRST_ENCODER else f"{key}_{encoder}"


RETRIEVAL_KEY = "lamplight_retrieval"
"""Key of what `PassageRetriever` found, a JSON-ready dict."""

CRISIS_KEY = "lamplight_crisis"
"""Key of `CrisisAssessment.as_dict()`. In Rasa, a missing key means that the gate did not run."""

ABOUT = "about"
"""Key of the leading crisis kind or the nearest topic on a first bubble, for the counts; never sent to people."""

_PAYLOAD = re.compile(r"(?:passage|more|city|say):[a-z0-9_\-]{1,60}")

AUTH_HEADER = "x-lamplight-secret"
"""Header in which a gateway shows a Rasa worker that it knows their secret."""

LOUD_KINDS = frozenset({"escalation", "check_in"})
"""Kinds of replies that put a line first."""

MORE = {"en": "More", "es": "Más"}
RATHER_NOT_SAY = {"en": "Rather not say", "es": "Prefiero no decir"}
"""Titles of the buttons of an answer by language: they are composed, and known again when pressed."""

LINE, ALL, SAID_ALL, NOTHING = "line", "all", "said_all", "nothing"
"""Parts of an answer beside a passage's "answer" and "more": its line; that all was said; that all on a detail was; that nothing is known."""

ESCALATE = "escalate"
CHECK_IN = "check_in"
NONE = "none"


@dataclass(frozen=True)
class CrisisAssessment:
    """What the crisis gate says about one message.

    `kinds` stand in order of precedence, the leading kind first. `evidence` holds codes
    (never words of the message) that tell a keeper why the gate fired.
    """

    level: str = NONE
    kinds: tuple[str, ...] = ()
    probability: float = 0.0
    explicit: bool = False
    minor: bool = False
    harm_others: bool = False
    police_danger: bool = False
    missing_child: bool = False
    evidence: tuple[str, ...] = ()

    @property
    def leading(self) -> str | None:
        """The kind whose words and line come first."""
        return self.kinds[0] if self.kinds else None

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready form for Rasa's message."""
        return asdict(self) | {"kinds": list(self.kinds), "evidence": list(self.evidence)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> CrisisAssessment:
        """The inverse of `as_dict`."""
        fields = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        for name in ("kinds", "evidence"):
            fields[name] = tuple(fields.get(name, ()))
        return cls(**fields)


@dataclass(frozen=True)
class RetrievedPassage:
    """A passage with its fused score; higher is better, between 0 and 1."""

    passage_id: str
    score: float


@dataclass
class Reply:
    """One bubble, as the chat API sends it."""

    kind: str
    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    hotlines: list[dict[str, Any]] = field(default_factory=list)
    fallback: bool = False
    ratable: bool = False
    """Whether to ask if it helped."""

    def as_dict(self) -> dict[str, Any]:
        """The form of the chat API."""
        return asdict(self)


def is_payload(payload: object) -> bool:
    """Whether a value is one of the payloads that buttons may carry."""
    return isinstance(payload, str) and _PAYLOAD.fullmatch(payload) is not None
