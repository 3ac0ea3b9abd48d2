"""The one reference to what is served. It is swapped as a whole; who has taken a snapshot keeps it to the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.answering.answers import Answer
from bot.answering.engine import Answerer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Lang
from bot.publishing.endings import Endings
from bot.storage.revisions import NOTHING


@dataclass(frozen=True, slots=True)
class Serving:
    """A fact base that is served, and since when. It answers by itself, and always from this one revision."""

    answerer: Answerer
    sequence: int
    """The number of its publication; 0 where it was never published."""
    since: datetime
    endings: Endings = field(default_factory=dict, compare=False, repr=False)
    """How questions ended that it was asked already; the next examination need not ask them again."""

    @property
    def knowledge(self) -> KnowledgeBase:
        """The fact base."""
        return self.answerer.knowledge

    @property
    def revision(self) -> str:
        """The revision of the fact base."""
        return self.answerer.knowledge.revision

    def answer(self, question: str, previous: str | None = None, lang: Lang | None = None) -> Answer:
        """Answer a question, as ``Answerer.answer`` does."""
        return self.answerer.answer(question, previous, lang)


class Current:
    """What is served now. Take one ``snapshot`` for all that belongs to one answer."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    @classmethod
    def unpublished(cls, answerer: Answerer, since: datetime) -> Current:
        """Serve a fact base that is in no database yet."""
        return cls(Serving(answerer, NOTHING, since))

    def snapshot(self) -> Serving:
        """Return what is served now; it stays as it is when something else is."""
        return self._serving

    def swap(self, serving: Serving) -> None:
        """Serve something else from now on. Answers that have begun finish on what they took."""
        self._serving = serving

    @property
    def knowledge(self) -> KnowledgeBase:
        """The fact base that is served at this moment."""
        return self._serving.knowledge

    def answer(self, question: str, previous: str | None = None, lang: Lang | None = None) -> Answer:
        """Answer one question from what is served at this moment."""
        return self._serving.answer(question, previous, lang)
