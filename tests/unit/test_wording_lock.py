"""The lock on the crisis wording: two roles must have read every word of it."""

import copy
from datetime import date
from pathlib import Path

import pytest

from bot.nlg.wording_lock import locked_responses, read_reviews, renewed, review_faults, wording_digest, write_reviews
from bot.safety.phrase_floor import CRISIS_KINDS

TODAY = date(2030, 1, 2)
TEXT = [{"text": "Call {emergency.call} now."}]
GOOD = {"sha256": wording_digest(TEXT), "reviewed_on": date(2030, 1, 1), "reviewed_by": ["survivor advocate", "safety engineer"]}


def test_all_crisis_wording_is_covered_by_a_review() -> None:
    faults = review_faults(locked_responses(), read_reviews())
    assert not faults, "\n".join([*faults, "After two roles have read it: python -m bot.nlg.wording_lock --write"])


def test_the_lock_covers_every_crisis_kind_and_what_stands_beside_it() -> None:
    names = set(locked_responses())
    assert {f"utter_crisis_{kind}" for kind in CRISIS_KINDS} <= names
    assert {"utter_check_in", "utter_fallback", "utter_cannot_call", "utter_watched", "utter_refuse_hotline"} <= names


def test_any_change_of_any_locked_response_breaks_the_lock() -> None:
    reviews = read_reviews()
    for name, variations in locked_responses().items():
        changed = copy.deepcopy(variations)
        changed[-1]["text"] += "."
        assert any("has changed" in fault for fault in review_faults({name: changed}, {name: reviews[name]}))


def test_the_digest_does_not_depend_on_how_the_file_is_wrapped() -> None:
    assert wording_digest([{"text": "a", "condition": []}]) == wording_digest([{"condition": [], "text": "a"}])


def test_a_proper_review_passes() -> None:
    assert review_faults({"utter_x": TEXT}, {"utter_x": GOOD}, TODAY) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"sha256": "0"}, "has changed since its review"),
        ({"reviewed_on": None}, "reviewed_on must be a date"),
        ({"reviewed_on": "2030-01-01"}, "reviewed_on must be a date"),
        ({"reviewed_on": date(2030, 1, 3)}, "reviewed_on must be a date"),
        ({"reviewed_by": ["safety engineer"]}, "needs 2 different roles"),
        ({"reviewed_by": ["safety engineer", "Safety engineer "]}, "needs 2 different roles"),
        ({"reviewed_by": "two people"}, "must list roles"),
        ({"reviewed_by": ["safety engineer", ""]}, "must list roles"),
        ({"reviewed_by": ["safety engineer", "not yet reviewed"]}, "not the role of a reviewer"),
        ({"reviewed_by": ["draft author", "safety engineer"]}, "not the role of a reviewer"),
    ],
)
def test_what_is_no_review_is_named(change: dict[str, object], expected: str) -> None:
    faults = review_faults({"utter_x": TEXT}, {"utter_x": GOOD | change}, TODAY)
    assert len(faults) == 1
    assert expected in faults[0]
    assert faults[0].startswith("utter_x: ")


def test_a_response_without_a_review_and_a_review_without_a_response_are_named() -> None:
    faults = review_faults({"utter_x": TEXT}, {"utter_y": GOOD}, TODAY)
    assert [fault.partition(":")[0] for fault in faults] == ["utter_y", "utter_x"]


def test_a_simulated_review_is_no_review_for_a_release() -> None:
    simulated = GOOD | {"reviewed_by": ["survivor advocate (simulated in development)", "safety engineer"]}
    assert review_faults({"utter_x": TEXT}, {"utter_x": simulated}, TODAY) == []
    assert "before launch" in review_faults({"utter_x": TEXT}, {"utter_x": simulated}, TODAY, release=True)[0]


def test_renewing_dates_only_what_changed_and_keeps_the_roles() -> None:
    old = GOOD | {"sha256": "0"}
    entries = renewed({"utter_x": TEXT, "utter_y": TEXT}, {"utter_x": GOOD, "utter_y": old, "utter_gone": GOOD}, TODAY)
    assert entries == {"utter_x": GOOD, "utter_y": GOOD | {"reviewed_on": TODAY}}


def test_a_new_response_needs_its_roles() -> None:
    with pytest.raises(ValueError, match="utter_x is new"):
        renewed({"utter_x": TEXT}, {}, TODAY)
    assert renewed({"utter_x": TEXT}, {}, TODAY, ["a", "b"])["utter_x"]["reviewed_by"] == ["a", "b"]


def test_writing_keeps_the_opening_comment(tmp_path: Path) -> None:
    file = tmp_path / "wording_review.yml"
    file.write_text("# Who reviewed.\n# More.\nreviews: {}\n", encoding="utf-8")
    write_reviews({"utter_x": GOOD}, file)
    assert file.read_text(encoding="utf-8").startswith("# Who reviewed.\n# More.\nreviews:\n")
    assert read_reviews(file) == {"utter_x": GOOD}


def test_the_lock_covers_the_words_for_another_persons_suicide_for_minors_and_where_police_are_the_danger() -> None:
    assert {
        "utter_crisis_suicide_other",
        "utter_crisis_suicide_other_again",
        "utter_crisis_minor_hurt",
        "utter_crisis_minor_again",
        "utter_crisis_called",
        "utter_cannot_call_police",
        "utter_watched_police",
    } <= set(locked_responses())
