"""Read a fact or an unknown with the vocabulary: what its phrasings mean, what it is about, what it states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering.entries import TIME_UNITS, Claim, Entry, Phrasing, Stated
from bot.answering.sorts import Sorts
from bot.answering.understanding import SPECIFIC_KINDS, Understanding, understand
from bot.answering.vocabulary import Term, Vocabulary
from bot.knowledge.models import Entity, Fact, Report, Unknown

_FAINT = 0.3
"""How much an entry is about a word that a single phrasing has."""
_TYPICAL = 3.0
"""How fast that grows with the share of phrasings that have the word."""
_OFTEN = 0.05
"""The share of phrasings that name an entity from which on an entry is about it."""
_STRONG = 0.5
"""From which strength on an entry is about a word, rather than having it somewhere."""


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Reads the entries of one report."""

    report: Report
    entities: Mapping[str, Entity]
    """The report's entities and the shared ones, by id."""
    vocabulary: Vocabulary
    sorts: Sorts
    pool: dict[Term, Term]
    """Terms met so far, shared by all reports."""

    def read(self, number: int, item: Fact | Unknown) -> tuple[Entry, list[Phrasing], list[Claim]]:
        """Return an entry, its phrasings and its claims; ``number`` is its place among all entries."""
        claims = list(self._claims(number, item)) if isinstance(item, Fact) else []
        phrasings = list(self._phrasings(number, item, claims))
        strengths = _strengths(phrasings)
        named = {*item.about} | _often_named(phrasings)
        kinds = {phrasing.kind for phrasing in phrasings if phrasing.kind is not None}
        stated: tuple[Stated, ...] = ()
        if isinstance(item, Fact):
            strengths.update((key, 1.0) for text in _own_texts(item) for key in self._keys(text))
            named |= {name for name in (item.actor, item.target) if name} | self._claimants(item)
            stated = tuple(self._stated(item))
            kinds |= _kinds_of(item, stated)
        everywhere = with_surroundings(named, self.entities)
        strengths.update((f"e:{name}", 1.0) for name in everywhere)
        entry = Entry(
            number=number,
            report=self.report,
            item=item,
            vocabulary=strengths,
            entities=everywhere,
            kinds=frozenset(kinds),
            named=_named(phrasings),
            gives=frozenset({"k:source"}) if "source" in kinds else frozenset(),
            stated=stated,
            sorts=self._sorts_of(strengths),
            other_time=sum(each.is_of_another_time for each in phrasings) / max(1, len(phrasings)),
        )
        return entry, phrasings, claims

    def _claims(self, number: int, fact: Fact) -> Iterator[Claim]:
        for lines, truth in ((fact.confirms, True), (fact.denies, False)):
            for _, text in lines:
                yield Claim(number, understand(text, self.vocabulary), truth)

    def _phrasings(self, number: int, item: Fact | Unknown, claims: Sequence[Claim]) -> Iterator[Phrasing]:
        for claim in claims:
            yield from self._phrasing(number, claim.message, truth=claim.truth)
        for _, text in item.ask:
            yield from self._phrasing(number, understand(text, self.vocabulary), truth=None)

    def _phrasing(self, number: int, understood: Understanding, *, truth: bool | None) -> Iterator[Phrasing]:
        terms = understood.matchable
        if terms:
            yield Phrasing(
                entry=number,
                text=understood.text,
                terms=tuple(self._pooled(term if truth is None else _any_number(term)) for term in terms),
                kind=understood.kind,
                truth=truth,
                actors=understood.actors,
                is_of_another_time=understood.is_of_another_time,
            )

    def _sorts_of(self, strengths: Mapping[str, float]) -> frozenset[str]:
        strong = [key for key, strength in strengths.items() if strength >= _STRONG and key.startswith("c:")]
        found = {self.sorts.sort({key}) for key in strong}
        return frozenset(sort for sort in found if sort is not None)

    def _pooled(self, term: Term) -> Term:
        """Return one object for all equal terms: phrasings repeat a few thousand words many times over."""
        bare = replace(term, position=0)
        return self.pool.setdefault(bare, bare)

    def _stated(self, fact: Fact) -> Iterator[Stated]:
        for value in fact.values:
            unit = self._keys(value.of)
            if not isinstance(value.is_, str):
                yield Stated(float(value.is_), value.bound, frozenset(), None, unit)
                continue
            named = value.is_ in self.report.entities
            keys = frozenset({f"e:{value.is_}"}) if named else self._keys(value.is_)
            last = self.vocabulary.read(value.of).terms[-1:] if any(key.startswith("e:") for key in keys) else ()
            concerns = frozenset().union(*(term.keys for term in last))
            yield Stated(None, value.bound, keys, self.sorts.sort(keys), unit, concerns)

    def _claimants(self, fact: Fact) -> set[str]:
        """Return the entities whose claim the fact is."""
        texts = [citation.by.en for citation in fact.citations if citation.by]
        return {name for text in texts for term in self.vocabulary.read(text).terms for name in term.entities}

    def _keys(self, text: str) -> frozenset[str]:
        return frozenset().union(*(term.keys for term in self.vocabulary.read(text).terms))


def with_surroundings(names: set[str], entities: Mapping[str, Entity]) -> frozenset[str]:
    """Add what each place lies within: a fact about Kyiv is one about Ukraine, not the other way round."""
    found: set[str] = set()
    for name in names:
        current: str | None = name
        while current is not None and current not in found:
            found.add(current)
            entity = entities.get(current)
            current = entity.within if entity else None
    return frozenset(found)


def _named(phrasings: Sequence[Phrasing]) -> frozenset[str]:
    return frozenset(
        name for each in phrasings if each.truth is not False for term in each.terms for name in term.entities
    )


def _often_named(phrasings: Sequence[Phrasing]) -> set[str]:
    """Return the entities that a fair share of the phrasings names; a single one may name another to set it apart."""
    told = [each for each in phrasings if each.truth is not False]
    counts = Counter(name for each in told for name in {name for term in each.terms for name in term.entities})
    return {name for name, count in counts.items() if count >= _OFTEN * len(told)}


def _any_number(term: Term) -> Term:
    """Let a number in a claim stand for any: which one is right, the stated values tell."""
    return term if term.number is None else replace(term, keys=term.parts)


def _own_texts(fact: Fact) -> list[str]:
    return [fact.answer.en, *(citation.quote for citation in fact.citations)]


def _kinds_of(fact: Fact, stated: Sequence[Stated]) -> set[str]:
    """Return the kinds of answer that a fact's values and citations give."""
    kinds = {"source"} if any(citation.by for citation in fact.citations) else set()
    for value in stated:
        timed = bool(value.unit & TIME_UNITS)
        if value.number is not None:
            kinds.add("duration" if timed else "count")
        elif timed:
            kinds.add("when")
    return kinds & (SPECIFIC_KINDS | {"source"})


def _strengths(phrasings: list[Phrasing]) -> dict[str, float]:
    """Return the keys of phrasings with how much they are about each: 1 for a word that a quarter of them has.

    Entities that only a wrong claim names do not count.
    """
    counts: Counter[str] = Counter()
    for phrasing in phrasings:
        counts.update(
            {
                key
                for term in phrasing.terms
                for key in term.keys
                if phrasing.truth is not False or not key.startswith("e:")
            }
        )
    return {key: min(1.0, _FAINT + _TYPICAL * count / len(phrasings)) for key, count in counts.items()}
