"""What people asked that no passage answers: counts by week, topic and city, never a text."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from bot.safety.hotlines import ROOT

GAPS = ROOT / ".state" / "gaps.sqlite"
HIDDEN_BELOW = 5
"""A smaller count could point to one person, so the table does not show it."""


@dataclass(frozen=True, order=True)
class Gap:
    """How often, in one week, a question near a topic had no answer for a city."""

    week: str
    topic: str
    city: str
    count: int


class GapTable(Protocol):
    """The counts, in a file of this checkout or in Redis."""

    async def count(self, topic: str, city: str | None, today: date | None = None) -> None:
        """Counts one unanswered question.

        Raises:
            OSError, sqlite3.Error, StateUnavailable: it cannot be counted now.
        """

    async def rows(self, hidden_below: int = HIDDEN_BELOW) -> list[Gap]:
        """Returns the counts worth showing, the latest week and the highest count first."""


class Gaps:
    """A table of counts in one small file that several processes may write."""

    def __init__(self, path: Path = GAPS) -> None:
        self._path = path

    async def count(self, topic: str, city: str | None, today: date | None = None) -> None:
        """See `GapTable`."""
        with closing(self._open()) as table, table:
            table.execute(
                "INSERT INTO gaps VALUES (?, ?, ?, 1) ON CONFLICT (week, topic, city) DO UPDATE SET count = count + 1",
                (week_of(today or datetime.now(UTC).date()), topic, city or "none"),
            )

    async def rows(self, hidden_below: int = HIDDEN_BELOW) -> list[Gap]:
        """See `GapTable`."""
        if not self._path.exists():
            return []
        with closing(self._open()) as table:
            found = table.execute(
                "SELECT week, topic, city, count FROM gaps WHERE count >= ? ORDER BY week DESC, count DESC", (hidden_below,)
            )
            return [Gap(*row) for row in found]

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(exist_ok=True)
        table = sqlite3.connect(self._path, timeout=2.0)
        table.execute("CREATE TABLE IF NOT EXISTS gaps (week TEXT, topic TEXT, city TEXT, count INTEGER, PRIMARY KEY (week, topic, city))")
        return table


def week_of(day: date) -> str:
    """Returns the ISO week of a day, such as `2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
