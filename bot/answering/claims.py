"""Whether a report bears a claim out or contradicts it. Where it does neither, there is no verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.answering.answers import Verdict
from bot.answering.index import Candidate, Form, Index
from bot.answering.understanding import Quantity, Understanding
from bot.answering.vocabulary import Vocabulary
from bot.knowledge.models import Fact, Value

_NEAR = 0.1
"""How far from a stated figure «about» may be."""
_CLEAR = 0.45
"""The least score at which a claim phrasing speaks for or against a message."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a fact says of a claim."""

    verdict: Verdict | None
    because: Literal["number", "value", "confirms", "denies", "unverified", "none"]


def judge(question: Understanding, candidate: Candidate, index: Index, vocabulary: Vocabulary) -> Judgement:
    """Check a claim or a yes/no question against a fact."""
    fact = candidate.entry.item
    if not isinstance(fact, Fact):
        return Judgement(None, "none")
    numbers = _by_numbers(question, fact, vocabulary)
    if numbers is not None:
        return numbers
    member = _by_members(question, fact, index, vocabulary)
    if member is not None:
        return member
    return _by_phrasings(question, candidate)


def _by_numbers(question: Understanding, fact: Fact, vocabulary: Vocabulary) -> Judgement | None:
    """Every number must agree with a stated value of the same thing; one that cannot be checked settles nothing."""
    if not question.quantities:
        return None
    verdicts: list[bool | None] = []
    for quantity in question.quantities:
        value = _matching_value(quantity, fact, vocabulary)
        verdicts.append(None if value is None else _agrees(quantity, value))
    if any(verdict is False for verdict in verdicts):
        return Judgement("yes" if question.is_negated else "no", "number")
    if any(verdict is None for verdict in verdicts):
        return Judgement(None, "unverified")
    return Judgement("no" if question.is_negated else "yes", "number")


def _matching_value(quantity: Quantity, fact: Fact, vocabulary: Vocabulary) -> Value | None:
    numeric = [value for value in fact.values if not isinstance(value.is_, str)]
    for value in numeric:
        unit = {key for term in vocabulary.read(value.of).terms for key in term.keys}
        if unit & quantity.unit:
            return value
    same = [value for value in numeric if value.is_ == quantity.value]
    if same:
        return same[0]
    return numeric[0] if len(numeric) == 1 else None


def _agrees(quantity: Quantity, value: Value) -> bool:
    if isinstance(value.is_, str):
        return False
    stated, claimed = float(value.is_), quantity.value
    if quantity.bound == "more":
        return stated >= claimed if value.bound != "less" else stated > claimed
    if quantity.bound == "less":
        return stated <= claimed and value.bound != "more"
    if quantity.bound == "about":
        return abs(stated - claimed) <= _NEAR * max(stated, 1)
    return stated == claimed


def _by_members(question: Understanding, fact: Fact, index: Index, vocabulary: Vocabulary) -> Judgement | None:
    """A word of a closed set, or an entity, against the one that the fact states."""
    for value in fact.values:
        if not isinstance(value.is_, str):
            continue
        stated = {key for term in vocabulary.read(value.is_).terms for key in term.keys}
        wanted = {index.classes[key] for key in stated if key in index.classes}
        if not wanted:
            continue
        claimed = [term for term in question.content if any(index.classes.get(key) in wanted for key in term.keys)]
        if not claimed:
            continue
        if any(term.keys & stated for term in claimed):
            return None if len(claimed) == 1 else _contrasted(question)
        if _concerns(question, value, vocabulary):
            return Judgement("yes" if question.is_negated else "no", "value")
    return None


def _contrasted(question: Understanding) -> Judgement:
    """«A man, and not a woman»: the negation stands before one of two; the report names the other or this one."""
    return Judgement("no" if question.is_negated else None, "value" if question.is_negated else "unverified")


def _concerns(question: Understanding, value: Value, vocabulary: Vocabulary) -> bool:
    """Countries stand in many sentences; a claim is about the value only if it speaks of what the value is of."""
    of = {key for term in vocabulary.read(value.of).terms for key in term.keys}
    mentioned = {key for term in question.content for key in term.keys}
    return len(of) <= 1 or bool(of & mentioned)


def _by_phrasings(question: Understanding, candidate: Candidate) -> Judgement:
    """Compare with the claims that an editor listed as borne out or contradicted."""
    scores = {form: candidate.by_form[form] for form in _CLAIMS if form in candidate.by_form}
    if not scores:
        return Judgement(None, "none")
    ranked = sorted(scores.items(), key=lambda item: -_parity_score(question, item[1][1].negated, item[1][0]))
    form, (score, phrasing) = ranked[0]
    if score < _CLEAR:
        return Judgement(None, "none")
    truth = (form == "confirms") == (phrasing.negated == question.is_negated)
    return Judgement("yes" if truth else "no", "confirms" if form == "confirms" else "denies")


def _parity_score(question: Understanding, negated: bool, score: float) -> float:
    """Prefer a listed claim that is negated as the message is."""
    return score + (0.05 if negated == question.is_negated else 0.0)


_CLAIMS: tuple[Form, Form] = ("confirms", "denies")
