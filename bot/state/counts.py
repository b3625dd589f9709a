"""Counts by week under a few labels, never a text: questions that no passage answers, and votes on answers."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import structlog

from bot.settings import ROOT
from bot.state.store import StateUnavailable

log = structlog.get_logger(__name__)

FOLDER = ROOT / ".state"
HIDDEN_BELOW = 5
"""A smaller count could point to one person, so no table shows it."""


@dataclass(frozen=True, order=True)
class Count:
    """How often something happened in one week, such as 6 times ("laws", "kansas_city")."""

    week: str
    labels: tuple[str, ...]
    count: int


class Counts(Protocol):
    """One table of counts, in a file of this checkout or in Redis."""

    async def add(self, *labels: str, today: date | None = None) -> None:
        """Counts one.

        Raises:
            OSError, sqlite3.Error, StateUnavailable: it cannot be counted now.
        """

    async def rows(self, hidden_below: int = HIDDEN_BELOW) -> list[Count]:
        """Returns the counts worth showing, the latest week and the highest count first."""


async def add_if_possible(counts: Counts, *labels: str) -> None:
    """Counts one; neither a full disk nor an absent Redis costs anyone a reply."""
    try:
        await counts.add(*labels)
    except (OSError, sqlite3.Error, StateUnavailable) as error:
        log.warning("store.counts_unavailable", error=type(error).__name__)


class FileCounts:
    """A table in one small file that several processes may write. The file's name is the table's; the labels name its columns."""

    def __init__(self, path: Path, *labels: str) -> None:
        table, columns = path.stem, ", ".join(labels)
        self._path = path
        self._create = f"CREATE TABLE IF NOT EXISTS {table} (week TEXT, {columns}, count INTEGER, PRIMARY KEY (week, {columns}))"
        self._select = f"SELECT week, count, {columns} FROM {table} WHERE count >= ?"  # noqa: S608  names of ours, here and below
        self._insert = (
            f"INSERT INTO {table} VALUES (?, {'?, ' * len(labels)}1) "  # noqa: S608
            f"ON CONFLICT (week, {columns}) DO UPDATE SET count = count + 1"
        )

    async def add(self, *labels: str, today: date | None = None) -> None:
        """See `Counts`."""
        await asyncio.to_thread(self._add, week_of(today), *labels)  # a slow disk keeps no message waiting

    async def rows(self, hidden_below: int = HIDDEN_BELOW) -> list[Count]:
        """See `Counts`."""
        if not self._path.exists():
            return []
        with closing(self._open()) as file:
            found = file.execute(self._select, (hidden_below,))
            return latest_first([Count(week, tuple(labels), count) for week, count, *labels in found])

    def _add(self, *key: str) -> None:
        with closing(self._open()) as file, file:
            file.execute(self._insert, key)

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(exist_ok=True)
        file = sqlite3.connect(self._path, timeout=2.0)
        file.execute(self._create)
        return file


def latest_first(counts: list[Count]) -> list[Count]:
    """Sorts by week, then by count."""
    return sorted(sorted(counts, key=lambda count: -count.count), key=lambda count: count.week, reverse=True)


def week_of(day: date | None) -> str:
    """Returns the ISO week of a day, or of today, such as `2026-W47`."""
    year, week, _ = (day or datetime.now(UTC).date()).isocalendar()
    return f"{year}-W{week:02d}"
