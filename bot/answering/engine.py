"""The answerer: knowledge, a question and the question before it, to a typed answer. Pure; built once a revision.

The steps, each in a module of its own: read the words (``vocabulary``), understand the message (``understanding``), complete a
follow-up (``dialogue``), take it apart if it asks several things (``parts``), find candidates (``index``), object to
them (``guards``), decide (``decision``), check claims (``claims``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain

from bot.answering.answers import Answer, Answered, CitedFact, NotUnderstood, SmallTalk
from bot.answering.compile import compile_index, compile_vocabulary
from bot.answering.decision import Decision, Thresholds, decide
from bot.answering.dialogue import completed, leans
from bot.answering.parts import parts_of
from bot.answering.understanding import Understanding, understand
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.lexicon import SmallTalkKind
from bot.knowledge.models import Lang

MAX_LENGTH = 600
"""Longer messages are cut: nobody asks one question in more letters."""
MAX_FACTS = 4
_SMALL_TALK: tuple[SmallTalkKind, ...] = ("identity", "feelings", "thanks", "farewell", "greeting")


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer came about: the message as understood, and the decision on each of its parts."""

    question: Understanding
    decisions: tuple[Decision, ...]
    answer: Answer


class Answerer:
    """Answers questions from one revision of a fact base. Safe to share between tasks and threads."""

    def __init__(self, knowledge: KnowledgeBase, thresholds: Thresholds | None = None) -> None:
        self.knowledge = knowledge
        self.thresholds = thresholds or Thresholds()
        self._vocabulary = compile_vocabulary(knowledge)
        self._index = compile_index(knowledge, self._vocabulary)
        self._facts = {
            f"{report.report.id}/{fact.id}": CitedFact(report.report, fact)
            for report in knowledge.reports
            for fact in report.facts
        }

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
        if previous and leans(message):
            message = completed(message, understand(previous[:MAX_LENGTH], self._vocabulary), self._index)
        if not message.content:
            return Explanation(message, (), NotUnderstood(message.lang))
        whole = self._decide(message)
        decisions = [self._decide(part) for part in parts_of(message)]
        compound = _combined(message, whole, decisions)
        if compound is not None:
            return Explanation(message, tuple(decisions), compound)
        return Explanation(message, (whole,), whole.answer)

    def _decide(self, message: Understanding) -> Decision:
        return decide(message, self._index, self.thresholds)

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


def _combined(message: Understanding, whole: Decision, decisions: list[Decision]) -> Answer | None:
    """Join the answers to the parts of a compound question, if they say more than the answer to the whole."""
    answered = [decision.answer for decision in decisions if isinstance(decision.answer, Answered)]
    if len(decisions) < 2 or not answered:
        return None
    facts = tuple(dict.fromkeys(chain.from_iterable(answer.facts for answer in answered)))
    covered = isinstance(whole.answer, Answered) and {*facts} <= {*whole.answer.facts}
    if covered:
        return None
    if len(facts) < 2 and len(answered) == len(decisions):
        return None
    if len(answered) < len(decisions) and not all(decision.is_independent for decision in decisions):
        return None
    verdicts = {answer.verdict for answer in answered}
    return Answered(
        lang=message.lang,
        facts=facts[:MAX_FACTS],
        verdict=verdicts.pop() if len(verdicts) == 1 else None,
        unanswered=tuple(decision.question.text for decision in decisions if not isinstance(decision.answer, Answered)),
        score=min(answer.score for answer in answered),
    )
