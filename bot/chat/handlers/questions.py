"""Questions: in a private chat, in a group, by /ask, and edited ones."""

from __future__ import annotations

from typing import assert_never

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.chat.addressing import Heard, NotForUs, Nothing, Question, asker_of, hear_command, hear_group, hear_private
from bot.chat.desk import Desk
from bot.chat.handlers.pacing import Pacing
from bot.chat.nodes import Text
from bot.chat.place import place_of
from bot.chat.reply import Reply


class Questions:
    """Answers what it is asked. An edited question edits its answer."""

    def __init__(self, desk: Desk, pacing: Pacing) -> None:
        self._desk = desk
        self._pacing = pacing

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/ask and /check, new or edited, in any chat."""
        if message := update.effective_message:
            await self._respond(message, hear_command(message, context.bot.bot))

    async def private(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Whatever is written to the bot alone."""
        if message := update.effective_message:
            await self._respond(message, hear_private(message))

    async def group(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A message in a group: silence, unless it is for the bot, or was answered before it was edited."""
        message = update.effective_message
        if message is None:
            return
        heard = hear_group(message, context.bot.bot)
        if isinstance(heard, NotForUs) and update.edited_message and await self._answered(message):
            heard = Question(message.text or message.caption or "")
        await self._respond(message, heard)

    async def _respond(self, message: Message, heard: Heard) -> None:
        if isinstance(heard, NotForUs) or not await self._pacing.lets(message):
            return
        place = place_of(message)
        match heard:
            case Question(text):
                await self._desk.answer(place, asker_of(message), text)
            case Nothing(why):
                texts = await self._desk.texts(place.chat_id, message.from_user)
                await self._desk.say(place, Reply(Text(texts.usage if why == "empty" else texts.text_only)))
            case _:
                assert_never(heard)

    async def _answered(self, message: Message) -> bool:
        return bool(message.text or message.caption) and await self._desk.answered_before(place_of(message))
