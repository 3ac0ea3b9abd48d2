"""Every phrasing of every fact and unknown, indexed by the keys of its terms.

``candidates`` ranks entries by how well one of their phrasings and the question cover each other, rare terms
weighing more. Coverage goes both ways: a phrasing that the question contains proves as little as the reverse.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering.answers import CitedFact
from bot.answering.understanding import SPECIFIC_KINDS, Order, Understanding
from bot.answering.vocabulary import Term
from bot.knowledge.models import Fact, Report, Unknown

_ELSEWHERE = 0.5
"""What a term is worth that a fact has in another phrasing or in its answer."""
_ELSEWHERE_UNKNOWN = 0.25
"""The same for an unknown, which is narrower."""
_PART = 0.6
"""What a term is worth that matches only a part of a longer name."""
_LIGHT_WEIGHT = 0.25
_PERVASIVE = 0.25
_ANY_NUMBER = "n:"
_FALSE_CLAIM = 0.85
"""What a claim that the fact contradicts is worth as a way to ask for the fact."""
_SHORTLIST = 80
"""How many phrasings are looked at closely."""
_OTHER_WORD = 0.93
"""What another word for the same thing is worth."""
_STRANGE = 0.75
"""What a word is worth that neither the fact base nor the lexicon has: it may matter, or be somebody's manner of speech."""
_SHORT_WORD = 3
_AMBIGUOUS = 0.95
"""What a match is worth for each further meaning that the word could have."""
_OTHER_NUMBER = 0.9
"""What a number or weekday is worth where the fact has another one: a wrong claim is about the same thing."""
_KIND_WEIGHT = 2.0
"""What the kind of answer is worth as a word: «who» against «how many»."""
_LOOSE_KIND_WEIGHT = 0.7
"""The same for «what» and «how», which ask for many kinds of answers."""
_NUMBER_WEIGHT = 1.0
"""What a number is worth as a word that no entry has. Whether it is right is judged apart."""
_QUESTION_SHARE = 0.65
"""How much the cover of the question counts in the score of a fact; the rest is the cover of the phrasing."""
_UNKNOWN_SHARE = 0.45
"""The same for an unknown. It is a narrower question than a fact answers, so its own words must be in the question."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a fact states, read: a number, or keys and the closed set or sort they belong to."""

    number: float | None
    bound: str
    keys: frozenset[str]
    sort: str | None
    unit: frozenset[str]
    """Keys of what the value is of."""
    concerns: frozenset[str] = frozenset()
    """For a named value, keys of what a claim must mention to be about it: Poland is the country «of the minister»."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact or an unknown, with everything the matcher knows of it."""

    number: int
    report: Report
    item: Fact | Unknown
    vocabulary: Mapping[str, float]
    """Keys of all its phrasings, of its answer and of whom it is about; each with how much the entry is about it, up to 1."""
    entities: frozenset[str]
    """Entities it is about or that its phrasings name, with what they lie within."""
    kinds: frozenset[str]
    """Kinds of answer it gives."""
    gives: frozenset[str] = frozenset()
    """Keys that it answers whatever the phrasing: whose claim it is, where the citation says so."""
    stated: tuple[Stated, ...] = ()
    """What claims are checked against."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask for an entry, or to claim what it says."""

    entry: int
    text: str
    terms: tuple[Term, ...]
    negated: bool
    kind: str | None
    truth: bool | None
    """For a claim or a yes/no question: whether the fact bears it out. None where there is nothing to bear out."""
    quantifiers: frozenset[str] = frozenset()
    """Which of «all», «only», «almost» it has."""
    actors: frozenset[str] = frozenset()
    """Entities that it shows as doing something."""
    order: Order | None = None
    """What it says came before what."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a phrasing and a question cover each other."""

    phrasing: Phrasing
    question_cover: float
    content_cover: float
    """The same for the question's own content words alone, kinds of answer and borrowed words aside."""
    phrasing_cover: float
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer, by its best phrasing."""

    entry: Entry
    best: Match
    matches: tuple[Match, ...]
    """All its phrasings that share words with the question, best first."""

    @property
    def score(self) -> float:
        """The score of the best phrasing."""
        return self.best.score


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys, parts and forms of several terms together."""

    keys: frozenset[str]
    parts: frozenset[str]
    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, weighed once for all phrasings."""

    weighed: tuple[tuple[Term, float], ...]
    keys: _Keys
    claims: bool
    """Whether it states something rather than asking for more than yes or no."""

    @property
    def whole(self) -> float:
        return sum(weight for _, weight in self.weighed) or 1e-6


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
        mentioned: frozenset[str] = frozenset(),
    ) -> None:
        self.entries = tuple(entries)
        self.phrasings = tuple(phrasings)
        self.classes = dict(classes or {})
        """Keys of closed sets, such as weekdays, and the set's name."""
        self._sorts = dict(sorts or {})
        self.mentioned = mentioned
        """Entities that a report speaks of, with what they lie within."""
        self._light = frozenset(light)
        self._is_fact = tuple(isinstance(entry.item, Fact) for entry in entries)
        self.pervasive = self._pervasive()
        self._weights = self._rarity()
        self._unknown_weight = math.log(1 + len(entries)) if entries else 1.0
        self._phrased = tuple(_gather(phrasing.terms) for phrasing in phrasings)
        self._phrasing_weights = tuple(self._weighed(phrasing.terms) for phrasing in phrasings)
        totals = [sum(weight for _, weight in weights) for weights in self._phrasing_weights]
        self._totals = np.maximum(np.array(totals), 1e-6)
        postings: dict[str, list[int]] = defaultdict(list)
        for number, phrasing in enumerate(phrasings):
            for term in phrasing.terms:
                for key in (*term.keys, *(term.parts & {_ANY_NUMBER})):
                    postings[key].append(number)
        self._postings = {key: np.unique(np.array(numbers, dtype=np.int32)) for key, numbers in postings.items()}

    def _rarity(self) -> dict[str, float]:
        counts: dict[str, float] = defaultdict(float)
        for entry in self.entries:
            for key, strength in entry.vocabulary.items():
                counts[key] += strength
        total = len(self.entries)
        return {key: math.log(1 + total / max(1.0, count)) for key, count in counts.items()}

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
            stated = [self._weights[key] for key in term.keys if key in self._weights]
            return max(_NUMBER_WEIGHT, *stated) if stated else _NUMBER_WEIGHT
        if term.length == 0:
            return _KIND_WEIGHT if term.text in SPECIFIC_KINDS or term.text == "source" else _LOOSE_KIND_WEIGHT
        if term.keys <= self._light:
            return _LIGHT_WEIGHT
        known = [self._weights[key] for key in term.keys if key in self._weights]
        if known:
            return max(known) * term.share
        named = any(key[0] in "ce" for key in term.keys)
        if not named and len(term.text) <= _SHORT_WORD:
            return _NUMBER_WEIGHT * term.share
        return self._unknown_weight * term.share * (1.0 if named else _STRANGE)

    def stated_classes(self, entry: Entry) -> frozenset[str]:
        """Return the closed sets of which an entry states a member."""
        return frozenset(self.classes[key] for key in entry.vocabulary if key in self.classes)

    def sort(self, keys: Iterable[str]) -> str | None:
        """Return the closed set, or the sort of thing, that one of the keys belongs to."""
        return next((self._sorts[key] for key in sorted(keys) if key in self._sorts), None)

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
        if not question.content:
            return []
        asked = _Asked(self._weighed(question.matchable), _gather(question.matchable), question.kind is None)
        rough = self._rough_scores(asked)
        take = min(_SHORTLIST, len(rough))
        best: dict[int, list[Match]] = defaultdict(list)
        for number in np.argpartition(-rough, take - 1)[:take] if take else ():
            if rough[number] > 0:
                match = self._match(asked, int(number))
                best[match.phrasing.entry].append(match)
        ranked = [_candidate(self.entries[entry], matches) for entry, matches in best.items()]
        ranked.sort(key=lambda candidate: (-candidate.score, candidate.entry.number))
        return ranked[:limit]

    def _match(self, asked: _Asked, number: int) -> Match:
        phrasing = self.phrasings[number]
        question_cover, content_cover, phrasing_cover = self._covers(asked, number)
        share = _QUESTION_SHARE if self._is_fact[phrasing.entry] else _UNKNOWN_SHARE
        score = share * question_cover + (1 - share) * phrasing_cover
        if phrasing.truth is False and not asked.claims:
            score *= _FALSE_CLAIM
        return Match(phrasing, question_cover, content_cover, phrasing_cover, score)

    def _rough_scores(self, asked: _Asked) -> NDArray[np.float64]:
        """Score all phrasings at once, terms standing elsewhere in the entry left aside."""
        shared = np.zeros(len(self.phrasings))
        for term, weight in asked.weighed:
            found = [self._postings[key] for key in term.keys | term.parts if key in self._postings]
            if found:
                numbers = found[0] if len(found) == 1 else np.unique(np.concatenate(found))
                shared[numbers] += weight
        said = np.minimum(1.0, shared / self._totals)
        score: NDArray[np.float64] = _QUESTION_SHARE * shared / asked.whole + (1 - _QUESTION_SHARE) * said
        score[shared == 0] = 0
        return score

    def _covers(self, asked: _Asked, number: int) -> tuple[float, float, float]:
        """Return which share of the question, and of its own content, a phrasing covers, and the reverse; 0 to 1."""
        phrased = self._phrased[number]
        entry = self.entries[self.phrasings[number].entry]
        elsewhere = _ELSEWHERE if self._is_fact[entry.number] else _ELSEWHERE_UNKNOWN
        covered = own = own_whole = 0.0
        for term, weight in asked.weighed:
            worth = _worth(term, phrased)
            if worth < 1.0 and not term.keys.isdisjoint(entry.gives):
                worth = 1.0
            else:
                worth = max(worth, elsewhere * max((entry.vocabulary.get(key, 0.0) for key in term.keys), default=0.0))
            if asked.claims and not worth and self.replaces(term, asked.keys.keys | asked.keys.parts, entry):
                worth = _OTHER_NUMBER
            covered += weight * worth
            if term.length and not term.is_borrowed:
                own += weight * worth
                own_whole += weight
        said = sum(weight * _worth(term, asked.keys) for term, weight in self._phrasing_weights[number])
        content = own / own_whole if own_whole else 1.0
        return covered / asked.whole, content, said / float(self._totals[number])

    def is_telling(self, term: Term) -> bool:
        """Tell whether a term is one that entries differ by: known to some, and not a word that says little."""
        return not term.keys <= self._light and any(key in self._weights for key in term.keys)

    def has(self, entry: Entry, term: Term, question: Understanding) -> bool:
        """Tell whether an entry has a term anywhere, or states something in whose place a claim puts it."""
        if any(key in entry.vocabulary for key in (*term.keys, *term.parts)):
            return True
        mentioned = frozenset().union(*(other.keys | other.parts for other in question.content))
        return question.kind is None and self.replaces(term, mentioned, entry)

    def replaces(self, term: Term, mentioned: frozenset[str], entry: Entry) -> bool:
        """Tell whether a claim says this in place of something that the fact states: Sunday for Friday.

        ``mentioned``: the keys of the whole claim. A name replaces another one only in a claim about what it is of.
        """
        sort = self.sort(term.keys)
        same = [
            stated
            for stated in entry.stated
            if sort is not None and stated.sort == sort and (not stated.concerns or stated.concerns & mentioned)
        ]
        return bool(same) and not any(term.keys & stated.keys for stated in same)

    def _weighed(self, terms: Sequence[Term]) -> tuple[tuple[Term, float], ...]:
        return tuple((term, self.weight(term)) for term in terms)


def _candidate(entry: Entry, matches: list[Match]) -> Candidate:
    matches.sort(key=lambda match: -match.score)
    return Candidate(entry, matches[0], tuple(matches))


def _gather(terms: Iterable[Term]) -> _Keys:
    """Put the keys, parts and forms of all terms together."""
    keys: set[str] = set()
    parts: set[str] = set()
    forms: set[str] = set()
    for term in terms:
        keys |= term.keys
        parts |= term.parts
        forms |= term.forms
    return _Keys(frozenset(keys), frozenset(parts), frozenset(forms))


def _worth(term: Term, others: _Keys) -> float:
    """Return how well some of the others match a term: 1 for the same word, less for another word or a part of a name."""
    if not term.keys.isdisjoint(others.keys):
        worth = 1.0 if not term.forms or not term.forms.isdisjoint(others.forms) else _OTHER_WORD
        return worth if len(term.keys) == 1 else worth * _AMBIGUOUS
    if term.number is not None and _ANY_NUMBER in others.parts:
        return _OTHER_NUMBER
    if not term.keys.isdisjoint(others.parts) or not term.parts.isdisjoint(others.keys):
        return _PART
    return 0.0
