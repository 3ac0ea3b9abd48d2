"""What there is to tell: a publication with its changed facts, or an announcement; and how far telling it has come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.alert_tables import EventState, RowKind, RowState, event_facts, events, outbox
from bot.storage.database import Database
from bot.storage.utc import Clock, utc_now

EventKind = Literal["publication", "announcement"]
_OPEN = (RowState.PENDING, RowState.SENDING, RowState.HELD)


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell. ``body`` is what, as JSON; whoever wrote it reads it."""

    id: int
    kind: EventKind
    revision: str
    """Of the knowledge that is told of."""
    body: str
    state: EventState
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How far an event has been told: messages by state, and how many of them may have arrived twice or not at all."""

    by_state: Mapping[RowState, int] = field(default_factory=dict)
    ambiguous: int = 0
    """Times that a message may have arrived without our knowing: no answer came, or the process died just then."""

    def of(self, *states: RowState) -> int:
        """Return how many messages are in any of these states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def total(self) -> int:
        """All messages of the event."""
        return sum(self.by_state.values())

    @property
    def open(self) -> int:
        """Messages that are still to be sent."""
        return self.of(*_OPEN)


async def add_event(
    connection: AsyncConnection,
    *,
    key: str,
    kind: EventKind,
    revision: str,
    body: str,
    at: datetime,
    facts: Iterable[str] = (),
    state: EventState = EventState.RUNNING,
) -> int:
    """Store an event within a transaction and return its id. ``facts`` (``report/fact``) no longer say what they said.

    Raises sqlalchemy's IntegrityError where an event with this key is there already.
    """
    columns = {"key": key, "kind": kind, "revision": revision, "body": body, "state": state, "created_at": at}
    event_id: int = (await connection.execute(insert(events).values(**columns).returning(events.c.id))).scalar_one()
    rows = [{"event_id": event_id, "fact": fact} for fact in dict.fromkeys(facts)]
    if rows:
        await connection.execute(insert(event_facts), rows)
    return event_id


async def later_revisions_in(connection: AsyncConnection, event_id: int) -> frozenset[str]:
    """Return the revisions that were current from an event on: their messages are for later events to put right."""
    statement = select(events.c.revision).where(events.c.id >= event_id, events.c.kind == "publication")
    return frozenset((await connection.execute(statement)).scalars())


async def start_in(connection: AsyncConnection, event_id: int) -> bool:
    """Let a draft become an event within a transaction; return False if it is none."""
    here = (events.c.id == event_id) & (events.c.state == EventState.DRAFT)
    return (await connection.execute(update(events).where(here).values(state=EventState.RUNNING))).rowcount == 1


class EventStore:
    """Events, and what an admin does to them."""

    def __init__(self, database: Database, *, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def draft(self, key: str, revision: str, body: str) -> int:
        """Store an announcement that nobody is told of yet, and return its id."""
        async with self._database.write() as connection:
            return await add_event(
                connection,
                key=key,
                kind="announcement",
                revision=revision,
                body=body,
                at=self._clock(),
                state=EventState.DRAFT,
            )

    async def found(self, event_ids: Collection[int]) -> tuple[Event, ...]:
        """Return events by their ids."""
        if not event_ids:
            return ()
        async with self._database.read() as connection:
            rows = await connection.execute(select(events).where(events.c.id.in_(sorted(event_ids))))
            return tuple(_event(row) for row in rows)

    async def latest(self, limit: int) -> tuple[Event, ...]:
        """Return the newest events that had anybody to tell and are no drafts, newest first."""
        told = select(outbox.c.id).where(outbox.c.event_id == events.c.id).exists()
        statement = (
            select(events).where(events.c.state != EventState.DRAFT, told).order_by(events.c.id.desc()).limit(limit)
        )
        async with self._database.read() as connection:
            return tuple(_event(row) for row in await connection.execute(statement))

    async def since(self, moment: datetime) -> tuple[Event, ...]:
        """Return the publications that were told of since a moment, oldest first."""
        statement = (
            select(events).where(events.c.created_at >= moment, events.c.kind == "publication").order_by(events.c.id)
        )
        async with self._database.read() as connection:
            return tuple(_event(row) for row in await connection.execute(statement))

    async def touching(self, facts: Collection[str]) -> tuple[Event, ...]:
        """Return the publications after which any of these facts no longer said what it had said, oldest first."""
        changed = select(event_facts.c.event_id).where(event_facts.c.fact.in_(sorted(facts)))
        statement = select(events).where(events.c.id.in_(changed)).order_by(events.c.id)
        async with self._database.read() as connection:
            return tuple(_event(row) for row in await connection.execute(statement))

    async def revisions(self) -> dict[str, int]:
        """Return the revisions that are known with the newest publication of each; the current one comes last."""
        newest = func.max(events.c.id)
        statement = (
            select(events.c.revision, newest.label("newest"))
            .where(events.c.kind == "publication")
            .group_by(events.c.revision)
            .order_by(newest)
        )
        async with self._database.read() as connection:
            return {row.revision: row.newest for row in await connection.execute(statement)}

    async def tally(self, event_id: int) -> Tally:
        """Return how far an event has been told."""
        counted, doubted = func.count(), func.coalesce(func.sum(outbox.c.ambiguous), 0)
        statement = (
            select(outbox.c.state, counted.label("messages"), doubted.label("ambiguous"))
            .where(outbox.c.event_id == event_id)
            .group_by(outbox.c.state)
        )
        async with self._database.read() as connection:
            found = (await connection.execute(statement)).all()
        return Tally({RowState(row.state): row.messages for row in found}, sum(int(row.ambiguous) for row in found))

    async def change(self, event_id: int, was: EventState, becomes: EventState) -> bool:
        """Pause, resume or abort an event; return False if it was in another state meanwhile.

        Of an aborted event nothing more is sent; what was sent stays. Edits of what no longer holds are made anyway.
        """
        here = (events.c.id == event_id) & (events.c.state == was)
        async with self._database.write() as connection:
            changed = (await connection.execute(update(events).where(here).values(state=becomes))).rowcount == 1
            if changed and becomes is EventState.ABORTED:
                open_states = [RowState.PENDING, RowState.HELD]
                waits = (outbox.c.event_id == event_id) & outbox.c.state.in_(open_states)
                waits &= outbox.c.kind != RowKind.EDIT
                await connection.execute(
                    update(outbox)
                    .where(waits)
                    .values(state=RowState.SKIPPED, reason="aborted", changed_at=self._clock())
                )
        return changed

    async def prune(self, before: datetime) -> int:
        """Delete the events of before a moment with all that was sent of them, and return how many."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(events).where(events.c.created_at < before))).rowcount

    async def drop_drafts(self, before: datetime) -> int:
        """Delete the announcements that nobody confirmed, and return how many."""
        old = (events.c.state == EventState.DRAFT) & (events.c.created_at < before)
        async with self._database.write() as connection:
            return (await connection.execute(delete(events).where(old))).rowcount


# A row of SQLAlchemy Core has columns of any type; here they become an Event.
def _event(row: Row[Any]) -> Event:
    return Event(row.id, row.kind, row.revision, row.body, EventState(row.state), row.created_at)
