"""``python -m bench.folds``: phrasings held out and asked, to see how well words not seen before are understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bench import pages
from bench.phrasings import Fold, Labelled, folds, sample
from bench.sets import Bench, orla_flood, shipped
from bot.answering.answers import Answered
from bot.answering.engine import Answerer, Explanation

_FOLDS = 5
_HEAD = ("fact base", "asked", "entry first", "right fact", "other fact", "declined", "unknown answered")


@dataclass(frozen=True, slots=True)
class Asked:
    """A held-out phrasing and how it ended."""

    is_fact: bool
    entry_first: bool
    """Whether its own fact or unknown was the best candidate."""
    answered: bool
    right: bool
    """Whether its own fact is in the answer."""


def main(*, quick: bool = False, write: bool = True) -> None:
    """Ask the held-out phrasings and print how they ended; ``quick``: one fold, and a sample of its phrasings."""
    rows = []
    for bench in (orla_flood(), shipped()):
        asked: list[Asked] = []
        for fold in folds(bench.knowledge, _FOLDS):
            asked += _asked(fold, sample(fold.held_out, 400) if quick else fold.held_out)
            if quick:
                break
        rows.append(_row(bench, asked))
    text = pages.table(_HEAD, rows)
    print(text)
    if write:
        pages.write("quality.md", "folds", text)


def _asked(fold: Fold, lines: Iterable[Labelled]) -> Iterable[Asked]:
    answerer = Answerer(fold.knowledge)
    for line in lines:
        explanation = answerer.explain(line.text)
        answer = explanation.answer
        cited = [each.fact.id for each in answer.facts] if isinstance(answer, Answered) else []
        yield Asked(line.cited is not None, _first(explanation) == line.item.id, bool(cited), line.item.id in cited)


def _first(explanation: Explanation) -> str | None:
    """Return the best candidate for the whole message, whatever was objected to it."""
    trials = explanation.decisions[0].trials if explanation.decisions else ()
    return trials[0].candidate.entry.item.id if trials else None


def _row(bench: Bench, asked: list[Asked]) -> tuple[str, ...]:
    facts = [each for each in asked if each.is_fact]
    unknowns = [each for each in asked if not each.is_fact]
    return (
        bench.name,
        f"{len(asked):,}",
        _share(each.entry_first for each in asked),
        _share(each.right for each in facts),
        _share(each.answered and not each.right for each in facts),
        _share(not each.answered for each in facts),
        _share(each.answered for each in unknowns),
    )


def _share(holds: Iterable[bool]) -> str:
    found = list(holds)
    return f"{100 * sum(found) / max(1, len(found)):.1f} %"


if __name__ == "__main__":
    main()
