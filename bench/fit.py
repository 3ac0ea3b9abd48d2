"""``python -m bench.fit``: choose the thresholds of ``bot.answering.decision``, and tell how far to trust the choice.

A random search, measured twice: on the very questions it was made on, and in five folds, where each fold is measured
with thresholds that a search of its own found on the other four. The second figures are the ones to believe.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench import pages
from bench.phrasings import Labelled, folds, sample
from bench.sets import Bench, QuestionSet, orla_flood, shipped
from bot.answering.decision import Thresholds
from bot.answering.engine import Answerer
from bot.answering.evaluation import evaluate
from bot.commands.evaluate import read_questions
from bot.knowledge.models import Expectation

_FOLDS = 5
_COST = 3.0
"""How many right answers outweigh one that is wrong or should not have been given."""
_HELD_OUT = 400
"""How many phrasings that the fact base was built without are asked besides the question sets."""
_FIXED = {"nearest"}
"""What no question set can tell: it only chooses what is shown below an abstention."""
_LEAST = {"margin": -0.5}
"""The least value of a threshold, where that is not zero: an unknown may win although it covers less."""
_STEP = 0.1
"""How far a threshold moves in one trial, as a standard deviation."""
_HEAD = ("measured", "worth", "right", "wrong", "false")

Ending = tuple[bool, str]
"""Whether a question can be answered, and how the answer ended."""


@dataclass(frozen=True, slots=True)
class Course:
    """Questions, and the answerer that is to answer them."""

    answerer: Answerer
    questions: tuple[Expectation, ...]

    def run(self, thresholds: Thresholds) -> Iterator[Ending]:
        """Ask all questions."""
        self.answerer.thresholds = thresholds
        for result in evaluate(self.answerer, self.questions):
            yield result.expected.is_answerable, result.outcome


@dataclass(frozen=True, slots=True)
class Trial:
    """Thresholds, and how every question ended with them."""

    thresholds: Thresholds
    endings: tuple[Ending, ...]


def main() -> None:
    """Search and print: the figures before and after, and the thresholds to put into the code."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit", description="Choose thresholds.")
    parser.add_argument("files", nargs="*", type=Path, help="question sets about the shipped fact base")
    parser.add_argument("--trials", type=int, default=40, help="how many thresholds each of the six searches tries")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    courses = tuple(_courses(options.files))
    start = _trial(courses, Thresholds())
    places = range(len(start.endings))
    best = _search(courses, start, places, options.trials, options.seed)
    rows = [
        _row("as it is", start.endings),
        _row("fitted, same questions", best.endings),
        _row(f"fitted, {_FOLDS} folds", _held_out_endings(courses, start, options.trials, options.seed)),
    ]
    print(pages.table(_HEAD, rows))
    for name, value in asdict(best.thresholds).items():
        print(f"    {name}: float = {value:.2f}")


def _courses(files: Sequence[Path]) -> Iterator[Course]:
    """Every question set with its fact base, then held-out phrasings with a fact base that lacks them."""
    given = [QuestionSet(file.name, read_questions(file).questions) for file in files]
    ours = shipped()
    benches: list[Bench] = [replace(ours, sets=tuple(given))] if given else [orla_flood(), ours]
    for bench in benches:
        yield Course(Answerer(bench.knowledge), tuple(each for found in bench.sets for each in found.questions))
    fold = next(folds(ours.knowledge, _FOLDS))
    yield Course(Answerer(fold.knowledge), tuple(map(_expectation, sample(fold.held_out, _HELD_OUT))))


def _expectation(line: Labelled) -> Expectation:
    if line.cited is None:
        return Expectation(ask=line.text, abstains=True)
    return Expectation(ask=line.text, cites=(line.item.id,))


def _search(courses: Sequence[Course], start: Trial, places: Sequence[int], count: int, seed: int) -> Trial:
    """Take random steps, each from the best so far. Only the questions at ``places`` tell which is the best."""
    chance = random.Random(seed)  # noqa: S311 - the same numbers each time
    best = start
    for _ in range(count):
        trial = _trial(courses, _moved(best.thresholds, chance))
        if _worth(_at(trial, places)) > _worth(_at(best, places)):
            best = trial
    return best


def _trial(courses: Sequence[Course], thresholds: Thresholds) -> Trial:
    return Trial(thresholds, tuple(ending for course in courses for ending in course.run(thresholds)))


def _moved(thresholds: Thresholds, chance: random.Random) -> Thresholds:
    """Move one to three thresholds."""
    values = asdict(thresholds)
    names = [name for name in values if name not in _FIXED]
    for name in chance.sample(names, chance.randint(1, 3)):
        least = _LEAST.get(name, 0.0)
        values[name] = min(1.0, max(least, values[name] + chance.gauss(0, _STEP)))
    return Thresholds(**values)


def _held_out_endings(courses: Sequence[Course], start: Trial, count: int, seed: int) -> list[Ending]:
    """Return how each question ended with thresholds that were found without it."""
    order = list(range(len(start.endings)))
    random.Random(seed).shuffle(order)  # noqa: S311 - the same numbers each time
    endings: list[Ending] = []
    for number in range(_FOLDS):
        others = [place for turn, place in enumerate(order) if turn % _FOLDS != number]
        endings += _at(_search(courses, start, others, count, seed + number), order[number::_FOLDS])
    return endings


def _at(trial: Trial, places: Sequence[int]) -> list[Ending]:
    return [trial.endings[place] for place in places]


def _worth(endings: Sequence[Ending]) -> float:
    right, wrong, false = _shares(endings)
    return right - _COST * (wrong + false)


def _shares(endings: Sequence[Ending]) -> tuple[float, float, float]:
    """Return the shares of right and wrong answers to what can be answered, and of answers to what cannot."""
    answerable = [outcome for can_be, outcome in endings if can_be]
    others = [outcome for can_be, outcome in endings if not can_be]

    def share(outcome: str, outcomes: Sequence[str]) -> float:
        return outcomes.count(outcome) / max(1, len(outcomes))

    return share("right", answerable), share("wrong", answerable), share("false", others)


def _row(name: str, endings: Sequence[Ending]) -> tuple[str, ...]:
    percent: Callable[[float], str] = "{:.1%}".format
    right, wrong, false = _shares(endings)
    return name, f"{_worth(endings):.3f}", percent(right), percent(wrong), percent(false)


if __name__ == "__main__":
    main()
