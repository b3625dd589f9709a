"""What the gateway says by itself: when Rasa is slow, down or not yet loaded, and beside every error."""

from __future__ import annotations

from itertools import chain
from typing import Any

import yaml

from bot.messages import ABOUT, ESCALATE, CrisisAssessment, Reply
from bot.nlg.escalation import compose_escalation
from bot.nlg.wording import Responses, Wording
from bot.safety.hotlines import ALWAYS, ROOT, Hotlines, fill, load_hotlines
from bot.safety.language import detect_language
from bot.safety.normalize import fold
from bot.safety.phrase_floor import scan
from bot.safety.places import find_area, find_city


class StaticReplies:
    """Replies from the phrase floor and the domain's wording alone; needs neither numpy nor Rasa."""

    def __init__(self, responses: Responses, hotlines: Hotlines) -> None:
        self._responses = responses
        self.known_lines = hotlines

    @classmethod
    def load(cls) -> StaticReplies:
        """Reads the wording of `domain.yml` and the hotlines."""
        domain = yaml.load((ROOT / "domain.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return cls(domain["responses"], load_hotlines())

    def reread(self) -> StaticReplies:
        """Returns what a new model brought, for `take`.

        Raises:
            KeyError: a sentence names a number that is not there.
            ValueError: a line that is known here has gone, and the code may name it.
        """
        fresh = self.load()
        if gone := self.known_lines.keys() - fresh.known_lines.keys():
            raise ValueError(f"the new hotlines lack {', '.join(sorted(gone))}, which only a restart can take in")
        for variation in chain.from_iterable(fresh._responses.values()):
            fill(str(variation.get("text")), fresh.known_lines)
        return fresh

    def take(self, fresh: StaticReplies) -> None:
        """Speaks with other words and numbers from now on."""
        self._responses, self.known_lines = fresh._responses, fresh.known_lines

    def escalation(self, text: str, channel: str = "web") -> list[dict[str, Any]]:
        """Returns the bubbles for a message that the floor finds in crisis, else an empty list."""
        found = scan(text)
        if not found.kinds:
            return []
        assessment = CrisisAssessment(
            level=ESCALATE,
            kinds=found.kinds,
            explicit=True,
            minor="minor" in found.kinds or found.minor,
            harm_others=found.harm_others,
            police_danger=found.police_danger,
            missing_child=found.missing_child,
        )
        language = detect_language(text)
        if language == "other":  # unless they are a cry, the floor's phrases are English and Spanish, so these letters are a disguise
            language = detect_language(fold(text))
        first, *more = [
            reply.as_dict() | {"fallback": True} for reply in compose_escalation(assessment, self.wording(text, channel, language))
        ]
        return [first | {ABOUT: assessment.leading}, *more]

    def fallback(self, text: str, channel: str = "web") -> list[dict[str, Any]]:
        """Returns the escalation where the floor fires, else a notice with the lines for every kind."""
        wording = self.wording(text, channel)
        said = "utter_crisis_other_language" if wording.needs_interpreter else "utter_fallback"
        notice = Reply("notice", wording.say(said), hotlines=self.hotlines(), fallback=True)
        return self.escalation(text, channel) or [notice.as_dict()]

    def hotlines(self) -> list[dict[str, Any]]:
        """Returns the lines that stand beside every error."""
        return Wording(self._responses, self.known_lines, {}).wire(*ALWAYS)

    def text(self, name: str) -> str:
        """Returns one response in English."""
        return Wording(self._responses, self.known_lines, {}).say(name)

    def wording(self, text: str, channel: str = "web", language: str | None = None) -> Wording:
        """Returns the wording for a message: in its language, unless one is given."""
        slots = {"language": language or detect_language(text), "city": find_city(text), "area": find_area(text)}
        return Wording(self._responses, self.known_lines, slots, channel)
