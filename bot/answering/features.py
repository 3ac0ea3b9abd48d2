"""A text as a sparse vector: what its words mean, which of them stand together, what is asked, how it is spelt.

Pairs of words tell more than the words: «Ukraine» and «drone» are everywhere, the two beside «Moscow» are not.
Runs of letters let a word that no dictionary has still resemble its misspellings and inflections.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from bot.answering.understanding import Understanding
from bot.answering.vocabulary import Term

_PAIR = 0.7
_ORDER = 0.7
_FORM = 0.25
_LETTERS = 0.25
_ASKED_WITH = 0.7
"""What features are worth beside a word's meaning, which is worth 1."""
_NEGATION = 2.0
_DENIED = 1.5
"""What a negation is worth in a claim, by itself and together with each word."""
_COUNTED = 1.5
"""What a number together with what it counts is worth in a claim."""
_WINDOW = 7
"""Words at most this far apart make a pair."""
_RUNS = (3, 4)
"""How many letters a run has."""
_CACHED_WORDS = 50_000


def features(terms: Sequence[Term], kind: str | None, *, other_time: bool = False) -> Mapping[str, float]:
    """Return the features of a text with their worth, rarity aside.

    ``kind``: the kind of answer it asks for; ``other_time``: whether it asks what will be, is now, or was long ago.
    """
    found: dict[str, float] = {f"k:{kind}": 1.0}
    if other_time:
        found["other-time"] = 1.0
        found.update((f"other-time:{min(term.keys)}", _ASKED_WITH * term.share) for term in terms if not term.is_kind)
    words = [term for term in terms if not term.is_kind]
    for feature, worth in _single(words):
        found[feature] = max(worth, found.get(feature, 0.0))
    found.update(_joint(words, kind))
    return found


def claim_features(claim: Understanding, *, turned: bool = False) -> Mapping[str, float]:
    """Return the features of a claim: those of its words, with what turns a claim into its opposite.

    ``turned``: of the opposite claim, which denies what this one says, or says what it denies.
    """
    found = {name: worth for name, worth in features(claim.reading.terms, None).items() if not name.startswith("k:")}
    for quantity in claim.quantities:
        found[f"n:{quantity.value:g}"] = 1.0
        found.update((f"n:{quantity.value:g}|{key}", _COUNTED) for key in quantity.unit)
    if claim.is_negated != turned:
        found["not"] = _NEGATION
        for term in claim.reading.terms:
            if not term.is_kind:
                found[f"not:{min(term.keys)}"] = _DENIED
    if claim.order is not None:  # «the call before the strikes» against «the strikes before the call»
        found.update((f"earlier:{key}", _ORDER) for key in claim.order.earlier)
        found.update((f"later:{key}", _ORDER) for key in claim.order.later)
    for quantifier in claim.quantifiers:
        found[f"m:{quantifier}"] = 1.0
    return found


def _single(words: Sequence[Term]) -> Iterator[tuple[str, float]]:
    for term in words:
        meanings = [key for key in term.keys if not key.startswith("n:")]
        for key in meanings:
            yield key, term.share / len(meanings) ** 0.5
        if term.number is not None:
            yield "number", 1.0
        for form in term.forms:
            yield f"f:{form}", _FORM * term.share
        for run in letter_runs(term.text):
            yield f"l:{run}", _LETTERS * term.share


def _joint(words: Sequence[Term], kind: str | None) -> Iterator[tuple[str, float]]:
    """Yield what words mean together, and together with what is asked. Of several meanings the first will do."""
    leading = [min(term.keys) for term in words]
    for (place, first), (other_place, second) in combinations(enumerate(leading), 2):
        if first != second and other_place - place < _WINDOW:
            share = words[place].share * words[other_place].share
            yield "p:" + "|".join(sorted((first, second))), _PAIR * share
            if first.startswith("e:") and second.startswith("e:"):
                yield f"o:{first}>{second}", _ORDER * share
    for key, term in zip(leading, words, strict=True):
        yield f"q:{kind}|{key}", _ASKED_WITH * term.share


@lru_cache(maxsize=_CACHED_WORDS)
def letter_runs(text: str) -> frozenset[str]:
    """Return the runs of three and four letters in a word, its edges marked."""
    runs: set[str] = set()
    for word in text.casefold().split():
        edged = f"<{word}>"
        for length in _RUNS:
            runs.update(edged[start : start + length] for start in range(max(1, len(edged) - length + 1)))
    return frozenset(runs)
