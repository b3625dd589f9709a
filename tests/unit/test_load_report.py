"""`make load` fails where a promise broke, and knows a promise that broke from what was told."""

from __future__ import annotations

import httpx
import pytest

from tests.benchmarks.faults import RECOVERY
from tests.benchmarks.load import broken_promises
from tests.benchmarks.traffic import CRISES, QUESTIONS, People
from tests.unit.sms.stubs import FakeEngine, client, gateway

WHOLE = {"answered": 90, "notice": 10, "cut off": 1}


@pytest.mark.parametrize(
    "broken",
    [
        {"a crisis without its line": 1},
        {"the answer to another question": 2},
        {"lost": 1},
        {"a refusal without lines": 1},
        {RECOVERY: None},
    ],
)
def test_a_row_with_what_must_never_be_is_named(broken: dict[str, int | None]) -> None:
    report = {"sustained": [WHOLE], "open": [], "soak": WHOLE | {"memory": []}, "faults": [WHOLE | {RECOVERY: 3.0}]}
    assert broken_promises(report) == []
    report["faults"] += [{"fault": "a worker killed"} | WHOLE | broken]  # type: ignore[operator]
    (row,) = broken_promises(report)
    assert "a worker killed" in row


@pytest.mark.parametrize("process", ["gateway", "worker", "Redis"])
def test_a_soak_in_which_a_process_grows_breaks_a_promise(process: str) -> None:
    def report(megabytes: float) -> dict[str, object]:
        return {"sustained": [], "open": [], "soak": WHOLE | {f"{process} grew in the second half, MB": megabytes}, "faults": []}

    assert broken_promises(report(20.0)) == []
    (row,) = broken_promises(report(20.1))
    assert f"{process} grew" in row


def judged(text: str, response: httpx.Response) -> tuple[str, str]:
    return People([], {question: [str(number)] for number, question in enumerate(QUESTIONS)})._judged(text, None, response)


async def test_only_a_refusal_with_its_lines_is_one_that_was_told() -> None:
    async with client(gateway(FakeEngine())) as http:
        told = await http.post("/chat/messages", json={"text": "x" * 2001})
    assert told.status_code == 413
    lines = told.json()["hotlines"]
    assert judged(QUESTIONS[0], told) == ("refused", "")
    assert judged(next(iter(CRISES)), told) == ("refused", "a crisis without its line")
    error = {"code": "full", "message": "Too many at once."}
    for body in (
        b"Service Unavailable",
        b"[]",
        b"null",
        {"error": error},
        {"error": error, "hotlines": []},
        {"error": error, "hotlines": lines[:1]},
        {"error": {}, "hotlines": lines},
        {"hotlines": lines},
    ):
        answer = httpx.Response(503, content=body) if isinstance(body, bytes) else httpx.Response(503, json=body)
        assert judged(QUESTIONS[0], answer) == ("refused", "a refusal without lines"), body
