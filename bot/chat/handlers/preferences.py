"""What a chat decides for itself: its language, and that it be forgotten."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat.callbacks import ChooseLanguage
from bot.chat.desk import Desk
from bot.chat.gate import author_of, may_rule
from bot.chat.moving import move_chat
from bot.chat.nodes import Text
from bot.chat.place import place_of
from bot.chat.reply import Button, Reply
from bot.chat.texts import Texts
from bot.knowledge.models import Lang

_OWN_NAMES: tuple[tuple[str, Lang], ...] = (("English", "en"), ("Українська", "uk"), ("Русский", "ru"))


class Preferences:
    """/language and /forget. In a group they are its administrators' to use."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def language(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/language: the languages to choose from."""
        message = update.effective_message
        if message is None:
            return
        texts = await self._desk.texts(message.chat_id, message.from_user)
        allowed = await may_rule(context.bot, message.chat, author_of(message))
        await self._desk.say(place_of(message), language_choice(texts) if allowed else Reply(Text(texts.admins_only)))

    async def forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/forget: delete what is stored of the chat. The reply to it is not stored either."""
        message = update.effective_message
        if message is None:
            return
        texts = await self._desk.texts(message.chat_id, message.from_user)
        place = place_of(message)
        if not await may_rule(context.bot, message.chat, author_of(message)):
            await self._desk.say(place, Reply(Text(texts.admins_only)))
            return
        await self._desk.say(place, Reply(Text(texts.forgotten)))
        await self._desk.conversations.forget(place.chat_id)
        await self._desk.unanswered.gaps.forget(place.chat_id)

    async def moved(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group became a supergroup: what it decided moves with it."""
        message = update.effective_message
        if message is not None and message.migrate_to_chat_id is not None:
            await move_chat(self._desk.conversations, message.chat_id, message.migrate_to_chat_id)


def language_choice(texts: Texts) -> Reply:
    """Return the question which language it shall be."""
    rows = tuple((Button(name, ChooseLanguage(lang)),) for name, lang in _OWN_NAMES)
    return Reply(Text(texts.language), (*rows, (Button(texts.language_auto, ChooseLanguage(None)),)))
