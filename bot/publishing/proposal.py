"""What an examination of a fact base ends in: a proposal that could be served, or everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answering.engine import Answerer
from bot.answering.evaluation import Figures
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.bundle import Bundle
from bot.knowledge.difference import Difference
from bot.knowledge.problems import Problem
from bot.publishing.endings import Endings


@dataclass(frozen=True, slots=True)
class Finding:
    """A phrasing that does not lead to its own fact alone. It is served all the same; an editor should look at it."""

    key: str
    """The fact, ``report/fact``."""
    phrasing: str
    ending: str
    """Where it leads instead, in a word or two."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that is answered otherwise than before."""

    question: str
    old: str
    """How its answer ended, in a word or two: fact ids, "not in the report"."""
    new: str


@dataclass(frozen=True, slots=True)
class Regression:
    """How the regression questions of a report ended, all of them well enough to serve."""

    report: str
    figures: Figures
    missed: tuple[str, ...]
    """Questions that ended badly, which the floors allow."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Who would be told of a difference."""

    alerts: int
    """Messages that would be sent, corrections of earlier answers among them."""
    chats: int


NOBODY = Reach(0, 0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact base that passed every check, compared with the one that was served when it was examined."""

    bundle: Bundle
    answerer: Answerer
    against: int
    """The sequence number of the publication it was compared with."""
    difference: Difference
    regressions: tuple[Regression, ...]
    findings: tuple[Finding, ...]
    flips: tuple[Flip, ...]
    endings: Endings
    """How the regression questions ended."""
    reach: Reach = NOBODY

    @property
    def knowledge(self) -> KnowledgeBase:
        """The fact base that would be served."""
        return self.answerer.knowledge

    @property
    def revision(self) -> str:
        """The revision that would be served."""
        return self.bundle.revision

    def reaching(self, reach: Reach) -> Proposal:
        """Return the same with who would be told."""
        return replace(self, reach=reach)


@dataclass(frozen=True, slots=True)
class Refused:
    """A fact base that cannot be served. There is at least one problem."""

    revision: str
    problems: tuple[Problem, ...]
