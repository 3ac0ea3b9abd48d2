"""Phrases found in a text in any inflection: concepts, names and markers alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from bot.answering.morphology import lemmas, stem
from bot.answering.text import tokenize

_DEGREE = re.compile(r"\w+(?:er|est)|най\w+|больше|меньше|більше|менше|более|менее")


@dataclass(frozen=True, slots=True)
class Word:
    """A token as typed, and every form it may stand for."""

    typed: str
    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[frozenset[str], ...]
    literal: tuple[str, ...]
    key: str


class Phrasebook:
    """Phrases by their first word, or by their first two: so few are compared at any place of a text."""

    def __init__(self) -> None:
        self._single: dict[str, list[_Phrase]] = defaultdict(list)
        self._longer: dict[str, dict[str, list[_Phrase]]] = defaultdict(dict)
        self._openings: set[str] = set()
        self._seen: set[tuple[tuple[str, ...], str]] = set()
        self.listed: set[str] = set()
        """Every phrase as it was given, folded."""

    def add(self, text: str, key: str, *, inflect: bool = True, name: bool = False) -> None:
        """Take up a phrase under a key. ``inflect``: in any inflection; ``name``: by its stem too."""
        literal = tuple(token.form for token in tokenize(text))
        if not literal or (literal, key) in self._seen:
            return
        self._seen.add((literal, key))
        self.listed.add(" ".join(literal))
        words = tuple(forms_of(form, inflect=inflect, name=name) for form in literal)
        phrase = _Phrase(words, literal, key)
        self._openings |= words[0]
        if len(words) == 1:
            for form in words[0]:
                self._single[form].append(phrase)
        else:
            for first, second in product(words[0], words[1]):
                self._longer[first].setdefault(second, []).append(phrase)

    def match(self, words: Sequence[Word], position: int) -> tuple[int, frozenset[str]]:
        """Return the length of the longest phrase that starts here, and every key it stands for.

        Among degrees of comparison a phrase that stands there letter for letter wins over one that only shares the
        dictionary form: «biggest» is not «big».
        """
        found = self._longest(words, position)
        if not found:
            return 0, frozenset()
        length = len(found[0].literal)
        typed = tuple(word.typed for word in words[position : position + length])
        exact = frozenset(phrase.key for phrase in found if phrase.literal == typed)
        if exact and any(_DEGREE.fullmatch(word) for word in typed):
            return length, exact
        return length, frozenset(phrase.key for phrase in found)

    def _longest(self, words: Sequence[Word], position: int) -> list[_Phrase]:
        forms = words[position].forms
        longest, found = 1, list[_Phrase]()
        following = words[position + 1].forms if position + 1 < len(words) else frozenset()
        for phrase in self._beginning(forms, following):
            length = len(phrase.words)
            if length < longest or position + length > len(words):
                continue
            if all(phrase.words[step] & words[position + step].forms for step in range(2, length)):
                if length > longest:
                    longest, found = length, []
                found.append(phrase)
        return found or [phrase for form in forms for phrase in self._single.get(form, ())]

    def _beginning(self, first: frozenset[str], second: frozenset[str]) -> Iterator[_Phrase]:
        """Yield the longer phrases that begin with two words."""
        for form in first:
            following = self._longer.get(form)
            if following is not None:
                for other in second:
                    yield from following.get(other, ())

    def __contains__(self, form: str) -> bool:
        return form in self._openings

    def openings(self) -> Iterator[str]:
        """Yield every first word in every form."""
        return iter(self._openings)


@lru_cache(maxsize=200_000)
def forms_of(form: str, *, inflect: bool, name: bool) -> frozenset[str]:
    """Return the forms that a folded word may stand for: itself, its dictionary forms, for a name its stem."""
    if not inflect:
        return frozenset({form})
    found = {form, *lemmas(form)}
    if name:
        found.add("~" + stem(form))
    return frozenset(found)
