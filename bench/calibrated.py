"""A matcher that knows when to decline: below a score chosen on phrasings it has not seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bench.matchers import Matcher
from bench.phrasings import Labelled, sample
from bot.answering.answers import Answer, Answered, NotInReport, Silent
from bot.knowledge.models import Expectation

_COST_OF_FALSE = 3.0
"""How many right answers one false answer outweighs."""
_SAMPLE = 600
"""How many held-out phrasings of each half are asked: enough for a threshold, and quick."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A taught matcher with its threshold."""

    matcher: Matcher
    phrasings: Sequence[Labelled]
    threshold: float

    def answers(self, questions: Sequence[Expectation]) -> list[Answer]:
        """Answer questions. A follow-up is asked together with the question before it."""
        return [_above(answer, self.threshold) for answer in self._found(questions)]

    def answers_at_most_as_often(self, questions: Sequence[Expectation], false: float) -> list[Answer]:
        """Answer with the lowest threshold at which no larger share of the unanswerable questions is answered.

        That threshold is chosen on these very questions, in the matcher's favour.
        """
        found = self._found(questions)
        others = sorted(
            (answer.score for expected, answer in zip(questions, found, strict=True) if _is_false(expected, answer)),
            reverse=True,
        )
        allowed = int(false * sum(not expected.is_answerable for expected in questions) + 1e-9)
        threshold = math.nextafter(others[allowed], math.inf) if allowed < len(others) else -math.inf
        return [_above(answer, threshold) for answer in found]

    def _found(self, questions: Sequence[Expectation]) -> list[Answered | NotInReport]:
        """Answer with whatever is nearest, however far."""
        found: list[Answered | NotInReport] = []
        for expected in questions:
            place, score = self.matcher.nearest(f"{expected.after or ''} {expected.ask}".strip())
            cited = self.phrasings[place].cited
            silent = NotInReport("en", Silent(), (), score)
            found.append(silent if cited is None else Answered("en", (cited,), None, (), score))
        return found


def _above(answer: Answered | NotInReport, threshold: float) -> Answer:
    return answer if answer.score >= threshold else NotInReport(answer.lang, Silent(), (), answer.score)


def _is_false(expected: Expectation, answer: Answered | NotInReport) -> bool:
    return isinstance(answer, Answered) and not expected.is_answerable


@dataclass(frozen=True, slots=True)
class _Trial:
    """A held-out phrasing, matched: what it asked for, what it would be answered with, and how sure."""

    score: float
    finds_fact: bool
    is_right: bool
    is_answerable: bool


def calibrated(matcher: Matcher, phrasings: Sequence[Labelled]) -> Calibrated:
    """Choose the threshold by holding out either half of the phrasings, then teach all of them."""
    trials: list[_Trial] = []
    shuffled = sample(phrasings, len(phrasings))
    for half in (0, 1):
        taught = shuffled[half::2]
        matcher.learn([line.text for line in taught])
        trials += (_trial(matcher, line, taught) for line in shuffled[1 - half :: 2][:_SAMPLE])
    matcher.learn([line.text for line in phrasings])
    return Calibrated(matcher, phrasings, _threshold(trials))


def _trial(matcher: Matcher, line: Labelled, taught: Sequence[Labelled]) -> _Trial:
    place, score = matcher.nearest(line.text)
    found = taught[place]
    return _Trial(score, found.cited is not None, found.entry == line.entry, line.cited is not None)


def _threshold(trials: Sequence[_Trial]) -> float:
    """Return the score from which answering pays best."""
    answerable = sum(trial.is_answerable for trial in trials) or 1
    others = len(trials) - answerable or 1

    def worth(threshold: float) -> float:
        answered = [trial for trial in trials if trial.finds_fact and trial.score >= threshold]
        right = sum(trial.is_right for trial in answered) / answerable
        false = sum(not trial.is_answerable for trial in answered) / others
        return right - _COST_OF_FALSE * false

    scores = sorted({trial.score for trial in trials})
    return max(scores, key=worth, default=0.0)
