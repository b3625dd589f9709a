"""Turns the bubbles of a reply into text messages: short, the number first, the rest behind MORE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.gateway.sms.pages import paginate
from bot.gateway.sms.segments import fits, plain
from bot.gateway.sms.threads import Option
from bot.nlg.wording import Wording

_CITY = "city:"
_MORE = "more:"


@dataclass
class Presented:
    """The messages to send now, and what MORE and a number bring afterwards."""

    texts: list[str]
    pages: list[str] = field(default_factory=list)
    rest: Option | None = None
    options: list[Option] = field(default_factory=list)


def present(replies: Sequence[Mapping[str, Any]], wording: Wording) -> Presented:
    """Returns one message a bubble; longer bubbles and the choices go on behind MORE."""
    hint, lead = wording.say("utter_sms_more"), wording.say("utter_sms_lead")
    buttons = [Option(plain(button["title"]), button["payload"]) for reply in replies for button in reply["buttons"]]
    rest = next((button for button in buttons if button.payload.startswith(_MORE)), None)
    options = [button for button in buttons if button is not rest]
    if rest and not any(option.payload.startswith(_CITY) for option in options):
        options = []  # they come again with the rest

    texts, pages = [], []
    for reply in replies:
        first, *further = paginate(_paragraphs(reply, wording, hint), hint, lead)
        texts.append(first)
        pages += further
    if options:
        menu = "\n".join(
            [wording.say("utter_sms_options"), *(f"{number} {option.title}" for number, option in enumerate(options, start=1))]
        )
        ending = f"\n{menu}\n{hint}" if rest else f"\n{menu}"
        if not pages and fits(texts[-1] + ending):
            texts[-1] += f"\n{menu}"
        else:
            pages += paginate([menu], hint, lead)
    if pages or rest:
        texts[-1] = _with_hint(texts[-1], hint)
    pages = [_with_hint(page, hint) if rest or number < len(pages) else page for number, page in enumerate(pages, start=1)]
    return Presented(texts, pages, rest, options)


def _paragraphs(reply: Mapping[str, Any], wording: Wording, hint: str) -> list[str]:
    paragraphs = [plain(paragraph) for paragraph in reply["text"].split("\n\n")]
    if reply["kind"] != "answer" or not reply["sources"]:
        return paragraphs
    lines = _source_lines(reply["sources"], wording)
    at = max(1, len(paragraphs) - 1)  # the last paragraph may be a reminder, which ends the message
    choices = [[*paragraphs[:at], line, *paragraphs[at:]] for line in lines]
    return next((choice for choice in choices if fits("\n".join([*choice, hint]))), choices[-1])


def _source_lines(sources: Sequence[Mapping[str, Any]], wording: Wording) -> list[str]:
    """Returns the source with its title, and without it where that is too long; both say how sure it is and when checked."""
    status = "unconfirmed" if any(source["status"] == "unconfirmed" for source in sources) else sources[0]["status"]
    values = {
        "title": plain(sources[0]["title"]),
        "status": wording.say(f"utter_sms_{status}"),
        "date": sources[0]["checked_on"],
    }
    return [wording.say(name, **values) for name in ("utter_sms_source", "utter_sms_source_short")]


def _with_hint(text: str, hint: str) -> str:
    longer = f"{text}\n{hint}"
    return longer if not text.endswith(hint) and fits(longer) else text
