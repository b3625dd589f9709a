"""What a system, ours or a reference, made of one message or question."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages import CHECK_IN, ESCALATE, NONE


@dataclass(frozen=True)
class Verdict:
    """The safety side. `probability` is absent where a system gives none; both lines where it writes no reply."""

    level: str = NONE
    kinds: tuple[str, ...] = ()
    declined: bool = False
    probability: float | None = None
    line_named: bool | None = None
    """The first bubble names a line of a labelled kind, or of the kind found."""
    labelled_line: bool | None = None
    """A line of a labelled kind stands early in the first bubble; what was found plays no part."""

    @property
    def escalated(self) -> bool:
        """A full escalation."""
        return self.level == ESCALATE

    @property
    def reached(self) -> bool:
        """An escalation or a check-in."""
        return self.level in {ESCALATE, CHECK_IN}


@dataclass(frozen=True)
class Retrieved:
    """The answer side. `ranked` holds (passage id, ids of its sources), best first; `score` ranks answerability."""

    ranked: tuple[tuple[str, tuple[str, ...]], ...]
    unknown: bool
    answered: bool
    score: float = 0.0
    kind: str | None = None
