"""The examination of a fact base: parsed, validated, quotes checked, compiled, asked, compared. Pure, and slow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from threading import Lock

from bot.answering.answers import Answered, Withdrawn
from bot.answering.engine import Answerer
from bot.answering.evaluation import Result, evaluate, figures
from bot.answering.reuse import Compiler
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.bundle import QUESTIONS, Bundle
from bot.knowledge.difference import Difference, difference
from bot.knowledge.document import parse
from bot.knowledge.loader import ParsedFiles, build
from bot.knowledge.models import Expectation, Fact, RegressionQuestions
from bot.knowledge.problems import KnowledgeError, Problem
from bot.publishing.current import Serving
from bot.publishing.endings import ending
from bot.publishing.proposal import Finding, Flip, Proposal, Refused, Regression

_GOOD = frozenset({"right", "silent"})
_MOST_LINTED = 200
"""Phrasings that are tried; a fact base that is new as a whole has thousands, and people wait."""


class Examiner:
    """Examines one fact base after another, in whatever thread; what they have in common is read once."""

    def __init__(self) -> None:
        self._parsed = ParsedFiles()
        self._compiler = Compiler()
        # Who waits for an examination may give up; its thread goes on, and another one may be asked for meanwhile.
        self._turn = Lock()

    def compile(self, bundle: Bundle) -> Answerer:
        """Check the files and compile them. Raises KnowledgeError with every problem."""
        with self._turn:
            return self._compiler.compile(build(bundle, parsed=self._parsed))

    def examine(self, bundle: Bundle, served: Serving, against: int, gaps: Iterable[str] = ()) -> Proposal | Refused:
        """Examine a fact base against what is served, to be published after publication ``against``.

        ``gaps`` are questions that people asked lately without an answer; they are tried beside the regression
        questions.
        """
        try:
            answerer = self.compile(bundle)
        except KnowledgeError as error:
            return Refused(bundle.revision, error.problems)
        return compare(bundle, answerer, served, against, gaps)


def compare(
    bundle: Bundle,
    answerer: Answerer,
    served: Serving | KnowledgeBase | None,
    against: int,
    gaps: Iterable[str] = (),
) -> Proposal | Refused:
    """Ask the regression questions of a compiled fact base, and compare it with what is ``served``.

    Of a mere fact base no question can be asked; without anything everything is new.
    """
    knowledge = answerer.knowledge
    asked = {name: _asked(answerer, name, each) for name, each in knowledge.questions.items()}
    before = served.knowledge if isinstance(served, Serving) else served
    changes = Difference() if before is None else difference(before, knowledge)
    problems = () if _only_withdraws(changes) else tuple(_failures(bundle, knowledge, asked))
    if problems:
        return Refused(bundle.revision, problems)
    return Proposal(
        bundle=bundle,
        answerer=answerer,
        against=against,
        difference=changes,
        regressions=tuple(_regression(name, results) for name, results in asked.items()),
        findings=tuple(_lint(answerer, changes)),
        flips=tuple(_flips(served, answerer, asked, gaps)) if isinstance(served, Serving) else (),
        endings={(e.expected.ask, e.expected.after): ending(e.answer) for each in asked.values() for e in each},
    )


def _asked(answerer: Answerer, name: str, questions: RegressionQuestions) -> tuple[Result, ...]:
    """Ask the regression questions of a report. To say that a fact was withdrawn is right where the fact was."""
    results = evaluate(answerer, questions.questions, name)
    return tuple(
        replace(each, outcome="right") if isinstance(each.answer, Withdrawn) and each.expected.is_answerable else each
        for each in results
    )


def _only_withdraws(changes: Difference) -> bool:
    """Say whether facts are withdrawn and nothing else is edited.

    That is never refused: questions about a withdrawn fact may well end in its neighbour. They are shown as missed.
    """
    return bool(changes.withdrawn) and changes == Difference(withdrawn=changes.withdrawn)


def _failures(bundle: Bundle, knowledge: KnowledgeBase, asked: dict[str, tuple[Result, ...]]) -> Iterator[Problem]:
    """Yield the regression questions that ended badly, where they are too many to serve."""
    for name, results in asked.items():
        floors = knowledge.questions[name].floors
        if figures(results).meets(floors):
            continue
        file = f"{QUESTIONS}/{name}.yaml"
        document = parse(bundle.shown(file), bundle.files[file])
        document.build(RegressionQuestions)
        for position, result in enumerate(results):
            if result.outcome not in _GOOD:
                wanted, found = _wanted(result.expected), ending(result.answer)
                message = f"“{result.expected.ask}” must end in {wanted}, and ends in {found}"
                yield document.problem(("questions", position), message)


def _wanted(expected: Expectation) -> str:
    """Say what a regression question must end in."""
    if expected.unknown is not None:
        return f"the unknown {expected.unknown}"
    if expected.abstains:
        return "“not in the report”"
    if expected.cites:
        wanted = " or ".join(expected.cites)
    else:
        wanted = f"paragraph {' or '.join(map(str, expected.paragraphs))}"
    return wanted + (f" with “{expected.verdict}”" if expected.verdict else "")


def _regression(name: str, results: tuple[Result, ...]) -> Regression:
    missed = tuple(result.expected.ask for result in results if result.outcome not in _GOOD)
    return Regression(name, figures(results), missed)


def _lint(answerer: Answerer, changes: Difference) -> Iterator[Finding]:
    """Yield phrasings of what was edited that lead to other facts, or to none."""
    edited = {change.key for change in changes.facts} | {*changes.rephrased}
    left = _MOST_LINTED
    for report in answerer.knowledge.reports:
        for fact in report.facts:
            key = f"{report.report.id}/{fact.id}"
            if key in edited and fact.withdrawn is None:
                texts = [text for _, text in fact.ask][:left]
                left -= len(texts)
                yield from _lost(answerer, key, fact, texts)


def _lost(answerer: Answerer, key: str, fact: Fact, texts: Iterable[str]) -> Iterator[Finding]:
    for text in texts:
        answer = answerer.answer(text)
        if not isinstance(answer, Answered) or {cited.fact.id for cited in answer.facts} != {fact.id}:
            yield Finding(key, text, ending(answer))


def _flips(
    served: Serving, answerer: Answerer, asked: dict[str, tuple[Result, ...]], gaps: Iterable[str]
) -> Iterator[Flip]:
    for results in asked.values():
        for result in results:
            expected = result.expected
            old = _ending(served, expected.ask, expected.after)
            new = ending(result.answer)
            if old != new:
                yield Flip(expected.ask, old, new)
    for question in gaps:
        old, new = _ending(served, question), ending(answerer.answer(question))
        if old != new:
            yield Flip(question, old, new)


def _ending(served: Serving, question: str, after: str | None = None) -> str:
    """Say how a question ends on what is served; it is asked the first time only."""
    known = served.endings.get((question, after))
    if known is None:
        known = served.endings[question, after] = ending(served.answer(question, after))
    return known
