"""Texts made to keep the phrase floor busy: 64 KB of them once held a gateway for seven minutes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.gateway.limits import MAX_BODY_BYTES
from bot.safety.phrase_floor import scan

ROOT = Path(__file__).resolve().parents[2]
_PROCESSOR_SECONDS = 60
"""For the whole list, with the start of Python. It takes 2; one of these texts alone took more than 400."""
_SCRIPT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from bot.gateway.static_replies import StaticReplies
static = StaticReplies.load()
for start in ("", "my ", "a handful of ", "go ", "help he has "):
    for part in {parts!r}:
        static.fallback(start + part * ({size} // len(part)))
"""
_PARTS = ["a", "a ", "1", "1 ", "a1", "a-", "my ", "15 ", "im 15 ", "not gonna ", "\n", "go " + "a" * 40 + " ", "a handful of ", "ﷺ"]


def test_no_text_within_the_size_limit_takes_long() -> None:
    script = _SCRIPT.format(seconds=_PROCESSOR_SECONDS, parts=_PARTS, size=MAX_BODY_BYTES)
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-500:]


@pytest.mark.parametrize("padding", ["a" * 5000 + " ", "la la " * 1000, "1 " * 3000])
@pytest.mark.parametrize("place", ["{phrase} {padding}", "{padding} {phrase}"])
def test_a_crisis_at_either_end_of_a_long_text_is_found(padding: str, place: str) -> None:
    assert "suicide" in scan(place.format(phrase="I want to die", padding=padding * 10)).kinds
