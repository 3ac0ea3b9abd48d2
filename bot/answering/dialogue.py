"""Follow-ups: a message that leans on the question before it is completed from that question.

«and missiles?» after «how many drones did Russia launch?» asks how many missiles Russia launched; «what did he say»
after a question about a person asks about that person.
"""

from __future__ import annotations

from dataclasses import replace

from bot.answering.index import Index
from bot.answering.understanding import Understanding
from bot.answering.vocabulary import Reading, Term

_SHORT = 2
"""A message with at most this many content words may lean on the question before it."""


def leans(message: Understanding) -> bool:
    """Tell whether a message is likely to be incomplete by itself."""
    if any(mark.key == "follow-up" and mark.position == 0 for mark in message.reading.marks):
        return len(message.content) <= _SHORT + 1
    if "pronoun" in message.marks:
        return True
    return len(message.content) <= _SHORT


def completed(message: Understanding, previous: Understanding, index: Index) -> Understanding:
    """Complete a follow-up with what it leaves out of the previous question."""
    kept = tuple(term for term in previous.content if not _replaced(term, message, index))
    terms = (*message.reading.terms, *(replace(term, position=-1) for term in kept))
    marks = message.reading.marks
    if message.kind is None:
        asking = tuple(
            mark for mark in previous.reading.marks if mark.key not in ("tag", "polar", "follow-up", "negation")
        )
        marks = (*marks, *asking)
    reading = Reading(message.reading.tokens, terms, marks)
    return Understanding(f"{previous.text} {message.text}", reading, message.lang, message.ends_as_question)


def _replaced(term: Term, message: Understanding, index: Index) -> bool:
    """Tell whether the follow-up puts something of the same sort in the term's place."""
    return any(index.same_sort(term, other) for other in message.content)
