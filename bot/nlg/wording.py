"""The sentences of `domain.yml`: choosing the variation that fits, and filling its placeholders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.safety.hotlines import Hotlines, as_wire, channel, fill, local_domestic_violence_line, named_lines
from bot.safety.places import CITIES

Responses = Mapping[str, Sequence[Mapping[str, Any]]]

SMS = "sms"
"""The channel whose wording is short, plain and puts the number first."""

LEAD_LINES = {
    "overdose": "emergency",
    "immediate_danger": "emergency",
    "suicide": "suicide",
    "sexual_assault": "sexual_assault",
    "domestic_violence": "domestic_violence",
    "trafficking": "trafficking",
    "third_party": "trafficking",
    "minor": "trafficking",
}
"""The line that comes first for each crisis kind."""

OTHER_LINES = {
    "overdose": ("trafficking", "poison"),
    "immediate_danger": ("trafficking", "domestic_violence"),
    "suicide": ("emergency", "crisis_text", "trafficking"),
    "sexual_assault": ("emergency", "trafficking"),
    "domestic_violence": ("emergency", "trafficking"),
    "trafficking": ("emergency", "domestic_violence"),
    "third_party": ("emergency", "domestic_violence"),
    "minor": ("childhelp", "runaway", "emergency", "child_abuse_report"),
}


class Wording:
    """Fills the responses of the domain for one conversation."""

    def __init__(self, responses: Responses, hotlines: Hotlines, slots: Mapping[str, Any], channel: str = "web") -> None:
        self._responses = responses
        self._hotlines = hotlines
        self._slots = slots
        self.channel = channel
        self.language = "es" if slots.get("language") == "es" else "en"
        self.needs_interpreter = slots.get("language") == "other"
        self.city: str | None = slots.get("city")
        self.near: str | None = self.city if self.city in CITIES else slots.get("area")

    def say(self, name: str, **values: str) -> str:
        """Returns the variation of a response that fits the slots, with numbers and values filled in.

        Raises:
            KeyError: the domain has no such response, or a placeholder has no value.
        """
        text = str(self._variation(name)["text"]).strip()
        for key, value in values.items():
            text = text.replace("{" + key + "}", value)
        if "{text_911}" in text:
            here = self.city in CITIES
            text = text.replace("{text_911}", self.say("utter_text_911_here" if here else "utter_text_911_elsewhere"))
        return fill(text, self._hotlines, self.language)

    def named(self, name: str) -> list[str]:
        """Returns the lines that a response names, in its order."""
        return named_lines(str(self._variation(name)["text"]))

    def buttons(self, name: str) -> list[dict[str, str]]:
        """Returns the buttons that the domain gives a response."""
        return [dict(button) for button in self._variation(name).get("buttons", ())]

    def _variation(self, name: str) -> Mapping[str, Any]:
        best, fit = None, -1
        for variation in self._responses[name]:
            conditions, where = variation.get("condition") or (), variation.get("channel")
            if where not in (None, self.channel):
                continue
            if any(self._slots.get(condition["name"]) != condition["value"] for condition in conditions):
                continue
            how_close = 2 * bool(conditions) + bool(where)  # the right language matters more than the right length
            if how_close > fit:
                best, fit = variation, how_close
        if best is None:
            raise KeyError(f"{name} has no variation without a condition in domain.yml")
        return best

    def line(self, line_id: str) -> str:
        """Returns a line as prose: its name, how to call it and how to text it."""
        hotline = self._hotlines[line_id]
        if self.channel == SMS:
            return self._number_first(line_id)
        if line_id == "emergency":
            return f"{'Llame al' if self.language == 'es' else 'Call'} {hotline['call']}"
        ways = [str(hotline["call"])] if hotline.get("call") else []
        text = hotline.get("text")
        if text and channel(hotline, "text", self.language) != hotline.get("call"):
            verb = "mande" if self.language == "es" else "text"
            ways.append(f"{verb} {channel(hotline, 'text', self.language)}")
        joint = " o " if self.language == "es" else ", or "
        return f"{hotline['name']}: {joint.join(ways)}"

    def _number_first(self, line_id: str) -> str:
        """Returns a line as a text message names it: a lock screen shows the number, not what it is for."""
        hotline = self._hotlines[line_id]
        ways = [str(hotline["call"])]
        text = channel(hotline, "text", self.language) if hotline.get("text") else ways[0]
        if line_id == "emergency" or text == ways[0]:
            return ways[0]
        ways.append(f"{'mande' if self.language == 'es' else 'text'} {text}")
        return f"{(' o ' if self.language == 'es' else ' or ').join(ways)} ({hotline['name']})"

    def mention(self, line_id: str) -> str:
        """Returns a line as it stands at the end of an answer: in a text message, only its short name and number."""
        return self.brief(line_id) if self.channel == SMS else self.line(line_id)

    def lines_in(self, passage: Mapping[str, Any]) -> list[str]:
        """Returns the line of a passage, and the others whose numbers it names, without those of another area than the city's."""
        text = f"{passage['answer']} {passage['more']}"
        calls = {line_id: line["call"] for line_id, line in self._hotlines.items() if line.get("call") and self._serves(line)}
        named = sorted((line_id for line_id, call in calls.items() if call in text), key=lambda line_id: text.index(calls[line_id]))
        return list(dict.fromkeys([passage["hotline"], *named]))

    def _serves(self, line: Mapping[str, Any]) -> bool:
        """Whether a line is for the city of the conversation, or no city is known."""
        return self.city not in CITIES or self.city in line.get("areas", (self.city,))

    def brief(self, line_id: str) -> str:
        """Returns a line by its short name and number."""
        hotline = self._hotlines[line_id]
        return f"{hotline['short']}: {hotline['call']}"

    def number(self, line_id: str) -> str:
        """Returns only the number of a line."""
        hotline = self._hotlines[line_id]
        if self.channel == SMS:
            return str(hotline["call"])
        return self.brief(line_id) if hotline["short"] != hotline["call"] else str(hotline["call"])

    def local_line(self) -> str:
        """Returns the local domestic violence line as a sentence, or nothing where no city is known."""
        line_id = local_domestic_violence_line(self.near)
        if line_id is None:
            return ""
        near = "Cerca" if self.language == "es" else "Near you"
        return f" {near}: {self._hotlines[line_id]['call']}."

    def wire(self, *line_ids: str) -> list[dict[str, Any]]:
        """Returns hotlines in the form of the chat API, each once."""
        return [as_wire(line_id, self._hotlines, self.city) for line_id in dict.fromkeys(line_ids)]
