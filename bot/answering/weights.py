"""How much words tell, and what imperfect matches are worth."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answering.entries import Entry
from bot.answering.understanding import SPECIFIC_KINDS
from bot.answering.vocabulary import Term

_SHORT_WORD = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of the matcher. Set by hand on the development questions, not fitted."""

    elsewhere: float = 0.5
    """What a term is worth that a fact has in another phrasing or in its answer."""
    elsewhere_unknown: float = 0.25
    """The same for an unknown, which is narrower."""
    part: float = 0.6
    """What a term is worth that matches only a part of a longer name."""
    other_word: float = 0.93
    """What another word for the same thing is worth."""
    other_value: float = 0.9
    """What a number or weekday is worth where the fact has another one: a wrong claim is about the same thing."""
    other_number: float = 0.3
    """What a number is worth where a phrasing asks for the fact by another number."""
    ambiguous: float = 0.95
    """What a match is worth of a word with several meanings."""
    false_claim: float = 0.85
    """What a claim that the fact contradicts is worth as a way to ask for the fact."""
    light: float = 0.25
    """The weight of a word that says little by itself."""
    strange: float = 0.75
    """What a word is worth that neither lexicon nor fact base has: it may matter, or be a manner of speech."""
    number: float = 1.0
    """The weight of a number that no entry has. Whether it is right is judged apart."""
    kind: float = 2.0
    """The weight of the kind of answer asked for: «who» against «how many»."""
    loose_kind: float = 0.7
    """The same for «what» and «how», which ask for many kinds of answers."""
    question_share: float = 0.65
    """How much the cover of the question counts in the score of a fact; the rest is the cover of the phrasing."""
    unknown_share: float = 0.45
    """The same for an unknown: it is a narrower question, so its own words must be in the question."""


class Rarity:
    """How much a term tells in a fact base: the rarer, the more."""

    def __init__(self, entries: Sequence[Entry], light: Iterable[str], weights: Weights) -> None:
        self._numbers = weights
        self._light = frozenset(light)
        counts: dict[str, float] = defaultdict(float)
        for entry in entries:
            for key, strength in entry.vocabulary.items():
                counts[key] += strength
        total = len(entries)
        self._known = {key: math.log(1 + total / max(1.0, count)) for key, count in counts.items()}
        self._unknown = math.log(1 + total)

    def knows(self, key: str) -> bool:
        """Tell whether any entry has the key."""
        return key in self._known

    def is_telling(self, term: Term) -> bool:
        """Tell whether entries differ by a term: some have it, and it is not one that says little."""
        return not term.keys <= self._light and any(key in self._known for key in term.keys)

    def weight(self, term: Term) -> float:
        """Return the weight of a term."""
        if term.is_kind:
            specific = term.text in SPECIFIC_KINDS or term.text == "source"
            return self._numbers.kind if specific else self._numbers.loose_kind
        known = [self._known[key] for key in term.keys if key in self._known]
        if term.number is not None:
            return max(self._numbers.number, *known) if known else self._numbers.number
        if term.keys <= self._light:
            return self._numbers.light
        if known:
            return max(known) * term.share
        named = any(key[0] in "ce" for key in term.keys)
        if not named and len(term.text) <= _SHORT_WORD:
            return self._numbers.number * term.share
        return self._unknown * term.share * (1.0 if named else self._numbers.strange)
