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
from bot.answering.entries import Candidate
from bot.answering.guards import Objection, objections
from bot.answering.index import Index
from bot.answering.understanding import Understanding
from bot.knowledge.models import Fact, Unknown

_NAMED = 2
"""How many equally good facts are named together."""
_OFFERED = 4
"""How many facts are offered to choose from."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where answering begins. Set by hand on the development questions; ``python -m bench.fit`` tries others."""

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
    nearest: float = 0.5
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


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides with the index of one fact base."""

    index: Index
    thresholds: Thresholds

    def decide(self, question: Understanding) -> Decision:
        """Weigh the candidates for one question."""
        trials = tuple(
            Trial(candidate, tuple(objections(question, candidate, self.index)))
            for candidate in self.index.candidates(question)
        )
        unopposed = [trial.candidate for trial in trials if not trial.objections]
        standing = [each for each in unopposed if each.entry.is_fact and self._covers(question, each)]
        silence = self._silence(unopposed)
        reason = self._reason_for_silence(question, standing[0] if standing else None, silence)
        if reason is not None:
            return Decision(question, self._absent(question, reason, trials), trials)
        if is_claim(question, standing[0]):
            return self._judged(question, standing, trials)
        return Decision(question, self._named(question, standing), trials)

    def _silence(self, unopposed: Sequence[Candidate]) -> Candidate | None:
        """Return the likeliest unknown, if it is likely enough."""
        best = next((candidate for candidate in unopposed if not candidate.entry.is_fact), None)
        return best if best is not None and best.score >= self.thresholds.unknown else None

    def _reason_for_silence(
        self, question: Understanding, best: Candidate | None, silence: Candidate | None
    ) -> Reason | None:
        """Return why the report does not answer, or None if the best fact does."""
        stranger = _stranger(question, self.index, best)
        if stranger is not None:
            return Unmentioned(stranger)
        if "arithmetic" in question.marks and (best is None or best.best.question_cover < 1):
            return Uncomputed()
        if silence is not None and (best is None or self._explains_better(silence, best)):
            return _curated(silence)
        return Silent() if best is None else None

    def _named(self, question: Understanding, standing: Sequence[Candidate]) -> Answer:
        """Answer by the best fact, or by two that are equally good; ask back where too many are."""
        best, tied = standing[0], self._tied(standing)
        if _cited(best).fact.withdrawn is not None:
            return Withdrawn(question.lang, _cited(best), best.score)
        facts = tuple(_cited(candidate) for candidate in tied)
        if len(facts) > _NAMED and len(question.content) <= 1:
            return Clarify(question.lang, facts[:_OFFERED], best.score)
        return Answered(question.lang, facts[:_NAMED], None, (), best.score)

    def _judged(self, question: Understanding, standing: Sequence[Candidate], trials: tuple[Trial, ...]) -> Decision:
        """Answer a claim by the first of the best facts that settles it."""
        judged = [(candidate, judge(question, candidate, self.index)) for candidate in self._tied(standing)]
        candidate, judgement = next((pair for pair in judged if pair[1].verdict is not None), judged[0])
        cited = _cited(candidate)
        answer: Answer
        if judgement.because == "unverified":
            answer = self._absent(question, Silent(), trials)
        elif cited.fact.withdrawn is not None:
            answer = Withdrawn(question.lang, cited, candidate.score)
        else:
            answer = Answered(question.lang, (cited,), judgement.verdict, (), candidate.score)
        return Decision(question, answer, trials, judgement)

    def _tied(self, standing: Sequence[Candidate]) -> list[Candidate]:
        return [candidate for candidate in standing if candidate.score >= standing[0].score - self.thresholds.tie]

    def _covers(self, question: Understanding, candidate: Candidate) -> bool:
        limits, best = self.thresholds, candidate.best
        cover = limits.claim if is_claim(question, candidate) else limits.cover
        return best.score >= limits.score and best.content_cover >= cover and best.phrasing_cover >= limits.phrasing

    def _explains_better(self, silence: Candidate, fact: Candidate) -> bool:
        """Tell whether an unknown has words of the question that the fact lacks. Else the fact answers it."""
        closer = silence.best.question_cover - fact.best.question_cover
        return closer + self.thresholds.lead * (silence.score - fact.score) > self.thresholds.margin

    def _absent(self, question: Understanding, reason: Reason, trials: Sequence[Trial]) -> NotInReport:
        facts = [trial.candidate for trial in trials if trial.candidate.entry.is_fact]
        score = facts[0].score if facts else 0.0
        if isinstance(reason, Curated):
            nearest = self.index.facts(reason.source.id, reason.unknown.nearest)
        else:
            nearest = tuple(_cited(candidate) for candidate in facts[:1] if score >= self.thresholds.nearest)
        return NotInReport(question.lang, reason, nearest, score)


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


def _stranger(question: Understanding, index: Index, best: Candidate | None) -> str | None:
    """Return the first name in the question that no report mentions, unless a claim gives it for a stated value.

    That an unknown's phrasings name it does not make it mentioned.
    """
    for term in question.content:
        named = all(key.startswith("e:") for key in term.keys) and not term.entities & index.mentioned
        strange = term.unknown_name and not any(index.rarity.knows(key) for key in term.keys)
        if (named or strange) and not (
            best is not None and question.kind is None and contradicts(term, question, best.entry, index)
        ):
            return term.text
    return None


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
