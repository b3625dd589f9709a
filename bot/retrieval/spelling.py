"""Repairs misspelt words of a question towards the words that our questions and passages use."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.safety.normalize import fold

_WORD = re.compile(r"[a-z]+")
_SHORTEST = 5
"""Letters below which a word is left alone: short words are too close to each other."""

_LONG = 8
"""Letters from which on two slips are repaired, below it one."""

_FAMILIAR = 3
"""Uses in the training texts that make a word known."""

_TARGET = 5
"""Uses that make a word one to repair towards."""


class SpellingRepair:
    """Replaces a word that nobody knows by a close one that our texts use often.

    Known words, their inflections, short words and everything in Spanish stay as they are. The
    distance is optimal string alignment, so that two swapped letters count as one slip.

    Example:
        >>> SpellingRepair({"solicitation": 40, "fine": 90}, ["whats", "the"]).repair("whats the fine for solicitaton")
        'whats the fine for solicitation'
    """

    def __init__(self, targets: Mapping[str, int], known: Iterable[str]) -> None:
        self._targets = {word: uses for word, uses in targets.items() if len(word) >= _SHORTEST - 1}
        self._known = frozenset({*known, *targets})
        self._stemmer = snowballstemmer.stemmer("english")
        self._stems = frozenset(self._stemmer.stemWords(sorted(self._known)))
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(self._targets):
            self._by_initial.setdefault(word[0], []).append(word)
        self._repaired = lru_cache(maxsize=4096)(self._repair_word)

    @classmethod
    def from_texts(cls, texts: Iterable[str], vocabulary: Iterable[str]) -> SpellingRepair:
        """Learns the words from texts; `vocabulary` holds more words that count as known."""
        uses = Counter(word for text in texts for word in _WORD.findall(fold(text)))
        known = {word for word, count in uses.items() if count >= _FAMILIAR} | {word for word in vocabulary if _WORD.fullmatch(word)}
        return cls({word: count for word, count in uses.items() if count >= _TARGET}, known)

    def repair(self, text: str) -> str:
        """Returns the text with its slips mended, in lower case, or the very text where there are none."""
        folded = fold(text)
        repaired = _WORD.sub(lambda match: self._repaired(match.group()), folded)
        return text if repaired == folded else repaired

    def _repair_word(self, word: str) -> str:
        if len(word) < _SHORTEST or word in self._known or self._stemmer.stemWord(word) in self._stems:
            return word
        slips = 2 if len(word) >= _LONG else 1
        close = process.extract(word, self._by_initial.get(word[0], []), scorer=OSA.distance, score_cutoff=slips, limit=8)
        return min(close, key=lambda hit: (hit[1], -self._targets[hit[0]]))[0] if close else word

    def save(self, path: Path) -> None:
        """Writes the words to one JSON file."""
        path.write_text(json.dumps({"targets": self._targets, "known": sorted(self._known)}), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> SpellingRepair:
        """Reads what `save` wrote."""
        words = json.loads(path.read_text(encoding="utf-8"))
        return cls(words["targets"], words["known"])
