"""When something goes wrong on our side: written down with an id, and said in one polite sentence."""

from __future__ import annotations

import secrets

import structlog
from telegram import Message, Update, User
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.chat.addressing import NotForUs, begins_with_command, hear_group
from bot.chat.desk import Desk, language_of
from bot.chat.nodes import Text
from bot.chat.place import place_of
from bot.chat.reply import Reply
from bot.chat.texts import texts_in
from bot.storage.failures import name_of, trail_of

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class Failures:
    """Takes what a handler raised."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Write a failure down, without the text that led to it, and tell whoever waits for an answer."""
        name = secrets.token_hex(4)
        update_id = update.update_id if isinstance(update, Update) else None
        error = context.error
        if error is not None:  # its message is left out: it may quote what somebody wrote
            _log.error("update.failed", id=name, update_id=update_id, error=name_of(error), trail=trail_of(error))
        message = _waiting(update, context.bot.bot)
        if message is None:
            return
        # The chat's language is in the database, and that may be what failed.
        text = texts_in(language_of(message.from_user)).failed.format(id=name)
        try:
            await self._desk.add(place_of(message), Reply(Text(text)))
        except Exception as second:  # An apology that fails must not become another failure to apologise for.
            _log.warning("apology.undelivered", id=name, error=name_of(second), trail=trail_of(second))


def _waiting(update: object, bot: User) -> Message | None:
    """Return the message that waits for an answer: one that was sent, edited, or had its button tapped."""
    if not isinstance(update, Update):
        return None
    if update.callback_query is not None:
        tapped = update.callback_query.message
        return tapped if isinstance(tapped, Message) else None
    message = update.message or update.edited_message
    return message if message is not None and _is_for_bot(message, bot) else None


def _is_for_bot(message: Message, bot: User) -> bool:
    """Say whether the bot was spoken to: in a group most messages are none of its business, and nobody waits."""
    # A command that is for another bot is not handled, so it cannot fail.
    if message.chat.type == ChatType.PRIVATE or begins_with_command(message):
        return True
    return not isinstance(hear_group(message, bot), NotForUs)
