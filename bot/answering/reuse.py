"""Compiles one fact base after another, and takes from the one before what is still the same.

Most of what compiling costs is the words: the lexicon and the names. An editor mostly changes facts.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Self

from bot.answering.answers import CitedFact
from bot.answering.compile import compile_index
from bot.answering.decision import Thresholds
from bot.answering.engine import Answerer
from bot.answering.spelling import Spelling
from bot.answering.vocabulary import Vocabulary
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.models import Entity

Names = tuple[dict[str, Entity], ...]
"""The entities of each report."""


class ReusableVocabulary(Vocabulary):
    """A vocabulary of lexicon and names that can be had again without the phrasings it has learned."""

    def anew(self) -> Self:
        """Return a vocabulary of the same lexicon and names that has learned no phrasing. This one stays as it is."""
        other = copy(self)
        other.unlearn()
        return other

    def unlearn(self) -> None:
        """Forget every phrasing."""
        self._own_words = set()
        self._spelling = Spelling()
        for book in (self._meanings, self._markers):
            self._spelling.learn(word for word in book.openings() if not word.startswith("~"))


@dataclass(frozen=True, slots=True)
class _Kept:
    lexicon: Lexicon
    names: Names
    vocabulary: ReusableVocabulary
    """Without phrasings."""


class Compiler:
    """Makes answerers. Not for two threads at once."""

    def __init__(self) -> None:
        self._kept: _Kept | None = None

    def compile(self, knowledge: KnowledgeBase) -> Answerer:
        """Compile a fact base. The answerer is the same as one that was compiled by itself."""
        names = tuple(report.entities for report in knowledge.reports)
        kept = self._kept
        if kept is None or kept.names != names or kept.lexicon != knowledge.lexicon:
            kept = _Kept(knowledge.lexicon, names, ReusableVocabulary(knowledge.lexicon, knowledge.reports))
            self._kept = kept
        vocabulary = kept.vocabulary.anew()
        for report in knowledge.reports:
            for item in report.items:
                for _, text in item.ask:
                    vocabulary.learn(text)
        return _Compiled(knowledge, vocabulary)


class _Compiled(Answerer):
    """An answerer whose words were at hand."""

    def __init__(self, knowledge: KnowledgeBase, vocabulary: Vocabulary) -> None:
        self.knowledge = knowledge
        self.thresholds = Thresholds()
        self._vocabulary = vocabulary
        self._index = compile_index(knowledge, vocabulary)
        self._facts = {
            f"{report.report.id}/{fact.id}": CitedFact(report.report, fact)
            for report in knowledge.reports
            for fact in report.facts
        }
