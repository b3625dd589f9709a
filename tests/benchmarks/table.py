"""Figures as a table in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def print_table(title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Prints one row as a list, several rows side by side."""
    print(f"\n{title}")
    if len(rows) == 1:
        for name, value in rows[0].items():
            print(f"  {name:44}{value:>14}")
        return
    widths = {name: max(len(name), *(len(str(row[name])) for row in rows)) + 2 for name in rows[0]}
    print("".join(f"{name:>{width}}" for name, width in widths.items()))
    for row in rows:
        print("".join(f"{row[name]!s:>{width}}" for name, width in widths.items()), flush=True)
