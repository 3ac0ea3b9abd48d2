"""What became of the facts between two revisions of a fact base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Fact, Source, Unknown

Part = Literal["answer", "citation", "values"]
"""What a reader was told of a fact, or what claims about it are checked against."""


@dataclass(frozen=True, slots=True)
class Added:
    """A fact that was not there before."""

    key: str
    """``report/fact``, as everywhere below."""
    source: Source
    fact: Fact


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact that now says something else, or proves it by other words. ``parts`` is never empty."""

    key: str
    source: Source
    old: Fact
    new: Fact
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class Retracted:
    """A fact that is marked as withdrawn and was not before. ``new`` tells when and why."""

    key: str
    source: Source
    old: Fact
    new: Fact


@dataclass(frozen=True, slots=True)
class Restored:
    """A fact that was withdrawn and holds again."""

    key: str
    source: Source
    old: Fact
    new: Fact


@dataclass(frozen=True, slots=True)
class Removed:
    """A fact that is no longer there. ``source`` is that of the old revision."""

    key: str
    source: Source
    old: Fact


FactChange = Added | Changed | Retracted | Restored | Removed


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that readers may have to be told, and what else was edited. In the editors' order."""

    added: tuple[Added, ...] = ()
    changed: tuple[Changed, ...] = ()
    withdrawn: tuple[Retracted, ...] = ()
    restored: tuple[Restored, ...] = ()
    removed: tuple[Removed, ...] = ()
    rephrased: tuple[str, ...] = ()
    """Facts and unknowns (``report/id``) of which only other things were edited: ways to ask, topics, entities."""

    @property
    def facts(self) -> tuple[FactChange, ...]:
        """All changes of facts, kind by kind."""
        return (*self.added, *self.changed, *self.withdrawn, *self.restored, *self.removed)

    @property
    def is_silent(self) -> bool:
        """Whether no fact says anything new: nobody has to be told anything."""
        return not self.facts


def difference(old: KnowledgeBase, new: KnowledgeBase) -> Difference:
    """Compare two revisions. A fact that is withdrawn when it comes, or was when it goes, is nobody's news."""
    before, after = dict(_items(old)), dict(_items(new))
    changes: list[FactChange] = []
    rephrased: list[str] = []
    for key, (source, item) in after.items():
        known = before.get(key)
        change = _change(key, source, None if known is None else known[1], item)
        if change is not None:
            changes.append(change)
        elif known is None or known[1] != item:
            rephrased.append(key)
    for key, (source, item) in before.items():
        gone = key not in after or not isinstance(after[key][1], Fact)
        if isinstance(item, Fact) and gone and item.withdrawn is None:
            changes.append(Removed(key, source, item))
        elif key not in after:
            rephrased.append(key)
    return Difference(
        added=tuple(each for each in changes if isinstance(each, Added)),
        changed=tuple(each for each in changes if isinstance(each, Changed)),
        withdrawn=tuple(each for each in changes if isinstance(each, Retracted)),
        restored=tuple(each for each in changes if isinstance(each, Restored)),
        removed=tuple(each for each in changes if isinstance(each, Removed)),
        rephrased=tuple(rephrased),
    )


def _items(knowledge: KnowledgeBase) -> Iterator[tuple[str, tuple[Source, Fact | Unknown]]]:
    for report in knowledge.reports:
        for item in report.items:
            yield f"{report.report.id}/{item.id}", (report.report, item)


def _change(key: str, source: Source, old: Fact | Unknown | None, new: Fact | Unknown) -> FactChange | None:
    if not isinstance(new, Fact):
        return None
    if not isinstance(old, Fact):
        return None if new.withdrawn else Added(key, source, new)
    if old.withdrawn is None and new.withdrawn is not None:
        return Retracted(key, source, old, new)
    if new.withdrawn is not None:
        return None
    if old.withdrawn is not None:
        return Restored(key, source, old, new)
    parts = frozenset(_parts(old, new))
    return Changed(key, source, old, new, parts) if parts else None


def _parts(old: Fact, new: Fact) -> Iterator[Part]:
    if old.answer != new.answer:
        yield "answer"
    if old.citations != new.citations:
        yield "citation"
    if old.values != new.values:
        yield "values"
