"""Every kind of update that alerts react to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from telegram.ext import (
    BaseHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.chat.admin.office import Office
from bot.chat.admin.publishing import Publishing
from bot.chat.alerts.announcing import Announcing
from bot.chat.alerts.buttons import AlertButtons
from bot.chat.alerts.choosing import Choosing
from bot.chat.alerts.desk import AlertDesk
from bot.chat.alerts.membership import Membership
from bot.chat.alerts.posting import Posting
from bot.chat.alerts.retracting import Retracting
from bot.chat.alerts.subscribing import Subscribing
from bot.chat.handlers.pacing import Handler, Wrapped

_Route = BaseHandler[Any, ContextTypes.DEFAULT_TYPE, Any]


class AlertRoutes:
    """The handlers of alerts. Without an office there are none for admins."""

    def __init__(self, alerts: AlertDesk, office: Office | None, publishing: Publishing | None) -> None:
        self._alerts = alerts
        self._subscribing = Subscribing(alerts)
        self._choosing = Choosing(alerts)
        self._announcing = Announcing(office, alerts.stores) if office is not None else None
        self._retracting = Retracting(office, publishing) if office is not None and publishing is not None else None

    @property
    def buttons(self) -> AlertButtons:
        """Where buttons lead."""
        return AlertButtons(self._subscribing, self._choosing, self._announcing)

    def commands(self, new: filters.BaseFilter, paced: Callable[[Handler], Wrapped]) -> Sequence[_Route]:
        """Return what people write. ``new``: messages that a person wrote just now; a channel's posts count too."""
        anywhere = new | filters.UpdateType.CHANNEL_POST
        return (
            CommandHandler("subscribe", paced(self._subscribing.subscribe), filters=anywhere),
            CommandHandler("unsubscribe", paced(self._subscribing.unsubscribe), filters=anywhere),
            CommandHandler("alerts", paced(self._subscribing.show), filters=anywhere),
            *self._for_admins(new, paced),
        )

    def changes(self) -> Sequence[_Route]:
        """Return what Telegram itself tells."""
        membership = Membership(self._alerts)
        reopened = filters.StatusUpdate.FORUM_TOPIC_REOPENED | filters.StatusUpdate.GENERAL_FORUM_TOPIC_UNHIDDEN
        return (
            ChosenInlineResultHandler(Posting(self._alerts).chosen),
            ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(reopened, membership.reopened),
            MessageHandler(filters.StatusUpdate.CHAT_SHARED, self._choosing.picked),
        )

    def _for_admins(self, new: filters.BaseFilter, paced: Callable[[Handler], Wrapped]) -> Sequence[_Route]:
        if self._announcing is None or self._retracting is None:
            return ()
        return (
            CommandHandler("announce", paced(self._announcing.announce), filters=new),
            CommandHandler("broadcasts", paced(self._announcing.broadcasts), filters=new),
            CommandHandler("retract", paced(self._retracting.retract), filters=new),
        )
