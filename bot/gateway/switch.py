"""The off switch: `python -m bot hotline-only on|off` works at run time."""

from __future__ import annotations

from pathlib import Path

from bot.safety.hotlines import ROOT

STATE = ROOT / ".state" / "hotline-only"


class HotlineOnly:
    """Whether the gateway answers with the hotlines alone; read anew at every message."""

    def __init__(self, start_value: bool, state: Path = STATE) -> None:
        self._start_value = start_value
        self._state = state

    def __bool__(self) -> bool:
        try:
            return self._state.read_text(encoding="ascii").strip() == "on"
        except (OSError, UnicodeDecodeError):
            return self._start_value

    def set(self, on: bool) -> None:
        """Switches every gateway of this checkout."""
        self._state.parent.mkdir(exist_ok=True)
        self._state.write_text("on" if on else "off", encoding="ascii")
