"""Build the index: read every phrasing of a fact base with its vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bot.answering.index import Entry, Index, Phrasing, Stated
from bot.answering.understanding import SPECIFIC_KINDS, Understanding, understand
from bot.answering.vocabulary import Vocabulary
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Entity, Fact, Report, Unknown

_FAINT = 0.3
_TYPICAL = 3.0
_ALIKE = 0.5
"""How alike a yes/no question and a listed claim must be for one to decide the other."""
_TIME_UNITS = frozenset({"c:second-unit", "c:minute", "c:hour", "c:day", "c:week", "c:month", "c:year"})


def compile_vocabulary(knowledge: KnowledgeBase) -> Vocabulary:
    """Compile the words and names of a fact base."""
    vocabulary = Vocabulary(knowledge.lexicon, knowledge.reports)
    for report in knowledge.reports:
        for item in report.items:
            for _, text in item.ask:
                vocabulary.learn(text)
    return vocabulary


def compile_index(knowledge: KnowledgeBase, vocabulary: Vocabulary) -> Index:
    """Compile the phrasings of a fact base."""
    sorts = dict(_sorts(knowledge))
    entries: list[Entry] = []
    phrasings: list[Phrasing] = []
    for report in knowledge.reports:
        entities = {**knowledge.lexicon.entities, **report.entities}
        for item in report.items:
            own = list(_phrasings(len(entries), item, vocabulary))
            entry = _entry(len(entries), report, item, own, vocabulary, entities)
            stated = tuple(_stated(item, vocabulary, sorts, report)) if isinstance(item, Fact) else ()
            entries.append(replace(entry, stated=stated))
            phrasings += own
    lexicon = knowledge.lexicon
    classes = {f"c:{name}": concept.class_ for name, concept in lexicon.concepts.items() if concept.class_}
    return Index(
        entries,
        phrasings,
        light=[f"c:{name}" for name in lexicon.light],
        classes=classes,
        sorts=sorts,
        mentioned=_mentioned(knowledge, entries),
    )


def _mentioned(knowledge: KnowledgeBase, entries: list[Entry]) -> frozenset[str]:
    """Return the entities that the reports list or their facts are about, with what they lie within."""
    found: set[str] = set()
    for report in knowledge.reports:
        found |= _with_surroundings(set(report.entities), {**knowledge.lexicon.entities, **report.entities})
    for entry in entries:
        if isinstance(entry.item, Fact):
            found |= entry.entities
    return frozenset(found)


def _sorts(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield keys with the sort of thing they are: closed sets, the lexicon's sorts, kinds of entities."""
    for name, concept in knowledge.lexicon.concepts.items():
        if concept.class_:
            yield f"c:{name}", concept.class_
    for sort, names in knowledge.lexicon.sorts.items():
        for name in names:
            yield f"c:{name}", sort
    for entities in (knowledge.lexicon.entities, *(report.entities for report in knowledge.reports)):
        for name, entity in entities.items():
            yield f"e:{name}", entity.kind


def _phrasings(number: int, item: Fact | Unknown, vocabulary: Vocabulary) -> Iterator[Phrasing]:
    claims: list[Phrasing] = []
    if isinstance(item, Fact):
        for form, lines in (("confirms", item.confirms), ("denies", item.denies)):
            for _, text in lines:
                claims += _phrasing(number, text, vocabulary, truth=form == "confirms")
    yield from claims
    for _, text in item.ask:
        understood = understand(text, vocabulary)
        truth = _truth(understood, claims) if isinstance(item, Fact) and understood.kind is None else None
        yield from _phrasing(number, text, vocabulary, truth=truth)


def _phrasing(number: int, text: str, vocabulary: Vocabulary, *, truth: bool | None) -> Iterator[Phrasing]:
    understood = understand(text, vocabulary)
    if understood.matchable:
        yield Phrasing(
            entry=number,
            text=text,
            terms=understood.matchable,
            negated=understood.is_negated,
            kind=understood.kind,
            truth=truth,
            quantifiers=understood.quantifiers,
            actors=understood.actors,
            order=understood.order,
        )


def _truth(question: Understanding, claims: list[Phrasing]) -> bool | None:
    """Tell whether the fact says yes to a yes/no question, by the listed claim that is most like it."""
    if not question.is_polar:
        return None
    mine = {key for term in question.reading.terms for key in term.keys}
    best, truth = _ALIKE, True
    for claim in claims:
        theirs = {key for term in claim.terms for key in term.keys}
        likeness = 2 * len(mine & theirs) / (len(mine) + len(theirs))
        if likeness > best:
            best, truth = likeness, bool(claim.truth) == (claim.negated == question.is_negated)
    return truth


def _entry(
    number: int,
    report: Report,
    item: Fact | Unknown,
    phrasings: list[Phrasing],
    vocabulary: Vocabulary,
    entities: dict[str, Entity],
) -> Entry:
    strengths = _strengths(phrasings)
    named = {*item.about}
    for phrasing in phrasings:
        if phrasing.truth is not False:
            named |= {name for term in phrasing.terms for name in term.entities}
    kinds = {phrasing.kind for phrasing in phrasings if phrasing.kind is not None}
    if isinstance(item, Fact):
        named |= {name for name in (item.actor, item.target) if name}
        texts = [item.answer.en, *(citation.quote for citation in item.citations)]
        by = [citation.by.en for citation in item.citations if citation.by]
        for text in texts:
            strengths.update((key, 1.0) for term in vocabulary.read(text).terms for key in term.keys)
        for text in by:
            named |= {name for term in vocabulary.read(text).terms for name in term.entities}
        kinds |= _kinds_of(item, vocabulary)
    gives = frozenset({"k:source"}) if "source" in kinds else frozenset()
    everywhere = _with_surroundings(named, entities)
    strengths.update((f"e:{name}", 1.0) for name in everywhere)
    return Entry(number, report, item, strengths, everywhere, frozenset(kinds), gives)


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


def _stated(fact: Fact, vocabulary: Vocabulary, sorts: dict[str, str], report: Report) -> Iterator[Stated]:
    for value in fact.values:
        unit = _keys(vocabulary, value.of)
        if not isinstance(value.is_, str):
            yield Stated(float(value.is_), value.bound, frozenset(), None, unit)
            continue
        named = value.is_ in report.entities
        keys = frozenset({f"e:{value.is_}"}) if named else _keys(vocabulary, value.is_)
        sort = next((sorts[key] for key in sorted(keys) if key in sorts), None)
        last = vocabulary.read(value.of).terms[-1:] if any(key.startswith("e:") for key in keys) else ()
        concerns = frozenset().union(*(term.keys for term in last))
        yield Stated(None, value.bound, keys, sort, unit, concerns)


def _keys(vocabulary: Vocabulary, text: str) -> frozenset[str]:
    return frozenset().union(*(term.keys for term in vocabulary.read(text).terms))


def _kinds_of(fact: Fact, vocabulary: Vocabulary) -> set[str]:
    """Kinds of answer that a fact's values and citations give."""
    kinds = {"source"} if any(citation.by for citation in fact.citations) else set()
    for value in fact.values:
        unit = {key for term in vocabulary.read(value.of).terms for key in term.keys}
        if isinstance(value.is_, str):
            kinds.add("when" if unit & _TIME_UNITS else "thing")
        else:
            kinds.add("duration" if unit & _TIME_UNITS else "count")
    return kinds & (SPECIFIC_KINDS | {"source"})


def _with_surroundings(names: set[str], entities: dict[str, Entity]) -> frozenset[str]:
    """Add what each place lies within: a fact about Kyiv is one about Ukraine, not the other way round."""
    found: set[str] = set()
    for name in names:
        current: str | None = name
        while current is not None and current not in found:
            found.add(current)
            entity = entities.get(current)
            current = entity.within if entity else None
    return frozenset(found)
