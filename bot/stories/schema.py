"""What a story file may hold. `docs/testing-stories.md` says the same for people who write stories."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any, Literal, Optional

from pydantic import BaseModel, Field, PositiveInt, root_validator, validator

from bot.safety.hotlines import ROOT, channel, load_hotlines, placeholders
from bot.safety.phrase_floor import CRISIS_KINDS

CHANNELS = ("web", "sms", "rasa")
KINDS = ("answer", "escalation", "check_in", "refusal", "unknown", "clarification", "smalltalk", "notice", "error", "none")
AUDIENCES = (
    "survivor", "young_person", "relative", "charged", "hotel_staff", "health_staff", "school_staff", "student", "resident", "abusive_visitor", "keeper",
)  # fmt: skip
SLOTS = ("city", "language", "care", "minor", "police", "escalated")
PASSAGES = ROOT / "knowledge" / "passages"

Texts = tuple[str, ...]

_GAP = re.compile(r"\{\w+\}")


class _Strict(BaseModel):
    class Config:
        extra = "forbid"
        allow_mutation = False


def _listed(value: Any) -> Any:
    """One text may stand alone; several stand in a list."""
    return value if isinstance(value, list | tuple) else (value,)


def _without_gaps(value: Optional[str]) -> Optional[str]:
    gap = _GAP.search(value or "")
    if gap:
        raise ValueError(f"{gap.group()} stands for a column of the table, and the table has none of this name")
    return value


class Expectation(_Strict):
    """What a person must get in one turn. Every field may be left out."""

    kind: Texts = ()
    contains: Texts = ()
    not_contains: Texts = ()
    passage: Texts = ()
    source: Texts = ()
    hotline: Texts = ()
    buttons: Texts = ()
    max_segments: Optional[PositiveInt] = None
    reading_grade: Optional[float] = None
    slots: dict[str, Any] = Field(default_factory=dict)

    _lists = validator("kind", "contains", "not_contains", "passage", "source", "hotline", "buttons", pre=True, allow_reuse=True)(_listed)

    @validator("kind", each_item=True)
    def _known_kind(cls, value: str) -> str:
        if value not in KINDS:
            raise ValueError(f"must be one of {', '.join(KINDS)}; given {value!r}")
        return value

    _filled = validator("contains", "not_contains", each_item=True, allow_reuse=True)(_without_gaps)

    @validator("contains", "not_contains", each_item=True)
    def _known_numbers(cls, value: str) -> str:
        for line, way in placeholders(value):
            try:
                channel(load_hotlines()[line], way)
            except KeyError:
                raise ValueError(f"{{{line}.{way}}} is not in knowledge/hotlines.yml") from None
        return value

    @validator("passage", each_item=True)
    def _known_passage(cls, value: str) -> str:
        if not (PASSAGES / f"{value}.md").is_file():
            near = get_close_matches(value, [file.stem for file in PASSAGES.glob("*.md")], n=1, cutoff=0)[0]
            raise ValueError(f"there is no knowledge/passages/{value}.md; the nearest name is {near}")
        return value

    @validator("hotline", each_item=True)
    def _known_line(cls, value: str) -> str:
        if value not in load_hotlines():
            raise ValueError(f"{value!r} is not in knowledge/hotlines.yml; it has {', '.join(sorted(load_hotlines()))}")
        return value

    @validator("slots")
    def _known_slots(cls, value: dict[str, Any]) -> dict[str, Any]:
        return _only_slots(value)


class Given(_Strict):
    """The state in which a story starts."""

    slots: dict[str, Any] = Field(default_factory=dict)
    checked_in: Texts = ()
    said: Texts = ()
    rasa: Literal["up", "down"] = "up"
    hotline_only: bool = False
    too_many: bool = False

    _lists = validator("said", "checked_in", pre=True, allow_reuse=True)(_listed)

    @validator("slots")
    def _known_slots(cls, value: dict[str, Any]) -> dict[str, Any]:
        return _only_slots(value)

    @validator("checked_in", each_item=True)
    def _known_crisis(cls, value: str) -> str:
        if value not in CRISIS_KINDS:
            raise ValueError(f"must hold crisis kinds: {', '.join(CRISIS_KINDS)}; given {value!r}")
        return value


class Metadata(_Strict):
    """Everything of ours; Rasa ignores it."""

    who: Optional[str] = None
    why: Optional[str] = None
    channel: str = "web"
    needs_tracker: bool = False
    given: Given = Given()
    press: tuple[PositiveInt, ...] = ()
    pause: dict[PositiveInt, float] = Field(default_factory=dict)
    expect: dict[PositiveInt, Expectation] = Field(default_factory=dict)
    table: Optional[Any] = None

    @validator("who")
    def _known_audience(cls, value: str) -> str:
        if value not in AUDIENCES:
            raise ValueError(f"must be one of {', '.join(AUDIENCES)}; given {value!r}")
        return value

    @validator("channel")
    def _known_channel(cls, value: str) -> str:
        if value not in CHANNELS:
            raise ValueError(f"must be one of {', '.join(CHANNELS)}; given {value!r}")
        return value

    @validator("press")
    def _pressed_on_the_web(cls, value: Texts, values: dict[str, Any]) -> Texts:
        if value and values.get("channel") == "sms":
            raise ValueError("a text message has no button to press; write the number of the choice as the message")
        return value

    @root_validator(skip_on_failure=True)
    def _state_of_the_channel(cls, values: dict[str, Any]) -> dict[str, Any]:
        given = values["given"]
        if values["channel"] == "rasa" and (given.rasa == "down" or given.hotline_only or given.too_many):
            raise ValueError("given.rasa, given.hotline_only and given.too_many belong to the gateway; use channel web or sms")
        return values


class _Table(BaseModel):
    table: tuple[dict[str, str], ...] = ()

    @validator("table")
    def _same_columns(cls, value: tuple[dict[str, str], ...]) -> tuple[dict[str, str], ...]:
        if any(set(row) != set(value[0]) for row in value):
            raise ValueError(f"every row must have the columns of the first one: {', '.join(value[0])}")
        return value


class Tabled(BaseModel):
    """The table of a story, read before the rest because its values fill the rest."""

    metadata: _Table = _Table()

    @property
    def rows(self) -> tuple[dict[str, str], ...]:
        """The rows; a story without a table has one empty row."""
        return self.metadata.table or ({},)


class Step(_Strict):
    """One step as Rasa's test format has it."""

    user: Optional[str] = None
    intent: Optional[str] = None
    entities: Optional[list[Any]] = None
    action: Optional[str] = None
    slot_was_set: Optional[list[Any]] = None
    active_loop: Optional[Any] = None

    _filled = validator("user", allow_reuse=True)(_without_gaps)

    @root_validator(pre=True)
    def _one_thing(cls, values: dict[str, Any]) -> dict[str, Any]:
        for name in ("or", "checkpoint", "bot"):
            if name in values:
                raise ValueError(f"a story that is played has exact messages, so {name!r} cannot stand in it; write one story for each way")
        if "intent" in values and "user" not in values:
            raise ValueError("the step has an intent and no words; add what the person writes: `user:`")
        if not {"user", "action", "slot_was_set", "active_loop"} & set(values):
            raise ValueError("the step needs `user:`, `action:` or `slot_was_set:`")
        return values


class StoryEntry(_Strict):
    """One story of a file."""

    story: str
    metadata: Metadata = Metadata()
    steps: tuple[Step, ...]

    @validator("steps")
    def _starts_with_words(cls, value: tuple[Step, ...]) -> tuple[Step, ...]:
        if not value or value[0].user is None:
            raise ValueError("the first step must be what the person writes: `user:`")
        return value

    @root_validator(skip_on_failure=True)
    def _turns_that_exist(cls, values: dict[str, Any]) -> dict[str, Any]:
        turns = sum(step.user is not None for step in values["steps"])
        metadata: Metadata = values["metadata"]
        beyond = sorted({turn for turn in (*metadata.expect, *metadata.press, *metadata.pause) if turn > turns})
        if beyond:
            raise ValueError(f"the story has {turns} turns, so there is no turn {', '.join(map(str, beyond))}")
        return values


def _only_slots(value: dict[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(value) - set(SLOTS))
    if unknown:
        raise ValueError(f"there is no slot {', '.join(unknown)}; the slots are {', '.join(SLOTS)}")
    return value
