"""``python -m bench.fit``: fit the confidence in a fact (``bot.answering.confidence``), and tell how far to trust it.

A logistic regression over the signals of the likeliest facts, on questions of readers. It is measured twice: on the
very questions it was fitted on, and on each question set with what was fitted on the other sets. The second figures
are the ones to believe. It prints the coefficients to put into the code.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bench import pages
from bench.sets import Bench, QuestionSet, orla_flood, shipped
from bot.answering.confidence import FITTED, Confidence
from bot.answering.decision import Decision, Thresholds, rivals_among
from bot.answering.engine import Answerer
from bot.answering.entries import Candidate
from bot.answering.evaluation import Figures, Result, evaluate, figures, is_adequate
from bot.answering.signals import Signals, signals
from bot.commands.evaluate import read_questions
from bot.knowledge.models import Expectation

_LIKELIEST = 3
"""How many facts of each question are learnt from."""
_STRENGTH = 0.3
"""The inverse of the regularisation: small, since the questions are few."""
_THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)
_HEAD = ("answers from", "right", "wrong", "declined", "false")


@dataclass(frozen=True, slots=True)
class Course:
    """A question set and the answerer that is to answer it."""

    name: str
    answerer: Answerer
    questions: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """Signals, a row each, and whether the fact was adequate."""

    signals: NDArray[np.float64]
    adequate: NDArray[np.bool_]


def main() -> None:
    """Fit, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit", description="Fit the confidence in a fact.")
    parser.add_argument("files", nargs="*", type=Path, help="more question sets about the shipped fact base")
    options = parser.parse_args()
    courses = tuple(_courses(options.files))
    examples = [_examples(course) for course in courses]
    everything = fit(examples)
    rows = [("as it is, all sets", *_row(courses, [FITTED] * len(courses), Thresholds().answer))]
    rows += [_named("same questions", courses, [everything] * len(courses), each) for each in _THRESHOLDS]
    others = [fit([each for each in examples if each is not own]) for own in examples]
    rows += [_named("fitted on other sets", courses, others, each) for each in _THRESHOLDS]
    print(pages.table(("measured", *_HEAD), rows))
    for course, confidence in zip(courses, others, strict=True):
        print(course.name, *_row([course], [confidence], Thresholds().answer))
    print(_code(everything))


def fit(examples: Sequence[Examples]) -> Confidence:
    """Fit a logistic regression; the coefficients are those for the signals as they are."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH))
    model.fit(np.vstack([each.signals for each in examples]), np.concatenate([each.adequate for each in examples]))
    scaler, regression = model[0], model[1]
    weights = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - weights @ scaler.mean_)
    return Confidence(intercept, Signals(*(float(weight) for weight in weights)))


def _courses(files: Sequence[Path]) -> Iterator[Course]:
    benches: list[Bench] = [shipped(), orla_flood()]
    for bench in benches:
        answerer = Answerer(bench.knowledge)
        for found in bench.sets:
            if not found.name.startswith("questions/"):  # regression questions are kept where they end well
                yield Course(found.name, answerer, found.questions)
        if bench.name == "shipped":
            for file in files:
                given = QuestionSet(file.name, read_questions(file).questions)
                yield Course(given.name, answerer, given.questions)


def _examples(course: Course) -> Examples:
    rows: list[tuple[float, ...]] = []
    adequate: list[bool] = []
    for expected in course.questions:
        explanation = course.answerer.explain(expected.ask, expected.after)
        if expected.all_of or len(explanation.decisions) != 1:
            continue
        for fact, measured in _measured(explanation.decisions[0], course.answerer):
            rows.append(measured.values())
            adequate.append(is_adequate(expected, fact))
    return Examples(np.array(rows), np.array(adequate))


def _measured(decision: Decision, answerer: Answerer) -> Iterator[tuple[Candidate, Signals]]:
    rivals = rivals_among(decision.trials)
    for fact in rivals.facts[:_LIKELIEST]:
        yield fact, signals(decision.question, fact, rivals, answerer.index)


def _named(
    name: str, courses: Sequence[Course], confidences: Sequence[Confidence], threshold: float
) -> tuple[str, ...]:
    return (name, *_row(courses, confidences, threshold))


def _row(courses: Sequence[Course], confidences: Sequence[Confidence], threshold: float) -> tuple[str, ...]:
    """Ask all questions, each set with its own confidence."""
    results: list[Result] = []
    for course, confidence in zip(courses, confidences, strict=True):
        answerer = course.answerer.with_confidence(confidence, Thresholds(answer=threshold))
        results += evaluate(answerer, course.questions)
    found: Figures = figures(results)
    shares = (found.right, found.wrong, found.declined, found.false)
    return (f"{threshold:.2f}", *(f"{100 * share:.1f} %" for share in shares))


def _code(confidence: Confidence) -> str:
    lines = [
        f"        {field.name}={getattr(confidence.coefficients, field.name):.3f},\n"
        for field in fields(confidence.coefficients)
    ]
    opening = f"FITTED = Confidence(\n    intercept={confidence.intercept:.3f},\n    coefficients=Signals(\n"
    return f"{opening}{''.join(lines)}    ),\n)"


if __name__ == "__main__":
    main()
