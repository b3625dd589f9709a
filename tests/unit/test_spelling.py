from pathlib import Path

import pytest

from bot.retrieval.spelling import SpellingRepair

TARGETS = {"prostitution": 90, "solicitation": 40, "survivors": 60, "happens": 30, "record": 50, "fine": 80, "report": 40}
KNOWN = ["whats", "the", "for", "what", "diddy", "street", "where"]
repair = SpellingRepair(TARGETS, KNOWN).repair


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("whats the fine for prostitusion", "whats the fine for prostitution"),
        ("What hapens for surviors?", "what happens for survivors?"),
        ("reprot solicitaton", "report solicitation"),
        ("my recrd", "my record"),
    ],
)
def test_slips_are_mended(misspelt: str, meant: str) -> None:
    assert repair(misspelt) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Whats the fine?",  # nothing to mend: the very text, capitals and all
        "reports on survivor records",  # inflections of known words
        "fien",  # too short to be sure
        "diddy street",  # known, though near other words
        "xylophone",  # near nothing
    ],
)
def test_what_is_known_or_far_stays(text: str) -> None:
    assert repair(text) == text


def test_words_are_learned_from_texts(tmp_path: Path) -> None:
    learned = SpellingRepair.from_texts(["Is prostitution legal?"] * 5 + ["a rare word"], ["legal", "##ing"])
    learned.save(tmp_path / "spelling.json")
    loaded = SpellingRepair.load(tmp_path / "spelling.json")
    for speller in (learned, loaded):
        assert speller.repair("is prostitusion legal") == "is prostitution legal"
        assert speller.repair("a rarre word") == "a rarre word"
