"""Lets through what somebody asks, unless they ask too fast: then they are told so, once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import InlineQuery, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.chat.desk import Desk, language_of
from bot.chat.gate import Gate, Person, author_of
from bot.chat.nodes import Text
from bot.chat.pace import Pace
from bot.chat.place import place_of
from bot.chat.reply import Reply
from bot.chat.texts import texts_in

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Awaitable[None]]
Wrapped = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


class Pacing:
    """The pace of messages, buttons and inline queries together. Who keeps the bot may be fast."""

    def __init__(self, desk: Desk, gate: Gate) -> None:
        self._desk = desk
        self._gate = gate
        self._pace = Pace(desk.now)

    def paced(self, handler: Handler) -> Wrapped:
        """Return the handler for those who are not too fast."""

        @wraps(handler)
        async def handle(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            if await self._lets(update):
                await handler(update, context)

        return handle

    async def lets(self, message: Message) -> bool:
        """Say whether a message is dealt with; if not, its author is told once."""
        verdict = self._pace.take(author_of(message).id, message.edit_date or message.date)
        if verdict == "go" or await self._gate.role(author_of(message)) != "user":
            return True
        if verdict == "told":
            texts = await self._desk.texts(message.chat_id, message.from_user)
            # A message of its own: an edited question has an answer, which stays.
            await self._desk.add(place_of(message), Reply(Text(texts.too_many)))
        return False

    async def _lets(self, update: Update) -> bool:
        if update.callback_query is None and update.inline_query is None:
            return update.effective_message is None or await self.lets(update.effective_message)
        user = update.effective_user
        if user is None or self._pace.take(user.id) == "go" or await self._gate.role(Person(user.id)) != "user":
            return True
        try:
            if update.callback_query is not None:  # every tap is answered, or its button would keep spinning
                await update.callback_query.answer(texts_in(language_of(user)).too_many)
            elif isinstance(update.inline_query, InlineQuery):
                await update.inline_query.answer((), cache_time=1, is_personal=True)
        except BadRequest:
            return False  # the tap or the query is too old by now
        return False
