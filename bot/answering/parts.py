"""Compound messages: «how many were hurt, and what burnt?» is two questions.

Three ways to take a message apart, each a tuple of parts: into sentences and clauses, at a conjunction that joins two
questions, and at a conjunction that joins two words of one question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.answering.understanding import Understanding
from bot.answering.vocabulary import Mark, Reading, Term

_ASKING = frozenset({"count", "duration", "who", "where", "when", "why", "manner", "thing", "source", "degree", "age"})
_MOST = 6
"""How many parts are looked at: an answer names at most four facts."""
_NEAR = 3
"""A question word within this many words after a conjunction begins a question of its own."""
_CLAUSE = re.compile(r"[.!?;:\n]+|,|\s[-–—]\s|\s\+\s")


@dataclass(frozen=True, slots=True)
class Division:
    """One way to take a message apart."""

    parts: tuple[Understanding, ...]
    shares_words: bool = False
    """Whether the parts share most of their words: «what do Anna and Boris say»."""


def divisions(message: Understanding) -> Iterator[Division]:
    """Yield the ways to take a message apart, the most natural one first. Nothing if it says one thing."""
    questions = _split(
        message, [mark.position for mark in _conjunctions(message) if _asks_after(message, mark.position)]
    )
    if len(questions) > 1:
        yield Division(questions[:_MOST])
    clauses = _split(message, _clause_starts(message))
    if len(clauses) > 1 and all(_says_something(clause) for clause in clauses):
        yield Division(clauses[:_MOST])
    for mark in _conjunctions(message):
        joined = _distributed(message, mark)
        if joined:
            yield Division(joined, shares_words=True)
            return


def _says_something(clause: Understanding) -> bool:
    """Tell whether a clause is more than names: «who was first, Anna or Boris?» is one question."""
    return clause.kind is not None or any(not term.entities for term in clause.content)


def _conjunctions(message: Understanding) -> list[Mark]:
    ends = {(term.position + term.length, term.number is not None) for term in message.reading.terms}
    starts = {(term.position, term.number is not None) for term in message.reading.terms}
    return [
        mark
        for mark in message.reading.marks
        if mark.key == "and"
        and mark.position > 0
        and not ((mark.position, True) in ends and (mark.position + 1, True) in starts)  # «between 2 and 5»
    ]


def _asks_after(message: Understanding, position: int) -> bool:
    near = range(position + 1, position + 1 + _NEAR)
    marks = message.reading.marks
    asks = any(mark.key in _ASKING and mark.position in near for mark in marks)
    return asks or any(mark.key == "polar" and mark.position == position + 1 for mark in marks)


def _clause_starts(message: Understanding) -> list[int]:
    """Return the index of the first token of every clause but the first."""
    starts: list[int] = []
    for boundary in _CLAUSE.finditer(message.text):
        following = [index for index, token in enumerate(message.reading.tokens) if token.start >= boundary.end()]
        if following and following[0] > 0:
            starts.append(following[0])
    return starts


def _split(message: Understanding, starts: Sequence[int]) -> tuple[Understanding, ...]:
    """Cut a message before the given tokens. Parts with nothing to look up are left out."""
    edges = [0, *sorted(set(starts)), len(message.reading.tokens)]
    parts = (_part(message, start, end) for start, end in pairwise(edges))
    return tuple(part for part in parts if part.content)


def _distributed(message: Understanding, mark: Mark) -> tuple[Understanding, ...]:
    """«Anna and Boris say» is what Anna says and what Boris says: each part keeps the rest of the clause."""
    terms = message.reading.terms
    before = [term for term in terms if 0 <= term.position < mark.position]
    after = [term for term in terms if term.position > mark.position]
    if not before or not after:
        return ()
    return (_without(message, after[0], mark), _without(message, before[-1], mark))


def _without(message: Understanding, left_out: Term, conjunction: Mark) -> Understanding:
    reading = message.reading
    terms = tuple(term for term in reading.terms if term is not left_out)
    marks = tuple(mark for mark in reading.marks if mark != conjunction)
    gone = {*range(left_out.position, left_out.position + left_out.length), conjunction.position}
    text = " ".join(token.text for index, token in enumerate(reading.tokens) if index not in gone)
    return replace(message, text=text, reading=Reading(reading.tokens, terms, marks))


def _part(message: Understanding, start: int, end: int) -> Understanding:
    reading = message.reading
    terms = tuple(term for term in reading.terms if start <= term.position < end)
    marks = tuple(mark for mark in reading.marks if start <= mark.position < end and mark.key != "and")
    joint = {mark.position for mark in reading.marks if mark.key == "and"}
    text = " ".join(token.text for index, token in enumerate(reading.tokens[start:end], start) if index not in joint)
    stop = reading.tokens[end].start if end < len(reading.tokens) else len(message.text)
    asks = "?" in message.text[reading.tokens[start].start : stop] if start < len(reading.tokens) else False
    return replace(message, text=text, reading=Reading(reading.tokens, terms, marks), ends_as_question=asks)
