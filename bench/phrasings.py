"""The phrasings of a fact base, each with the fact or unknown it belongs to; some of them held out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answering.answers import CitedFact
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import LANGUAGES, Fact, Lang, Phrasings, Report, Unknown


@dataclass(frozen=True, slots=True)
class Labelled:
    """A phrasing and what it asks for."""

    text: str
    report: Report
    item: Fact | Unknown

    @property
    def entry(self) -> tuple[str, str]:
        """What it asks for, by name."""
        return self.report.report.id, self.item.id

    @property
    def cited(self) -> CitedFact | None:
        """The fact it asks for; nothing if the report does not say."""
        return CitedFact(self.report.report, self.item) if isinstance(self.item, Fact) else None


@dataclass(frozen=True, slots=True)
class Fold:
    """A fact base without some of its phrasings, and these."""

    knowledge: KnowledgeBase
    held_out: tuple[Labelled, ...]


def labelled(knowledge: KnowledgeBase) -> tuple[Labelled, ...]:
    """Return every phrasing: questions for facts and unknowns, and claims that facts confirm or deny."""
    return tuple(
        Labelled(text, report, item)
        for report in knowledge.reports
        for item in report.items
        for lines in _all_lines(item)
        for _, text in lines
    )


def _all_lines(item: Fact | Unknown) -> Iterator[Phrasings]:
    yield item.ask
    if isinstance(item, Fact):
        yield from (item.confirms, item.denies)


def folds(knowledge: KnowledgeBase, count: int, seed: int = 1) -> Iterator[Fold]:
    """Yield ``count`` folds; each holds out its share of the questions of every fact and unknown, in every language."""
    for number in range(count):
        held: list[Labelled] = []
        split = _Split(number, count, seed, held)
        reports = tuple(split.thinned_report(report) for report in knowledge.reports)
        yield Fold(replace(knowledge, reports=reports), tuple(held))


def sample(lines: Sequence[Labelled], size: int, seed: int = 1) -> tuple[Labelled, ...]:
    """Return some of the phrasings, always the same."""
    chance = random.Random(seed)  # noqa: S311 - the same numbers each time
    return tuple(chance.sample(lines, min(size, len(lines))))


@dataclass(frozen=True, slots=True)
class _Split:
    """One way to part the phrasings in those kept and those held out."""

    number: int
    count: int
    seed: int
    held: list[Labelled]

    def thinned_report(self, report: Report) -> Report:
        facts = tuple(self._thinned(report, fact) for fact in report.facts)
        unknowns = tuple(self._thinned(report, unknown) for unknown in report.unknowns)
        return report.model_copy(update={"facts": facts, "unknowns": unknowns})

    def _thinned(self, report: Report, item: Fact | Unknown) -> Fact | Unknown:
        kept: dict[Lang, list[str]] = {lang: [] for lang in LANGUAGES}
        for lang in LANGUAGES:
            lines = [text for spoken, text in item.ask if spoken == lang]
            # Each list is cut at its own places, so that short ones do not all fall into the first folds.
            chance = random.Random(f"{self.seed} {item.id} {lang}")  # noqa: S311 - the same numbers each time
            chance.shuffle(lines)
            turn = (self.number + chance.randrange(self.count)) % self.count
            for place, text in enumerate(lines):
                if place % self.count == turn:
                    self.held.append(Labelled(text, report, item))
                else:
                    kept[lang].append(text)
        ask = Phrasings(en=tuple(kept["en"]), uk=tuple(kept["uk"]), ru=tuple(kept["ru"]))
        return item.model_copy(update={"ask": ask})
