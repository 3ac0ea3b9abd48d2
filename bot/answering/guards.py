"""Reasons why a fact that shares the question's words is still not its answer.

Each guard looks at one thing and returns what it objects to, or nothing. All must be silent for a fact to answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.claims import contradicts
from bot.answering.entries import Candidate, Entry
from bot.answering.entry_reader import with_surroundings
from bot.answering.index import Index
from bot.answering.understanding import SPECIFIC_KINDS, Understanding
from bot.answering.vocabulary import Term
from bot.knowledge.models import Fact

_LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "inside",
        "within",
        "outside",
        "across",
        "у",
        "в",
        "на",
        "під",
        "біля",
        "коло",
        "под",
        "возле",
        "около",
        "w",
        "we",
        "en",
    ]
)


_TOLERATED = 0.6
"""Which share of the telling words a fact may lack."""


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against a fact as the answer."""

    guard: str
    detail: str


def objections(question: Understanding, candidate: Candidate, index: Index) -> Iterator[Objection]:
    """Yield every objection to answering with the candidate."""
    yield from _entities(question, candidate, index)
    yield from _kind(question, candidate)
    yield from _numbers(question, candidate)
    yield from _members(question, candidate, index)
    yield from _roles(question, candidate, index)
    yield from _sorts(question, candidate, index)
    yield from _choice(question, candidate)
    yield from _missing(question, candidate, index)


def _entities(question: Understanding, candidate: Candidate, index: Index) -> Iterator[Objection]:
    """A question about another place or person is another question."""
    phrasing = candidate.best.phrasing
    phrased = {key for term in phrasing.terms for key in term.keys}
    if phrasing.truth is False and question.kind is not None:
        phrased = set()
    for term in question.content:
        names = term.entities
        if term.is_borrowed or not names or names & candidate.entry.entities or term.keys & phrased:
            continue
        if question.kind is None and contradicts(term, question, candidate.entry, index):
            continue
        if any(not key.startswith("e:") and index.rarity.knows(key) for key in term.keys):
            continue
        if names & index.pervasive and not _is_located(question, term):
            continue
        yield Objection("entity", term.text)


def _is_located(question: Understanding, term: Term) -> bool:
    before = question.reading.tokens[term.position - 1].form if term.position else ""
    return before in _LOCATIVE


def _kind(question: Understanding, candidate: Candidate) -> Iterator[Objection]:
    """«Where» is not answered by «how many»."""
    kind = question.kind
    if question.asks_source:
        if "source" not in candidate.entry.kinds:
            yield Objection("kind", "source")
    elif kind in SPECIFIC_KINDS and kind not in candidate.entry.kinds:
        yield Objection("kind", kind or "")


def _numbers(question: Understanding, candidate: Candidate) -> Iterator[Objection]:
    """A question that presumes a number the fact does not state is not answered by it. Claims are judged apart."""
    if question.kind is None:
        return
    stated = {value.number for value in candidate.entry.stated}
    for quantity in question.quantities:
        if quantity.value not in stated and f"n:{quantity.value:g}" not in candidate.entry.vocabulary:
            yield Objection("number", quantity.text)


def _members(question: Understanding, candidate: Candidate, index: Index) -> Iterator[Objection]:
    """Saturday is not Friday, a man is not a woman. Claims are judged apart, where the fact states a value."""
    for term in question.content:
        closed = index.sorts.closed(term)
        if term.is_borrowed or not closed or any(key in candidate.entry.vocabulary for key in term.keys):
            continue
        if question.kind is None and closed & index.sorts.closed_in(candidate.entry):
            continue
        if question.kind == "who" and closed == {"sex"}:  # «who is this guy» asks for anybody
            continue
        yield Objection("time" if "weekday" in closed else "class", term.text)


def _sorts(question: Understanding, candidate: Candidate, index: Index) -> Iterator[Objection]:
    """Killed is not hurt, a missile is not a drone: a fact about one of a sort does not answer for another."""
    entry = candidate.entry
    for term in question.content:
        if term.is_borrowed or any(key in entry.vocabulary for key in (*term.keys, *term.parts)):
            continue
        sorts = {index.sorts.sort({key}) for key in term.keys}
        concepts = all(key.startswith("c:") for key in term.keys)
        if concepts and not sorts.isdisjoint(entry.sorts) and not _claims_otherwise(question, term, entry, index):
            yield Objection("sort", term.text)


def _claims_otherwise(question: Understanding, term: Term, entry: Entry, index: Index) -> bool:
    return question.kind is None and contradicts(term, question, entry, index)


def _roles(question: Understanding, candidate: Candidate, index: Index) -> Iterator[Objection]:
    """Who did it to whom must not be swapped."""
    fact = candidate.entry.item
    if not isinstance(fact, Fact):
        return
    actors, targets = question.actors, question.targets
    if fact.actor and fact.actor in targets and actors and fact.actor not in actors:
        yield Objection("role", f"{fact.actor} as the one it was done to")
    elif fact.actor and _acts_instead(question, candidate, fact.actor, index):
        yield Objection("role", f"somebody other than {fact.actor} as the one who did it")
    elif fact.actor and fact.target:
        if fact.target in actors - candidate.best.phrasing.actors and fact.actor not in actors:
            yield Objection("role", f"{fact.target} as the one who did it")
        elif fact.actor in targets and fact.target not in targets:
            yield Objection("role", f"{fact.actor} as the one it was done to")


def _acts_instead(question: Understanding, candidate: Candidate, actor: str, index: Index) -> bool:
    """Tell whether somebody of the same kind is shown to do it, and the one who did it is not named at all."""
    kind = index.sorts.sort({f"e:{actor}"})
    acting = question.actors - candidate.best.phrasing.actors
    mentioned = with_surroundings({name for term in question.content for name in term.entities}, index.named)
    same_kind = all(index.sorts.sort({f"e:{name}"}) == kind for name in acting)
    return bool(acting) and same_kind and actor not in mentioned


def _choice(question: Understanding, candidate: Candidate) -> Iterator[Objection]:
    """«Who was first, Anna or Boris?» is not answered by a fact about both."""
    for mark in question.reading.marks:
        if mark.key != "or" or question.kind is None:
            continue
        sides = [
            term.entities
            for term in question.content
            if term.position + term.length == mark.position or term.position == mark.position + mark.length
        ]
        if len(sides) == 2 and all(side & candidate.entry.entities for side in sides):
            yield Objection("choice", "both are in the fact")


def _missing(question: Understanding, candidate: Candidate, index: Index) -> Iterator[Objection]:
    """Words that other facts are about, and this one nowhere has: the question is likely about those.

    Rarity plays no part here: «killed» is a common word in a report of an attack, and still decides.
    """
    if not isinstance(candidate.entry.item, Fact):
        return
    telling = [term for term in question.content if not term.is_borrowed and index.rarity.is_telling(term)]
    strange = [term for term in telling if not index.has(candidate.entry, term, question)]
    if strange and len(strange) > _TOLERATED * len(telling):
        yield Objection("missing", ", ".join(term.text for term in strange))
