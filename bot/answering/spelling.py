"""Misspelt words led back to the words that the lexicon and the phrasings use.

A word that a dictionary has is never changed: that guard lives with the caller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

_MIN_LENGTH = 3


class Spelling:
    """Finds the known words within a small edit distance."""

    def __init__(self) -> None:
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._known: set[str] = set()
        self._nearest = lru_cache(maxsize=10_000)(self._search)

    def learn(self, words: Iterable[str]) -> None:
        """Take up words. Short ones are left out: everything is near to them."""
        for word in words:
            if len(word) >= _MIN_LENGTH and word not in self._known:
                self._known.add(word)
                self._by_length[len(word)].append(word)
        self._nearest.cache_clear()

    def nearest(self, word: str) -> tuple[str, ...]:
        """Return the known words nearest to ``word``: at most three, all at the same distance; often none."""
        return self._nearest(word)

    def _search(self, word: str) -> tuple[str, ...]:
        allowed = _allowed(len(word))
        best, found = allowed, list[str]()
        if not allowed:
            return ()
        for length in range(max(_MIN_LENGTH, len(word) - allowed), len(word) + allowed + 1):
            for candidate in self._by_length.get(length, ()):
                distance = OSA.distance(word, candidate, score_cutoff=best)
                if distance > best:
                    continue
                if distance < best:
                    best, found = distance, []
                found.append(candidate)
        swapped = [candidate for candidate in found if sorted(candidate) == sorted(word)]
        same_start = [candidate for candidate in found if candidate[0] == word[0]]
        return tuple((swapped or same_start or found)[:3])


def _allowed(length: int) -> int:
    """How many edits a word of this length may be away."""
    if length < _MIN_LENGTH:
        return 0
    return 1 if length <= 5 else 2 if length <= 9 else 3
