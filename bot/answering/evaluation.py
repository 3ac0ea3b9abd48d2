"""Score answers against questions with known outcomes: right, wrong, declined, false."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answering.answers import Answer, Answered, Curated, NotInReport
from bot.answering.engine import Answerer
from bot.answering.entries import Candidate
from bot.answering.wording import say
from bot.knowledge.models import Expectation, Fact, Floors

Outcome = Literal["right", "imprecise", "wrong", "declined", "silent", "false"]
"""``imprecise``: the right passage with a word or the verdict missing; ``wrong``: another passage, or the opposite
verdict; ``silent``: rightly not answered."""


@dataclass(frozen=True, slots=True)
class Result:
    """One question, its answer, and how it ended."""

    expected: Expectation
    answer: Answer
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of the answerable (right, wrong, declined) and of the unanswerable questions (false)."""

    answerable: int
    unanswerable: int
    right: float
    wrong: float
    declined: float
    false: float

    def meets(self, floors: Floors) -> bool:
        """Tell whether the figures are good enough to serve."""
        enough = self.right >= floors.right or not self.answerable
        return enough and self.wrong <= floors.wrong and self.false <= floors.false


def evaluate(answerer: Answerer, questions: Iterable[Expectation], report: str | None = None) -> tuple[Result, ...]:
    """Ask every question. ``report`` limits what counts as a right citation to one report."""
    results = []
    for expected in questions:
        answer = answerer.answer(expected.ask, expected.after)
        results.append(Result(expected, answer, _outcome(expected, answer, report)))
    return tuple(results)


def figures(results: Sequence[Result]) -> Figures:
    """Sum up results."""
    answerable = [result.outcome for result in results if result.expected.is_answerable]
    others = [result.outcome for result in results if not result.expected.is_answerable]

    def share(outcome: Outcome, outcomes: list[Outcome]) -> float:
        return outcomes.count(outcome) / len(outcomes) if outcomes else 0.0

    return Figures(
        answerable=len(answerable),
        unanswerable=len(others),
        right=share("right", answerable),
        wrong=share("wrong", answerable),
        declined=share("declined", answerable),
        false=share("false", others),
    )


def by_kind(results: Iterable[Result]) -> dict[str, tuple[int, int]]:
    """Return, for each kind of question, how many ended well and how many there are."""
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for result in results:
        good, total = counts[result.expected.kind]
        counts[result.expected.kind] = good + (result.outcome in {"right", "silent"}), total + 1
    return dict(sorted(counts.items()))


def is_adequate(expected: Expectation, candidate: Candidate) -> bool:
    """Tell whether a fact alone would be an adequate answer: the right passage, and the words wanted of it."""
    fact = candidate.entry.item
    if not isinstance(fact, Fact):
        return False
    cited = fact.id in expected.cites or any(each.paragraph in expected.paragraphs for each in fact.citations)
    texts = [text for text in (fact.answer.en, fact.answer.uk, fact.answer.ru) if text]
    body = " ".join([*texts, *(each.quote for each in fact.citations)])
    return cited and (expected.verdict is not None or all(_says(wanted, body) for wanted in expected.says))


def _outcome(expected: Expectation, answer: Answer, report: str | None) -> Outcome:
    if not expected.is_answerable:
        return _silence(expected, answer)
    if not isinstance(answer, Answered):
        return "declined"
    facts = [cited for cited in answer.facts if report is None or cited.source.id == report]
    names = {cited.fact.id for cited in facts}
    paragraphs = {citation.paragraph for cited in facts for citation in cited.citations}
    if not (names & {*expected.cites} or paragraphs & {*expected.paragraphs}):
        return "wrong"
    if expected.verdict and answer.verdict and expected.verdict != answer.verdict:
        return "wrong"  # «yes» over a passage that says no
    body = " ".join([say(answer), *(citation.quote for cited in facts for citation in cited.citations)])
    precise = (
        all(paragraphs & {*part} for part in expected.all_of)
        and all(_says(wanted, body) for wanted in expected.says)
        and expected.verdict in {None, answer.verdict}
    )
    return "right" if precise else "imprecise"


def _silence(expected: Expectation, answer: Answer) -> Outcome:
    """Judge an answer to what the report does not say."""
    if isinstance(answer, Answered):
        return "false"
    if expected.unknown is None:
        return "silent"
    reason = answer.reason if isinstance(answer, NotInReport) else None
    named = isinstance(reason, Curated) and reason.unknown.id == expected.unknown
    return "silent" if named else "declined"


def _says(wanted: str, body: str) -> bool:
    text = _plain(body)
    for alternative in wanted.split("|"):
        needle = _plain(alternative).strip()
        if not needle:
            continue
        start = r"(?<![\d.,])" if needle[0].isdigit() else r"(?<!\w)"
        end = r"(?!\d)" if needle[-1].isdigit() else ""
        if re.search(start + re.escape(needle) + end, text):
            return True
    return False


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).casefold())
