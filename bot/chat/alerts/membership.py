"""What becomes of subscriptions when the bot is added, removed, promoted, blocked, or taken back."""

from __future__ import annotations

import structlog
from telegram import (
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Update,
)
from telegram.ext import ContextTypes

from bot.chat.alerts.desk import AlertDesk
from bot.chat.alerts.subscribing import spot_of
from bot.chat.callbacks import Offer
from bot.chat.desk import language_of
from bot.chat.nodes import Text
from bot.chat.place import Place
from bot.chat.reply import Button, Reply
from bot.chat.sender import Undelivered
from bot.chat.texts.alerts import alert_texts_in
from bot.storage.subscriptions import Active

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class Membership:
    """Follows what the bot is in each chat."""

    def __init__(self, alerts: AlertDesk) -> None:
        self._alerts = alerts
        self._desk = alerts.desk

    async def changed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody changed what the bot is in a chat."""
        change = update.my_chat_member
        if change is None:
            return
        chat, new = change.chat, change.new_chat_member
        _log.info("bot.membership", chat=chat.type, was=change.old_chat_member.status, becomes=new.status)
        subscriptions = self._alerts.stores.subscriptions
        if _is_out(new):
            await subscriptions.end(chat.id, "blocked" if chat.type == Chat.PRIVATE else "removed")
        elif not _can_write(chat, new):
            for each in await subscriptions.in_chat(chat.id):
                await subscriptions.suspend(each.spot, "closed")
        else:
            await self._welcomed(change)

    async def reopened(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A topic was opened again."""
        if message := update.effective_message:
            await self._alerts.stores.subscriptions.resume(message.chat_id, topic_id=spot_of(message).topic_id)

    async def _welcomed(self, change: ChatMemberUpdated) -> None:
        """The bot can write: serve again what was interrupted; offer alerts to whoever made it post in a channel."""
        chat = change.chat
        subscriptions = self._alerts.stores.subscriptions
        await subscriptions.resume(chat.id)
        if await subscriptions.restore(chat.id):
            for each in await subscriptions.in_chat(chat.id):
                if each.state == Active():
                    said = alert_texts_in(each.wishes.language).came_back
                    await self._desk.add(Place(chat.id, each.spot.topic_id), Reply(Text(said)))
        elif chat.type == Chat.CHANNEL and not await subscriptions.in_chat(chat.id):
            await self._offer(change)

    async def _offer(self, change: ChatMemberUpdated) -> None:
        lang = language_of(change.from_user)
        texts = alert_texts_in(lang)
        said = Text(texts.offer.format(title=change.chat.title or change.chat.id))
        buttons = ((Button(texts.button_offer, Offer(lang, change.chat.id)),),)
        outcome = await self._desk.add(Place(change.from_user.id), Reply(said, buttons))
        if isinstance(outcome, Undelivered):  # they never wrote to the bot; /subscribe in the channel works too
            _log.info("channel.not_offered", why=outcome.why)


def _is_out(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return not member.is_member
    return isinstance(member, ChatMemberLeft | ChatMemberBanned)


def _can_write(chat: Chat, member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.can_send_messages
    if chat.type == Chat.CHANNEL:
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    return True
