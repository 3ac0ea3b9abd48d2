"""What is kept is kept no longer than promised."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, text

from bot.storage.audit import Act, AuditLog
from bot.storage.conversations import Asked, ConversationStore
from bot.storage.database import Database
from bot.storage.gaps import GapStore
from bot.storage.housekeeping import Housekeeping
from bot.storage.inbox import InboxStore, Received
from bot.storage.ledger import Delivery, Ledger
from bot.storage.tables import NO_TOPIC, audit, deliveries, inbox, last_questions

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)


async def counts(database: Database) -> list[int]:
    """How many finished updates, questions, deliveries and acts there are."""
    async with database.read() as connection:
        return [
            (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (inbox, last_questions, deliveries, audit)
        ]


async def fill(database: Database, at: datetime) -> None:
    """Keep one finished update, one question, one delivery and one act of this moment."""
    store = InboxStore(database, clock=lambda: at)
    await store.add([Received(1, "chat:1", "{}")])
    await store.claim("w")
    await store.finish(1)
    await ConversationStore(database).remember(Asked(1, NO_TOPIC, 5, 10), "how many?", at)
    await Ledger(database).record(Delivery(1, NO_TOPIC, 11, ("harbour/hoses",), "r1", at, 10))
    await AuditLog(database).note(Act(at, 5, "owner", "reload", "done"))


def stores_of(database: Database) -> tuple[InboxStore, ConversationStore, Ledger, AuditLog, GapStore]:
    return InboxStore(database), ConversationStore(database), Ledger(database), AuditLog(database), GapStore(database)


class Passes:
    """A clock that tells when housekeeping has looked at it, which it does once a pass."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._seen: asyncio.Queue[None] = asyncio.Queue()

    def __call__(self) -> datetime:
        """Return the moment and note that it was asked for."""
        self._seen.put_nowait(None)
        return self.now

    async def one_more(self) -> None:
        """Wait until a pass has begun and ended: the next one has looked at the clock too."""
        while not self._seen.empty():
            self._seen.get_nowait()
        await self._seen.get()
        await self._seen.get()


@asynccontextmanager
async def running(database: Database, clock: Passes) -> AsyncIterator[Housekeeping]:
    """Housekeeping in the background, one pass right after another."""
    housekeeping = Housekeeping(*stores_of(database), clock=clock, every=0)
    await housekeeping.start()
    yield housekeeping
    await housekeeping.stop()


async def test_questions_go_after_ten_minutes_updates_after_two_days_deliveries_after_thirty_acts_after_a_year(
    database: Database,
) -> None:
    await fill(database, NOON)
    clock = Passes(NOON)
    housekeeping = Housekeeping(*stores_of(database), clock=clock)
    second = timedelta(seconds=1)
    for age, left in (
        (timedelta(minutes=10), [1, 1, 1, 1]),
        (timedelta(minutes=10) + second, [1, 0, 1, 1]),
        (timedelta(days=2) + second, [0, 0, 1, 1]),
        (timedelta(days=30), [0, 0, 1, 1]),
        (timedelta(days=30) + second, [0, 0, 0, 1]),
        (timedelta(days=365) + second, [0, 0, 0, 0]),
    ):
        clock.now = NOON + age
        await housekeeping.tidy()
        assert await counts(database) == left


async def test_it_tidies_again_and_again_until_it_is_stopped(database: Database) -> None:
    clock = Passes(NOON)
    async with running(database, clock):
        await clock.one_more()
        await fill(database, NOON)
        clock.now = NOON + timedelta(days=366)
        await clock.one_more()
    assert await counts(database) == [0, 0, 0, 0]


async def test_a_pass_that_fails_is_not_the_last(database: Database) -> None:
    await fill(database, NOON)
    async with database.write() as connection:
        await connection.execute(text("ALTER TABLE last_questions RENAME TO away"))
    clock = Passes(NOON + timedelta(days=366))
    async with running(database, clock):
        await clock.one_more()
        async with database.write() as connection:
            await connection.execute(text("ALTER TABLE away RENAME TO last_questions"))
        await clock.one_more()
    assert await counts(database) == [0, 0, 0, 0]


async def test_housekeeping_that_was_never_started_can_be_stopped(database: Database) -> None:
    await Housekeeping(*stores_of(database)).stop()
