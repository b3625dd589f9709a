"""What the stories touch, and what they leave out: intents, rules, passages, responses, buttons, crisis kinds, disputes."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

from bot.messages import CRISIS_KEY, ESCALATE
from bot.nlg.wording import Wording
from bot.safety.hotlines import ROOT
from bot.safety.phrase_floor import CRISIS_KINDS
from bot.safety.places import CITIES
from bot.safety.yaml_files import read_yaml
from bot.stories.expectations import shown_passages
from bot.stories.runner import Played

BOUNDS = {"crisis kinds": 1.0, "rules": 1.0, "responses": 1.0, "passages": 0.9}
"""The least share of each that continuous integration accepts."""


@dataclass(frozen=True)
class Area:
    """One kind of thing that stories can touch."""

    name: str
    known: frozenset[str]
    touched: frozenset[str]

    @property
    def missing(self) -> list[str]:
        """What no story touches."""
        return sorted(self.known - self.touched)

    @property
    def share(self) -> float:
        """The touched share, between 0 and 1."""
        return len(self.known & self.touched) / len(self.known) if self.known else 1.0

    @property
    def enough(self) -> bool:
        """Whether the share reaches its bound; without a bound it always does."""
        return self.share >= BOUNDS.get(self.name, 0.0)


@contextlib.contextmanager
def listening() -> Iterator[set[str]]:
    """Notes the name of every response of the domain that is worded while the block runs."""
    said: set[str] = set()
    original: Callable[[Wording, str], Mapping[str, Any]] = Wording._variation

    def noted(wording: Wording, name: str) -> Mapping[str, Any]:
        said.add(name)
        return original(wording, name)

    with mock.patch.object(Wording, "_variation", noted):
        yield said


def areas(played: Sequence[Played], said: set[str]) -> list[Area]:
    """Returns every area with what exists in this checkout and what the played stories touched."""
    domain = read_yaml((ROOT / "domain.yml").read_text(encoding="utf-8"))
    rules = read_yaml((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    disputes = read_yaml((ROOT / "knowledge" / "disputes.yml").read_text(encoding="utf-8"))["disputes"]
    heard = [turn.heard for story in played for turn in story.turns]
    turns = [one.turn for one in heard if one.turn is not None]
    passages = frozenset(passage for one in heard for passage in shown_passages(one))
    intents = frozenset(str((turn.parse_data.get("intent") or {}).get("name")) for turn in turns)
    actions = frozenset(action for turn in turns for action in turn.actions)
    gates: list[Mapping[str, Any]] = [turn.parse_data.get(CRISIS_KEY) or {} for turn in turns]
    kinds = frozenset(kind for gate in gates if gate.get("level") == ESCALATE for kind in gate["kinds"])
    return [
        Area("crisis kinds", frozenset(CRISIS_KINDS), kinds),
        Area("intents", frozenset(next(iter(intent)) for intent in domain["intents"]), intents),
        Area("rules", *_rules(rules, intents, actions)),
        Area("responses", frozenset(domain["responses"]), frozenset(said) | actions),
        Area("passages", frozenset(file.stem for file in (ROOT / "knowledge" / "passages").glob("*.md")), passages),
        Area("buttons", _buttons(domain), frozenset(str(gate["payload"]) for gate in gates if gate.get("payload"))),
        Area(
            "disputes",
            frozenset(str(dispute["id"]) for dispute in disputes),
            frozenset(str(dispute["id"]) for dispute in disputes if set(dispute["passages"]) & passages),
        ),
    ]


def table(found: Sequence[Area]) -> str:
    """Returns the areas as a table for a terminal."""
    lines = [f"{'touched by stories':<20}{'':>9}{'share':>8}{'at least':>10}  not touched"]
    for area in found:
        bound = f"{BOUNDS[area.name]:.0%}" if area.name in BOUNDS else ""
        count = f"{len(area.known & area.touched)}/{len(area.known)}"
        head = f"{area.name:<20}{count:>9}{area.share:>8.0%}{bound:>10}{' ' if area.enough else '!'} "
        lines += textwrap.wrap(", ".join(area.missing) or "-", 140, initial_indent=head, subsequent_indent=" " * len(head))
    return "\n".join(lines)


def as_figures(found: Sequence[Area]) -> list[dict[str, Any]]:
    """Returns the areas as JSON-ready values."""
    return [
        {
            "name": area.name,
            "known": len(area.known),
            "touched": len(area.known & area.touched),
            "share": round(area.share, 4),
            "bound": BOUNDS.get(area.name),
            "enough": area.enough,
            "missing": area.missing,
        }
        for area in found
    ]


def _rules(rules: Sequence[Mapping[str, Any]], intents: frozenset[str], actions: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    known = {str(rule["rule"]): rule["steps"] for rule in rules}
    touched = {name for name, steps in known.items() if steps[0]["intent"] in intents and steps[1]["action"] in actions}
    return frozenset(known), frozenset(touched)


def _buttons(domain: Mapping[str, Any]) -> frozenset[str]:
    """The buttons of the domain, and those that every answer without a city offers."""
    fixed = {
        button["payload"]
        for variations in domain["responses"].values()
        for variation in variations
        for button in variation.get("buttons", ())
    }
    return frozenset(fixed) | {f"city:{city}" for city in (*CITIES, "none")}
