"""What happens when a button is tapped."""

from __future__ import annotations

from datetime import timedelta
from typing import assert_never

import structlog
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import ContextTypes

from bot.chat import listing
from bot.chat.admin.gaps import Gaps
from bot.chat.admin.publishing import Publishing
from bot.chat.alerts.buttons import AlertButtons
from bot.chat.callbacks import (
    Adjust,
    Await,
    Callback,
    Choose,
    ChooseLanguage,
    Decide,
    Offer,
    Rate,
    Settle,
    ShowFact,
    ShowSource,
    Steer,
    TurnPage,
    decode,
)
from bot.chat.desk import Desk, language_of
from bot.chat.gate import may_rule, tapper_of
from bot.chat.html import LIMIT, chunks, plain, shorten, units
from bot.chat.nodes import Text
from bot.chat.place import Place, place_of
from bot.chat.recent import Recent
from bot.chat.rendering import show, show_source
from bot.chat.reply import Reply
from bot.chat.shelf import key_of, marked, topic_marked
from bot.chat.tapping import answer_tap
from bot.chat.texts import texts_in
from bot.knowledge.models import Lang
from bot.storage.gaps import Sign

_ONE_THUMB_IN = timedelta(days=1)
"""A message is disliked once, however often its button is tapped."""
_ALERT_LIMIT = 200
"""Characters that Telegram shows in a pop-up."""

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class Buttons:
    """Does what the button says, and always answers the tap, so that no button keeps spinning."""

    def __init__(
        self,
        desk: Desk,
        publishing: Publishing | None = None,
        gaps: Gaps | None = None,
        alerts: AlertButtons | None = None,
    ) -> None:
        self._desk = desk
        self._publishing = publishing
        self._gaps = gaps
        self._alerts = alerts
        self._disliked = Recent[tuple[int, int]](_ONE_THUMB_IN)

    async def tapped(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Any button of the bot, of this version or an older one."""
        query = update.callback_query
        if query is None:
            return
        asked = decode(query.data or "")
        message = query.message if isinstance(query.message, Message) else None
        if asked is None or (message is None and not isinstance(asked, ShowSource | Rate)):
            await answer_tap(query, texts_in(language_of(query.from_user)).stale_button)
            return
        await self._do(query, asked, message)

    async def _do(self, query: CallbackQuery, asked: Callback, message: Message | None) -> None:
        match asked:
            case Rate():
                await self._rate(query, asked, message)
            case ShowSource():
                await self._show_source(query, asked, message)
            case _ if message is None:
                return
            case ShowFact():
                await self._show_fact(query, asked, message)
            case Choose():
                await self._choose(query, asked, message)
            case TurnPage():
                await self._turn(query, asked, message)
            case ChooseLanguage():
                await self._choose_language(query, asked, message)
            case Await():
                await self._wait(query, asked, message)
            case Decide() | Settle() | Adjust() | Offer() | Steer():
                await self._hand_on(query, asked, message)
            case _:
                assert_never(asked)

    async def _hand_on(
        self, query: CallbackQuery, asked: Decide | Settle | Adjust | Offer | Steer, message: Message
    ) -> None:
        """A button of alerts, or one for those who keep the bot."""
        if isinstance(asked, Decide | Settle):
            await self._keep(query, asked, message)
        elif self._alerts is None:
            await answer_tap(query, texts_in(asked.lang).stale_button)
        else:
            await self._alerts.tapped(query, asked, message)

    async def _keep(self, query: CallbackQuery, asked: Decide | Settle, message: Message) -> None:
        """A button for those who keep the bot."""
        if self._publishing is None or self._gaps is None:
            await answer_tap(query, texts_in(asked.lang).stale_button)
        elif isinstance(asked, Decide):
            await self._publishing.decided(query, asked, message)
        else:
            await self._gaps.settled(query, asked, message)

    async def _wait(self, query: CallbackQuery, asked: Await, message: Message) -> None:
        texts = texts_in(asked.lang)
        known = await self._desk.unanswered.wait(place_of(message), asked.question, asked.gap)
        await answer_tap(query, texts.will_tell if known else texts.stale_button, alert=True)

    async def _rate(self, query: CallbackQuery, asked: Rate, message: Message | None) -> None:
        knowledge = self._desk.knowledge
        facts = [key_of(fact) for fact in marked(knowledge, asked.marks)]
        _log.info("answer.rated", helped=asked.helped, facts=facts, revision=knowledge.revision)
        texts = texts_in(asked.lang)
        await answer_tap(query, texts.rated_good if asked.helped else texts.rated_bad)
        if asked.helped or message is None:
            return
        if self._disliked.is_new((message.chat_id, message.message_id), self._desk.now()):
            question = await self._desk.ledger.question_of(message.chat_id, message.message_id)
            await self._count("disliked", message.chat_id, question, asked.lang)

    async def _count(self, sign: Sign, chat_id: int, question: int | None, lang: Lang) -> None:
        """Count a question that has no good answer, while it is remembered what it was."""
        text = None if question is None else await self._desk.conversations.asked_in(chat_id, question)
        if text is not None:
            await self._desk.unanswered.note(sign, text, lang)

    async def _show_fact(self, query: CallbackQuery, asked: ShowFact, message: Message) -> None:
        knowledge = self._desk.knowledge
        found = marked(knowledge, (asked.mark,))
        if not found:
            await answer_tap(query, texts_in(asked.lang).fact_gone)
            return
        await answer_tap(query)
        await self._desk.add(place_of(message), show(found[0], asked.lang), knowledge.revision)

    async def _choose(self, query: CallbackQuery, asked: Choose, message: Message) -> None:
        texts = texts_in(asked.lang)
        knowledge = self._desk.knowledge
        found = marked(knowledge, (asked.mark,))
        if asked.mark and not found:
            await answer_tap(query, texts.fact_gone)
            return
        await answer_tap(query)
        place = place_of(message)
        place = Place(place.chat_id, place.topic_id, asked.question or None, quotes=place.quotes)
        reply = show(found[0], asked.lang) if found else Reply(Text(texts.none_chosen))
        await self._desk.put(place, reply, message.message_id, knowledge.revision)
        if not found:
            await self._count("none_meant", message.chat_id, asked.question, asked.lang)

    async def _turn(self, query: CallbackQuery, asked: TurnPage, message: Message) -> None:
        knowledge = self._desk.knowledge
        topic = topic_marked(knowledge, asked.topic) if asked.topic else None
        if asked.topic and topic is None:
            await answer_tap(query, texts_in(asked.lang).fact_gone)
            return
        await answer_tap(query)
        reply = (
            listing.brief(knowledge, asked.lang, asked.page)
            if asked.view == "brief"
            else listing.facts(knowledge, asked.lang, topic, asked.page)
        )
        place = place_of(message)
        await self._desk.put(Place(place.chat_id, place.topic_id), reply, message.message_id, knowledge.revision)

    async def _choose_language(self, query: CallbackQuery, asked: ChooseLanguage, message: Message) -> None:
        lang = await self._desk.language(message.chat_id, query.from_user)
        if not await may_rule(query.get_bot(), message.chat, tapper_of(query)):
            await answer_tap(query, texts_in(lang).admins_only)
            return
        await self._desk.conversations.set_language(message.chat_id, asked.lang)
        await answer_tap(query)
        texts = texts_in(asked.lang or language_of(query.from_user))
        chosen = texts.language_chosen if asked.lang else texts.language_auto_chosen
        place = place_of(message)
        await self._desk.put(Place(place.chat_id, place.topic_id), Reply(Text(chosen)), message.message_id)

    async def _show_source(self, query: CallbackQuery, asked: ShowSource, message: Message | None) -> None:
        """Add to the message where its facts come from; where it cannot be edited, say it in a pop-up."""
        facts = marked(self._desk.knowledge, asked.marks)
        if not facts:
            await answer_tap(query, texts_in(asked.lang).fact_gone)
            return
        source = show_source(facts, asked.lang)
        written = chunks(source)
        if message is None or units(f"{message.text or ''}\n\n{plain(source)}") > LIMIT or len(written) > 1:
            await answer_tap(query, shorten(plain(source), _ALERT_LIMIT), alert=True)
            return
        await answer_tap(query)
        html = f"{message.text_html}\n\n{written[0].html}"
        markup = _without(message.reply_markup, query.data)
        await self._desk.sender.edit_html(place_of(message), message.message_id, html, markup)


def _without(markup: InlineKeyboardMarkup | None, data: str | None) -> InlineKeyboardMarkup | None:
    """Return a keyboard without the button that was tapped, which has done all it can do."""
    if markup is None:
        return None
    rows: list[list[InlineKeyboardButton]] = [
        [button for button in row if button.callback_data != data] for row in markup.inline_keyboard
    ]
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None
