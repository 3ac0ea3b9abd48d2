"""The bot, put together: a client, the handlers, and the inbox between Telegram and them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError
from telegram import Update
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.ext import Application, ApplicationBuilder, ContextTypes

from bot.alerts.dispatcher import IN_FLIGHT
from bot.alerts.pace import TELEGRAM, Limits
from bot.alerts.stores import AlertStores
from bot.alerts.turnstile import Turnstile
from bot.chat.admin.notices import Notices
from bot.chat.admin.office import Office
from bot.chat.alerts.dispatching import dispatcher_on
from bot.chat.answers import Source
from bot.chat.client import Client, connect
from bot.chat.desk import Desk
from bot.chat.gate import Gate, Person
from bot.chat.handlers.failures import Failures
from bot.chat.handlers.routes import ALLOWED_UPDATES, Route, routes
from bot.chat.menu import AdminMenus, set_menu
from bot.chat.moving import move_chat
from bot.chat.polling import Polling, UnusableTokenError
from bot.chat.sender import Sender
from bot.chat.unanswered import Unanswered
from bot.inbox import Inbox, OutageError
from bot.publishing.following import Ended
from bot.publishing.pending import Pending
from bot.publishing.publisher import Publisher
from bot.storage.admins import AdminStore
from bot.storage.audit import AuditLog
from bot.storage.conversations import ConversationStore
from bot.storage.database import Database
from bot.storage.gaps import GapStore
from bot.storage.inbox import InboxStore
from bot.storage.lanes import JsonObject
from bot.storage.ledger import Ledger
from bot.storage.ownership import Ownership
from bot.storage.pulse import Pulse
from bot.storage.replicas import Replicas
from bot.storage.revisions import Revisions
from bot.storage.utc import utc_now
from bot.storage.waiting import is_set_within

WORKERS = 16
_PAUSE = 5.0

Handling = Application[Client, ContextTypes.DEFAULT_TYPE, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]
"""The library's application. Its dictionaries for data of chats and users stay empty: state is in the database."""

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class _Handling(Application[Client, ContextTypes.DEFAULT_TYPE, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]):
    """An application that hands back what can be tried again, so that the inbox does."""

    async def process_error(
        self, update: object | None, error: Exception, job: Any = None, coroutine: Any = None
    ) -> bool:
        """Let an outage through; anything else is for the error handler."""
        if _is_outage(error):
            raise error
        return await super().process_error(update, error, job, coroutine)


@dataclass(frozen=True, slots=True)
class Stores:
    """What the bot keeps, all in one database."""

    inbox: InboxStore
    conversations: ConversationStore
    ledger: Ledger
    pulse: Pulse
    ownership: Ownership
    revisions: Revisions
    admins: AdminStore
    audit: AuditLog
    replicas: Replicas
    alerts: AlertStores
    gaps: GapStore

    @classmethod
    def of(cls, database: Database) -> Stores:
        """Return the stores of a database."""
        return cls(
            InboxStore(database),
            ConversationStore(database),
            Ledger(database),
            Pulse(database),
            Ownership(database),
            Revisions(database),
            AdminStore(database),
            AuditLog(database),
            Replicas(database),
            AlertStores.of(database),
            GapStore(database),
        )


@dataclass(frozen=True, slots=True)
class Keeping:
    """What makes a bot one that is kept from the chat."""

    publisher: Publisher
    owners: frozenset[int]


class ChatService:
    """Citebot on one Bot API server. ``start`` it, feed ``inbox`` (or ``poll``), and ``stop`` it."""

    def __init__(
        self,
        client: Client,
        source: Source,
        stores: Stores,
        *,
        keeping: Keeping | None = None,
        workers: int = WORKERS,
        sole: bool = True,
        limits: Limits = TELEGRAM,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._client = client
        self._stores = stores

        async def moved(old: int, new: int) -> None:
            await move_chat(stores.conversations, old, new)

        turnstile = Turnstile(limits)
        sender = Sender(client, stores.ledger, now=now, moved=moved, turnstile=turnstile)
        self.unanswered = Unanswered(stores.gaps, stores.conversations, source, sender, now)
        """Tells those who wait for an answer; called when something else is served than before."""
        desk = Desk(source, stores.conversations, stores.ledger, sender, now, self.unanswered)
        owners: frozenset[int] = frozenset() if keeping is None else keeping.owners
        gate = Gate(owners, stores.admins, stores.audit, now)
        self._office = _office(desk, gate, stores, keeping.publisher, now) if keeping is not None else None
        self._handling = _build(client, routes(desk, gate, stores.alerts, self._office), Failures(desk))
        self.inbox = Inbox(stores.inbox, self._handle, workers=workers, sole=sole)
        self._dispatcher = dispatcher_on(client, stores.alerts, source, turnstile, moved, sole=sole)

    @property
    def username(self) -> str:
        """The bot's name on Telegram, without the @. Known once the service has started."""
        return self._client.username

    async def start(self, stop: asyncio.Event) -> None:
        """Get to know Telegram, waiting for the network if need be, and take up what was left unanswered.

        Returns early, with nothing started, if ``stop`` is set meanwhile. Raises UnusableTokenError, or
        OtherBotError where the database belongs to another bot.
        """
        while not stop.is_set():
            try:
                await self._handling.initialize()
                break
            except InvalidToken:
                raise UnusableTokenError from None  # the library's message holds the token
            except TelegramError as error:
                _log.warning("telegram.unreachable", reason=error.message, pause=_PAUSE)
                await is_set_within(stop, _PAUSE)
        else:
            return
        await self._stores.ownership.take(self._client.id)
        await set_menu(self._client)
        if self._office is not None:
            for user_id in await self._office.gate.holders("gaps"):
                await self._office.menus.show(self._client, user_id, await self._office.gate.role(Person(user_id)))
        await self.inbox.start()
        await self._dispatcher.start()
        _log.info("chat.started", bot=self.username)

    async def poll(self, stop: asyncio.Event) -> None:
        """Fetch updates until ``stop`` is set. Raises UnusableTokenError."""
        await self._end_webhook(stop)
        last = await self._stores.inbox.last_update_id()
        polling = Polling(self._client, self._receive, allowed=ALLOWED_UPDATES)
        await polling.run(stop, None if last is None else last + 1)

    async def tell_admins(self, outcome: Ended) -> None:
        """Tell what happened to what is served without anybody asking for it in the chat."""
        if self._office is not None:
            await Notices(self._office).tell(outcome)

    def let_go(self) -> None:
        """Free the proposals that nobody decided on in time: each holds a whole fact base."""
        if self._office is not None:
            self._office.pending.prune()

    async def stop(self) -> None:
        """Finish what is running, put back the rest, close every connection."""
        await self._dispatcher.stop()
        await self.inbox.stop()
        await self._handling.shutdown()
        await self._client.shutdown()  # where initialize() failed, the application leaves the transport open

    async def _end_webhook(self, stop: asyncio.Event) -> None:
        """Remove a webhook, since Telegram refuses polling while there is one. Nothing that waits is dropped."""
        while not stop.is_set():
            try:
                await self._client.delete_webhook(drop_pending_updates=False)
            except TelegramError as error:
                _log.warning("telegram.unreachable", reason=error.message, pause=_PAUSE)
                await is_set_within(stop, _PAUSE)
            else:
                await self._stores.pulse.beat()
                return

    async def _receive(self, payloads: Sequence[JsonObject]) -> int:
        new = await self.inbox.receive(payloads)
        await self._stores.pulse.beat()
        return new

    async def _handle(self, payload: str) -> None:
        try:
            await self._handling.process_update(Update.de_json(json.loads(payload), self._client))
        except Exception as error:
            if _is_outage(error):
                raise OutageError from error
            raise


def serve(
    token: str,
    api_url: str,
    source: Source,
    stores: Stores,
    *,
    keeping: Keeping | None = None,
    workers: int = WORKERS,
    sole: bool = True,
    limits: Limits = TELEGRAM,
) -> ChatService:
    """Return Citebot for a token and a Bot API server, not started yet.

    ``keeping``: what admins need to keep it from the chat. ``sole``: no other process works on the same database.
    ``limits``: how fast the server lets it send.
    """
    # As many connections as workers and letters under way, and one for what is done beside them.
    client = connect(token, api_url, connections=workers + IN_FLIGHT + 1)
    return ChatService(client, source, stores, keeping=keeping, workers=workers, sole=sole, limits=limits)


def _is_outage(error: Exception) -> bool:
    """Say whether Telegram or the database is down; the library files what is neither under network errors too."""
    if isinstance(error, NetworkError):
        return not isinstance(error, BadRequest | TimedOut)
    return isinstance(error, OperationalError)


def _office(desk: Desk, gate: Gate, stores: Stores, publisher: Publisher, now: Callable[[], datetime]) -> Office:
    return Office(
        desk=desk,
        gate=gate,
        publisher=publisher,
        pending=Pending(now),
        admins=stores.admins,
        audit=stores.audit,
        replicas=stores.replicas,
        gaps=stores.gaps,
        queue=stores.inbox,
        menus=AdminMenus(),
        started=now(),
    )


def _build(client: Client, handlers: Sequence[Route], failures: Failures) -> Handling:
    # No updater and no job queue: the inbox brings the updates, and nothing here runs by the clock.
    builder = ApplicationBuilder().application_class(_Handling).bot(client).updater(None).job_queue(None)
    application = builder.build()
    application.add_handlers(handlers)
    application.add_error_handler(failures.failed)
    return application
