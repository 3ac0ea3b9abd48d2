"""How a set of answers ended, counted in the same way for every system."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answering.answers import Answer, Answered
from bot.knowledge.models import Expectation


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of the answerable (cited, wrong, declined) and of the unanswerable questions (false)."""

    answerable: int
    unanswerable: int
    cited: float
    wrong: float
    declined: float
    false: float


def score(questions: Sequence[Expectation], answers: Sequence[Answer]) -> Score:
    """Count the answers to questions. A compound question that is answered in part is neither cited nor wrong."""
    pairs = tuple(zip(questions, answers, strict=True))
    asked = [(question, answer) for question, answer in pairs if question.is_answerable]
    others = [answer for question, answer in pairs if not question.is_answerable]

    def share(holds: Callable[[Expectation, Answer], bool]) -> float:
        return sum(holds(question, answer) for question, answer in asked) / max(1, len(asked))

    return Score(
        answerable=len(asked),
        unanswerable=len(others),
        cited=share(lambda question, answer: _touches(question, answer) and _covers_every_part(question, answer)),
        wrong=share(lambda question, answer: isinstance(answer, Answered) and not _touches(question, answer)),
        declined=share(lambda _, answer: not isinstance(answer, Answered)),
        false=sum(isinstance(answer, Answered) for answer in others) / max(1, len(others)),
    )


def _touches(question: Expectation, answer: Answer) -> bool:
    """Tell whether an answer cites one of the passages that would be adequate."""
    if not isinstance(answer, Answered):
        return False
    names = {cited.fact.id for cited in answer.facts}
    return bool(names & {*question.cites} or _paragraphs(answer) & {*question.paragraphs})


def _covers_every_part(question: Expectation, answer: Answer) -> bool:
    return isinstance(answer, Answered) and all(_paragraphs(answer) & {*part} for part in question.all_of)


def _paragraphs(answer: Answered) -> set[int]:
    return {citation.paragraph for cited in answer.facts for citation in cited.citations}
