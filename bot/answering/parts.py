"""Compound questions: «how many were hurt, and what burnt?» is two questions."""

from __future__ import annotations

from dataclasses import replace

from bot.answering.understanding import Understanding
from bot.answering.vocabulary import Mark, Reading, Term


def parts_of(message: Understanding) -> tuple[Understanding, ...]:
    """Return the parts of a compound question; nothing if it asks one thing.

    Where the conjunction joins two clauses, each part has its own words. Where it joins two words of one clause («Anna and
    Boris say»), each part keeps the rest of the clause.
    """
    for mark in message.reading.marks:
        if mark.key == "and" and mark.position > 0:
            before = [term for term in message.reading.terms if 0 <= term.position < mark.position]
            after = [term for term in message.reading.terms if term.position > mark.position]
            if not before or not after:
                continue
            if _asks(message, mark.position):
                return (_part(message, before, 0, mark.position), _part(message, after, mark.position + 1, None))
            left, right = before[-1], after[0]
            first = [term for term in (*before, *after) if term is not right]
            second = [term for term in (*before, *after) if term is not left]
            return (_part(message, first, 0, None), _part(message, second, 0, None))
    return ()


def _asks(message: Understanding, position: int) -> bool:
    """Whether the words after the conjunction ask by themselves."""
    asking = {"count", "duration", "who", "where", "when", "why", "manner", "thing", "source", "polar"}
    return any(
        mark.key in asking and mark.position in range(position + 1, position + 3) for mark in message.reading.marks
    )


def _part(message: Understanding, terms: list[Term], start: int, end: int | None) -> Understanding:
    stop = len(message.reading.tokens) if end is None else end
    marks = tuple(mark for mark in message.reading.marks if start <= mark.position < stop and mark.key != "and")
    if not any(_is_question(mark) for mark in marks):
        marks = (*marks, *(mark for mark in message.reading.marks if _is_question(mark)))
    reading = Reading(message.reading.tokens, tuple(terms), marks)
    text = " ".join(token.text for token in message.reading.tokens[start:stop])
    return replace(message, text=text, reading=reading)


def _is_question(mark: Mark) -> bool:
    return mark.key in {"count", "duration", "who", "where", "when", "why", "manner", "thing", "source"}
