"""An answer as a reply: first the answer, in it who says so, then the words, then where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.answering.answers import (
    Answer,
    Answered,
    CitedFact,
    Clarify,
    NotInReport,
    NotUnderstood,
    SmallTalk,
    Withdrawn,
)
from bot.answering.wording import say
from bot.chat.callbacks import Choose, Rate, ShowFact, ShowSource
from bot.chat.citing import cited, sources
from bot.chat.nodes import Node, Text, lines, paragraphs
from bot.chat.reply import Button, Buttons, Reply
from bot.chat.shelf import key_of, main_facts, mark_of, question_of
from bot.chat.texts import Texts, texts_in
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Lang

_EXAMPLES = 3


def render(answer: Answer, knowledge: KnowledgeBase, question: int = 0) -> Reply:
    """Return what to reply: the sentences of the answer, its proof, and what can be tapped.

    ``question`` is the id of the message that asked, so that a choice made later still belongs to it.
    """
    texts = texts_in(answer.lang)
    match answer:
        case Answered():
            return _answered(answer, texts)
        case Clarify():
            return Reply(Text(say(answer)), _choices(answer, texts, question))
        case NotInReport():
            return _not_in_report(answer, texts)
        case Withdrawn():
            return Reply(Text(say(answer)), facts=(key_of(answer.fact),), language=answer.lang)
        case SmallTalk(kind="thanks" | "farewell"):
            return Reply(Text(say(answer)))
        case SmallTalk() | NotUnderstood():
            return with_examples(Text(say(answer)), knowledge, answer.lang)
        case _:
            assert_never(answer)


def show(fact: CitedFact, lang: Lang) -> Reply:
    """Return one fact that a reader chose, as if it had been asked for."""
    return _answered(Answered(lang=lang, facts=(fact,), verdict=None, unanswered=(), score=1.0), texts_in(lang))


def show_source(facts: Sequence[CitedFact], lang: Lang) -> Node:
    """Return everything about where the facts of an answer come from."""
    return sources(facts, lang, texts_in(lang))


def with_examples(body: Node, knowledge: KnowledgeBase, lang: Lang) -> Reply:
    """Return a reply with questions below it that the report does answer."""
    facts = main_facts(knowledge)[:_EXAMPLES]
    if not facts:
        return Reply(body)
    return Reply(paragraphs(body, texts_in(lang).examples), ask_buttons(facts, lang))


def ask_buttons(facts: Sequence[CitedFact], lang: Lang) -> Buttons:
    """Return a button for each fact that asks for it; the answer will be a message of its own."""
    return tuple((Button(question_of(fact.fact, lang), ShowFact(lang, mark_of(fact))),) for fact in facts)


def answer_buttons(facts: Sequence[CitedFact], lang: Lang, texts: Texts) -> Buttons:
    """Return what stands under every answer."""
    marks = tuple(mark_of(fact) for fact in facts)
    return (
        (
            Button("👍", Rate(lang, helped=True, marks=marks)),
            Button("👎", Rate(lang, helped=False, marks=marks)),
            Button(texts.show_source, ShowSource(lang, marks)),
        ),
    )


def _answered(answer: Answered, texts: Texts) -> Reply:
    """Put the proof of each fact right under its sentence; what the report does not say comes last."""
    # A single fact shows every citation it needs; of several, the main one of each, lest quotes bury the answers.
    one = len(answer.facts) == 1
    parts: list[Node] = []
    for number, fact in enumerate(answer.facts):
        verdict = None if number else answer.verdict
        sentence = say(replace(answer, facts=(fact,), verdict=verdict, unanswered=()))
        citations = fact.citations if one else fact.citations[:1]
        parts.append(lines(sentence, *(cited(fact.source, citation, texts) for citation in citations)))
    if answer.unanswered:
        parts.append(Text(say(replace(answer, facts=(), verdict=None))))
    return Reply(
        paragraphs(*parts),
        answer_buttons(answer.facts, answer.lang, texts),
        tuple(key_of(fact) for fact in answer.facts),
        answer.lang,
    )


def _choices(answer: Clarify, texts: Texts, question: int) -> Buttons:
    return (
        *(
            (Button(question_of(fact.fact, answer.lang), Choose(answer.lang, mark_of(fact), question)),)
            for fact in answer.options
        ),
        (Button(texts.none_of_these, Choose(answer.lang, "", question)),),
    )


def _not_in_report(answer: NotInReport, texts: Texts) -> Reply:
    """Say that the report does not answer, and apart from it what it says nearest: without quotation or source."""
    if not answer.nearest:
        return Reply(Text(say(answer)))
    nearest = [Text(f"• {fact.fact.answer.text(answer.lang)}") for fact in answer.nearest]
    return Reply(paragraphs(say(answer), lines(texts.nearest, *nearest)), ask_buttons(answer.nearest, answer.lang))
