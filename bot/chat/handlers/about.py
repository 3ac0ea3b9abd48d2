"""What the bot says of itself: /start, /help, /privacy, and to a command it does not know."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat.desk import Desk
from bot.chat.nodes import Bold, Text, lines, paragraphs
from bot.chat.place import place_of
from bot.chat.rendering import with_examples
from bot.chat.reply import Reply
from bot.chat.texts import COMMANDS

_TITLES = 3
"""Reports named in the first message; /sources names all."""


class About:
    """Explains the bot."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start: what this is, which reports it knows, and questions to tap."""
        message = update.effective_message
        if message is None:
            return
        lang = await self._desk.language(message.chat_id, message.from_user)
        texts = await self._desk.texts(message.chat_id, message.from_user)
        knowledge = self._desk.knowledge
        titles = [Bold(Text(report.report.title)) for report in knowledge.reports[:_TITLES]]
        body = paragraphs(texts.start, lines(texts.sources, *titles)) if titles else Text(texts.start)
        await self._desk.say(place_of(message), with_examples(body, knowledge, lang))

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/help: how to ask, and every command."""
        message = update.effective_message
        if message is None:
            return
        texts = await self._desk.texts(message.chat_id, message.from_user)
        commands = [f"/{command}: {texts.commands[command]}" for command in COMMANDS]
        group = texts.help_group.format(bot=context.bot.name)
        await self._desk.say(place_of(message), Reply(paragraphs(texts.help, lines(*commands), group)))

    async def privacy(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/privacy: what is stored, and for how long."""
        if message := update.effective_message:
            texts = await self._desk.texts(message.chat_id, message.from_user)
            await self._desk.say(place_of(message), Reply(Text(texts.privacy)))

    async def unknown(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A command that the bot does not have, in a private chat."""
        if message := update.effective_message:
            texts = await self._desk.texts(message.chat_id, message.from_user)
            await self._desk.say(place_of(message), Reply(Text(texts.unknown_command)))
