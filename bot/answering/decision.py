"""Decide on one question: a fact answers it, an editor noted that the report does not say, or nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.answers import (
    Answer,
    Answered,
    CitedFact,
    Clarify,
    Curated,
    NotInReport,
    Reason,
    Silent,
    Uncomputed,
    Unmentioned,
    Withdrawn,
)
from bot.answering.claims import Judgement, contradicts, judge
from bot.answering.guards import Objection, objections
from bot.answering.index import Candidate, Index
from bot.answering.understanding import Understanding
from bot.knowledge.models import Fact, Unknown


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where answering begins. Fitted by ``python -m bench.fit`` on questions that the fact base was not written from."""

    score: float = 0.66
    """The least score of a fact that answers."""
    cover: float = 0.55
    """The least share of the question's own content that the fact must cover."""
    claim: float = 0.65
    """The same for a claim, where a word left out may change what is claimed."""
    phrasing: float = 0.4
    """The least share of the phrasing that the question must cover."""
    unknown: float = 0.6
    """The least score of a curated unknown."""
    margin: float = 0.0
    """By how much more of the question than the fact an unknown must cover."""
    lead: float = 0.5
    """How much the lead of an unknown in score counts beside that."""
    tie: float = 0.02
    """Facts within this of the best one are named together."""
    nearest: float = 0.4
    """The least score of a fact shown as the nearest thing that the report says."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A candidate with what speaks against it."""

    candidate: Candidate
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one question, with the trials that led to it."""

    question: Understanding
    answer: Answer
    trials: tuple[Trial, ...]
    judgement: Judgement | None = None


def decide(question: Understanding, index: Index, thresholds: Thresholds) -> Decision:
    """Weigh the candidates for one question."""
    trials = tuple(
        Trial(candidate, tuple(objections(question, candidate, index))) for candidate in index.candidates(question)
    )
    facts = [trial for trial in trials if isinstance(trial.candidate.entry.item, Fact)]
    unknowns = (trial for trial in trials if isinstance(trial.candidate.entry.item, Unknown))
    unknown = next((trial for trial in unknowns if not trial.objections), None)
    standing = [trial for trial in facts if not trial.objections and _covers(question, trial, thresholds)]
    best = standing[0].candidate if standing else None
    silence = unknown.candidate if unknown and unknown.candidate.score >= thresholds.unknown else None
    stranger = _stranger(question, index, best)
    if stranger is not None:
        return Decision(question, _absent(question, Unmentioned(stranger), facts, index, thresholds), trials)
    if "arithmetic" in question.marks and (best is None or best.best.question_cover < 1):
        return Decision(question, _absent(question, Uncomputed(), facts, index, thresholds), trials)
    if best is None or (silence is not None and _explains_better(silence, best, thresholds)):
        reason = _curated(silence) if silence is not None else Silent()
        return Decision(question, _absent(question, reason, facts, index, thresholds), trials)
    return _answer(question, best, standing, trials, index, thresholds)


def _answer(
    question: Understanding,
    best: Candidate,
    standing: Sequence[Trial],
    trials: tuple[Trial, ...],
    index: Index,
    thresholds: Thresholds,
) -> Decision:
    cited = _cited(best)
    if cited.fact.withdrawn is not None:
        return Decision(question, Withdrawn(question.lang, cited, best.score), trials)
    tied = [trial.candidate for trial in standing if trial.candidate.score >= best.score - thresholds.tie]
    if is_claim(question, best):
        return _judged(question, tied, standing, trials, index, thresholds)
    if len(tied) > 2 and len(question.content) <= 1:
        options = tuple(_cited(candidate) for candidate in tied[:4])
        return Decision(question, Clarify(question.lang, options, best.score), trials)
    facts = tuple(_cited(candidate) for candidate in tied[:2])
    return Decision(question, Answered(question.lang, facts, None, (), best.score), trials)


def _judged(
    question: Understanding,
    tied: Sequence[Candidate],
    standing: Sequence[Trial],
    trials: tuple[Trial, ...],
    index: Index,
    thresholds: Thresholds,
) -> Decision:
    """Answer a claim by the first of the best facts that settles it."""
    judged = [(candidate, judge(question, candidate, index)) for candidate in tied]
    candidate, judgement = next((pair for pair in judged if pair[1].verdict is not None), judged[0])
    if judgement.because == "unverified":
        return Decision(question, _absent(question, Silent(), standing, index, thresholds), trials, judgement)
    answer = Answered(question.lang, (_cited(candidate),), judgement.verdict, (), candidate.score)
    return Decision(question, answer, trials, judgement)


def is_claim(question: Understanding, candidate: Candidate) -> bool:
    """Tell whether a message states or asks something to be borne out, rather than naming a subject."""
    if question.kind is not None:
        return False
    return (
        question.is_polar
        or bool(question.quantities)
        or question.is_negated
        or candidate.best.phrasing.truth is not None
    )


def _explains_better(silence: Candidate, fact: Candidate, thresholds: Thresholds) -> bool:
    """Tell whether an unknown has words of the question that the fact lacks. Else the fact answers it."""
    closer = silence.best.question_cover - fact.best.question_cover
    return closer + thresholds.lead * (silence.score - fact.score) > thresholds.margin


def _covers(question: Understanding, trial: Trial, thresholds: Thresholds) -> bool:
    candidate = trial.candidate
    cover = thresholds.claim if is_claim(question, candidate) else thresholds.cover
    enough = candidate.score >= thresholds.score and candidate.best.content_cover >= cover
    return enough and candidate.best.phrasing_cover >= thresholds.phrasing


def _stranger(question: Understanding, index: Index, best: Candidate | None) -> str | None:
    """Return the first name in the question that no report mentions, unless a claim gives it for a stated value.

    That an unknown's phrasings name it does not make it mentioned.
    """
    for term in question.content:
        named = all(key.startswith("e:") for key in term.keys) and not term.entities & index.mentioned
        strange = term.unknown_name and not any(index.knows(key) for key in term.keys)
        if (named or strange) and not (
            best is not None and question.kind is None and contradicts(term, question, best.entry, index)
        ):
            return term.text
    return None


def _absent(
    question: Understanding, reason: Reason, facts: Sequence[Trial], index: Index, thresholds: Thresholds
) -> NotInReport:
    score = facts[0].candidate.score if facts else 0.0
    if isinstance(reason, Curated):
        nearest = index.facts(reason.source.id, reason.unknown.nearest)
    else:
        nearest = tuple(_cited(trial.candidate) for trial in facts[:1] if score >= thresholds.nearest)
    return NotInReport(question.lang, reason, nearest, score)


def _curated(candidate: Candidate) -> Curated:
    item = candidate.entry.item
    if not isinstance(item, Unknown):
        raise TypeError("only an unknown can be curated")
    return Curated(candidate.entry.report.report, item)


def _cited(candidate: Candidate) -> CitedFact:
    item = candidate.entry.item
    if not isinstance(item, Fact):
        raise TypeError("only a fact can be cited")
    return CitedFact(candidate.entry.report.report, item)
