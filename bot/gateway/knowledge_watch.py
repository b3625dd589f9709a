"""Says when the knowledge folder could not be trained on: the last good model serves on, and somebody should know."""

from __future__ import annotations

import asyncio
from pathlib import Path

import structlog

from bot.retrieval.knowledge_base import loading_faults
from bot.safety.hotlines import KNOWLEDGE

log = structlog.get_logger(__name__)

Seen = tuple[tuple[str, int, int], ...]


class KnowledgeWatch:
    """Reads the folder again when a file of it has changed. Where no passages came along, as in the images, nothing is edited."""

    def __init__(self, directory: Path = KNOWLEDGE) -> None:
        self._directory = directory
        self._is_edited_here = (directory / "passages").is_dir()
        self._seen: Seen | None = None
        self._faults: list[str] = []

    async def faults(self) -> list[str]:
        """Returns what is broken now, by file and line; each new state is logged once."""
        if not self._is_edited_here:
            return []
        seen = self._look()
        if seen != self._seen:
            self._seen = seen
            self._faults = await asyncio.to_thread(loading_faults, self._directory)
            for fault in self._faults:
                log.error("gateway.knowledge_broken", fault=fault)
        return self._faults

    def _look(self) -> Seen:
        files = [*sorted((self._directory / "passages").glob("*.md")), self._directory / "hotlines.yml"]
        return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.exists())
