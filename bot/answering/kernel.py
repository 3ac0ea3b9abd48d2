"""How much the phrasings that are most like a question speak for each entry: kernel ridge regression, fitted locally.

Similarity alone counts ten near-copies of one phrasing ten times, and a word that all of them share as much as the
one that tells them apart. The regression weighs the phrasings of the shortlist against each other: each gets the
weight with which it helps to tell whose phrasing the question is. It is solved anew for every question, over its
shortlist only (Bottou and Vapnik, «Local Learning Algorithms», 1992), so nothing is trained when facts change.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_WEIGHED = 80
"""How many phrasings are weighed against each other, the likest ones: the others hardly matter, and cost time."""
_AT_ONCE = 500_000
_RIDGE = 0.15
"""How little single phrasings are trusted."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the shortlisted phrasings say about a question, in the order of the shortlist."""

    weights: NDArray[np.float32]
    """How much each speaks for its entry; may be negative. About 1 in sum where the question is a known phrasing."""
    cosines: NDArray[np.float32]
    """How alike each is to the question, 0 to 1."""


class Kernel:
    """The features of all phrasings, by number. Immutable once built."""

    def __init__(self, texts: Iterable[Mapping[str, float]]) -> None:
        marks, worths, ends = array("I"), array("f"), array("q", [0])
        for text in texts:
            marks.extend(map(_mark, text))
            worths.extend(text.values())
            ends.append(len(marks))
        everything = np.frombuffer(marks, dtype=np.uint32)
        # The mark of every feature, sorted; its place there is its number.
        self._known = np.unique(everything)
        self._features = _places(self._known, everything)
        counts = np.bincount(self._features, minlength=len(self._known))
        self._rarity = (1 + np.log(len(ends) / (1 + counts))).astype(np.float32)
        self._ends = np.array(ends, dtype=np.int64)
        self._worths = np.array(worths, dtype=np.float32)
        self._normalise()

    def _normalise(self) -> None:
        """Weigh by rarity, and give every phrasing the length 1."""
        self._worths *= self._rarity[self._features]
        counts = np.diff(self._ends)
        rows = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        squares = np.bincount(rows, weights=self._worths**2, minlength=len(counts))
        self._worths /= np.sqrt(np.maximum(squares, 1e-12)).astype(np.float32)[rows]

    def likeness(self, question: Mapping[str, float], shortlist: Sequence[int]) -> Likeness:
        """Compare a question with the phrasings of a shortlist."""
        weights = np.zeros(len(shortlist), dtype=np.float32)
        if not shortlist:
            return Likeness(weights, weights)
        cosines = self._cosines(question, shortlist)
        likest = np.argpartition(-cosines, _WEIGHED)[:_WEIGHED] if len(cosines) > _WEIGHED else np.arange(len(cosines))
        table = self._table([shortlist[place] for place in likest])
        gram = table @ table.T
        np.fill_diagonal(gram, 1 + _RIDGE)  # columns that only one phrasing has were left out
        weights[likest] = np.linalg.solve(gram, cosines[likest])
        return Likeness(weights, cosines)

    def _cosines(self, question: Mapping[str, float], shortlist: Sequence[int]) -> NDArray[np.float32]:
        asked, worths = self._question(question)
        everything = np.zeros(len(self._rarity), dtype=np.float32)
        everything[asked] = worths
        features, own, rows = self._rows(shortlist)
        return np.bincount(rows, weights=own * everything[features], minlength=len(shortlist)).astype(np.float32)

    def _question(self, question: Mapping[str, float]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return the question's known features and their worth. Unknown ones make it less like everything."""
        marks = _marks(question)
        worths = np.fromiter(question.values(), dtype=np.float32, count=len(question))
        if not len(self._known):
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32)
        places = np.minimum(np.searchsorted(self._known, marks), len(self._known) - 1)
        known = self._known[places] == marks
        rarity = np.where(known, self._rarity[places], 1 + math.log(len(self._ends)))
        worths = worths * rarity
        length = math.sqrt(float(worths @ worths)) or 1.0
        return places[known], (worths[known] / length).astype(np.float32)

    def _rows(self, numbers: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.intp]]:
        """Return the features of several phrasings one after another, their worth, and whose they are."""
        starts, ends = self._ends[:-1][numbers], self._ends[1:][numbers]
        spans = [slice(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        features = np.concatenate([self._features[span] for span in spans])
        worths = np.concatenate([self._worths[span] for span in spans])
        return features, worths, np.repeat(np.arange(len(spans)), ends - starts)

    def _table(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """Return a row a phrasing, and a column a feature that at least two of them share."""
        features, worths, rows = self._rows(numbers)
        _, columns, counts = np.unique(features, return_inverse=True, return_counts=True)
        kept = counts > 1
        places = (np.cumsum(kept) - 1)[columns]
        shared = kept[columns]
        table = np.zeros((len(numbers), int(kept.sum())), dtype=np.float32)
        table[rows[shared], places[shared]] = worths[shared]
        return table


def _marks(text: Mapping[str, float]) -> NDArray[np.uint32]:
    return np.fromiter(map(_mark, text), dtype=np.uint32, count=len(text))


def _mark(feature: str) -> int:
    """Return a number for a feature, the same in every process. Names would take hundreds of megabytes."""
    return crc32(feature.encode())


def _places(known: NDArray[np.uint32], marks: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Look marks up, some at a time: all at once would need several times their memory."""
    places = np.empty(len(marks), dtype=np.int32)
    for start in range(0, len(marks), _AT_ONCE):
        places[start : start + _AT_ONCE] = np.searchsorted(known, marks[start : start + _AT_ONCE])
    return places
