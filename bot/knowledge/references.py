"""Names inside a report must lead somewhere: entities, facts and unknowns that exist, ids that are unique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rapidfuzz import process

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.models import RegressionQuestions, Report
from bot.knowledge.problems import Path


def dangling(report: Report) -> Iterator[tuple[Path, str]]:
    """Yield every id that stands twice, every reference to no fact, and everything that nobody can ask for."""
    yield from _twice(report)
    facts = {fact.id for fact in report.facts}
    for position, fact in enumerate(report.facts):
        if not list(fact.ask):
            yield ("facts", position, "ask"), "write at least one way to ask for this fact"
    for position, unknown in enumerate(report.unknowns):
        if not list(unknown.ask):
            yield ("unknowns", position, "ask"), "write at least one way to ask for this"
        for number, name in enumerate(unknown.nearest):
            if name not in facts:
                yield ("unknowns", position, "nearest", number), _missing("fact", name, facts)


def dangling_entities(report: Report, lexicon: Lexicon) -> Iterator[tuple[Path, str]]:
    """Yield every reference to an entity that neither the report nor the lexicon has."""
    entities = {*report.entities, *lexicon.entities}
    for path, name in _entity_references(report):
        if name not in entities:
            yield path, _missing("entity", name, entities)


def _entity_references(report: Report) -> Iterator[tuple[Path, str]]:
    for key, entity in report.entities.items():
        if entity.within is not None:
            yield ("entities", key, "within"), entity.within
    for position, fact in enumerate(report.facts):
        for number, name in enumerate(fact.about):
            yield ("facts", position, "about", number), name
        if fact.actor is not None:
            yield ("facts", position, "actor"), fact.actor
        if fact.target is not None:
            yield ("facts", position, "target"), fact.target
    for position, unknown in enumerate(report.unknowns):
        for number, name in enumerate(unknown.about):
            yield ("unknowns", position, "about", number), name


def unknown_expectations(questions: RegressionQuestions, report: Report) -> Iterator[tuple[Path, str]]:
    """Yield every regression question that names a fact or an unknown which does not exist."""
    facts = {fact.id for fact in report.facts}
    unknowns = {unknown.id for unknown in report.unknowns}
    for position, expected in enumerate(questions.questions):
        for number, name in enumerate(expected.cites):
            if name not in facts:
                yield ("questions", position, "cites", number), _missing("fact", name, facts)
        if expected.unknown is not None and expected.unknown not in unknowns:
            yield ("questions", position, "unknown"), _missing("unknown", expected.unknown, unknowns)


def _twice(report: Report) -> Iterator[tuple[Path, str]]:
    places: list[tuple[Path, str]] = []
    for number, fact in enumerate(report.facts):
        places.append((("facts", number, "id"), fact.id))
    for number, unknown in enumerate(report.unknowns):
        places.append((("unknowns", number, "id"), unknown.id))
    counts = Counter(name for _, name in places)
    for path, name in places:
        if counts[name] > 1:
            yield path, f"the id {name} stands more than once; ids are unique in a report"


def _missing(kind: str, name: str, known: Iterable[str]) -> str:
    nearest = process.extractOne(name, sorted(known), score_cutoff=60)
    hint = f"; did you mean {nearest[0]}?" if nearest else ""
    return f"there is no {kind} {name}{hint}"
