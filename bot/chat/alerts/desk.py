"""What the handlers of alerts need, and whom they may let change a chat."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Bot, Chat, Message, User

from bot.alerts.planning import due_at
from bot.alerts.stores import AlertStores
from bot.chat.alerts.settings import off, summary
from bot.chat.desk import Desk
from bot.chat.gate import Actor, may_rule
from bot.chat.reply import Reply
from bot.chat.texts.alerts import alert_texts_in
from bot.knowledge.models import Lang
from bot.storage.subscriptions import Ended, Spot, Wishes


@dataclass(frozen=True, slots=True)
class AlertDesk:
    """Subscriptions, and the desk that speaks for the bot."""

    desk: Desk
    stores: AlertStores

    async def wishes(self, spot: Spot, user: User | None) -> Wishes:
        """Return what a place wished for last, or what suits whoever asks now."""
        known = await self.stores.subscriptions.find(spot)
        if known is not None:
            return known.wishes
        lang = await self.desk.language(spot.chat_id, user)
        # People who write Ukrainian mostly live by Kyiv's clocks; anybody can choose another zone.
        return Wishes(lang, zone="Europe/Kyiv" if lang == "uk" else "UTC")

    async def change(self, spot: Spot, wishes: Wishes) -> None:
        """Serve a place as it wishes from now on; alerts that wait for it follow."""
        await self.stores.subscriptions.resume(spot.chat_id, topic_id=spot.topic_id)  # whoever asks can be answered
        await self.stores.subscriptions.subscribe(spot, wishes)
        await self.stores.outbox.reschedule(spot, due_at(wishes, self.desk.now()), wishes.language)

    async def shown(self, spot: Spot, lang: Lang, *, heading: str | None = None) -> Reply:
        """Return what a place has chosen, with buttons."""
        texts = alert_texts_in(lang)
        replies = await self.stores.subscriptions.wants_replies(spot.chat_id)
        known = await self.stores.subscriptions.find(spot)
        if known is None or isinstance(known.state, Ended):
            return off(lang, replies=replies, said=heading or texts.not_subscribed)
        return summary(known, lang, heading=heading or texts.settings, replies=replies)


async def may_set_up(bot: Bot, message: Message, actor: Actor) -> bool:
    """Say whether somebody decides on alerts where a message stands. In a channel only its administrators post."""
    return message.chat.type == Chat.CHANNEL or await may_rule(bot, message.chat, actor)
