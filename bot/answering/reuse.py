"""Compiles one fact base after another, and takes from the one before what is still the same.

Most of what compiling costs is the words: the lexicon and the names. An editor mostly changes facts.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from bot.answering.engine import Answerer
from bot.answering.spelling import Spelling
from bot.answering.vocabulary import Reading, Vocabulary
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.models import Entity, Report

Names = tuple[dict[str, Entity], ...]
"""The entities of each report."""


_MOST_KEPT = 100_000
"""Phrasings whose readings are kept for the next fact base, at some 4 kilobytes each."""


class _Spelling(Spelling):
    """Known words that do not refer to themselves: they are freed with the fact base that uses them, at once."""

    def __init__(self) -> None:
        super().__init__()
        own = weakref.ref(self)

        def search(word: str) -> tuple[str, ...]:
            spelling = own()
            return () if spelling is None else spelling._search(word)  # noqa: SLF001 - its own

        self._nearest = lru_cache(maxsize=10_000)(search)


class ReusableVocabulary(Vocabulary):
    """A vocabulary of lexicon and names that can be had again for other phrasings."""

    def __init__(self, lexicon: Lexicon, reports: Iterable[Report]) -> None:
        super().__init__(lexicon, reports)
        self._readings: dict[str, Reading | None] = {}
        """Of every phrasing; None until it is read. Every word of a phrasing is known, so its reading depends on
        lexicon and names alone, and holds for every fact base with this phrasing."""

    def anew(self, phrasings: Sequence[str]) -> Self:
        """Return a vocabulary of the same lexicon and names that has learned these phrasings. This one stays."""
        other = copy(self)
        other.relearn(phrasings)
        return other

    def relearn(self, phrasings: Sequence[str]) -> None:
        """Forget every phrasing but these."""
        self._own_words = set()
        self._spelling = _Spelling()
        for book in (self._meanings, self._markers):
            self._spelling.learn(word for word in book.openings() if not word.startswith("~"))
        for text in phrasings:
            self.learn(text)
        self._readings = {text: self._readings.get(text) for text in phrasings[:_MOST_KEPT]}

    def read(self, text: str) -> Reading:
        """Read a text; a phrasing only the first time."""
        reading = self._readings.get(text)
        if reading is None:
            reading = super().read(text)
            if text in self._readings:
                self._readings[text] = reading
        return reading


@dataclass(frozen=True, slots=True)
class _Kept:
    lexicon: Lexicon
    names: Names
    vocabulary: ReusableVocabulary


class Compiler:
    """Makes answerers. Not for two threads at once."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None

    def compile(self, knowledge: KnowledgeBase) -> Answerer:
        """Compile a fact base. The answerer is the same as one that was compiled by itself."""
        names = tuple(report.entities for report in knowledge.reports)
        phrasings = [text for report in knowledge.reports for item in report.items for _, text in item.ask]
        kept = self._kept
        if kept is not None and kept.names == names and kept.lexicon == knowledge.lexicon:
            vocabulary = kept.vocabulary.anew(phrasings)
        else:
            vocabulary = ReusableVocabulary(knowledge.lexicon, knowledge.reports)
            vocabulary.relearn(phrasings)
        self._kept = _Kept(knowledge.lexicon, names, vocabulary)
        return Answerer(knowledge, vocabulary=vocabulary)
