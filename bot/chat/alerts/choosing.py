"""Setting up another chat from a private one: a group or channel is picked, or the bot was just added to it."""

from __future__ import annotations

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    ChatFullInfo,
    ChatMemberAdministrator,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberRestricted,
    KeyboardButton,
    KeyboardButtonRequestChat,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
    User,
)
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.chat.alerts.desk import AlertDesk
from bot.chat.callbacks import Offer
from bot.chat.gate import Person, may_rule
from bot.chat.nodes import Text
from bot.chat.place import Place, place_of
from bot.chat.reply import Reply
from bot.chat.tapping import answer_tap
from bot.chat.texts.alerts import AlertTexts, alert_texts_in
from bot.knowledge.models import Lang
from bot.storage.subscriptions import Spot

_GROUP, _CHANNEL = 1, 2


class Choosing:
    """Turns on alerts in a chat that the asker runs and that the bot may write to."""

    def __init__(self, alerts: AlertDesk) -> None:
        self._alerts = alerts
        self._desk = alerts.desk

    async def offer_chats(self, message: Message, lang: Lang) -> None:
        """Show Telegram's own picker of chats in place of the keyboard."""
        texts = alert_texts_in(lang)
        await self._desk.sender.send_keyboard(place_of(message), Text(texts.pick), _picker(texts))

    async def picked(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A chat was picked."""
        message = update.effective_message
        if message is None or message.chat_shared is None or message.from_user is None:
            return
        lang = await self._desk.language(message.chat_id, message.from_user)
        said = await self._set_up(context.bot, message.chat_shared.chat_id, message.from_user, lang)
        await self._desk.sender.send_keyboard(place_of(message), Text(said), ReplyKeyboardRemove())

    async def accepted(self, query: CallbackQuery, asked: Offer, message: Message) -> None:
        """Whoever added the bot to a channel wants alerts there."""
        await answer_tap(query)
        said = await self._set_up(query.get_bot(), asked.chat_id, query.from_user, asked.lang)
        place = place_of(message)
        await self._desk.put(Place(place.chat_id, place.topic_id), Reply(Text(said)), message.message_id)

    async def _set_up(self, bot: Bot, chat_id: int, user: User, lang: Lang) -> str:
        """Turn on alerts in a chat if that is the user's to do; return what to say."""
        texts = alert_texts_in(lang)
        try:
            chat = await bot.get_chat(chat_id)
            can_write = await may_write(bot, chat)
        except TelegramError:  # it was never added there
            return texts.not_there.format(title=chat_id)
        title = chat.title or str(chat_id)
        if not can_write:
            return texts.not_there.format(title=title)
        if not await may_rule(bot, Chat(chat.id, chat.type), Person(user.id)):
            return texts.not_yours.format(title=title)
        spot = Spot(chat_id)
        await self._alerts.change(spot, await self._alerts.wishes(spot, user))
        return texts.picked.format(title=title)


async def may_write(bot: Bot, chat: ChatFullInfo) -> bool:
    """Say whether the bot may write to a chat. Raises TelegramError where it is not in it."""
    member = await bot.get_chat_member(chat.id, bot.id)
    match member:
        case ChatMemberAdministrator():
            return chat.type != Chat.CHANNEL or bool(member.can_post_messages)
        case ChatMemberOwner() | ChatMemberMember():
            return chat.type != Chat.CHANNEL
        case ChatMemberRestricted():
            return bool(member.can_send_messages)
        case _:
            return False


def _picker(texts: AlertTexts) -> ReplyKeyboardMarkup:
    """Return buttons that open Telegram's list of those of the user's chats that the bot is in."""
    group = KeyboardButtonRequestChat(_GROUP, chat_is_channel=False, bot_is_member=True)
    channel = KeyboardButtonRequestChat(_CHANNEL, chat_is_channel=True, bot_is_member=True)
    return ReplyKeyboardMarkup(
        [
            [KeyboardButton(texts.button_pick_group, request_chat=group)],
            [KeyboardButton(texts.button_pick_channel, request_chat=channel)],
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
    )
