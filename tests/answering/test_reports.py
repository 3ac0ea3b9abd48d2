"""The reports that are served, and one more, answer their regression questions well enough."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.answering.engine import Answerer
from bot.answering.evaluation import Result, evaluate, figures
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.document import parse
from bot.knowledge.loader import default_folder, load
from bot.knowledge.models import Expectation, Floors, RegressionQuestions

from .harbour import ending, lay_out

SERVED = sorted(path.stem for path in default_folder().glob("*.yaml"))
REPORTS = Path(__file__).parents[1] / "reports"
INVENTED = {
    "orla-flood": Floors(right=0.58, wrong=0.07, false=0.08),
    "nordvela-breach": Floors(right=0.53, wrong=0.06, false=0.05),
}
"""What the invented reports must reach: their questions were written by people who did not know the matcher."""
WELL = ("right", "silent")


@pytest.fixture(scope="module")
def served() -> Answerer:
    """Answers from everything that is served."""
    return Answerer(load(default_folder()))


def invented(name: str, folder: Path) -> Answerer:
    """Answer from an invented report alone, laid out as an editor would."""
    home = REPORTS / name
    return Answerer(load(lay_out(home / f"{name}.yaml", home / "article.txt", folder)))


@pytest.fixture(scope="module")
def orla_flood(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Answers from the second report."""
    return invented("orla-flood", tmp_path_factory.mktemp("orla"))


def wanted(expected: Expectation) -> str:
    """Tell how a question should have ended."""
    if expected.unknown is not None:
        return f"unknown {expected.unknown}"
    if expected.abstains:
        return "no answer"
    places = ", ".join(expected.cites) or " or ".join(f"¶{number}" for number in expected.paragraphs)
    says = f", saying {' and '.join(expected.says)}" if expected.says else ""
    return f"{places}{says}" + (f", {expected.verdict}" if expected.verdict else "")


def failures(results: Iterable[Result]) -> str:
    """List the questions that did not end well, a line each."""
    lines = [
        f"{result.outcome:>9}: {result.expected.ask!r}"
        + (f" after {result.expected.after!r}" if result.expected.after else "")
        + f"\n           wanted {wanted(result.expected)}; got {ending(result.answer)}"
        for result in results
        if result.outcome not in WELL
    ]
    return "\n".join(["", *lines])


def check(answerer: Answerer, questions: RegressionQuestions, report: str, floors: Floors) -> None:
    """Ask all questions and fail, with a list of what went wrong, below the floors."""
    results = evaluate(answerer, questions.questions, report)
    reached = figures(results)
    assert reached.meets(floors), f"{reached} is below {floors}{failures(results)}"


def questions_of(knowledge: KnowledgeBase, report: str) -> RegressionQuestions:
    """Return the regression questions of a report."""
    assert report in knowledge.questions, f"write knowledge/questions/{report}.yaml"
    return knowledge.questions[report]


@pytest.mark.parametrize("report", SERVED)
def test_a_served_report_answers_its_regression_questions(served: Answerer, report: str) -> None:
    questions = questions_of(served.knowledge, report)
    check(served, questions, report, questions.floors)


@pytest.mark.parametrize("name", INVENTED)
def test_another_report_is_answered_without_a_change_of_code(name: str, tmp_path: Path) -> None:
    content = (REPORTS / name / "questions.yaml").read_bytes()
    questions = parse(f"{name}/questions.yaml", content).build(RegressionQuestions)
    assert len(questions.questions) > 100
    check(invented(name, tmp_path), questions, name, INVENTED[name])


def test_what_went_wrong_is_listed_readably(orla_flood: Answerer) -> None:
    expected = Expectation(ask="how many dolphins were saved?", paragraphs=(3, 4), says=("7.4",), verdict="no")
    shown = failures(evaluate(orla_flood, [expected]))
    assert "declined: 'how many dolphins were saved?'" in shown
    assert "wanted ¶3 or ¶4, saying 7.4, no; got " in shown
