"""What is kept of alerts, all in one database."""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.births import Births
from bot.storage.carriers import Carriers
from bot.storage.database import Database
from bot.storage.events import EventStore
from bot.storage.housekeeping import KEEP_DELIVERIES
from bot.storage.inline_ledger import InlineLedger
from bot.storage.lease import Lease
from bot.storage.outbox import OutboxStore
from bot.storage.subscriptions import SubscriptionStore

KEEP = KEEP_DELIVERIES
"""How long it is kept what was told to whom, and what an ended subscription wanted."""
KEEP_DRAFTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class AlertStores:
    """The stores that alerts need."""

    database: Database
    subscriptions: SubscriptionStore
    events: EventStore
    outbox: OutboxStore
    inline: InlineLedger
    carriers: Carriers
    births: Births

    @classmethod
    def of(cls, database: Database) -> AlertStores:
        """Return the stores of a database."""
        return cls(
            database,
            SubscriptionStore(database),
            EventStore(database),
            OutboxStore(database),
            InlineLedger(database),
            Carriers(database),
            Births(database),
        )

    def lease(self, *, sole: bool) -> Lease:
        """Return this process's part in the dispatcher's lease."""
        holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        return Lease(self.database, "dispatcher", holder, sole=sole)

    async def prune(self, now: datetime) -> None:
        """Delete what has been kept long enough."""
        await self.events.prune(now - KEEP)
        await self.events.drop_drafts(now - KEEP_DRAFTS)
        await self.inline.prune(now - KEEP)
        await self.subscriptions.prune(now - KEEP)
