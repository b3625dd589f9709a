"""`make load` fails where a promise broke."""

from __future__ import annotations

import pytest

from tests.benchmarks.faults import RECOVERY
from tests.benchmarks.load import broken_promises

WHOLE = {"answered": 90, "notice": 10, "cut off": 1}


@pytest.mark.parametrize("broken", [{"a crisis without its line": 1}, {"the answer to another question": 2}, {"lost": 1}, {RECOVERY: None}])
def test_a_row_with_what_must_never_be_is_named(broken: dict[str, int | None]) -> None:
    report = {"sustained": [WHOLE], "open": [], "soak": WHOLE | {"memory": []}, "faults": [WHOLE | {RECOVERY: 3.0}]}
    assert broken_promises(report) == []
    report["faults"] += [{"fault": "a worker killed"} | WHOLE | broken]  # type: ignore[operator]
    (row,) = broken_promises(report)
    assert "a worker killed" in row
