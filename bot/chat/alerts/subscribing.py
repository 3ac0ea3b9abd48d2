"""/subscribe, /unsubscribe and /alerts, in chats, topics and channels, and the buttons under them."""

from __future__ import annotations

from dataclasses import replace

from telegram import CallbackQuery, Message, Update
from telegram.ext import ContextTypes

from bot.chat.alerts.adjusting import changed
from bot.chat.alerts.desk import AlertDesk, may_set_up
from bot.chat.alerts.settings import choices
from bot.chat.alerts.wishes import Hours, NoZone, Unreadable, find_zone, read_hours, read_subscription
from bot.chat.callbacks import Adjust
from bot.chat.gate import author_of, may_rule, tapper_of
from bot.chat.listing import topic_list
from bot.chat.nodes import Text, lines
from bot.chat.place import Place, place_of, topic_of
from bot.chat.reply import Reply
from bot.chat.tapping import answer_tap
from bot.chat.texts import texts_in
from bot.chat.texts.alerts import alert_texts_in
from bot.knowledge.models import Lang
from bot.storage.subscriptions import Ended, Spot


class Subscribing:
    """Lets people choose what they are told. In a group that is for its administrators."""

    def __init__(self, alerts: AlertDesk) -> None:
        self._alerts = alerts
        self._desk = alerts.desk

    async def subscribe(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/subscribe, with topics and a language if they are named."""
        message = update.effective_message
        if message is None or not await self._admitted(message, context):
            return
        spot = spot_of(message)
        knowledge = self._desk.knowledge
        asked = read_subscription(context.args or [], knowledge)
        wishes = await self._alerts.wishes(spot, message.from_user)
        wishes = replace(wishes, language=asked.language or wishes.language)
        if asked.unknown:
            said = alert_texts_in(wishes.language).no_topics.format(wanted=" ".join(asked.unknown))
            body = lines(said, topic_list(knowledge, wishes.language))
            await self._desk.say(place_of(message), Reply(body))
            return
        if asked.topics:
            wishes = replace(wishes, topics=asked.topics)
        await self._alerts.change(spot, wishes)
        heading = alert_texts_in(wishes.language).subscribed
        await self._desk.say(place_of(message), await self._alerts.shown(spot, wishes.language, heading=heading))

    async def unsubscribe(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/unsubscribe: this chat, or this topic."""
        message = update.effective_message
        if message is None or not await self._admitted(message, context):
            return
        lang = await self._lang(message)
        await self._desk.say(place_of(message), await self._ended(spot_of(message), lang))

    async def show(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/alerts: what is chosen; /alerts quiet 22-7 Europe/Kyiv: quiet hours that no button has."""
        message = update.effective_message
        if message is None or not await self._admitted(message, context):
            return
        spot, lang = spot_of(message), await self._lang(message)
        words = context.args or []
        if words and words[0].lower() in {"quiet", "zone"}:
            await self._desk.say(place_of(message), await self._hours(spot, words, lang))
            return
        await self._desk.say(place_of(message), await self._alerts.shown(spot, lang))

    async def adjusted(self, query: CallbackQuery, asked: Adjust, message: Message) -> None:
        """A button under the settings was tapped."""
        # Buttons in a channel are there for every reader to tap.
        if not await may_rule(query.get_bot(), message.chat, tapper_of(query)):
            await answer_tap(query, texts_in(asked.lang).admins_only)
            return
        await answer_tap(query)
        spot = spot_of(message)
        reply = await self._adjust(spot, asked)
        place = place_of(message)
        await self._desk.put(Place(place.chat_id, place.topic_id), reply, message.message_id)

    async def _adjust(self, spot: Spot, asked: Adjust) -> Reply:
        lang, value = asked.lang, asked.value
        if asked.setting == "replies":
            await self._alerts.stores.subscriptions.set_replies(spot.chat_id, wanted=value == "on")
            return await self._alerts.shown(spot, lang)
        if asked.setting == "stop":
            return await self._ended(spot, lang)
        known = await self._alerts.stores.subscriptions.find(spot)
        if known is None or isinstance(known.state, Ended) or asked.setting == "menu":
            return await self._alerts.shown(spot, lang)
        wishes = known.wishes
        if value:
            wishes = changed(wishes, asked, self._desk.knowledge)
            await self._alerts.change(spot, wishes)
            if asked.setting == "language":
                return await self._alerts.shown(spot, wishes.language)
        if value and asked.setting not in {"topics", "quiet", "zone"}:
            return await self._alerts.shown(spot, lang)
        return choices(asked.setting, wishes, self._desk.knowledge, lang)

    async def _hours(self, spot: Spot, words: list[str], lang: Lang) -> Reply:
        texts = alert_texts_in(lang)
        known = await self._alerts.stores.subscriptions.find(spot)
        if known is None or isinstance(known.state, Ended):
            return await self._alerts.shown(spot, lang)
        wishes = known.wishes
        if words[0].lower() == "zone":
            found = find_zone(" ".join(words[1:]))
            hours: Hours | NoZone | Unreadable = Hours(wishes.quiet, found) if isinstance(found, str) else found
        else:
            hours = read_hours(words[1:])
        match hours:
            case Hours(quiet, zone):
                await self._alerts.change(spot, replace(wishes, quiet=quiet, zone=zone or wishes.zone))
                return await self._alerts.shown(spot, lang)
            case NoZone(wanted, nearest):
                return Reply(Text(texts.no_zone.format(wanted=wanted, nearest=nearest)))
            case Unreadable():
                return Reply(Text(texts.quiet_usage))

    async def _ended(self, spot: Spot, lang: Lang) -> Reply:
        texts = alert_texts_in(lang)
        ended = await self._alerts.stores.subscriptions.end(spot.chat_id, "unsubscribed", topic_id=spot.topic_id)
        heading = texts.unsubscribed if ended else texts.not_subscribed
        return await self._alerts.shown(spot, lang, heading=heading)

    async def _admitted(self, message: Message, context: ContextTypes.DEFAULT_TYPE) -> bool:
        """Say whether who wrote a command may change this chat; tell them if not."""
        if await may_set_up(context.bot, message, author_of(message)):
            return True
        await self._desk.say(place_of(message), Reply(Text(texts_in(await self._lang(message)).admins_only)))
        return False

    async def _lang(self, message: Message) -> Lang:
        known = await self._alerts.stores.subscriptions.find(spot_of(message))
        return known.wishes.language if known else await self._desk.language(message.chat_id, message.from_user)


def spot_of(message: Message) -> Spot:
    """Return the place that a message stands in."""
    return Spot(message.chat_id, topic_of(message))
