"""What a chat decides for itself: its language, and that it be forgotten."""

from __future__ import annotations

from telegram import Bot, Chat, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.chat.callbacks import ChooseLanguage
from bot.chat.desk import Desk
from bot.chat.moving import move_chat
from bot.chat.nodes import Text
from bot.chat.place import place_of
from bot.chat.reply import Button, Reply
from bot.chat.texts import Texts
from bot.knowledge.models import Lang

_OWN_NAMES: tuple[tuple[str, Lang], ...] = (("English", "en"), ("Українська", "uk"), ("Русский", "ru"))
_RULERS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


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
        allowed = await _wrote_as_ruler(context.bot, message)
        await self._desk.say(place_of(message), language_choice(texts) if allowed else Reply(Text(texts.admins_only)))

    async def forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/forget: delete what is stored of the chat. The reply to it is not stored either."""
        message = update.effective_message
        if message is None:
            return
        texts = await self._desk.texts(message.chat_id, message.from_user)
        place = place_of(message)
        if not await _wrote_as_ruler(context.bot, message):
            await self._desk.say(place, Reply(Text(texts.admins_only)))
            return
        await self._desk.say(place, Reply(Text(texts.forgotten)))
        await self._desk.conversations.forget(place.chat_id)

    async def moved(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group became a supergroup: what it decided moves with it."""
        message = update.effective_message
        if message is not None and message.migrate_to_chat_id is not None:
            await move_chat(self._desk.conversations, message.chat_id, message.migrate_to_chat_id)


def language_choice(texts: Texts) -> Reply:
    """Return the question which language it shall be."""
    rows = tuple((Button(name, ChooseLanguage(lang)),) for name, lang in _OWN_NAMES)
    return Reply(Text(texts.language), (*rows, (Button(texts.language_auto, ChooseLanguage(None)),)))


async def may_rule(bot: Bot, chat: Chat, user_id: int) -> bool:
    """Say whether a user decides for a chat: each for their own, and a group's administrators for the group."""
    if chat.type == ChatType.PRIVATE:
        return True
    try:
        member = await bot.get_chat_member(chat.id, user_id)
    except TelegramError:
        return False  # whoever cannot be recognised decides nothing
    return member.status in _RULERS


async def _wrote_as_ruler(bot: Bot, message: Message) -> bool:
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat_id  # an anonymous administrator writes as the group
    return message.from_user is not None and await may_rule(bot, message.chat, message.from_user.id)
