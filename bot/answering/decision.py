"""Decide on one question: a fact answers it, an editor noted that the report does not say, or nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
from bot.answering.confidence import FITTED, Confidence
from bot.answering.entries import Candidate
from bot.answering.guards import Objection, objections
from bot.answering.index import Index
from bot.answering.signals import Rivals, is_known, signals
from bot.answering.understanding import Understanding
from bot.answering.vocabulary import Term
from bot.knowledge.models import Fact, Lang, Unknown

_NAMED = 2
"""How many equally good facts are named together."""
_OFFERED = 4
"""How many facts are offered to choose from."""
_CLAIM = 2
"""A message of fewer content words claims nothing."""
_STATEMENT = 3
"""A message of at least this many content words may be a statement; fewer name a subject."""
_STATED = 0.3
"""How far it must lean to the true or the false claims listed for a fact."""
_VERBATIM = 0.99
"""The score of a phrasing that has nearly every word of a question and no other."""
_WEIGHED = 3
"""How many facts are measured: the answer was never further down the list."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where answering begins; ``python -m bench.fit`` prints the first one."""

    answer: float = 0.55
    """The least confidence in a fact that answers."""
    unknown: float = 0.6
    """The least score of a curated unknown that is named as the reason."""
    tie: float = 0.02
    """Facts whose best phrasing scores within this of the best fact's are named together."""
    nearest: float = 0.5
    """The least score of a fact shown as the nearest thing that the report says."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A candidate with what speaks against it."""

    candidate: Candidate
    objections: tuple[Objection, ...]
    confidence: float | None = None
    """How likely a fact is the answer; not measured for unknowns, nor where something speaks against it."""


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
    confidence: Confidence = FITTED

    def decide(self, question: Understanding) -> Decision:
        """Weigh the candidates for one question."""
        trials = self._trials(question)
        likely = [trial for trial in trials if trial.confidence is not None]
        likely.sort(key=lambda trial: -(trial.confidence or 0.0))
        standing = [
            trial.candidate for trial in likely if trial.confidence and trial.confidence >= self.thresholds.answer
        ]
        reason = self._reason_for_silence(question, standing[0] if standing else None, trials)
        if reason is not None:
            return Decision(question, self._absent(question, reason, trials), trials)
        best = likely[0].confidence or 0.0
        if is_claim(question, standing[0], self.index):
            return self._judged(question, standing, trials, best)
        return Decision(question, self._named(question, standing, best), trials)

    def _trials(self, question: Understanding) -> tuple[Trial, ...]:
        """Object to every candidate, and measure the likeliest facts that nothing speaks against."""
        if not any(is_known(term, self.index) for term in question.content):
            return ()  # a number and words that nobody knows
        trials = [
            Trial(candidate, tuple(objections(question, candidate, self.index)))
            for candidate in self.index.candidates(question)
        ]
        rivals = rivals_among(trials)
        measured = {
            id(fact): self.confidence.of(signals(question, fact, rivals, self.index))
            for fact in rivals.facts[:_WEIGHED]
        }
        return tuple(replace(trial, confidence=measured.get(id(trial.candidate))) for trial in trials)

    def _reason_for_silence(
        self, question: Understanding, best: Candidate | None, trials: Sequence[Trial]
    ) -> Reason | None:
        """Return why the report does not answer, or None if the best fact does."""
        stranger = _stranger(question, self.index, best)
        if stranger is not None:
            return Unmentioned(stranger)
        if "arithmetic" in question.marks and (best is None or best.best.question_cover < 1):
            return Uncomputed()
        if best is not None:
            return next((_curated(each) for each in self._verbatim(best, trials)), None)
        for trial in trials:
            silence = trial.candidate
            if not silence.entry.is_fact and not trial.objections and silence.score >= self.thresholds.unknown:
                return _curated(silence)
        return Silent()

    def _verbatim(self, best: Candidate, trials: Sequence[Trial]) -> Iterator[Candidate]:
        """Yield unknowns that the question repeats word for word, where it does not repeat the fact."""
        for trial in trials:
            each = trial.candidate
            nearer = each.evidence > best.evidence and each.score > best.score + self.thresholds.tie
            if not each.entry.is_fact and not trial.objections and each.score >= _VERBATIM and nearer:
                yield each

    def _named(self, question: Understanding, standing: Sequence[Candidate], confidence: float) -> Answer:
        """Answer by the best fact, or by two that are equally good; ask back where too many are."""
        best, tied = standing[0], self._tied(standing)
        if _cited(best).fact.withdrawn is not None:
            return Withdrawn(question.lang, _cited(best), confidence)
        facts = tuple(_cited(candidate) for candidate in tied)
        if len(facts) > _NAMED and len(question.content) <= 1:
            return Clarify(question.lang, facts[:_OFFERED], confidence)
        return Answered(question.lang, facts[:_NAMED], None, (), confidence)

    def _judged(
        self, question: Understanding, standing: Sequence[Candidate], trials: tuple[Trial, ...], confidence: float
    ) -> Decision:
        """Answer a claim by the first of the best facts that settles it."""
        judged = [(candidate, judge(question, candidate, self.index)) for candidate in self._tied(standing)]
        candidate, judgement = next((pair for pair in judged if pair[1].verdict is not None), judged[0])
        cited = _cited(candidate)
        answer: Answer
        if judgement.because == "unverified":
            answer = self._absent(question, Silent(), trials)
        elif cited.fact.withdrawn is not None:
            answer = Withdrawn(question.lang, cited, confidence)
        else:
            answer = Answered(question.lang, (cited,), judgement.verdict, (), confidence)
        return Decision(question, answer, trials, judgement)

    def _tied(self, standing: Sequence[Candidate]) -> list[Candidate]:
        return [candidate for candidate in standing if candidate.score >= standing[0].score - self.thresholds.tie]

    def _absent(self, question: Understanding, reason: Reason, trials: Sequence[Trial]) -> NotInReport:
        facts = [trial.candidate for trial in trials if trial.candidate.entry.is_fact]
        if isinstance(reason, Curated):
            nearest = self.index.facts(reason.source.id, reason.unknown.nearest)
        else:
            nearest = tuple(_cited(each) for each in facts[:1] if each.score >= self.thresholds.nearest)
        confidence = max((trial.confidence or 0.0 for trial in trials), default=0.0)
        return NotInReport(question.lang, reason, nearest, confidence)


def rivals_among(trials: Sequence[Trial]) -> Rivals:
    """Part the candidates into facts that nothing speaks against, the likeliest unknown, and what is overruled."""
    facts = [trial.candidate for trial in trials if trial.candidate.entry.is_fact and not trial.objections]
    # What a guard objects to about an unknown still shows that the question is not the fact's.
    unknowns = [trial.candidate for trial in trials if not trial.candidate.entry.is_fact]
    overruled = [trial.candidate for trial in trials if trial.candidate.entry.is_fact and trial.objections]
    return Rivals(
        facts,
        max(unknowns, key=lambda candidate: candidate.evidence, default=None),
        max((candidate.evidence for candidate in overruled), default=0.0),
    )


def is_claim(question: Understanding, candidate: Candidate, index: Index) -> bool:
    """Tell whether a message states or asks something to be borne out, rather than naming a subject."""
    if question.kind is not None:
        return False
    own = [term for term in question.content if not term.is_borrowed]
    counts = any(quantity.value > 1 for quantity in question.quantities)
    if len(own) < _CLAIM and not counts:  # «drones?», «is Kyiv ok»: a subject, whatever stands around it
        return question.is_negated
    if question.is_polar or counts or question.is_negated or candidate.best.phrasing.truth is not None:
        return True
    leaning = index.truth(question, candidate.entry) if len(question.content) >= _STATEMENT else None
    return leaning is not None and abs(leaning) >= _STATED


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
            return _called(term, question.lang, index)
    return None


def _called(term: Term, lang: Lang, index: Index) -> str:
    """Return the name of a stranger as the lexicon has it: «Hungary» for «Hungary's», «Львів» for «Львові»."""
    entity = next((index.named[name] for name in sorted(term.entities) if name in index.named), None)
    names = [] if entity is None else [name for spoken, name in entity.names if spoken == lang]
    return names[0] if names else term.text


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
