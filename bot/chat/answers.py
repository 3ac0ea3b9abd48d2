"""What the chat needs to know of whoever answers."""

from __future__ import annotations

from typing import Protocol

from bot.answering.answers import Answer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Lang


class Answers(Protocol):
    """Answers questions from one fact base."""

    @property
    def knowledge(self) -> KnowledgeBase:
        """The fact base that is answered from now."""

    def answer(self, question: str, previous: str | None = None, lang: Lang | None = None) -> Answer:
        """Answer a question; ``previous`` is the one before it, ``lang`` the reader's language if chosen."""
