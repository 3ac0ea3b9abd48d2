"""What Citebot is compared with: the usual ways to find the most similar stored question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

import bm25s
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.answering.morphology import lemmas

Scorer = Callable[..., float]


class Matcher(Protocol):
    """Finds the phrasing most like a question."""

    name: str

    def learn(self, texts: Sequence[str]) -> None:
        """Take up the phrasings, forgetting earlier ones."""

    def nearest(self, text: str) -> tuple[int, float]:
        """Return the place of the most similar phrasing, and the score; the higher, the more alike."""


class Fuzzy:
    """The best of all phrasings by one of RapidFuzz's scorers, letters and digits only, in lower case."""

    def __init__(self, name: str, scorer: Scorer) -> None:
        self.name = name
        self._scorer = scorer
        self._texts: list[str] = []

    def learn(self, texts: Sequence[str]) -> None:
        """Take up the phrasings."""
        self._texts = [utils.default_process(text) for text in texts]

    def nearest(self, text: str) -> tuple[int, float]:
        """Return the place of the most similar phrasing, and its score from 0 to 100."""
        found = process.extractOne(utils.default_process(text), self._texts, scorer=self._scorer)
        return (0, 0.0) if found is None else (found[2], found[1])


class Bm25:
    """BM25 over dictionary forms, the same that Citebot reads words by."""

    name = "BM25, dictionary forms"

    def __init__(self) -> None:
        self._index = bm25s.BM25()

    def learn(self, texts: Sequence[str]) -> None:
        """Take up the phrasings."""
        self._index = bm25s.BM25()
        self._index.index([_words(text) for text in texts], show_progress=False)

    def nearest(self, text: str) -> tuple[int, float]:
        """Return the place of the most similar phrasing, and its score, which has no upper bound."""
        words = _words(text)
        if not words:
            return 0, 0.0
        places, scores = self._index.retrieve([words], k=1, show_progress=False)
        return int(places[0, 0]), float(scores[0, 0])


class CharacterTfidf:
    """The nearest by the cosine of TF-IDF weighted runs of two to four letters."""

    name = "TF-IDF, runs of letters"

    def __init__(self) -> None:
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)

    def learn(self, texts: Sequence[str]) -> None:
        """Take up the phrasings."""
        self._matrix = self._vectorizer.fit_transform(texts)

    def nearest(self, text: str) -> tuple[int, float]:
        """Return the place of the most similar phrasing, and the cosine from 0 to 1."""
        likeness = (self._matrix @ self._vectorizer.transform([text]).T).toarray().ravel()
        best = int(likeness.argmax())
        return best, float(likeness[best])


def matchers() -> tuple[Matcher, ...]:
    """Return all of them, untaught."""
    return (
        Fuzzy("RapidFuzz WRatio", fuzz.WRatio),
        Fuzzy("RapidFuzz token_set_ratio", fuzz.token_set_ratio),
        Bm25(),
        CharacterTfidf(),
    )


def _words(text: str) -> list[str]:
    return [lemmas(word)[0] for word in re.findall(r"\w+", text.lower())]
