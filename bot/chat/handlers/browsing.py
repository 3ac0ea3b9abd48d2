"""Reading without asking: /brief, /facts and /sources."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat import listing
from bot.chat.desk import Desk
from bot.chat.nodes import lines
from bot.chat.place import place_of
from bot.chat.reply import Reply
from bot.chat.shelf import topic_named
from bot.chat.texts import texts_in


class Browsing:
    """Shows the facts in lists."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def brief(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/brief: the main facts."""
        if message := update.effective_message:
            lang = await self._desk.language(message.chat_id, message.from_user)
            await self._desk.say(place_of(message), listing.brief(self._desk.knowledge, lang))

    async def facts(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/facts, or /facts and a topic."""
        message = update.effective_message
        if message is None:
            return
        lang = await self._desk.language(message.chat_id, message.from_user)
        knowledge = self._desk.knowledge
        wanted = " ".join(context.args or [])
        topic = topic_named(knowledge, wanted) if wanted else None
        if wanted and topic is None:
            unknown = texts_in(lang).no_topic.format(wanted=wanted)
            reply = Reply(lines(unknown, listing.topic_list(knowledge, lang)))
        else:
            reply = listing.facts(knowledge, lang, topic)
        await self._desk.say(place_of(message), reply)

    async def sources(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/sources: the reports that are answered from."""
        if message := update.effective_message:
            lang = await self._desk.language(message.chat_id, message.from_user)
            await self._desk.say(place_of(message), listing.reports(self._desk.knowledge, lang))
