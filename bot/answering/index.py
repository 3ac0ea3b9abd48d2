"""Every phrasing of every fact and unknown, indexed by the keys of its terms.

``candidates`` ranks entries by how well one of their phrasings and the question cover each other, rare terms
weighing more. Coverage goes both ways: a phrasing that the question contains proves as little as the reverse.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.answering.answers import CitedFact
from bot.answering.understanding import Understanding
from bot.answering.vocabulary import Term
from bot.knowledge.models import Fact, Report, Unknown

Form = Literal["ask", "confirms", "denies"]

_ELSEWHERE = 0.75
"""What a term is worth that the entry has in another phrasing or in its answer."""
_PART = 0.6
"""What a term is worth that matches only a part of a longer name."""
_LIGHT_WEIGHT = 0.25
_BORROWED = 0.35
"""What a term is worth that a follow-up takes from the question before it."""
_PERVASIVE = 0.25
_NUMBERS = frozenset({"n:"})
_NUMBER_WEIGHT = 1.0
"""What a number is worth as a word. Whether it is right is judged apart."""
_QUESTION_SHARE = 0.65
"""How much the cover of the question counts in the score; the rest is the cover of the phrasing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact or an unknown, with everything the matcher knows of it."""

    number: int
    report: Report
    item: Fact | Unknown
    vocabulary: frozenset[str]
    """Keys of all its phrasings, of its answer and of whom it is about."""
    entities: frozenset[str]
    """Entities it is about or that its phrasings name, with what they lie within."""
    kinds: frozenset[str]
    """Kinds of answer it gives."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask for an entry, or to claim what it says."""

    entry: int
    form: Form
    text: str
    terms: tuple[Term, ...]
    negated: bool
    kind: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer, by its best phrasing."""

    entry: Entry
    phrasing: Phrasing
    question_cover: float
    phrasing_cover: float
    score: float
    by_form: dict[Form, tuple[float, Phrasing]]
    """The best score and phrasing of each form, for verdicts."""


class Index:
    """Phrasings by key. Immutable once built."""

    def __init__(
        self,
        entries: Sequence[Entry],
        phrasings: Sequence[Phrasing],
        *,
        light: Iterable[str] = (),
        classes: Mapping[str, str] | None = None,
        sorts: Mapping[str, str] | None = None,
    ) -> None:
        self.entries = tuple(entries)
        self.phrasings = tuple(phrasings)
        self.classes = dict(classes or {})
        """Keys of closed sets, such as weekdays, and the set's name."""
        self._sorts = dict(sorts or {})
        self._light = frozenset(light)
        self.pervasive = self._pervasive()
        self._weights = self._rarity()
        self._unknown_weight = math.log(1 + len(entries)) if entries else 1.0
        postings: dict[str, list[int]] = defaultdict(list)
        totals = np.zeros(len(phrasings))
        for number, phrasing in enumerate(phrasings):
            for term in phrasing.terms:
                totals[number] += self.weight(term)
                for key in term.keys | (term.parts & _NUMBERS):
                    postings[key].append(number)
        self._totals = np.maximum(totals, 1e-6)
        self._postings = {key: np.unique(np.array(numbers, dtype=np.int32)) for key, numbers in postings.items()}
        self._entry_of = np.array([phrasing.entry for phrasing in phrasings], dtype=np.int32)

    def _rarity(self) -> dict[str, float]:
        counts: dict[str, int] = defaultdict(int)
        for entry in self.entries:
            for key in entry.vocabulary:
                counts[key] += 1
        total = len(self.entries)
        return {key: math.log(1 + total / count) for key, count in counts.items()}

    def _pervasive(self) -> frozenset[str]:
        """Entities that so many entries are about that naming one tells little."""
        counts: dict[str, int] = defaultdict(int)
        facts = [entry for entry in self.entries if isinstance(entry.item, Fact)]
        for entry in facts:
            for name in entry.entities:
                counts[name] += 1
        return frozenset(name for name, count in counts.items() if count > _PERVASIVE * len(facts))

    def weight(self, term: Term) -> float:
        """How much a term tells: the rarer in the fact base, the more."""
        if term.number is not None:
            return _NUMBER_WEIGHT
        if term.keys & self._light:
            return _LIGHT_WEIGHT
        known = [self._weights[key] for key in term.keys if key in self._weights]
        weight = max(known) if known else self._unknown_weight
        return weight * _BORROWED if term.is_borrowed else weight

    def stated_classes(self, entry: Entry) -> frozenset[str]:
        """Return the closed sets of which an entry states a member."""
        return frozenset(self.classes[key] for key in entry.vocabulary if key in self.classes)

    def same_sort(self, first: Term, second: Term) -> bool:
        """Tell whether two terms could stand in each other's place: two weapons, two persons."""
        sorts = {self._sorts[key] for key in first.keys if key in self._sorts}
        return any(self._sorts.get(key) in sorts for key in second.keys) if sorts else False

    def facts(self, report: str, names: Iterable[str]) -> tuple[CitedFact, ...]:
        """Return the facts of a report by their ids."""
        wanted = set(names)
        return tuple(
            CitedFact(entry.report.report, entry.item)
            for entry in self.entries
            if isinstance(entry.item, Fact) and entry.item.id in wanted and entry.report.report.id == report
        )

    def knows(self, key: str) -> bool:
        """Tell whether any entry has the key."""
        return key in self._weights

    def candidates(self, question: Understanding, limit: int = 12) -> list[Candidate]:
        """Return the likeliest entries, best first, each by its best phrasing."""
        terms = question.reading.terms
        if not question.content:
            return []
        rough = self._rough_scores(terms)
        take = min(80, len(rough))
        chosen = np.argpartition(-rough, take - 1)[:take] if take else np.array([], dtype=np.int64)
        best: dict[int, dict[Form, tuple[float, float, float, Phrasing]]] = defaultdict(dict)
        for number in chosen:
            if rough[number] <= 0:
                continue
            phrasing = self.phrasings[int(number)]
            asked, said = self._covers(terms, phrasing)
            score = _QUESTION_SHARE * asked + (1 - _QUESTION_SHARE) * said
            current = best[phrasing.entry].get(phrasing.form)
            if current is None or score > current[0]:
                best[phrasing.entry][phrasing.form] = (score, asked, said, phrasing)
        ranked = [self._candidate(entry, forms) for entry, forms in best.items()]
        ranked.sort(key=lambda candidate: (-candidate.score, candidate.entry.number))
        return ranked[:limit]

    def _candidate(self, entry: int, forms: dict[Form, tuple[float, float, float, Phrasing]]) -> Candidate:
        score, asked, said, phrasing = max(forms.values(), key=lambda found: found[0])
        by_form = {form: (found[0], found[3]) for form, found in forms.items()}
        return Candidate(self.entries[entry], phrasing, asked, said, score, by_form)

    def _rough_scores(self, terms: Sequence[Term]) -> NDArray[np.float64]:
        """Score all phrasings at once, terms standing elsewhere in the entry left aside."""
        asked = np.zeros(len(self.phrasings))
        for term in terms:
            found = [self._postings[key] for key in term.keys | term.parts if key in self._postings]
            if found:
                numbers = found[0] if len(found) == 1 else np.unique(np.concatenate(found))
                asked[numbers] += self.weight(term)
        whole = sum(self.weight(term) for term in terms) or 1e-6
        score: NDArray[np.float64] = _QUESTION_SHARE * asked / whole + (1 - _QUESTION_SHARE) * np.minimum(
            1.0, asked / self._totals
        )
        score[asked == 0] = 0
        return score

    def _covers(self, terms: Sequence[Term], phrasing: Phrasing) -> tuple[float, float]:
        """Return which share of the question the phrasing covers, and the reverse; both from 0 to 1."""
        vocabulary = self.entries[phrasing.entry].vocabulary
        phrased = frozenset().union(*(term.keys for term in phrasing.terms))
        phrased_parts = frozenset().union(*(term.parts for term in phrasing.terms))
        asked = whole = 0.0
        for term in terms:
            weight = self.weight(term)
            whole += weight
            if term.keys & phrased:
                asked += weight
            elif term.keys & phrased_parts or term.parts & (phrased | phrased_parts & _NUMBERS):
                asked += weight * _PART
            elif term.keys & vocabulary:
                asked += weight * _ELSEWHERE
        mentioned = frozenset().union(*(term.keys for term in terms))
        mentioned_parts = frozenset().union(*(term.parts for term in terms))
        said = total = 0.0
        for term in phrasing.terms:
            weight = self.weight(term)
            total += weight
            if term.keys & mentioned:
                said += weight
            elif term.keys & mentioned_parts or term.parts & (mentioned | mentioned_parts & _NUMBERS):
                said += weight * _PART
        return asked / max(whole, 1e-6), said / total if total else 0.0
