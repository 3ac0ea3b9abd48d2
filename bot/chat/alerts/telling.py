"""How changes of facts read: in an alert, in a reply, and in the message that carried them, put right in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.alerts.letters import Alert, Amendment, Announcement, Content
from bot.alerts.news import News
from bot.answering.answers import CitedFact, Withdrawn
from bot.answering.wording import say
from bot.chat.citing import cited
from bot.chat.html import Chunk, chunks, plain
from bot.chat.nodes import Bold, Node, Strike, Text, lines, paragraphs
from bot.chat.rendering import answer_buttons
from bot.chat.reply import Buttons, Reply
from bot.chat.shelf import key_of
from bot.chat.texts import texts_in
from bot.chat.texts.alerts import alert_texts_in
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Fact, Lang, Source

_BUTTONS_FOR = 4
"""Facts that the buttons under a message can stand for."""


def tell(content: Content, knowledge: KnowledgeBase, lang: Lang) -> Reply:
    """Return what a letter says. ``knowledge`` has the facts of a message that did not change."""
    match content:
        case Alert():
            return _alert(content, lang)
        case Amendment():
            return amended(content, knowledge, lang)
        case Announcement(text):
            return announcement(text, lang)


def announcement(text: str, lang: Lang) -> Reply:
    """Return an admin's words as subscribers read them."""
    return Reply(paragraphs(Bold(Text(alert_texts_in(lang).announcement)), text))


def facts_of_parts(content: Content, lang: Lang, parts: Sequence[Chunk]) -> tuple[tuple[str, ...], ...]:
    """Return for each of the messages that an alert is cut into the facts that it tells of, if only with a part."""
    if not isinstance(content, Alert):
        return tuple(() for _ in parts)
    nodes = _paragraphs(content, lang)
    ends = [len(plain(paragraphs(*nodes[: number + 1]))) for number in range(len(nodes))]
    keys = [""] * (len(nodes) - len(content.news)) + [each.key for each in content.news]
    whole, position = plain(paragraphs(*nodes)), 0
    found: list[tuple[str, ...]] = []
    for part in parts:
        start = whole.index(part.plain, position)
        position = start + len(part.plain)
        here = zip(keys, [0, *ends[:-1]], ends, strict=True)
        found.append(tuple(key for key, begins, ends in here if key and begins < position and ends > start))
    return tuple(found)


def _paragraphs(alert: Alert, lang: Lang) -> list[Node]:
    texts = alert_texts_in(lang)
    parts: list[Node] = [Text(texts.told_before)] if alert.target.replies_to is not None else []
    parts += (lines(Bold(Text(texts.labels[each.kind])), *_news(each, lang)) for each in alert.news)
    return parts


def _alert(alert: Alert, lang: Lang) -> Reply:
    parts = _paragraphs(alert, lang)
    facts = [CitedFact(each.source, each.new) for each in alert.news if each.new is not None]
    return Reply(paragraphs(*parts), _buttons(facts, lang), tuple(each.key for each in alert.news), lang)


def amended(amendment: Amendment, knowledge: KnowledgeBase, lang: Lang) -> Reply:
    """Return a message that carried facts, with the old struck out and the new in its place.

    It must stay one message: where that is too long, only what has changed is kept, and if need be without the old.
    """
    whole = _amended(amendment, knowledge, lang)
    if len(chunks(whole.body)) > 1:
        whole = _amended(amendment, None, lang)
    if len(chunks(whole.body)) > 1:
        only_new = (News(source=each.source, new=each.new) if _stands(each) else each for each in amendment.news)
        whole = _amended(replace(amendment, news=tuple(only_new)), None, lang)
    return whole


def _stands(news: News) -> bool:
    return news.new is not None and news.new.withdrawn is None


def _amended(amendment: Amendment, knowledge: KnowledgeBase | None, lang: Lang) -> Reply:
    changed = {each.key: each for each in amendment.news}
    same = _facts_of(knowledge) if knowledge else {}
    parts: list[Node] = [Bold(Text(alert_texts_in(lang).amended))]
    facts: list[CitedFact] = []
    for key in amendment.facts:
        if key in changed:
            parts.append(lines(*_news(changed[key], lang)))
            new = changed[key].new
            facts += [CitedFact(changed[key].source, new)] if new is not None else []
        elif key in same and same[key].fact.withdrawn is not None:  # struck out by an earlier edit
            source, fact = same[key].source, same[key].fact
            parts.append(lines(*_news(News(source=source, old=fact, new=fact), lang)))
        elif key in same:
            parts.append(_fact(same[key].source, same[key].fact, lang))
            facts.append(same[key])
    return Reply(paragraphs(*parts), _buttons(facts, lang), amendment.facts, lang)


def _news(news: News, lang: Lang) -> Iterator[Node]:
    """Yield the lines that say what became of a fact."""
    old, new = news.old, news.new
    if new is None:
        yield from _struck(old, lang)
        yield Text(alert_texts_in(lang).removed)
        return
    if new.withdrawn is not None:
        yield from _struck(old, lang)
        yield Text(say(Withdrawn(lang, CitedFact(news.source, new), 1.0)))
        return
    if old is not None and old.withdrawn is None:
        if old.answer.text(lang) != new.answer.text(lang):
            yield from _struck(old, lang)
        elif old.citations != new.citations:  # only where it stands, or in which words, has changed
            yield Strike(cited(news.source, old.cite, texts_in(lang)))
    yield _fact(news.source, new, lang)


def _struck(fact: Fact | None, lang: Lang) -> Iterator[Node]:
    if fact is not None:
        yield Strike(Text(fact.answer.text(lang)))


def _fact(source: Source, fact: Fact, lang: Lang) -> Node:
    return lines(fact.answer.text(lang), *(cited(source, each, texts_in(lang)) for each in fact.citations))


def _buttons(facts: Sequence[CitedFact], lang: Lang) -> Buttons:
    standing = [each for each in facts if each.fact.withdrawn is None]
    return answer_buttons(standing[:_BUTTONS_FOR], lang, texts_in(lang)) if standing else ()


def _facts_of(knowledge: KnowledgeBase) -> Mapping[str, CitedFact]:
    facts = (CitedFact(report.report, fact) for report in knowledge.reports for fact in report.facts)
    return {key_of(fact): fact for fact in facts}
