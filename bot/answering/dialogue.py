"""Follow-ups: a message that leans on the question before it is completed from that question.

«and missiles?» after «how many drones did Russia launch?» asks how many missiles Russia launched; «what did he say»
after a question whose answer is about a person asks about that person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.answering.answers import Answer, Answered
from bot.answering.index import Index
from bot.answering.understanding import Understanding
from bot.answering.vocabulary import Reading, Term

_SHORT = 2
"""A message with at most this many content words may lean on the question before it."""
_CONTEXT = 0.35
"""How much of its weight counts for a word taken over into a message that has words of its own."""
_PLACE = 0.8
"""The same for the place that «there» means: it is part of what is asked."""
_THERE = frozenset(["there", "там", "туди", "туда", "звідти", "оттуда", "tam", "dort", "allí"])
_WHEREABOUTS = ("place", "organisation", "thing")
_FIGURES = ("person", "organisation", "group")


def leans(message: Understanding, index: Index) -> bool:
    """Tell whether a message is likely to be incomplete by itself. Words that nobody knows lean on nothing."""
    if not message.content and message.kind is None and "pronoun" not in message.marks:
        return False
    if any(mark.key == "follow-up" and mark.position == 0 for mark in message.reading.marks):
        return len(message.content) <= _SHORT + 1
    if "pronoun" in message.marks:
        return True
    known = any(index.rarity.knows(key) or key[0] in "ce" for term in message.content for key in term.keys)
    return len(message.content) <= _SHORT and (known or message.kind is not None)


def completed(message: Understanding, previous: Understanding, answer: Answer, index: Index) -> Understanding:
    """Complete a follow-up with what it leaves out of the previous question and of the answer to it."""
    share = _CONTEXT if message.content else 1.0
    kept = [term for term in previous.content if not any(index.sorts.same(term, other) for other in message.content)]
    borrowed = [replace(term, position=-1, share=share) for term in kept]
    if "pronoun" in message.marks and message.content and not any(term.entities for term in previous.content):
        meant = tuple(_figures(answer, index))
        borrowed = [*(replace(term, share=_CONTEXT / 2) for term in borrowed), *meant] if meant else borrowed
    if _asks_about_there(message):
        places = tuple(_places(answer, index))
        if places:
            borrowed = [term for term in borrowed if index.sorts.sort(term.keys) != "place"] + list(places)
    marks = message.reading.marks
    if message.kind is None and not message.opens_as_yes_or_no:
        left_out = ("tag", "polar", "follow-up", "negation")
        marks = (*marks, *(mark for mark in previous.reading.marks if mark.key not in left_out))
    reading = Reading(message.reading.tokens, (*message.reading.terms, *borrowed), marks)
    return replace(message, text=f"{previous.text} {message.text}", reading=reading)


def _asks_about_there(message: Understanding) -> bool:
    return any(token.form in _THERE for token in message.reading.tokens)


def _places(answer: Answer, index: Index) -> Iterable[Term]:
    """Yield where the previous answer was about: what «there» means."""
    if not isinstance(answer, Answered):
        return
    for name in answer.facts[0].fact.about:
        if index.sorts.sort({f"e:{name}"}) in _WHEREABOUTS and name not in index.pervasive:
            yield Term(name, -1, 1, frozenset({f"e:{name}"}), share=_PLACE)


def _figures(answer: Answer, index: Index) -> Iterable[Term]:
    """Yield the persons and bodies that the previous answer was about: whom «he» and «they» mean."""
    if not isinstance(answer, Answered):
        return
    for name in answer.facts[0].fact.about:
        if index.sorts.sort({f"e:{name}"}) in _FIGURES:
            yield Term(name, -1, 1, frozenset({f"e:{name}"}))
            return
