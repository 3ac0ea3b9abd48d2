"""Lists with pages: the main facts, all facts, and the reports."""

from __future__ import annotations

from bot.chat.callbacks import TurnPage, View, mark
from bot.chat.citing import about, cited
from bot.chat.nodes import Bold, Node, Text, lines, paragraphs
from bot.chat.rendering import ask_buttons
from bot.chat.reply import Button, Buttons, Reply
from bot.chat.shelf import ItemT, Page, facts_of, key_of, main_facts, page_of, topics_of
from bot.chat.texts import texts_in
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Lang

_BRIEF_SIZE = 4
_FACTS_SIZE = 7


def brief(knowledge: KnowledgeBase, lang: Lang, number: int = 0) -> Reply:
    """Return a page of the main facts, each with the words that prove it."""
    texts = texts_in(lang)
    page = page_of(main_facts(knowledge), number, _BRIEF_SIZE)
    facts = [lines(fact.fact.answer.text(lang), cited(fact.source, fact.fact.cite, texts)) for fact in page.items]
    return Reply(
        _headed(texts.brief, page, lang, *facts),
        _turning(page, lang, "brief", ""),
        tuple(key_of(fact) for fact in page.items),
        lang,
    )


def facts(knowledge: KnowledgeBase, lang: Lang, topic: str | None = None, number: int = 0) -> Reply:
    """Return a page of questions that the reports answer, to tap; of one topic if it is given."""
    texts = texts_in(lang)
    page = page_of(facts_of(knowledge, topic), number, _FACTS_SIZE)
    title = texts.facts_on.format(topic=_spoken(topic)) if topic else texts.facts
    note = [] if topic else [Text(topic_list(knowledge, lang))]
    return Reply(
        _headed(title, page, lang, *note),
        (*ask_buttons(page.items, lang), *_turning(page, lang, "facts", mark(topic) if topic else "")),
    )


def topic_list(knowledge: KnowledgeBase, lang: Lang) -> str:
    """Return a sentence that names the topics."""
    named = ", ".join(_spoken(topic) for topic in topics_of(knowledge))
    return texts_in(lang).topics.format(topics=named)


def reports(knowledge: KnowledgeBase, lang: Lang) -> Reply:
    """Return what is known of each report."""
    texts = texts_in(lang)
    return Reply(paragraphs(texts.sources, *(about(report.report, texts) for report in knowledge.reports)))


def _headed(title: str, page: Page[ItemT], lang: Lang, *parts: Node) -> Node:
    turn = texts_in(lang).page.format(number=page.number + 1, count=page.count)
    return paragraphs(Bold(Text(title)), *parts, *([turn] if page.count > 1 else []))


def _turning(page: Page[ItemT], lang: Lang, view: View, topic: str) -> Buttons:
    buttons = []
    if page.number > 0:
        buttons.append(Button("‹", TurnPage(lang, view, page.number - 1, topic)))
    if page.number < page.count - 1:
        buttons.append(Button("›", TurnPage(lang, view, page.number + 1, topic)))
    return (tuple(buttons),) if buttons else ()


def _spoken(topic: str) -> str:
    return topic.replace("-", " ")
