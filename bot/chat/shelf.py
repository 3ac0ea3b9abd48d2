"""The facts as readers browse them: by button, by topic, the main ones first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from bot.answering.answers import CitedFact
from bot.chat.callbacks import mark
from bot.chat.html import shorten
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Fact, Lang

ItemT = TypeVar("ItemT")
_CLOSE_ENOUGH = 75
"""How alike (of 100) a typed word and a topic must be."""


@dataclass(frozen=True, slots=True)
class Page(Generic[ItemT]):
    """Some of a long list. ``number`` counts from 0."""

    items: tuple[ItemT, ...]
    number: int
    count: int


def page_of(items: Sequence[ItemT], number: int, size: int) -> Page[ItemT]:
    """Return one page; a number past the end gives the last page."""
    count = max(1, -(-len(items) // size))
    number = min(max(number, 0), count - 1)
    return Page(tuple(items[number * size : (number + 1) * size]), number, count)


def key_of(fact: CitedFact) -> str:
    """Return the name of a fact among all reports: "report/fact"."""
    return f"{fact.source.id}/{fact.fact.id}"


def mark_of(fact: CitedFact) -> str:
    """Return what stands for the fact in a button."""
    return mark(key_of(fact))


def facts_of(knowledge: KnowledgeBase, topic: str | None = None) -> tuple[CitedFact, ...]:
    """Return every fact that still holds, in the editors' order; only those on a topic if one is given."""
    return tuple(
        CitedFact(report.report, fact)
        for report in knowledge.reports
        for fact in report.facts
        if fact.withdrawn is None and (topic is None or topic in fact.topics)
    )


def marked(knowledge: KnowledgeBase, marks: Iterable[str]) -> tuple[CitedFact, ...]:
    """Return the facts that buttons stand for, leaving out those that are no longer there."""
    there = {mark_of(fact): fact for fact in facts_of(knowledge)}
    return tuple(there[each] for each in marks if each in there)


def topics_of(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return the topics in the order in which the facts first mention them."""
    return tuple(dict.fromkeys(topic for fact in facts_of(knowledge) for topic in fact.fact.topics))


def topic_named(knowledge: KnowledgeBase, wanted: str) -> str | None:
    """Return the topic somebody typed, typos forgiven, or None."""
    topics = topics_of(knowledge)
    typed = re.sub(r"[\s_]+", "-", wanted.strip().lower())
    if typed in topics:
        return typed
    found = process.extractOne(typed, topics, scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return found[0] if found else None


def topic_marked(knowledge: KnowledgeBase, wanted: str) -> str | None:
    """Return the topic that a button stands for, or None if it is no longer there."""
    return next((topic for topic in topics_of(knowledge) if mark(topic) == wanted), None)


def main_facts(knowledge: KnowledgeBase) -> tuple[CitedFact, ...]:
    """Return the first fact of each topic of each report: what a reader in a hurry should know."""
    found: dict[tuple[str, str], CitedFact] = {}
    for fact in facts_of(knowledge):
        found.setdefault((fact.source.id, fact.fact.topics[0]), fact)
    return tuple(found.values())


def question_of(fact: Fact, lang: Lang, limit: int = 60) -> str:
    """Return a question that the fact answers, as a label of at most ``limit`` UTF-16 units.

    Without a phrasing in the reader's language the answer itself is the label.
    """
    phrasings = [text for of, text in fact.ask if of == lang]
    # One or two words are a search, not a question; editors list the full question first or nearly so.
    whole = next((text for text in phrasings if len(text.split()) > 2), phrasings[0] if phrasings else None)
    if whole is None:
        return shorten(fact.answer.text(lang), limit)
    asked = whole[:1].upper() + whole[1:]
    return shorten(asked if asked[-1] in "?.!…" else f"{asked}?", limit)
