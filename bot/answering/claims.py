"""Whether a report bears a claim out or contradicts it. Where it does neither, there is no verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answering.answers import Verdict
from bot.answering.entries import TIME_UNITS, Candidate, Entry, Stated
from bot.answering.index import Index
from bot.answering.understanding import Quantity, Understanding
from bot.answering.vocabulary import Term

_NEAR = 0.1
"""How far from a stated figure «about» may be."""
_CLEAR_NO = 0.1
_CLEAR_YES = 0.05
"""How far the listed claims must lean to one side to settle what is asked for a yes or no."""
_WRONG_OTHERWISE = 0.4
"""How far they must lean against a message whose figures are right."""
_CLEAR_STATED = 0.2
_CLEAR_MARKED = 0.15
"""The same for a bare statement, and for one that only a question mark makes a question: it may just name a subject."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a fact says of a claim."""

    verdict: Verdict | None
    because: Literal["number", "value", "claims", "unverified", "none"]


def judge(question: Understanding, candidate: Candidate, index: Index) -> Judgement:
    """Check a claim or a yes/no question against a fact."""
    numbers = _by_numbers(question, candidate.entry, index.light)
    if numbers is not None and numbers.verdict is None:
        if any(quantity.value > 1 for quantity in question.quantities):
            return numbers
        numbers = None  # «this one», «zero chance»: words rather than figures
    member = _by_members(question, candidate.entry, index)
    leaning = index.truth(question, candidate.entry)
    if numbers is not None:
        # Right figures do not make the rest right: «537 drones that night», when it was the Saturday before.
        wrong_otherwise = numbers.verdict == "yes" and leaning is not None and leaning < -_WRONG_OTHERWISE
        plain = not question.is_negated and all(quantity.bound == "exactly" for quantity in question.quantities)
        return Judgement("no", "claims") if wrong_otherwise and plain else numbers
    return member if member is not None else _by_claims(question, leaning)


def contradicts(term: Term, question: Understanding, entry: Entry, index: Index) -> bool:
    """Tell whether a word of a claim stands in place of one that the fact states: Germany for Poland."""
    return index.sorts.replaces(term, question.mentioned, entry)


def _by_numbers(question: Understanding, entry: Entry, light: frozenset[str]) -> Judgement | None:
    """Every number must agree with a stated value of the same thing; one that cannot be checked settles nothing."""
    if not question.quantities:
        return None
    numeric = [stated for stated in entry.stated if stated.number is not None]
    exact = [quantity for quantity in question.quantities if any(stated.number == quantity.value for stated in numeric)]
    taken = {quantity.value for quantity in exact if quantity.bound == "exactly"}
    verdicts: list[bool | None] = []
    for quantity in question.quantities:
        stated = _matching(quantity, numeric, taken, light)
        verdicts.append(None if stated is None else _agrees(quantity, stated))
    if any(verdict is False for verdict in verdicts):
        return Judgement("yes" if question.is_negated else "no", "number")
    if any(verdict is None for verdict in verdicts):
        return Judgement(None, "unverified")
    return Judgement("no" if question.is_negated else "yes", "number")


def _matching(quantity: Quantity, numeric: Sequence[Stated], taken: set[float], light: frozenset[str]) -> Stated | None:
    """Return the stated value that a claimed number is about: the same number, or another one of the same thing.

    ``light``: words that say little, such as «person»: counting those is counting whatever the fact counts.
    """
    same = next((stated for stated in numeric if stated.number == quantity.value), None)
    if same is not None:
        others = [stated for stated in numeric if stated.number != same.number and stated.unit & quantity.near]
        return others[0] if others and not same.unit & quantity.near else same
    free = [stated for stated in numeric if stated.number not in taken]
    same_unit = [stated for stated in free if stated.unit & quantity.unit]
    if same_unit:
        return same_unit[0]
    return free[0] if len(free) == 1 and quantity.unit <= light else None


def _agrees(quantity: Quantity, stated: Stated) -> bool | None:
    """Compare a claimed number with a stated one. None where the report's «more than» leaves it open."""
    if _other_time_unit(quantity, stated):
        return False
    number, claimed = stated.number or 0.0, quantity.value
    if stated.bound == "more":
        return _agrees_with_floor(quantity, number)
    if stated.bound == "less":
        return None if claimed < number else claimed == number and quantity.bound == "exactly"
    if stated.bound == "about" or quantity.bound == "about":
        return abs(number - claimed) <= _NEAR * max(number, 1)
    comparisons = {
        "more": number > claimed,
        "at-least": number >= claimed,
        "less": number < claimed,
        "at-most": number <= claimed,
    }
    return comparisons.get(quantity.bound, number == claimed)


def _other_time_unit(quantity: Quantity, stated: Stated) -> bool:
    """Eight days are not eight hours."""
    mine, theirs = quantity.unit & TIME_UNITS, stated.unit & TIME_UNITS
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _agrees_with_floor(quantity: Quantity, floor: float) -> bool | None:
    """Compare a claim with «more than ``floor``». A claim of the very number is how people put it in short."""
    claimed = quantity.value
    if quantity.bound in {"more", "at-least"}:
        return True if claimed <= floor else None
    if quantity.bound in {"less", "at-most"}:
        return False if claimed <= floor else None
    if claimed > floor:
        return None
    return claimed >= floor * (1 - _NEAR) if quantity.bound == "about" else claimed == floor


def _by_members(question: Understanding, entry: Entry, index: Index) -> Judgement | None:
    """A word of a closed set, or an entity, against the one that the fact states."""
    own = [term for term in question.content if not term.is_borrowed]
    others = [term for term in own if contradicts(term, question, entry, index) and not term.entities & entry.entities]
    if not others:
        return None
    stated = frozenset().union(*(value.keys for value in entry.stated))
    if any(term.keys & stated for term in own):  # «a man, and not a woman»
        return Judgement("no", "value") if question.is_negated else Judgement(None, "unverified")
    return Judgement("yes" if question.is_negated else "no", "value")


def _by_claims(question: Understanding, leaning: float | None) -> Judgement:
    """Take the side of the listed claims that the message resembles."""
    if leaning is None or -_clear(question, _CLEAR_NO) < leaning < _clear(question, _CLEAR_YES):
        return Judgement(None, "none")
    return Judgement("yes" if leaning > 0 else "no", "claims")


def _clear(question: Understanding, asked: float) -> float:
    """Return how far to lean; ``asked``: where the message plainly asks for a yes or no, or denies something."""
    if question.is_negated or question.opens_as_yes_or_no or "polar" in question.marks:
        return asked
    return _CLEAR_MARKED if question.ends_as_question else _CLEAR_STATED
