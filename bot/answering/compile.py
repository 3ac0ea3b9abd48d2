"""Build the index: read every phrasing of a fact base with its vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering.index import Entry, Form, Index, Phrasing
from bot.answering.understanding import SPECIFIC_KINDS, understand
from bot.answering.vocabulary import Vocabulary
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Entity, Fact, Report, Unknown

_TIME_UNITS = frozenset({"c:second", "c:minute", "c:hour", "c:day", "c:week", "c:month", "c:year"})


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
    entries: list[Entry] = []
    phrasings: list[Phrasing] = []
    for report in knowledge.reports:
        entities = {**knowledge.lexicon.entities, **report.entities}
        for item in report.items:
            own = list(_phrasings(len(entries), item, vocabulary))
            entries.append(_entry(len(entries), report, item, own, vocabulary, entities))
            phrasings += own
    lexicon = knowledge.lexicon
    classes = {f"c:{name}": concept.class_ for name, concept in lexicon.concepts.items() if concept.class_}
    return Index(
        entries,
        phrasings,
        light=[f"c:{name}" for name in lexicon.light],
        classes=classes,
        sorts=dict(_sorts(knowledge)),
    )


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
    forms: list[tuple[Form, Iterator[tuple[str, str]]]] = [("ask", iter(item.ask))]
    if isinstance(item, Fact):
        forms += [("confirms", iter(item.confirms)), ("denies", iter(item.denies))]
    for form, lines in forms:
        for _, text in lines:
            understood = understand(text, vocabulary)
            terms = understood.reading.terms
            if terms:
                yield Phrasing(number, form, text, terms, understood.is_negated, understood.kind)


def _entry(
    number: int,
    report: Report,
    item: Fact | Unknown,
    phrasings: list[Phrasing],
    vocabulary: Vocabulary,
    entities: dict[str, Entity],
) -> Entry:
    keys: set[str] = set()
    for phrasing in phrasings:
        for term in phrasing.terms:
            keys |= term.keys
    named = {*item.about}
    for phrasing in phrasings:
        if phrasing.form != "denies":
            named |= {name for term in phrasing.terms for name in term.entities}
    kinds = {phrasing.kind for phrasing in phrasings if phrasing.kind is not None}
    if isinstance(item, Fact):
        named |= {name for name in (item.actor, item.target) if name}
        texts = [item.answer.en, *(citation.quote for citation in item.citations)]
        by = [citation.by.en for citation in item.citations if citation.by]
        for text in texts:
            for term in vocabulary.read(text).terms:
                keys |= term.keys
        for text in by:
            named |= {name for term in vocabulary.read(text).terms for name in term.entities}
        kinds |= _kinds_of(item, vocabulary)
    everywhere = _with_surroundings(named, entities)
    keys |= {f"e:{name}" for name in everywhere}
    return Entry(number, report, item, frozenset(keys), everywhere, frozenset(kinds))


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
