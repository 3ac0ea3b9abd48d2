"""Deletes what has been kept long enough, again and again while the bot runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.storage.audit import AuditLog
from bot.storage.conversations import ConversationStore
from bot.storage.failures import name_of
from bot.storage.gaps import GapStore
from bot.storage.inbox import InboxStore
from bot.storage.ledger import Ledger
from bot.storage.utc import Clock, utc_now
from bot.storage.waiting import is_set_within

KEEP_QUESTIONS = timedelta(minutes=10)
KEEP_FINISHED_UPDATES = timedelta(days=2)
KEEP_DELIVERIES = timedelta(days=30)
KEEP_ACTS = timedelta(days=365)
KEEP_GAPS = timedelta(days=90)
KEEP_ASKERS = timedelta(days=30)

Prune = Callable[[datetime], Awaitable[None]]
"""Deletes what has been kept long enough, given the present moment."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Housekeeping:
    """Prunes questions, finished updates, deliveries and what ``others`` keep, ``every`` so many seconds."""

    def __init__(
        self,
        inbox: InboxStore,
        conversations: ConversationStore,
        ledger: Ledger,
        audit: AuditLog,
        gaps: GapStore,
        *,
        others: Sequence[Prune] = (),
        every: float = 60.0,
        clock: Clock = utc_now,
    ) -> None:
        self._inbox = inbox
        self._conversations = conversations
        self._ledger = ledger
        self._audit = audit
        self._gaps = gaps
        self._others = others
        self._every = every
        self._clock = clock
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def tidy(self) -> None:
        """Prune everything once."""
        now = self._clock()
        await self._conversations.prune(now - KEEP_QUESTIONS)
        await self._inbox.prune(now - KEEP_FINISHED_UPDATES)
        await self._ledger.prune(now - KEEP_DELIVERIES)
        await self._audit.prune(now - KEEP_ACTS)
        await self._gaps.prune(now - KEEP_GAPS, now - KEEP_ASKERS)
        for prune in self._others:
            await prune(now)

    async def start(self) -> None:
        """Tidy now, and go on in the background."""
        self._stopping.clear()
        self._task = asyncio.create_task(self._run(), name="housekeeping")

    async def stop(self) -> None:
        """Finish the pass that is running, and end."""
        self._stopping.set()
        if self._task is not None:
            await self._task
            self._task = None

    async def _run(self) -> None:
        while True:
            try:
                await self.tidy()
            except Exception as error:  # Whatever it was, the next pass may succeed, and must be tried.
                _log.warning("housekeeping.failed", error=name_of(error))
            if await is_set_within(self._stopping, self._every):
                return
