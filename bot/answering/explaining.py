"""Why an answer came out as it did, in lines for an editor: what was understood, the candidates, the objections."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering.decision import Decision, Trial
from bot.answering.engine import Answerer, Explanation
from bot.answering.understanding import Understanding

_SHOWN = 5


def explain_lines(explanation: Explanation, answerer: Answerer) -> Iterator[str]:
    """Yield the steps that led to an answer."""
    yield from _understood(explanation.question)
    for decision in explanation.decisions:
        if len(explanation.decisions) > 1:
            yield f"part: {decision.question.text}"
        yield from _decision(decision)
    limits = answerer.thresholds
    yield f"needed: confidence {limits.answer:.2f}; to name an unknown: score {limits.unknown:.2f}"
    yield f"revision {answerer.knowledge.revision}"


def _understood(question: Understanding) -> Iterator[str]:
    words = ", ".join(f"{term.text} [{' '.join(sorted(term.keys))}]" for term in question.reading.terms)
    yield f"language {question.lang}; words: {words or 'none'}"
    traits = [f"asks {question.kind}"] if question.kind else []
    traits += ["yes or no"] if question.is_polar else []
    traits += ["negated"] if question.is_negated else []
    traits += [f"does: {name}" for name in sorted(question.actors)]
    traits += [f"done to: {name}" for name in sorted(question.targets)]
    yield f"understood: {', '.join(traits) or 'a subject'}"


def _decision(decision: Decision) -> Iterator[str]:
    for place, trial in enumerate(decision.trials[:_SHOWN]):
        yield f"{'best' if place == 0 else 'then'}: {_trial(trial)}"
    if decision.judgement is not None:
        yield f"claim: {decision.judgement.verdict or 'no verdict'}, by {decision.judgement.because}"


def _trial(trial: Trial) -> str:
    candidate = trial.candidate
    against = "; ".join(f"{objection.guard}: {objection.detail}" for objection in trial.objections)
    sure = "" if trial.confidence is None else f"{trial.confidence:.0%} sure, "
    weights = (
        f"{sure}evidence {candidate.evidence:.2f}, score {candidate.score:.2f}: "
        f"question {candidate.best.question_cover:.2f}, phrasing {candidate.best.phrasing_cover:.2f}"
    )
    objected = f" · against it: {against}" if against else ""
    return f"{candidate.entry.item.id} ({weights}) by “{candidate.best.phrasing.text}”{objected}"
