"""What speaks for and against a fact as the answer, as numbers that mean the same for every fact base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from bot.answering.entries import Candidate
from bot.answering.index import Index
from bot.answering.understanding import SPECIFIC_KINDS, Understanding
from bot.answering.vocabulary import Term


@dataclass(frozen=True, slots=True)
class Signals:
    """One fact, measured against a question and against the other candidates. Shares are 0 to 1, flags 0 or 1."""

    evidence: float
    """What the phrasings together say for the fact."""
    lead_over_facts: float
    """By how much that is more than for the next fact."""
    silence: float
    """What they say for the likeliest unknown."""
    lead_over_silence: float
    overruled: float
    """By how much a fact leads that some guard objects to."""
    likeness: float
    """How alike the best phrasing and the question are."""
    likeness_of_silence: float
    question_cover: float
    """How much of the question the best phrasing covers."""
    question_cover_of_silence: float
    phrasing_cover: float
    """How much of the best phrasing the question covers."""
    missing: float
    """How much of the question is words that the lexicon or other entries know, and this fact nowhere has."""
    strange: float
    """How much of the question is words that nobody knows."""
    missing_from_phrasing: float
    """How many known words of the question the best phrasing lacks, halved."""
    brief: float
    """Whether the question has at most one content word."""
    asks_kind: float
    """Whether it asks for a certain kind of answer."""
    same_kind: float
    """Whether the best phrasing asks for the same kind."""
    yes_or_no: float
    negated: float
    figures: float
    """Whether it states a number."""
    follow_up: float
    """Whether it was completed from the question before."""
    other_time: float
    """Whether it asks what will be, is now or was long ago, and next to no phrasing of the fact does."""
    sparse: float
    """How few phrasings the fact base has: with few, what is likest is seldom alike."""

    def values(self) -> tuple[float, ...]:
        """Return all signals, in the order in which they stand here."""
        return tuple(getattr(self, field.name) for field in fields(self))


_SOME = 0.1
"""The share of phrasings from which on a fact is said to be about another time."""
NAMES: tuple[str, ...] = tuple(field.name for field in fields(Signals))


@dataclass(frozen=True, slots=True)
class Rivals:
    """What a fact is measured against."""

    facts: Sequence[Candidate]
    """Facts that no guard objects to, best first."""
    silence: Candidate | None
    """The likeliest unknown."""
    overruled: float
    """The most that the phrasings say for a fact that some guard objects to."""


def signals(question: Understanding, fact: Candidate, rivals: Rivals, index: Index) -> Signals:
    """Measure one fact."""
    silence = rivals.silence
    silent = silence.evidence if silence else 0.0
    rival = max((other.evidence for other in rivals.facts if other is not fact), default=0.0)
    own = [term for term in question.content if not term.is_borrowed]
    kind = question.kind
    return Signals(
        evidence=fact.evidence,
        lead_over_facts=fact.evidence - rival,
        silence=silent,
        lead_over_silence=fact.evidence - silent,
        overruled=max(0.0, rivals.overruled - fact.evidence),
        likeness=fact.likeness,
        likeness_of_silence=silence.likeness if silence else 0.0,
        question_cover=fact.best.question_cover,
        question_cover_of_silence=silence.best.question_cover if silence else 0.0,
        phrasing_cover=fact.best.phrasing_cover,
        missing=_share(own, [term for term in own if _is_missing(term, fact, index)], index),
        strange=_share(own, [term for term in own if not is_known(term, index)], index),
        missing_from_phrasing=min(1.0, len(_beside(own, fact, index)) / 2),
        brief=float(len(question.content) <= 1),
        asks_kind=float(kind in SPECIFIC_KINDS),
        same_kind=float(kind == fact.best.phrasing.kind),
        yes_or_no=float(question.is_polar),
        negated=float(question.is_negated),
        figures=float(bool(question.quantities)),
        follow_up=float(any(term.is_borrowed for term in question.reading.terms)),
        other_time=float(question.is_of_another_time and fact.entry.other_time < _SOME),
        sparse=index.sparsity,
    )


def _share(terms: Sequence[Term], some: Sequence[Term], index: Index) -> float:
    whole = sum(index.rarity.weight(term) for term in terms)
    return sum(index.rarity.weight(term) for term in some) / whole if whole else 0.0


def is_known(term: Term, index: Index) -> bool:
    """Tell whether the lexicon or the fact base has a word."""
    return any(key[0] in "ce" or index.rarity.knows(key) for key in term.keys)


def _is_missing(term: Term, fact: Candidate, index: Index) -> bool:
    has = any(key in fact.entry.vocabulary for key in (*term.keys, *term.parts))
    return not has and is_known(term, index)


def _beside(terms: Sequence[Term], fact: Candidate, index: Index) -> list[Term]:
    """Return the known words of a question that the fact's best phrasing does not have."""
    phrased = {key for term in fact.best.phrasing.terms for key in term.keys | term.parts}
    return [term for term in terms if is_known(term, index) and (term.keys | term.parts).isdisjoint(phrased)]
