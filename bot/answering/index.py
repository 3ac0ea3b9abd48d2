"""Every phrasing of every fact and unknown, indexed by the keys of its terms.

``candidates`` shortlists phrasings by the rare words they share with the question, ranks their entries by what the
shortlist as a whole says for each (``kernel``), and then looks at how well single phrasings and the question cover each
other. Coverage goes both ways: a phrasing that the question contains proves as little as the reverse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering.answers import CitedFact
from bot.answering.entries import Candidate, Claim, Entry, Match, Phrasing
from bot.answering.features import claim_features, features
from bot.answering.kernel import Kernel
from bot.answering.sorts import Sorts
from bot.answering.understanding import Understanding
from bot.answering.vocabulary import Term
from bot.answering.weights import Rarity, Weights
from bot.knowledge.models import Entity, Fact

_SHORTLIST = 120
"""How many phrasings are weighed against each other."""
_CLOSE = 6
"""How many phrasings of an entry are looked at closely: those most like the question."""
_LIKENESS = 0.3
"""How much the likeness of its best phrasing counts beside what all phrasings say for an entry."""
_PERVASIVE = 0.25
"""An entity that more than this share of the facts is about tells little."""
_FEW = 20
"""An entry with fewer phrasings than this is likely to be asked for in other words."""
_ANY_NUMBER = "n:"


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
    whole: float
    keys: _Keys
    mentioned: frozenset[str]
    """Keys and parts of all its terms."""
    claims: bool
    """Whether it states something rather than asking for more than yes or no."""


@dataclass(frozen=True, slots=True)
class _Claims:
    """The claims listed for one fact: their numbers among all claims, and 1 for a true one, -1 for a false one."""

    numbers: list[int]
    truths: NDArray[np.float32]


class Index:
    """Phrasings by key. Immutable once built."""

    def __init__(
        self,
        entries: Sequence[Entry],
        phrasings: Sequence[Phrasing],
        claims: Sequence[Claim] = (),
        *,
        sorts: Sorts,
        light: Iterable[str] = (),
        mentioned: frozenset[str] = frozenset(),
        entities: Mapping[str, Entity] | None = None,
        weights: Weights | None = None,
    ) -> None:
        self.entries = tuple(entries)
        self.phrasings = tuple(phrasings)
        self.sorts = sorts
        self.mentioned = mentioned
        """Entities that a report speaks of, with what they lie within."""
        self.named: Mapping[str, Entity] = entities or {}
        """Everybody and everything that can be named."""
        self.light = frozenset(light)
        self._numbers = weights or Weights()
        self.rarity = Rarity(entries, self.light, self._numbers)
        self.pervasive = _pervasive(entries)
        """Entities that so many facts are about that naming one tells little."""
        self.sparsity = min(1.0, _FEW * len(self.entries) / max(1, len(self.phrasings)))
        """How few phrasings there are, from near 0 for many to 1 for a few for each entry."""
        self._totals = np.array([self._total(phrasing) for phrasing in phrasings], dtype=np.float32)
        self._postings = _postings(phrasings)
        self._kernel = Kernel(
            features(phrasing.terms, phrasing.kind, other_time=phrasing.is_of_another_time) for phrasing in phrasings
        )
        self._claim_kernel = Kernel(claim_features(claim.message) for claim in claims)
        self._claims = _claims_by_entry(claims)

    def facts(self, report: str, names: Iterable[str]) -> tuple[CitedFact, ...]:
        """Return the facts of a report by their ids."""
        wanted = set(names)
        return tuple(
            CitedFact(entry.report.report, entry.item)
            for entry in self.entries
            if isinstance(entry.item, Fact) and entry.item.id in wanted and entry.report.report.id == report
        )

    def candidates(self, question: Understanding, limit: int = 12) -> list[Candidate]:
        """Return the likeliest entries, best first, each by its best phrasing."""
        if not question.content:
            return []
        asked = self._ask(question)
        shortlist = self._shortlist(asked)
        sought = features(question.matchable, question.kind, other_time=question.is_of_another_time)
        said = self._kernel.likeness(sought, shortlist)
        found: dict[int, list[tuple[float, int]]] = defaultdict(list)
        evidence: dict[int, float] = defaultdict(float)
        for number, weight, cosine in zip(shortlist, said.weights.tolist(), said.cosines.tolist(), strict=True):
            entry = self.phrasings[number].entry
            found[entry].append((cosine, number))
            evidence[entry] += weight
        standing = {entry: evidence[entry] + _LIKENESS * max(found[entry])[0] for entry in found}
        likeliest = sorted(found, key=lambda entry: (-standing[entry], entry))[:limit]
        return [self._candidate(asked, entry, evidence[entry], found[entry]) for entry in likeliest]

    def _candidate(self, asked: _Asked, entry: int, evidence: float, likened: Sequence[tuple[float, int]]) -> Candidate:
        closest = sorted(likened, reverse=True)[:_CLOSE]
        matches = [self._match(asked, number) for _, number in closest]
        matches.sort(key=lambda match: -match.score)
        return Candidate(self.entries[entry], matches[0], tuple(matches), evidence, closest[0][0])

    def truth(self, claim: Understanding, entry: Entry) -> float | None:
        """Tell to which side of the claims listed for a fact a message leans: above 0 to the true ones.

        None if the fact lists none.
        """
        listed = self._claims.get(entry.number)
        if listed is None:
            return None
        leaning = self._leaning(claim_features(claim), listed)
        if claim.is_negated:  # editors list few negated claims; what it denies tells as much
            leaning = (leaning - self._leaning(claim_features(claim, turned=True), listed)) / 2
        return leaning

    def _leaning(self, claim: Mapping[str, float], listed: _Claims) -> float:
        return float(self._claim_kernel.likeness(claim, listed.numbers).weights @ listed.truths)

    def has(self, entry: Entry, term: Term, question: Understanding) -> bool:
        """Tell whether an entry has a term anywhere, or states something in whose place a claim puts it."""
        if any(key in entry.vocabulary for key in (*term.keys, *term.parts)):
            return True
        return question.kind is None and self.sorts.replaces(term, question.mentioned, entry)

    def _ask(self, question: Understanding) -> _Asked:
        weighed = self._weigh(question.matchable)
        whole = sum(weight for _, weight in weighed) or 1e-6
        return _Asked(weighed, whole, _gather(question.matchable), question.mentioned, question.kind is None)

    def _weigh(self, terms: Sequence[Term]) -> tuple[tuple[Term, float], ...]:
        return tuple((term, self.rarity.weight(term)) for term in terms)

    def _total(self, phrasing: Phrasing) -> float:
        return max(1e-6, sum(self.rarity.weight(term) for term in phrasing.terms))

    def _shortlist(self, asked: _Asked) -> list[int]:
        """Return the phrasings to look at closely: the best by a rough score, terms standing elsewhere left aside."""
        shared = np.zeros(len(self.phrasings), dtype=np.float32)
        for term, weight in asked.weighed:
            found = [self._postings[key] for key in term.keys | term.parts if key in self._postings]
            if len(found) == 1:
                shared[found[0]] += weight
            elif found:
                hit = np.zeros(len(self.phrasings), dtype=np.bool_)  # a mask needs no sorting, a union of lists does
                for numbers in found:
                    hit[numbers] = True
                shared[hit] += weight
        touched = np.flatnonzero(shared)
        if len(touched) > _SHORTLIST:
            weights, share = shared[touched], self._numbers.question_share
            rough = share / asked.whole * weights + (1 - share) * np.minimum(1.0, weights / self._totals[touched])
            touched = touched[np.argpartition(-rough, _SHORTLIST)[:_SHORTLIST]]
        return [int(number) for number in touched]

    def _match(self, asked: _Asked, number: int) -> Match:
        phrasing = self.phrasings[number]
        entry = self.entries[phrasing.entry]
        question_cover, content_cover = self._question_covers(asked, _gather(phrasing.terms), entry)
        said = sum(self.rarity.weight(term) * self._worth(term, asked.keys) for term in phrasing.terms)
        phrasing_cover = said / float(self._totals[number])
        share = self._numbers.question_share if entry.is_fact else self._numbers.unknown_share
        score = share * question_cover + (1 - share) * phrasing_cover
        if phrasing.truth is False and not asked.claims:
            score *= self._numbers.false_claim
        return Match(phrasing, question_cover, content_cover, phrasing_cover, score)

    def _question_covers(self, asked: _Asked, phrased: _Keys, entry: Entry) -> tuple[float, float]:
        """Return which share of the question a phrasing covers, and which of its own content words; 0 to 1."""
        covered = own = own_whole = 0.0
        for term, weight in asked.weighed:
            worth = max(self._worth(term, phrased), self._worth_elsewhere(term, asked, entry))
            covered += weight * worth
            if not term.is_kind and not term.is_borrowed:
                own += weight * worth
                own_whole += weight
        return covered / asked.whole, own / own_whole if own_whole else 1.0

    def _worth_elsewhere(self, term: Term, asked: _Asked, entry: Entry) -> float:
        """Return what a term is worth for the rest of the entry: its other phrasings, its answer, what it states."""
        if not term.keys.isdisjoint(entry.gives):
            return 1.0
        strength = max((entry.vocabulary.get(key, 0.0) for key in term.keys), default=0.0)
        if not strength and asked.claims and self.sorts.replaces(term, asked.mentioned, entry):
            return self._numbers.other_value
        return strength * (self._numbers.elsewhere if entry.is_fact else self._numbers.elsewhere_unknown)

    def _worth(self, term: Term, others: _Keys) -> float:
        """Return how well some of the others match a term: 1 for the same word, 0 for none."""
        if not term.keys.isdisjoint(others.keys):
            same = not term.forms or not term.forms.isdisjoint(others.forms)
            worth = 1.0 if same else self._numbers.other_word
            return worth if len(term.keys) == 1 else worth * self._numbers.ambiguous
        if term.number is not None and _ANY_NUMBER in others.parts | others.keys:
            any_will_do = _ANY_NUMBER in term.keys | others.keys
            return self._numbers.other_value if any_will_do else self._numbers.other_number
        if not term.keys.isdisjoint(others.parts) or not term.parts.isdisjoint(others.keys):
            return self._numbers.part
        return 0.0


def _claims_by_entry(claims: Sequence[Claim]) -> dict[int, _Claims]:
    numbers: dict[int, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        numbers[claim.entry].append(number)
    return {
        entry: _Claims(own, np.array([1.0 if claims[number].truth else -1.0 for number in own], dtype=np.float32))
        for entry, own in numbers.items()
    }


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


def _postings(phrasings: Sequence[Phrasing]) -> dict[str, NDArray[np.int32]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, phrasing in enumerate(phrasings):
        for term in phrasing.terms:
            for key in (*term.keys, *(term.parts & {_ANY_NUMBER})):
                numbers[key].append(number)
    return {key: np.unique(np.array(found, dtype=np.int32)) for key, found in numbers.items()}


def _pervasive(entries: Sequence[Entry]) -> frozenset[str]:
    counts: dict[str, int] = defaultdict(int)
    facts = [entry for entry in entries if entry.is_fact]
    for entry in facts:
        for name in entry.entities:
            counts[name] += 1
    return frozenset(name for name, count in counts.items() if count > _PERVASIVE * len(facts))
