"""What people asked that no passage answers: counts by week, topic and city, never a text."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

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


class Gaps:
    """A table of counts in one small file that several processes may write."""

    def __init__(self, path: Path = GAPS) -> None:
        self._path = path

    def count(self, topic: str, city: str | None, today: date | None = None) -> None:
        """Counts one unanswered question."""
        year, week, _ = (today or datetime.now(UTC).date()).isocalendar()
        with closing(self._open()) as table, table:
            table.execute(
                "INSERT INTO gaps VALUES (?, ?, ?, 1) ON CONFLICT (week, topic, city) DO UPDATE SET count = count + 1",
                (f"{year}-W{week:02d}", topic, city or "none"),
            )

    def rows(self, hidden_below: int = HIDDEN_BELOW) -> list[Gap]:
        """Returns the counts worth showing, the latest week and the highest count first."""
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
