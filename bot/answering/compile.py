"""Put the vocabulary and the index of a fact base together."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering.entries import Claim, Entry, Phrasing
from bot.answering.entry_reader import EntryReader, with_surroundings
from bot.answering.index import Index
from bot.answering.sorts import Sorts
from bot.answering.vocabulary import Term, Vocabulary
from bot.answering.weights import Weights
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Entity


def compile_vocabulary(knowledge: KnowledgeBase) -> Vocabulary:
    """Compile the words and names of a fact base."""
    vocabulary = Vocabulary(knowledge.lexicon, knowledge.reports)
    for report in knowledge.reports:
        for item in report.items:
            for _, text in item.ask:
                vocabulary.learn(text)
    return vocabulary


def compile_index(knowledge: KnowledgeBase, vocabulary: Vocabulary, weights: Weights | None = None) -> Index:
    """Compile the phrasings of a fact base."""
    lexicon = knowledge.lexicon
    classes = {f"c:{name}": concept.class_ for name, concept in lexicon.concepts.items() if concept.class_}
    sorts = Sorts(classes, dict(_sorts(knowledge)))
    entries: list[Entry] = []
    phrasings: list[Phrasing] = []
    claims: list[Claim] = []
    pool: dict[Term, Term] = {}
    for report in knowledge.reports:
        reader = EntryReader(report, {**lexicon.entities, **report.entities}, vocabulary, sorts, pool)
        for item in report.items:
            entry, own, listed = reader.read(len(entries), item)
            entries.append(entry)
            phrasings += own
            claims += listed
    return Index(
        entries,
        phrasings,
        claims,
        sorts=sorts,
        light=[f"c:{name}" for name in lexicon.light],
        mentioned=_mentioned(knowledge, entries),
        entities=_entities(knowledge),
        weights=weights,
    )


def _entities(knowledge: KnowledgeBase) -> dict[str, Entity]:
    """Return all entities; a report's own wins over a shared one of the same name."""
    own = {name: entity for report in knowledge.reports for name, entity in report.entities.items()}
    return {**knowledge.lexicon.entities, **own}


def _mentioned(knowledge: KnowledgeBase, entries: list[Entry]) -> frozenset[str]:
    """Return the entities that the reports list or their facts are about, with what they lie within."""
    found: set[str] = set()
    for report in knowledge.reports:
        found |= with_surroundings(set(report.entities), {**knowledge.lexicon.entities, **report.entities})
    for entry in entries:
        if entry.is_fact:
            found |= entry.entities | entry.named
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
