"""Validates everything in `knowledge/`: all faults at once, each with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import phonenumbers
import yaml

from bot.retrieval.knowledge_base import MORE_MARK, STATEWIDE, PassageError, split_passage
from bot.safety.hotlines import ALWAYS, KNOWLEDGE, Hotlines, fill, placeholders
from bot.safety.places import CITIES
from bot.safety.yaml_files import YamlFault, read_yaml

SOURCE_IDS = frozenset(f"S{number:02d}" for number in range(53))
MAX_GRADE = 6.0
MAX_WORDS = 104
MAX_SMS = 306
OLDEST_CHECK = timedelta(days=366)
OLDEST_RING = timedelta(days=90)

_TOPICS = frozenset({"laws", "risks", "help", "community"})
_LEVELS = frozenset({"city", "county", "state", "federal"})
_STATUSES = frozenset({"confirmed", "corrected", "unconfirmed"})
_AUDIENCES = frozenset({"anyone", "survivor", "young_person", "family", "charged", "buyer", "resident", "staff", "student", "immigrant"})
_CITIES = frozenset(CITIES) | {STATEWIDE}
_TEXTS = ("id", "title", "topic", "level", "status", "hotline", "sms")
_LISTS = ("asks", "cities", "audience", "sources", "references", "related")
_FIELDS = (
    "id",
    "title",
    "asks",
    "topic",
    "cities",
    "audience",
    "sources",
    "level",
    "status",
    "checked_on",
    "references",
    "hotline",
    "related",
    "sms",
)
_BANNED = re.compile(
    r"\b(?:prostitutes?|johns?(?! school)|pimps?|hookers?|whores?|rescu\w*|anonymous(?:ly)?|no id (?:is )?needed|you must|leave him|confront him|"
    r"illegal (?:alien|immigrant)s?|committed suicide)\b",
    re.IGNORECASE,
)
_REVEALING = re.compile(r"sex|prostitut|traffick|hiv|rape|abuse|suicid|sting|assault", re.IGNORECASE)
_MIRRORS = re.compile(r"weglot|altruwe|google-ecuador", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"(?<![\d.$,])(?:911|988|\d{5,6})(?![\d.,]*\d)")
_UNSPOKEN = re.compile(r"\+?1?[-. ]?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}|https?://\S+|RSMo|\d{3}\.\d{3}")


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend, where it is and what it is."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def check_knowledge(directory: Path = KNOWLEDGE, release: bool = False, today: date | None = None) -> list[Fault]:
    """Returns every fault in a knowledge folder, in order of file and line.

    `release` also reports every hotline that no person has rung within 90 days.
    """
    checker = _Checker(directory, today or datetime.now(UTC).date(), release)
    return sorted(checker.faults())


class _Checker:
    def __init__(self, directory: Path, today: date, release: bool) -> None:
        self._directory = directory
        self._today = today
        self._release = release
        self._hotlines: Hotlines = {}
        self._ids = {file.stem for file in (directory / "passages").glob("*.md")}
        self._asked: dict[str, str] = {}

    def faults(self) -> Iterator[Fault]:
        yield from self._check_hotlines()
        covered: set[str] = set()
        for file in sorted((self._directory / "passages").glob("*.md")):
            yield from self._check_passage(file, covered)
        missing = sorted(SOURCE_IDS - covered)
        if missing:
            yield self._fault(self._directory / "passages", 1, f"no passage covers the sources {', '.join(missing)}")
        yield from self._check_sources()
        yield from self._check_disputes()

    def _fault(self, file: Path, line: int, message: str) -> Fault:
        name = file.relative_to(self._directory.parent) if file.is_relative_to(self._directory.parent) else file
        return Fault(str(name), line, message)

    def _load(self, file: Path) -> tuple[Any, Mapping[str, int], list[Fault]]:
        """Returns the content of a YAML file, the line of each top-level key, and what is wrong with it."""
        try:
            text = file.read_text(encoding="utf-8")
            data = read_yaml(text)
            node = yaml.compose(text, Loader=yaml.CSafeLoader)
        except YamlFault as error:
            return None, {}, [self._fault(file, error.line, str(error))]
        except (OSError, UnicodeDecodeError) as error:
            return None, {}, [self._fault(file, 1, f"cannot be read ({type(error).__name__})")]
        return data, _lines_of(node), []

    def _check_hotlines(self) -> Iterator[Fault]:
        file = self._directory / "hotlines.yml"
        data, lines, faults = self._load(file)
        yield from faults
        if not isinstance(data, dict):
            return
        self._hotlines = {name: line for name, line in data.items() if isinstance(line, dict) and isinstance(line.get("text", {}), dict)}
        for name in ALWAYS:
            if name not in data:
                yield self._fault(file, 1, f"the line {name!r} is missing; every fallback needs it")
        for name, line in data.items():
            at = lines.get(name, 1)
            if not isinstance(line, dict) or not line.get("name") or not line.get("short"):
                yield self._fault(file, at, f"{name}: needs at least a name and a short name")
                continue
            if not (line.get("call") or line.get("text")):
                yield self._fault(file, at, f"{name}: needs call or text")
            if line.get("call") and not _is_number(str(line["call"])):
                yield self._fault(
                    file, at, f"{name}: {line['call']!r} is not a valid number; write 1-888-555-0100, or a code of three digits"
                )
            text = line.get("text")
            if text and not (isinstance(text, dict) and _is_text_number(str(text.get("number")))):
                yield self._fault(
                    file, at, f'{name}: text {text!r} is not one to write to; write {{number: "233733", keyword: HELP}}, or a valid number'
                )
            if line.get("chat") and not str(line["chat"]).startswith("https://"):
                yield self._fault(file, at, f"{name}: chat {line['chat']!r} must be an https address")
            if not line.get("references"):
                yield self._fault(file, at, f"{name}: has no reference; only confirmed lines belong here")
            yield from self._check_age(file, at, name, line.get("checked_on"))
            rung = line.get("rung_on")
            if self._release and (not isinstance(rung, date) or self._today - rung > OLDEST_RING):
                yield self._fault(file, at, f"{name}: nobody has rung it within {OLDEST_RING.days} days; ring it and set rung_on")

    def _check_age(self, file: Path, line: int, name: str, checked: object) -> Iterator[Fault]:
        if not isinstance(checked, date):
            yield self._fault(file, line, f"{name}: checked_on must be a date such as 2026-11-22")
        elif checked > self._today:
            yield self._fault(file, line, f"{name}: checked_on {checked} lies in the future")
        elif self._today - checked > OLDEST_CHECK:
            yield self._fault(file, line, f"{name}: checked_on {checked} is older than 12 months; check the facts again")

    def _check_passage(self, file: Path, covered: set[str]) -> Iterator[Fault]:
        try:
            front_matter, body = split_passage(file)
            data = read_yaml(front_matter)
            lines = {key: line + 1 for key, line in _lines_of(yaml.compose(front_matter, Loader=yaml.CSafeLoader)).items()}
        except PassageError as error:
            yield self._fault(file, 1, str(error).split(": ", 1)[-1])
            return
        except YamlFault as error:
            yield self._fault(file, error.line + 1, f"the front matter {error}")
            return
        if not isinstance(data, dict):
            yield self._fault(file, 1, "the front matter must hold fields")
            return
        missing = [name for name in _FIELDS if name not in data]
        if missing:
            yield self._fault(file, 1, f"lacks {', '.join(missing)}")
            return
        misshapen = list(_shape_faults(data))
        for name, message in misshapen:
            yield self._fault(file, lines.get(name, 1), message)
        if not any(name == "sources" for name, _ in misshapen):
            covered.update(data["sources"] or ())
        if misshapen:
            return
        for asked in (data["title"], *(data["asks"] or ())):
            other = self._asked.setdefault(re.sub(r"\W+", " ", str(asked).lower()).strip(), file.stem)
            if other != file.stem:
                yield self._fault(
                    file,
                    lines["asks"],
                    f"{asked!r} is asked by {other} too; two passages must not answer one question, each in its own way",
                )
        for name, message in self._field_faults(file, data):
            yield self._fault(file, lines.get(name, 1), message)
        yield from self._check_age(file, lines["checked_on"], data["id"], data["checked_on"])
        yield from self._check_wording(file, data, body, lines, body_line=front_matter.count("\n") + 3)

    def _field_faults(self, file: Path, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if data["id"] != file.stem:
            yield "id", f"the id {data['id']!r} must be the file's name, {file.stem!r}"
        for name, allowed in (("topic", _TOPICS), ("level", _LEVELS), ("status", _STATUSES)):
            if data[name] not in allowed:
                yield name, f"{name} {data[name]!r} is not one of {', '.join(sorted(allowed))}"
        for name in ("asks", "cities", "audience", "related"):
            if not data[name]:
                yield name, f"{name} must be a list with at least one entry"
        unknown = [city for city in data["cities"] or () if city not in _CITIES]
        if unknown:
            yield "cities", f"unknown cities {unknown}; allowed are {', '.join(sorted(_CITIES))}"
        unknown = [audience for audience in data["audience"] or () if audience not in _AUDIENCES]
        if unknown:
            yield "audience", f"unknown audience {unknown}; allowed are {', '.join(sorted(_AUDIENCES))}"
        unknown = [source for source in data["sources"] or () if source not in SOURCE_IDS]
        if unknown:
            yield "sources", f"unknown sources {unknown}; allowed are S00 to S52"
        unknown = [other for other in data["related"] or () if other not in self._ids]
        if unknown:
            yield "related", f"related passages {unknown} do not exist"
        if data["hotline"] not in self._hotlines:
            yield "hotline", f"the hotline {data['hotline']!r} is not in hotlines.yml"
        if data["status"] != "unconfirmed" and not data["references"]:
            yield "references", f"a passage that is {data['status']} needs a public reference"
        for reference in data["references"] or ():
            if not isinstance(reference, dict) or not {"title", "url", "date"} <= set(reference):
                yield "references", "each reference needs title, url and date"
            elif _MIRRORS.search(str(reference["url"])) or not str(reference["url"]).startswith(("https://", "http://")):
                yield "references", f"{reference['url']} is not a public page to show"

    def _check_wording(self, file: Path, data: Mapping[str, Any], body: str, lines: Mapping[str, int], body_line: int) -> Iterator[Fault]:
        for name, text, at in (
            ("body", body, body_line),
            ("sms", str(data["sms"]), lines["sms"]),
            ("title", str(data["title"]), lines["title"]),
        ):
            for match in _BANNED.finditer(text):
                yield self._fault(
                    file, at + text[: match.start()].count("\n"), f"{name}: {match[0]!r} is not a word we use; see docs/knowledge-guide.md"
                )
            for offset, number in typed_numbers(text) if name != "title" else ():
                line = at + text[:offset].count("\n")
                yield self._fault(file, line, f"{name}: {number!r} is typed; write a placeholder such as {{trafficking.call}}")
            for line_id, channel in sorted(placeholders(text)):
                if channel not in self._hotlines.get(line_id, {}):
                    yield self._fault(file, at, f"{name}: {{{line_id}.{channel}}} is not in hotlines.yml")
        try:
            answer, _, more = fill(body, self._hotlines).partition(MORE_MARK)
            sms = fill(str(data["sms"]), self._hotlines)
        except KeyError:
            return  # reported above
        if len(answer.split()) > MAX_WORDS or len(more.split()) > MAX_WORDS:
            yield self._fault(file, body_line, f"an answer and its `more` have at most {MAX_WORDS} words each")
        grade = reading_grade(f"{answer}\n{more}")
        if grade > MAX_GRADE:
            yield self._fault(
                file, body_line, f"the reading grade is {grade:.1f}, at most {MAX_GRADE:.0f}; use shorter words and sentences"
            )
        if len(sms) > MAX_SMS or not sms.isascii():
            yield self._fault(file, lines["sms"], f"sms has {len(sms)} characters; at most {MAX_SMS} plain ones make two segments")
        if _REVEALING.search(sms[:40]):
            yield self._fault(file, lines["sms"], "sms: the first 40 characters show on a lock screen and must not name the matter")

    def _check_sources(self) -> Iterator[Fault]:
        file = self._directory / "sources.yml"
        data, lines, faults = self._load(file)
        yield from faults
        documents = (data or {}).get("documents") or []
        listed = {source for document in documents for source in document.get("passages", ())}
        if not faults and listed != SOURCE_IDS:
            yield self._fault(file, lines.get("documents", 1), f"must list each source id once; differs in {sorted(listed ^ SOURCE_IDS)}")

    def _check_disputes(self) -> Iterator[Fault]:
        file = self._directory / "disputes.yml"
        data, lines, faults = self._load(file)
        yield from faults
        for dispute in (data or {}).get("disputes") or []:
            unknown = [passage for passage in dispute.get("passages", ()) if passage not in self._ids]
            if unknown:
                yield self._fault(file, lines.get("disputes", 1), f"{dispute.get('id')}: passages {unknown} do not exist")


def reading_grade(text: str) -> float:
    """Returns the Flesch-Kincaid grade of an answer; each list line counts as a sentence."""
    import textstat

    plain = _UNSPOKEN.sub("this line", text.replace(MORE_MARK, ""))
    sentences = [line.strip().removeprefix("- ") for line in plain.splitlines() if line.strip()]
    ended = [line if line[-1] in ".!?" else f"{line}." for line in sentences]
    return float(textstat.flesch_kincaid_grade(" ".join(ended)))


def _shape_faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is not a text or a list where one belongs; an empty list may also be left out."""
    for name in _TEXTS:
        if not isinstance(data[name], str):
            yield name, f"{name} must be one text, given {data[name]!r}"
    for name in _LISTS:
        if not isinstance(data[name] or [], list):
            yield name, f"{name} must be a list, such as [first, second]; given {data[name]!r}"
        elif name != "references" and not all(isinstance(entry, str) for entry in data[name] or ()):
            yield name, f"each entry of {name} must be one text, in quotes where it holds a colon; given {data[name]!r}"


def typed_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Yields each phone number or text code that stands in a text itself, with its place."""
    for match in phonenumbers.PhoneNumberMatcher(text, "US", leniency=phonenumbers.Leniency.POSSIBLE):
        if len(re.sub(r"\D", "", match.raw_string)) >= 7:
            yield match.start, match.raw_string
    for short in _SHORT_NUMBER.finditer(text):
        yield short.start(), short[0]


def _is_number(text: str) -> bool:
    if re.fullmatch(r"\d{3}", text):
        return True
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, "US"))
    except phonenumbers.NumberParseException:
        return False


def _is_text_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d{5,6}", text)) or _is_number(text)


def _lines_of(node: Any) -> dict[str, int]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
