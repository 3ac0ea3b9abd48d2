"""The answerer: knowledge, a question and the question before it, to a typed answer. Pure; built once a revision.

The steps, each in a module of its own: read the words (``vocabulary``), understand the message (``understanding``),
complete a follow-up (``dialogue``), take it apart if it says several things (``parts``), find candidates (``index``),
object to them (``guards``), decide (``decision``), check claims (``claims``), join the parts (``compound``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace

from bot.answering.answers import Answer, Answered, CitedFact, NotInReport, NotUnderstood, SmallTalk, Uncomputed
from bot.answering.compile import compile_index, compile_vocabulary
from bot.answering.compound import joined
from bot.answering.confidence import FITTED, Confidence
from bot.answering.decision import Decider, Decision, Thresholds
from bot.answering.dialogue import completed, leans
from bot.answering.index import Index
from bot.answering.parts import Division, divisions
from bot.answering.understanding import Understanding, understand
from bot.answering.vocabulary import Vocabulary
from bot.answering.weights import Weights
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.lexicon import SmallTalkKind
from bot.knowledge.models import Lang

MAX_LENGTH = 600
"""Longer messages are cut: nobody asks one question in more letters."""
_SMALL_TALK: tuple[SmallTalkKind, ...] = ("identity", "feelings", "thanks", "farewell", "greeting")


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer came about: the message as understood, and the decision on each of its parts."""

    question: Understanding
    decisions: tuple[Decision, ...]
    answer: Answer


class Answerer:
    """Answers questions from one revision of a fact base. Safe to share between tasks and threads."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        thresholds: Thresholds | None = None,
        weights: Weights | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        """``vocabulary``: the words of this very fact base, where they are at hand."""
        self.knowledge = knowledge
        self.thresholds = thresholds or Thresholds()
        self.confidence = FITTED
        self._vocabulary = vocabulary or compile_vocabulary(knowledge)
        self._index = compile_index(knowledge, self._vocabulary, weights)
        self._facts = {
            f"{report.report.id}/{fact.id}": CitedFact(report.report, fact)
            for report in knowledge.reports
            for fact in report.facts
        }

    @property
    def index(self) -> Index:
        """The phrasings, compiled."""
        return self._index

    def with_confidence(self, confidence: Confidence, thresholds: Thresholds) -> Answerer:
        """Return an answerer over the same compiled facts that is sure of other things."""
        other = copy(self)
        other.confidence = confidence
        other.thresholds = thresholds
        return other

    def fact(self, key: str) -> CitedFact | None:
        """Return the fact named ``report/fact``, if there is one."""
        return self._facts.get(key)

    def answer(self, question: str, previous: str | None = None, lang: Lang | None = None) -> Answer:
        """Answer a question. ``previous`` is the question before it; ``lang`` overrides the question's language."""
        return self.explain(question, previous, lang).answer

    def explain(self, question: str, previous: str | None = None, lang: Lang | None = None) -> Explanation:
        """Answer a question and keep what led to the answer."""
        message = understand(question[:MAX_LENGTH], self._vocabulary)
        if lang is not None:
            message = replace(message, lang=lang)
        aside = self._aside(message)
        if aside is not None:
            return Explanation(message, (), aside)
        if previous and leans(message, self._index):
            before = understand(previous[:MAX_LENGTH], self._vocabulary)
            message = completed(message, before, self._decide(before).answer, self._index)
        if not message.content:
            return Explanation(message, (), NotUnderstood(message.lang))
        return self._weigh(message)

    def _weigh(self, message: Understanding) -> Explanation:
        """Answer a message as a whole, or part by part where that says more."""
        whole = self._decide(message)
        for division in divisions(message):
            decisions = tuple(self._decide_in_turn(division.parts))
            compound = joined(message, whole, decisions)
            if compound is not None and _is_worth_it(division, whole, compound):
                return Explanation(message, decisions, compound)
        return Explanation(message, (whole,), whole.answer)

    def _decide_in_turn(self, parts: Sequence[Understanding]) -> Iterator[Decision]:
        """Decide on each part; one that leans on another («my sister lives in X. is it hit?») is completed from it."""
        before: Decision | None = None
        for part in parts:
            needs = before is not None and "pronoun" in part.marks and not any(term.entities for term in part.content)
            if before is not None and needs:
                part = completed(part, before.question, before.answer, self._index)  # noqa: PLW2901
            before = self._decide_part(part)
            yield before

    def _decide_part(self, part: Understanding) -> Decision:
        """Decide on a part, which may itself join two things: «the dead and injured»."""
        whole = self._decide(part)
        for division in divisions(part):
            compound = joined(part, whole, [self._decide(piece) for piece in division.parts])
            if compound is not None and not compound.unanswered and _is_worth_it(division, whole, compound):
                return replace(whole, answer=compound)
        return whole

    def _decide(self, message: Understanding) -> Decision:
        return Decider(self._index, self.thresholds, self.confidence).decide(message)

    def _aside(self, message: Understanding) -> Answer | None:
        """Answer what is not about the report: small talk, and attempts to steer the bot."""
        if "injection" in message.marks:
            return NotUnderstood(message.lang)
        spoken = {
            mark.position + step
            for mark in message.reading.marks
            if mark.key in _SMALL_TALK
            for step in range(mark.length)
        }
        if spoken and all(term.position in spoken for term in message.reading.terms):
            kind = next(kind for kind in _SMALL_TALK if kind in message.marks)
            return SmallTalk(message.lang, kind)
        return None


def _is_worth_it(division: Division, whole: Decision, compound: Answered) -> bool:
    """Tell whether parts say more than the whole.

    Parts that share their words must be surer: «the call between Anna and Boris» is one. What asks for a sum is no sum
    without «add up»: there every part must be answered.
    """
    if isinstance(whole.answer, NotInReport) and isinstance(whole.answer.reason, Uncomputed):
        return not compound.unanswered and len(compound.facts) > 1
    if division.shares_words and compound.unanswered:  # such a part is no sentence that could be read out
        return False
    return not division.shares_words or not isinstance(whole.answer, Answered) or compound.score > whole.answer.score
