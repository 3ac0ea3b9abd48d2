"""``python -m bench.quality``: Citebot and simpler matchers on the same facts and questions, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench import pages
from bench.calibrated import Calibrated, calibrated
from bench.matchers import matchers
from bench.phrasings import labelled
from bench.scoring import Score, score
from bench.sets import Bench, QuestionSet, nordvela_breach, orla_flood, shipped
from bot.answering.engine import Answerer
from bot.answering.evaluation import evaluate, figures

_HEAD = ("system", "answers from", "right", "cited", "wrong", "declined", "false", "cited at equal false")


@dataclass(frozen=True, slots=True)
class Measured:
    """One system on one question set."""

    system: str
    threshold: float | None
    score: Score
    right: float | None
    """Share of right answers with the words and the verdict asked for; nothing for a system that has no verdicts."""
    cited_at_equal_false: float
    """Share of cited answers where the threshold lets through as many false ones as Citebot gives."""


def main(*, write: bool = True) -> None:
    """Measure every fact base, print the tables and write them into the documentation."""
    text = "\n\n".join(
        section for bench in (nordvela_breach(), orla_flood(), shipped()) for section in _sections(bench)
    )
    print(text)
    if write:
        pages.write("quality.md", "quality", text)


def _sections(bench: Bench) -> Iterator[str]:
    lines = labelled(bench.knowledge)
    others = tuple(calibrated(matcher, lines) for matcher in matchers())
    answerer = Answerer(bench.knowledge)
    yield f"### {bench.name}: {len(lines):,} phrasings"
    for questions in bench.sets:
        yield _table(questions, tuple(_measure(questions, others, answerer)))


def _measure(questions: QuestionSet, others: Sequence[Calibrated], answerer: Answerer) -> Iterator[Measured]:
    asked = questions.questions
    results = evaluate(answerer, asked)
    ours = score(asked, [result.answer for result in results])
    for other in others:
        equal = score(asked, other.answers_at_most_as_often(asked, ours.false))
        yield Measured(other.matcher.name, other.threshold, score(asked, other.answers(asked)), None, equal.cited)
    yield Measured("Citebot", None, ours, figures(results).right, ours.cited)


def _table(questions: QuestionSet, measured: Sequence[Measured]) -> str:
    first = measured[0].score
    title = f"**{questions.name}**: {first.answerable} answerable questions, {first.unanswerable} unanswerable"
    rows = [
        (
            each.system,
            "-" if each.threshold is None else f"{each.threshold:.3g}",
            "-" if each.right is None else _percent(each.right),
            _percent(each.score.cited),
            _percent(each.score.wrong),
            _percent(each.score.declined),
            _percent(each.score.false),
            _percent(each.cited_at_equal_false),
        )
        for each in measured
    ]
    return f"{title}\n\n{pages.table(_HEAD, rows)}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


if __name__ == "__main__":
    main()
