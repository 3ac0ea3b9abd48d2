"""Citebot, put together: settings, knowledge, database and chat become one running program.

Importing any module does nothing; everything that opens something is opened and closed here.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

import structlog

from bot.alerts.audience import Subscribers
from bot.alerts.pace import TELEGRAM, Limits
from bot.chat.answers import Always, Answers, Source
from bot.chat.service import ChatService, Keeping, Stores, serve
from bot.log import configure_logging
from bot.publishing.audience import Audience, Nobody
from bot.publishing.beginning import Prepared, begin
from bot.publishing.following import Follower, Kept
from bot.publishing.pauses import settle
from bot.publishing.publisher import Publisher
from bot.publishing.watching import edits
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.housekeeping import Housekeeping
from bot.storage.utc import utc_now
from bot.web import emulator
from bot.web.stdin import read_lines
from bot.web.terminal import TerminalChat

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class KeptFolder:
    """A fact base in a folder, and those who keep it from the chat."""

    prepared: Prepared
    owners: frozenset[int]
    watch: bool
    """Whether an edited file is published without being asked for."""
    alerts: bool = True
    """Whether readers are told of what changes."""


def prepare(settings: Settings) -> KeptFolder | None:
    """Set up the log and read the facts, which takes seconds; return None if told to stop meanwhile.

    It is done before anything is served, so that nobody waits for it. What is wrong with the folder is told once it
    is clear whether there is an earlier revision to serve.
    """
    configure_logging(
        settings.log_format,
        secrets=_secrets(settings),
        # In the terminal the conversation is what is to be read.
        level=logging.INFO if settings.token else logging.WARNING,
    )
    try:
        with _interrupted_by_sigterm():
            _log.info("facts.loading", folder=str(settings.knowledge))
            return KeptFolder(Prepared.read(settings.knowledge), settings.admins, settings.watch)
    except KeyboardInterrupt:
        return None


async def run(settings: Settings, knowledge: KeptFolder) -> int:
    """Run until told to stop; return the exit code. On Telegram with a token, in this terminal without one.

    SIGINT and SIGTERM end it in good order: what is being answered is finished, the rest stays in the inbox.
    Raises KnowledgeError, UnusableTokenError, UnusableDatabaseUrlError, UnreachableDatabaseError, SchemaError or
    OtherBotError when it cannot run.
    """
    stop = asyncio.Event()
    with _stopping_on_signals(stop):
        if settings.token is None:
            return await converse(knowledge, stop)
        await run_on_telegram(settings, settings.token.get_secret_value(), knowledge, stop)
        return 0


async def run_on_telegram(settings: Settings, token: str, knowledge: KeptFolder | Answers, stop: asyncio.Event) -> None:
    """Answer on a Bot API server until ``stop`` is set."""
    _log.info("citebot.starting")
    if settings.webhook_url is not None:
        _log.warning("webhook.not_used", meaning="updates are fetched by long polling instead")
    async with running(token, settings.api_url, knowledge, settings.database_url, stop) as service:
        await service.poll(stop)
    _log.info("citebot.stopped")


async def converse(knowledge: KeptFolder | Answers, stop: asyncio.Event) -> int:
    """Answer in this terminal until the input ends or ``stop`` is set: the same bot, on a Telegram of its own.

    Whoever types there owns the bot. Nothing leaves this machine and nothing is kept. Returns the exit code.
    """
    if sys.stdin is None:  # whoever started this has closed it, so nothing will ever be asked
        return 0
    telegram = emulator.Emulator(token=f"1:{secrets.token_urlsafe(24)}")
    person = TerminalChat(telegram, _write, interactive=sys.stdin.isatty(), language_code=_spoken_here())
    if isinstance(knowledge, KeptFolder):
        knowledge = replace(knowledge, owners=frozenset({person.user_id}))
    with TemporaryDirectory(prefix="citebot-") as folder:
        url = f"sqlite:///{Path(folder) / 'playground.sqlite3'}"
        async with (
            emulator.serve(telegram) as api_url,
            running(telegram.token, api_url, knowledge, url, stop) as service,
        ):
            polling = asyncio.create_task(service.poll(stop))
            talking = asyncio.create_task(person.converse(read_lines(sys.stdin.fileno())))
            stopped = asyncio.create_task(stop.wait())
            # Whichever ends first ends it all; the poller ends early only by a failure.
            await asyncio.wait({polling, talking, stopped}, return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            talking.cancel()
            await polling
            await asyncio.gather(talking, stopped, return_exceptions=True)
            return 0 if talking.cancelled() else talking.result()


@asynccontextmanager
async def running(
    token: str,
    api_url: str,
    knowledge: KeptFolder | Answers,
    database_url: str,
    stop: asyncio.Event,
    *,
    limits: Limits = TELEGRAM,
) -> AsyncIterator[ChatService]:
    """Give a started bot, which is stopped in good order at the end: workers, then connections, then database.

    ``limits``: how fast the server lets it send. Raises KnowledgeError where the folder cannot be served and no earlier
    revision can.
    """
    database = await Database.open(database_url)
    try:
        stores = Stores.of(database)
        tidying = Housekeeping(
            stores.inbox,
            stores.conversations,
            stores.ledger,
            stores.audit,
            stores.gaps,
            others=(stores.alerts.prune,),
        )
        # A SQLite file is one process's; on PostgreSQL there may be other replicas, whose work is not ours to take.
        server = _Server(token, api_url, sole=database_url.startswith("sqlite"), limits=limits)
        async with _serving(server, knowledge, stores, stop) as service:
            try:
                await tidying.start()
                yield service
            finally:
                await tidying.stop()
    finally:
        await database.close()


@dataclass(frozen=True, slots=True)
class _Server:
    """A Bot API server, and how this process works on it."""

    token: str
    api_url: str
    sole: bool
    limits: Limits

    def bot(self, source: Source, stores: Stores, keeping: Keeping | None = None) -> ChatService:
        """Return a bot there, not started yet."""
        return serve(self.token, self.api_url, source, stores, keeping=keeping, sole=self.sole, limits=self.limits)


@asynccontextmanager
async def _serving(
    server: _Server, knowledge: KeptFolder | Answers, stores: Stores, stop: asyncio.Event
) -> AsyncIterator[ChatService]:
    """Give a started bot on open stores."""
    if not isinstance(knowledge, KeptFolder):
        service = server.bot(Always(knowledge), stores)
        async with _started(service, stop):
            yield service
        return
    audience: Audience = Subscribers(stores.alerts.births) if knowledge.alerts else Nobody()
    begun = await begin(knowledge.prepared, stores.revisions, audience, utc_now)
    settle()
    publisher = Publisher(
        begun.current,
        stores.revisions,
        knowledge.prepared.folder,
        examiner=knowledge.prepared.examiner,
        audience=audience,
    )
    keeping = Keeping(publisher, knowledge.owners)
    service = server.bot(begun.current, stores, keeping)
    async with _started(service, stop):
        if begun.problems:
            await service.tell_admins(Kept(begun.problems, "start"))
        async with _following(publisher, stores, service, stop, watch=knowledge.watch):
            yield service


@asynccontextmanager
async def _started(service: ChatService, stop: asyncio.Event) -> AsyncIterator[None]:
    try:
        await service.start(stop)
        yield
    finally:
        await service.stop()


@asynccontextmanager
async def _following(
    publisher: Publisher, stores: Stores, service: ChatService, stop: asyncio.Event, *, watch: bool
) -> AsyncIterator[None]:
    """Keep up with other replicas, with SIGHUP and, if asked to, with edited files."""
    follower = Follower(
        publisher,
        stores.replicas,
        name=f"{socket.gethostname()}:{os.getpid()}",
        told=service.tell_admins,
        changed=service.unanswered.tell,
        looked=service.let_go,
        edits=(lambda: edits(publisher.folder)) if watch else None,
    )
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, at_hangup(sys.__stdin__, follower.ask, stop.set))
    await follower.start()
    try:
        yield
    finally:
        loop.add_signal_handler(signal.SIGHUP, at_hangup(sys.__stdin__, _as_it_is, stop.set))
        await follower.stop()


def at_hangup(stdin: TextIO | None, reload: Callable[[], None], stop: Callable[[], None]) -> Callable[[], None]:
    """Return what to do at SIGHUP: reload, but stop where the terminal is gone that the bot was started in."""
    try:
        terminal = stdin.fileno() if stdin is not None and stdin.isatty() else None
    except (ValueError, OSError):  # it is closed, or no file
        terminal = None

    def told() -> None:
        if terminal is None or os.isatty(terminal):
            reload()
        else:
            stop()

    return told


def _as_it_is() -> None:
    """Let everything be: there is nothing to reload yet, or any more."""


@contextmanager
def _interrupted_by_sigterm() -> Iterator[None]:
    """Let SIGTERM do what SIGINT does. The first process of a container would not be ended by it otherwise.

    SIGHUP asks to read the files, which is what is being done. It stays so: the loop takes it over.
    """
    hung_up = at_hangup(sys.__stdin__, _as_it_is, lambda: signal.raise_signal(signal.SIGINT))
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, lambda *_: hung_up())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _stopping_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set ``stop`` at the first SIGINT or SIGTERM; a second one ends the program at once.

    SIGHUP does so where the terminal is gone, and otherwise nothing, unless somebody follows the folder.
    """
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)

    def told() -> None:
        stop.set()
        for each in signals:
            loop.remove_signal_handler(each)

    for each in signals:
        loop.add_signal_handler(each, told)
    loop.add_signal_handler(signal.SIGHUP, at_hangup(sys.__stdin__, _as_it_is, stop.set))
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # a reload that is asked for now is too late
        for each in signals:
            loop.remove_signal_handler(each)


def _secrets(settings: Settings) -> list[str]:
    given = [settings.token, settings.webhook_secret]
    password = settings.database_url.partition("://")[2].rpartition("@")[0].partition(":")[2]
    return [*(secret.get_secret_value() for secret in given if secret is not None), password]


def _spoken_here() -> str:
    """Return the language of this terminal, as Telegram would tell it of a user."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return locale.partition("_")[0].partition(".")[0].lower() or "en"


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
