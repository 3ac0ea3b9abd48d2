"""Every kind of update that the bot reacts to, in the order in which it is asked who takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from telegram import Message
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.alerts.stores import AlertStores
from bot.chat.addressing import is_person
from bot.chat.admin.documents import Documents
from bot.chat.admin.gaps import Gaps
from bot.chat.admin.office import Office
from bot.chat.admin.people import People
from bot.chat.admin.publishing import Publishing
from bot.chat.admin.records import Records
from bot.chat.admin.status import Status
from bot.chat.admin.why import Why
from bot.chat.alerts.desk import AlertDesk
from bot.chat.alerts.routes import AlertRoutes
from bot.chat.desk import Desk
from bot.chat.gate import Gate
from bot.chat.handlers.about import About
from bot.chat.handlers.browsing import Browsing
from bot.chat.handlers.buttons import Buttons
from bot.chat.handlers.inline import Inline
from bot.chat.handlers.pacing import Handler, Pacing, Wrapped
from bot.chat.handlers.preferences import Preferences
from bot.chat.handlers.questions import Questions

ALLOWED_UPDATES: tuple[str, ...] = (
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
)
"""What Telegram is asked to send: what is below, and nothing else."""

Route = BaseHandler[Any, ContextTypes.DEFAULT_TYPE, Any]
"""A handler; the library leaves open what kind of update it takes and what it returns."""


_FACT_FILE = (
    filters.Document.FileExtension("yaml")
    | filters.Document.FileExtension("yml")
    | (filters.Document.FileExtension("lock"))
)
"""Documents that could be of a fact base; the caption of any other is a question, as under a picture."""


class _Person(filters.MessageFilter):
    """Messages that a person wrote."""

    def filter(self, message: Message) -> bool:
        return is_person(message)


def routes(desk: Desk, gate: Gate, stores: AlertStores, office: Office | None = None) -> Sequence[Route]:
    """Return the handlers. The first one that takes an update is the only one.

    Without an office nobody keeps the bot from the chat, and there are no commands for that.
    """
    about, browsing, preferences = About(desk), Browsing(desk), Preferences(desk)
    pacing = Pacing(desk, gate)
    paced, questions = pacing.paced, Questions(desk, pacing)
    publishing = Publishing(office) if office is not None else None
    alerts = AlertRoutes(AlertDesk(desk, stores), office, publishing)
    gaps = Gaps(office, publishing) if office is not None and publishing is not None else None
    # The library's own filters let bots, automatic forwards and edits through; these do not.
    person = _Person(name="person")
    new = filters.UpdateType.MESSAGE & person
    edited = filters.UpdateType.EDITED_MESSAGE & person
    written = filters.TEXT | filters.CAPTION
    private, group = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
    return (
        # Questions by command, in any chat. An edited /ask edits its answer; other commands ignore edits.
        CommandHandler(("ask", "check"), questions.ask, filters=new | edited),
        CommandHandler("start", paced(about.start), filters=new),
        CommandHandler("help", paced(about.help), filters=new),
        CommandHandler("brief", paced(browsing.brief), filters=new),
        CommandHandler("facts", paced(browsing.facts), filters=new),
        CommandHandler("sources", paced(browsing.sources), filters=new),
        CommandHandler("language", paced(preferences.language), filters=new),
        CommandHandler("privacy", paced(about.privacy), filters=new),
        CommandHandler("forget", paced(preferences.forget), filters=new),
        *(_admin_routes(office, publishing, gaps, paced, new) if office and publishing and gaps else ()),
        *alerts.commands(new, paced),
        # Buttons under our messages, and what is typed after @bot in other chats.
        CallbackQueryHandler(paced(Buttons(desk, publishing, gaps, alerts.buttons).tapped)),
        InlineQueryHandler(paced(Inline(desk).query)),
        *alerts.changes(),
        # A command we do not have: a hint in private; in a group it is for some other bot.
        MessageHandler(new & private & filters.COMMAND, paced(about.unknown)),
        # Everything else in private is a question, unless Telegram itself wrote it ("pinned a message").
        MessageHandler(new & private & ~filters.StatusUpdate.ALL, questions.private),
        MessageHandler(edited & private & written & ~filters.COMMAND, questions.private),
        # In a group only what is said to us; the handler finds out.
        MessageHandler((new | edited) & group & written & ~filters.COMMAND, questions.group),
        # A group became a supergroup. Telegram writes this, not a person.
        MessageHandler(filters.StatusUpdate.MIGRATE, preferences.moved),
    )


def _admin_routes(
    office: Office, publishing: Publishing, gaps: Gaps, paced: Callable[[Handler], Wrapped], new: filters.BaseFilter
) -> Sequence[Route]:
    """Return what is for those who keep the bot. Each handler asks the gate."""
    people, records, documents = People(office), Records(office), Documents(office, publishing)
    return (
        CommandHandler("reload", paced(publishing.reload), filters=new),
        CommandHandler("rollback", paced(publishing.rollback), filters=new),
        CommandHandler("history", paced(records.history), filters=new),
        CommandHandler("export", paced(records.export), filters=new),
        CommandHandler("status", paced(Status(office).status), filters=new),
        CommandHandler("why", paced(Why(office).why), filters=new),
        CommandHandler("gaps", paced(gaps.gaps), filters=new),
        CommandHandler("patch", paced(gaps.patch), filters=new),
        CommandHandler("audit", paced(records.audit), filters=new),
        CommandHandler("admins", paced(people.admins), filters=new),
        MessageHandler(new & filters.ChatType.PRIVATE & _FACT_FILE, paced(documents.take)),
    )
