"""What a message asks: the kind of answer, the content words, entities, numbers, negation; a question or a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile
from typing import Literal

from bot.answering import roles
from bot.answering.language import detect
from bot.answering.vocabulary import Mark, Reading, Term, Vocabulary
from bot.knowledge.models import Lang

Bound = Literal["exactly", "more", "at-least", "less", "at-most", "about"]
_BOUNDS: tuple[Bound, ...] = ("more", "at-least", "less", "at-most", "about")

SPECIFIC_KINDS = frozenset(
    {"count", "duration", "price", "share", "age", "degree", "distance", "who", "where", "when", "why"}
)
"""Kinds that want a certain sort of answer: a fact that does not give it is no answer, however well the words match."""
_ASKING = SPECIFIC_KINDS | {"source", "manner", "thing"}


_CHATTER = frozenset({"filler", "and", "follow-up", "pronoun", "tag", "greeting", "thanks", "feelings"})
"""Markers of what may stand before a question."""
_RANGES = frozenset(
    [("between", "and"), ("from", "to"), ("між", "і"), ("між", "та"), ("від", "до"), ("между", "и"), ("от", "до")]
)
_DASH = 3
"""Two numbers with no word and at most this many signs between them are the ends of a range: «500 - 600»."""
_LATE = 3
"""A question word that asks stands among the first words."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a message states, with the words for what it counts."""

    value: float
    bound: Bound
    unit: frozenset[str]
    """Keys of the terms after it, or of the one before it where nothing follows."""
    near: frozenset[str]
    """Keys of the terms on both sides: «26 people died» and «died: 26 people» count the dead."""
    text: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a text says came before what, as keys of the terms on either side of «before» or «after»."""

    earlier: frozenset[str]
    later: frozenset[str]

    def opposes(self, other: Order) -> bool:
        """Tell whether the other text has the same things the other way round."""
        return bool(self.earlier & other.later and self.later & other.earlier) and not self.agrees(other)

    def agrees(self, other: Order) -> bool:
        """Tell whether the other text has the same things in the same order."""
        return bool(self.earlier & other.earlier and self.later & other.later)


@dataclass(frozen=True)
class Understanding:
    """A message, understood as far as grammar and the lexicon go; no fact base is consulted."""

    text: str
    reading: Reading
    lang: Lang
    ends_as_question: bool

    @cached_property
    def marks(self) -> frozenset[str]:
        """Every marker in the message."""
        return frozenset(mark.key for mark in self.reading.marks)

    @cached_property
    def kind(self) -> str | None:
        """The kind of answer that the first question word asks for."""
        asking = [mark for mark in self.reading.marks if mark.key in _ASKING and not self._relates(mark)]
        if not asking:
            return None
        first = min(mark.position for mark in asking)
        if first > self._opening and self.opens_as_yes_or_no:
            return None
        kinds = [mark.key for mark in asking if mark.position == first]
        return next((kind for kind in kinds if kind in SPECIFIC_KINDS), kinds[0])

    def _relates(self, mark: Mark) -> bool:
        """Tell whether a word such as «which» or «что» only joins a clause: late in what does not end as a question."""
        late = mark.position >= self._opening + _LATE
        return mark.key == "thing" and late and not self.ends_as_question

    @cached_property
    def opens_as_yes_or_no(self) -> bool:
        """«Was anyone there when it broke?»: the question word only joins a clause to a yes/no question or a claim."""
        opening = [mark for mark in self.reading.marks if mark.position == self._opening]
        return any(mark.key == "polar" for mark in opening) or self.is_tagged

    @cached_property
    def _opening(self) -> int:
        """The place of the first word that is more than chatter."""
        places = [mark.position for mark in self.reading.marks if mark.key not in _CHATTER]
        places += [term.position for term in self._own_terms]
        return min(places, default=0)

    @cached_property
    def asks_source(self) -> bool:
        """Whether it asks whose claim something is."""
        return "source" in self.marks or (self.kind == "who" and "saying" in self.marks)

    @cached_property
    def is_tagged(self) -> bool:
        """Whether it ends, or opens, with «right?», «is that true»."""
        last = len(self.reading.tokens)
        return any(
            mark.key == "tag" and (mark.position + mark.length == last or mark.position == 0)
            for mark in self.reading.marks
        )

    @cached_property
    def is_polar(self) -> bool:
        """Whether it asks for a yes or a no."""
        if self.kind is not None:
            return False
        return self.opens_as_yes_or_no or "polar" in self.marks or self.ends_as_question

    @cached_property
    def is_negated(self) -> bool:
        """Whether it denies something. Two negations of a Slavic sentence are one; «isn't he …?» denies nothing."""
        tokens = self.reading.tokens
        last = len(tokens) - 1
        return any(
            mark.key == "negation"
            and (mark.position > 0 or not tokens[0].form.endswith("n't"))
            and not (self.ends_as_question and mark.position == last > 0)  # «the record is 550, no?»
            for mark in self.reading.marks
        )

    @cached_property
    def quantifiers(self) -> frozenset[str]:
        """Which of «all», «only», «almost» it has."""
        return self.marks & {"all", "only", "almost"}

    @cached_property
    def content(self) -> tuple[Term, ...]:
        """The terms that say what the message is about, numbers aside."""
        return tuple(term for term in self.reading.terms if term.number is None)

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Keys of all its content words and of the parts of names."""
        return frozenset().union(*(term.keys | term.parts for term in self.content))

    @cached_property
    def matchable(self) -> tuple[Term, ...]:
        """The terms to match phrasings with: all it has, and the kind of answer it asks for as one more."""
        kind = "source" if self.asks_source else self.kind
        if kind is None:
            return self.reading.terms
        return (*self.reading.terms, Term(kind, len(self.reading.tokens), 0, frozenset({f"k:{kind}"})))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers it states."""
        terms = self.reading.terms
        found = [_quantity(self.reading, terms, index) for index, term in enumerate(terms) if term.number is not None]
        numbers = [term for term in terms if term.number is not None]
        for place, (low, high) in enumerate(pairwise(numbers)):
            if _is_range(self.reading, low, high):
                first, second = found[place], found[place + 1]
                near = first.near | second.near
                found[place] = replace(first, bound="at-least", unit=second.unit, near=near)
                found[place + 1] = replace(second, bound="at-most", unit=second.unit, near=near)
        return tuple(found)

    @cached_property
    def order(self) -> Order | None:
        """What it says came before what."""
        mark = next((mark for mark in self.reading.marks if mark.key in {"before", "after"}), None)
        if mark is None:
            return None
        own = self._own_terms
        left = frozenset().union(*(term.keys for term in own if term.position + term.length <= mark.position))
        right = frozenset().union(*(term.keys for term in own if term.position > mark.position))
        if not left or not right:
            return None
        return Order(left, right) if mark.key == "before" else Order(right, left)

    @cached_property
    def is_of_another_time(self) -> bool:
        """Whether it asks what will be, what is now, or what was long ago; a report tells what has just been."""
        return "other-time" in self.marks

    @cached_property
    def actors(self) -> frozenset[str]:
        """Entities that the message shows as doing something."""
        return roles.actors(self.reading, self._own_terms)

    @cached_property
    def targets(self) -> frozenset[str]:
        """Entities that the message shows as those something was done to."""
        return roles.targets(self.reading, self._own_terms)

    @cached_property
    def _own_terms(self) -> tuple[Term, ...]:
        return tuple(term for term in self.content if not term.is_borrowed)


def understand(text: str, vocabulary: Vocabulary) -> Understanding:
    """Read a message with the words of a vocabulary."""
    return Understanding(text, vocabulary.read(text), detect(text), text.rstrip(" )»\"'").endswith("?"))


def _quantity(reading: Reading, terms: Sequence[Term], index: int) -> Quantity:
    term = terms[index]
    following = _until_number(terms[index + 1 : index + 3])
    unit = frozenset().union(*(other.keys | other.parts for other in following))
    before_it = _until_number(tuple(reversed(terms[max(0, index - 2) : index])))
    near = unit.union(*(other.keys | other.parts for other in before_it))
    if not unit and index:
        unit = terms[index - 1].keys
    before = {mark.key for mark in reading.marks if mark.position + mark.length == term.position}
    bound: Bound = next((each for each in _BOUNDS if each in before), "exactly")
    return Quantity(term.number or 0.0, bound, unit, near, term.text)


def _is_range(reading: Reading, low: Term, high: Term) -> bool:
    """«500-600», «between 500 and 600», «від 500 до 600»."""
    end = low.position + low.length
    between = [token.form for token in reading.tokens[end : high.position]]
    before = reading.tokens[low.position - 1].form if low.position > 0 else ""
    if (low.number or 0) >= (high.number or 0):
        return False
    if not between:
        stop = reading.tokens[end - 1].start + len(reading.tokens[end - 1].text)
        return reading.tokens[high.position].start - stop <= _DASH
    return len(between) == 1 and (before, between[0]) in _RANGES


def _until_number(terms: Sequence[Term]) -> tuple[Term, ...]:
    return tuple(takewhile(lambda term: term.number is None, terms))
