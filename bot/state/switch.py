"""The off switch: `python -m bot hotline-only on|off` works at run time."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from bot.settings import ROOT

STATE = ROOT / ".state" / "hotline-only"


class HotlineOnly(Protocol):
    """Whether the gateways answer with the hotlines alone; asked anew at every message."""

    async def is_on(self) -> bool:
        """Whether it is on. Never fails."""

    async def set(self, on: bool) -> None:
        """Switches every gateway."""


class FileSwitch:
    """A word in a file, for every gateway of this checkout."""

    def __init__(self, start_value: bool, state: Path = STATE) -> None:
        self._start_value = start_value
        self._state = state

    async def is_on(self) -> bool:
        """See `HotlineOnly`."""
        try:
            return self._state.read_text(encoding="ascii").strip() == "on"
        except (OSError, UnicodeDecodeError):
            return self._start_value

    async def set(self, on: bool) -> None:
        """See `HotlineOnly`."""
        self._state.parent.mkdir(exist_ok=True)
        self._state.write_text("on" if on else "off", encoding="ascii")
