"""What the chat needs to know of whoever answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.answering.answers import Answer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Lang


class Answers(Protocol):
    """Answers questions from one fact base, which stays the same."""

    @property
    def knowledge(self) -> KnowledgeBase:
        """The fact base that is answered from."""

    def answer(self, question: str, previous: str | None = None, lang: Lang | None = None) -> Answer:
        """Answer a question; ``previous`` is the one before it, ``lang`` the reader's language if chosen."""


class Source(Protocol):
    """Knows who answers now. That may be somebody else at the next look."""

    def snapshot(self) -> Answers:
        """Return who answers now: take it once for all that belongs to one answer."""


@dataclass(frozen=True, slots=True)
class Always:
    """A source that never changes."""

    answers: Answers

    def snapshot(self) -> Answers:
        """Return who always answers."""
        return self.answers
