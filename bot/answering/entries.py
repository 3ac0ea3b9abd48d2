"""What the matcher compares: entries with their phrasings, and how well one matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.understanding import Understanding
from bot.answering.vocabulary import Term
from bot.knowledge.models import Fact, Report, Unknown

TIME_UNITS = frozenset({"c:second-unit", "c:minute", "c:hour", "c:day", "c:week", "c:month", "c:year"})
"""Keys of the lexicon's concepts for units of time."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a fact states, read: a number, or keys and the closed set or sort they belong to."""

    number: float | None
    bound: str
    keys: frozenset[str]
    sort: str | None
    unit: frozenset[str]
    """Keys of what the value is of."""
    concerns: frozenset[str] = frozenset()
    """For a named value, keys of what a claim must mention to be about it: Poland is the country «of the minister»."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact or an unknown, with everything the matcher knows of it."""

    number: int
    report: Report
    item: Fact | Unknown
    vocabulary: Mapping[str, float]
    """Keys of its phrasings, of its answer and of whom it is about, each with how much it is about that, up to 1."""
    entities: frozenset[str]
    """Entities it is about or that its phrasings name, with what they lie within."""
    kinds: frozenset[str]
    """Kinds of answer it gives."""
    named: frozenset[str] = frozenset()
    """Entities that any of its phrasings names, false claims aside."""
    gives: frozenset[str] = frozenset()
    """Keys that it answers whatever the phrasing: whose claim it is, where the citation says so."""
    stated: tuple[Stated, ...] = ()
    """What claims are checked against."""
    sorts: frozenset[str] = frozenset()
    """Sorts of things that it is about: it is of a weapon, of harm to people."""
    other_time: float = 0.0
    """The share of its phrasings that ask what will be, is now, or was long ago."""

    @property
    def is_fact(self) -> bool:
        """Whether it answers, rather than noting that the report does not."""
        return isinstance(self.item, Fact)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask for an entry, or to claim what it says."""

    entry: int
    text: str
    terms: tuple[Term, ...]
    kind: str | None
    truth: bool | None
    """For a listed claim: whether the fact bears it out."""
    actors: frozenset[str] = frozenset()
    """Entities that it shows as doing something."""
    is_of_another_time: bool = False
    """Whether it asks what will be, is now, or was long ago."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that a fact is known to prove right or wrong."""

    entry: int
    message: Understanding
    truth: bool


@dataclass(frozen=True, slots=True)
class Match:
    """How well a phrasing and a question cover each other."""

    phrasing: Phrasing
    question_cover: float
    content_cover: float
    """The same for the question's own content words alone, kinds of answer and borrowed words aside."""
    phrasing_cover: float
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer, by its best phrasing."""

    entry: Entry
    best: Match
    matches: tuple[Match, ...]
    """Its phrasings that are most like the question, best first."""
    evidence: float
    """How much its phrasings speak for it against all other entries, 0 to about 1; see ``kernel``."""
    likeness: float
    """How alike its most similar phrasing and the question are, 0 to 1."""

    @property
    def score(self) -> float:
        """The score of the best phrasing."""
        return self.best.score
