"""Each fault of the knowledge is reported with file and line, and all of them at once."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.retrieval.knowledge_check import check_knowledge
from bot.safety.hotlines import KNOWLEDGE

TODAY = date(2026, 11, 22)
PASSAGE = "passages/penalty-selling-first.md"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_our_own_knowledge_is_sound() -> None:
    assert [str(fault) for fault in check_knowledge(today=TODAY)] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (PASSAGE, "topic: laws", "topic: law", ":13: topic 'law' is not one of community, help, laws, risks"),
        (PASSAGE, "status: corrected", "status: sure", "status 'sure' is not one of confirmed, corrected, unconfirmed"),
        (PASSAGE, "id: penalty-selling-first", "id: penalty", ":2: the id 'penalty' must be the file's name, 'penalty-selling-first'"),
        (PASSAGE, "[S02, S33, S12, S48, S23]", "[S99]", "unknown sources ['S99']; allowed are S00 to S52"),
        (PASSAGE, "related: [penalty-repeat", "related: [no-such-passage", "related passages ['no-such-passage'] do not exist"),
        (PASSAGE, "hotline: trafficking", "hotline: nobody", "the hotline 'nobody' is not in hotlines.yml"),
        (PASSAGE, "A lawyer can look", "A prostitute can look", "body: 'prostitute' is not a word we use"),
        (PASSAGE, "A lawyer can look", "Call 1-888-373-7888. A lawyer can look", "body: '1-888-373-7888' is typed"),
        (PASSAGE, "A lawyer can look", "Call 911. A lawyer can look", "body: '911' is typed"),
        (PASSAGE, "A lawyer can look", "{nobody.call} A lawyer can look", "body: {nobody.call} is not in hotlines.yml"),
        (PASSAGE, "checked_on: 2026-11-22", "checked_on: 2025-01-01", "checked_on 2025-01-01 is older than 12 months"),
        (PASSAGE, "https://lawserver.com", "https://proxy.weglot.com", "is not a public page to show"),
        (PASSAGE, 'sms: "In short', 'sms: "About prostitution', "sms: the first 40 characters show on a lock screen"),
        (PASSAGE, "A lawyer can look for ways", "Jurisprudential ramifications notwithstanding, professional representation considerably ameliorates " * 3 + "ways", "the reading grade is"),
        (PASSAGE, "title:", "titel:", ":1: lacks title"),
        (PASSAGE, "asks:", "asks: []\nformer_asks:", "asks must be a list with at least one entry"),
        (PASSAGE, "  - How much jail time", "  - is prostitution legal in missouri\n  - How much jail time", "is asked by law-missouri too"),
        (PASSAGE, "topic: laws", "topic: [laws", "the front matter is not valid YAML"),
        ("hotlines.yml", 'call: "1-888-373-7888"', 'call: "1-888-373"', "trafficking: '1-888-373' is not a valid number"),
        (PASSAGE, "level: state", "level: [state]", ":17: level must be one text, given ['state']"),
        (PASSAGE, "hotline: trafficking", "hotline: [trafficking]", "hotline must be one text, given ['trafficking']"),
        (PASSAGE, "cities: [statewide]", "cities: statewide", "cities must be a list, such as [first, second]; given 'statewide'"),
        (PASSAGE, "[S02, S33, S12, S48, S23]", "S12", "sources must be a list, such as [first, second]; given 'S12'"),
        (PASSAGE, "references:", "references: none\nformer_references:", "references must be a list, such as [first, second]; given 'none'"),
        (PASSAGE, "  - How much jail time", "  - jail: time\n  - How much jail time", "each entry of asks must be one text"),
        (PASSAGE, "audience: [charged]", "audience: [relative]", "unknown audience ['relative']; allowed are anyone, buyer, charged, family"),
        ("hotlines.yml", 'text: {number: "233733", keyword: HELP}', "text: 233733", "trafficking: text 233733 is not one to write to"),
        ("hotlines.yml", 'text: {number: "233733", keyword: HELP}', "text: {keyword: HELP}", "trafficking: text {'keyword': 'HELP'} is not one"),
        ("hotlines.yml", 'text: {number: "741741"', 'text: {number: "7417"', "crisis_text: text {'number': '7417', 'keyword': 'HOME'} is not one"),
        ("hotlines.yml", "https://988lifeline.org", "988lifeline.org", "suicide: chat '988lifeline.org' must be an https address"),
        ("disputes.yml", "- about-sources", "- nowhere", "C00: passages ['nowhere'] do not exist"),
        ("sources.yml", "- S00", "- S77", "must list each source id once"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(knowledge: Path, file: str, old: str, new: str, expected: str) -> None:
    edit(knowledge / file, old, new)
    faults = [str(fault) for fault in check_knowledge(knowledge, today=TODAY)]
    assert any(fault.startswith(f"knowledge/{file}:") and expected in fault for fault in faults), faults


def test_a_misshapen_field_is_one_fault(knowledge: Path) -> None:
    edit(knowledge / PASSAGE, "references:", "references: none\nformer_references:")
    assert len(check_knowledge(knowledge, today=TODAY)) == 1


def test_all_faults_come_at_once(knowledge: Path) -> None:
    edit(knowledge / PASSAGE, "topic: laws", "topic: law")
    edit(knowledge / "passages/law-missouri.md", "level: state", "level: country")
    assert len(check_knowledge(knowledge, today=TODAY)) == 2


def test_a_source_that_no_passage_covers_is_named(knowledge: Path) -> None:
    (knowledge / "passages/john-school-results.md").unlink()
    assert any("no passage covers the sources S22" in str(fault) for fault in check_knowledge(knowledge, today=TODAY))


def test_a_release_needs_every_number_rung(knowledge: Path) -> None:
    faults = [str(fault) for fault in check_knowledge(knowledge, release=True, today=TODAY)]
    assert sum("nobody has rung it within 90 days" in fault for fault in faults) == 17
    edit(knowledge / "hotlines.yml", "rung_on:", "rung_on: 2026-11-20")
    assert len(check_knowledge(knowledge, release=True, today=TODAY)) == 16
