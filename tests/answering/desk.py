"""The steps of answering, one at a time, over the invented report and a lexicon of a few words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.answers import Verdict
from bot.answering.claims import Judgement, judge
from bot.answering.entries import Candidate
from bot.answering.guards import objections
from bot.answering.index import Index
from bot.answering.understanding import Understanding, understand
from bot.answering.vocabulary import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Desk:
    """What the steps work with."""

    vocabulary: Vocabulary
    index: Index

    def understand(self, text: str) -> Understanding:
        """Understand a message."""
        return understand(text, self.vocabulary)

    def term(self, text: str) -> Term:
        """Read a text that is one term."""
        (term,) = self.vocabulary.read(text).terms
        return term

    def ranking(self, text: str) -> list[str]:
        """Return the ids of the candidates for a question, the likeliest first."""
        return [candidate.entry.item.id for candidate in self.index.candidates(self.understand(text))]

    def candidate(self, question: Understanding, name: str) -> Candidate:
        """Return one candidate for a question by its id."""
        (found,) = (each for each in self.index.candidates(question) if each.entry.item.id == name)
        return found

    def objections(self, text: str, name: str) -> set[str]:
        """Return which guards object to answering a question with a fact."""
        question = self.understand(text)
        return {objection.guard for objection in objections(question, self.candidate(question, name), self.index)}

    def judgement(self, text: str, name: str) -> Judgement:
        """Judge a claim by a fact."""
        question = self.understand(text)
        return judge(question, self.candidate(question, name), self.index)

    def verdict(self, text: str, name: str) -> Verdict | None:
        """Return what a fact says of a claim."""
        return self.judgement(text, name).verdict
