"""Alerts and corrections are born in the transaction that makes new knowledge current: both are there, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.news import News, read, to_json
from bot.alerts.planning import announce, plan
from bot.publishing.proposal import Reach
from bot.storage.alert_tables import EventState, RowKind
from bot.storage.carriers import carriers_in
from bot.storage.database import Database
from bot.storage.events import Event, add_event, later_revisions_in, start_in
from bot.storage.housekeeping import KEEP_DELIVERIES
from bot.storage.outbox import NOWHERE, NewRow, add_rows
from bot.storage.subscriptions import kept_in, refusing_replies_in
from bot.storage.utc import Clock, utc_now

STRAGGLERS = timedelta(minutes=5)
"""How long after a publication an answer may still be delivered that was made before it."""
_NOTING = timedelta(minutes=1)
"""How much later than it was delivered an answer may be in the ledger."""

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class Births:
    """Fills the outbox."""

    def __init__(self, database: Database, *, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def published(self, connection: AsyncConnection, key: str, revision: str, news: Sequence[News]) -> int:
        """Store within a transaction what a publication gives to tell; return the event's id.

        ``key`` names the publication, ``revision`` the knowledge that is current with it. Without news the event is
        stored all the same: it tells later which messages are up to date.
        """
        now = self._clock()
        event_id = await add_event(
            connection,
            key=key,
            kind="publication",
            revision=revision,
            body=to_json(news),
            at=now,
            facts=[each.key for each in news if each.unsays],
        )
        rows = await self._rows(connection, event_id, news, [revision], now)
        await add_rows(self._database, connection, rows, now)
        if rows:
            _log.info("alerts.born", event_id=event_id, messages=len(rows), facts=len(news))
        return event_id

    async def reach(self, news: Sequence[News]) -> Reach:
        """Count who would be told, were this published now."""
        async with self._database.read() as connection:
            rows = await self._rows(connection, 0, news, [], self._clock())
        chats = {row.spot.chat_id for row in rows if row.spot != NOWHERE}
        return Reach(alerts=len(rows), chats=len(chats))

    async def sweep(self, event: Event) -> int:
        """Add the messages that were on their way while an event was born; return how many rows that made.

        Of an aborted event only edits are made.
        """
        news = [each for each in read(event.body) or () if each.unsays]
        if not news:
            return 0
        now = self._clock()
        async with self._database.write() as connection:
            right = await later_revisions_in(connection, event.id)
            since = event.created_at - _NOTING
            carriers = await carriers_in(connection, [each.key for each in news], since=since, but=right)
            if not carriers:
                return 0
            refusing = await refusing_replies_in(connection)
            rows = plan(event.id, news, subscriptions=(), carriers=carriers, refusing=refusing, now=now)
            if event.state is EventState.ABORTED:
                rows = tuple(row for row in rows if row.kind is RowKind.EDIT)
            return await add_rows(self._database, connection, rows, now)

    async def announce(self, event_id: int) -> int | None:
        """Let a drafted announcement go to every subscriber; return to how many, or None if it is no draft."""
        now = self._clock()
        async with self._database.write() as connection:
            if not await start_in(connection, event_id):
                return None
            rows = announce(event_id, await kept_in(connection), now)
            return await add_rows(self._database, connection, rows, now)

    async def _rows(
        self, connection: AsyncConnection, event_id: int, news: Sequence[News], right: Sequence[str], now: datetime
    ) -> tuple[NewRow, ...]:
        if not news:
            return ()
        changed = [each.key for each in news if each.unsays]
        carriers = await carriers_in(connection, changed, since=now - KEEP_DELIVERIES, but=right)
        return plan(
            event_id,
            news,
            subscriptions=await kept_in(connection),
            carriers=carriers,
            refusing=await refusing_replies_in(connection),
            now=now,
        )
