"""Inline mode: @bot and a question in any chat gives cited answers to post there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.answering.answers import Answer, Answered, CitedFact, Clarify, NotInReport, Withdrawn
from bot.answering.wording import say
from bot.chat.alerts.posting import Posted, result_id
from bot.chat.callbacks import mark
from bot.chat.desk import Desk, language_of
from bot.chat.html import chunks, shorten
from bot.chat.nodes import Text
from bot.chat.refusals import refusal
from bot.chat.rendering import render, show
from bot.chat.reply import Reply, keyboard
from bot.chat.shelf import main_facts
from bot.chat.texts import texts_in
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Lang

_CACHE_SECONDS = 10
"""Telegram repeats results for so long without asking: short, since a fact may be corrected."""
_EXAMPLES = 3
_TITLE_LIMIT = 64
_NO_FACTS = "silent"
"""The id of a result that states no facts."""


class Inline:
    """Offers results to post. Whatever is posted carries its own proof."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def query(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """What is typed after the bot's name, as it is typed."""
        query = update.inline_query
        if query is None:
            return
        answers = self._desk.answers
        knowledge = answers.knowledge
        typed = query.query.strip()
        if typed:
            results = tuple(_results(answers.answer(typed), knowledge))
        else:
            lang = language_of(query.from_user)
            note = texts_in(lang).inline_example
            results = tuple(_offers(main_facts(knowledge)[:_EXAMPLES], knowledge, lang, note))
        try:
            await query.answer(results, cache_time=_CACHE_SECONDS, is_personal=True)
        except BadRequest as error:
            if refusal(error) != "too_late":  # the next letter was typed already
                raise


def _results(answer: Answer, knowledge: KnowledgeBase) -> Iterator[InlineQueryResultArticle]:
    revision = knowledge.revision
    match answer:
        case Answered():
            yield _article(revision, say(answer), _proof(answer.facts[0]), render(answer, knowledge))
        case Clarify():
            for fact in answer.options:
                yield _article(revision, fact.fact.answer.text(answer.lang), _proof(fact), show(fact, answer.lang))
        case NotInReport():
            texts = texts_in(answer.lang)
            yield _article(revision, texts.inline_silent, say(answer), Reply(Text(say(answer))))
            yield from _offers(answer.nearest, knowledge, answer.lang, texts.inline_example)
        case Withdrawn():
            yield _article(revision, say(answer), "", render(answer, knowledge))
        case _:
            note = texts_in(answer.lang).inline_example
            yield from _offers(main_facts(knowledge)[:_EXAMPLES], knowledge, answer.lang, note)


def _offers(
    facts: Iterable[CitedFact], knowledge: KnowledgeBase, lang: Lang, note: str
) -> Iterator[InlineQueryResultArticle]:
    return (_article(knowledge.revision, fact.fact.answer.text(lang), note, show(fact, lang)) for fact in facts)


def _article(revision: str, title: str, note: str, reply: Reply) -> InlineQueryResultArticle:
    """Return a result. Telegram tells of what is posted by its id alone, and only of what has buttons."""
    content = InputTextMessageContent(
        chunks(reply.body)[0].html,
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    marks = tuple(mark(fact) for fact in reply.facts)
    name = result_id(Posted(reply.language or "en", revision, marks)) if marks else _NO_FACTS
    markup = keyboard(reply.buttons) if marks else None
    return InlineQueryResultArticle(
        name, shorten(title, _TITLE_LIMIT), content, description=note or None, reply_markup=markup
    )


def _proof(fact: CitedFact) -> str:
    return f"“{fact.fact.cite.quote}” · {shorten(fact.source.title, _TITLE_LIMIT)}"
