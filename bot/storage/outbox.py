"""The outbox: messages to send and messages to edit, each a row until it is known what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, literal, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.models import LANGUAGES, Lang
from bot.storage.alert_tables import EventState, RowKind, RowState, events, inline_deliveries, outbox
from bot.storage.database import Database
from bot.storage.ledger import Delivery, record_in
from bot.storage.subscriptions import Spot
from bot.storage.tables import deliveries
from bot.storage.utc import Clock, utc_now


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message is sent, pointing at another one where that is named."""

    replies_to: int | None = None


@dataclass(frozen=True, slots=True)
class EditMessage:
    """A message of the bot is edited."""

    message_id: int


@dataclass(frozen=True, slots=True)
class EditInline:
    """A message that somebody posted by way of the bot is edited. It has no chat that we know of."""

    inline_message_id: str


Target = NewMessage | EditMessage | EditInline
_GOES_ON = or_(events.c.state == EventState.RUNNING, outbox.c.kind == RowKind.EDIT)
"""What may be sent of an event: nothing of one that is paused, though what no longer holds is edited all the same."""
NOWHERE = Spot(0)
"""Where a message stands that was posted inline."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """Something to send or to edit that is not stored yet."""

    event_id: int
    spot: Spot
    target: Target
    kind: RowKind
    facts: tuple[str, ...]
    """Each as ``report/fact``: what is told of, or of a message to edit all that it states, in order."""
    language: Lang
    due_at: datetime
    held: bool = False
    """Whether it waits until its place can be written to."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """Something to send or to edit."""

    id: int
    event_id: int
    spot: Spot
    target: Target
    kind: RowKind
    facts: tuple[str, ...]
    language: Lang
    attempts: int
    """How often it has failed."""
    ambiguous: int
    """How often it may have arrived without our knowing."""


@dataclass(frozen=True, slots=True)
class Amended:
    """A message that says what a revision of the knowledge says. Its facts are the same as before."""

    chat_id: int
    message: EditMessage | EditInline
    revision: str


class OutboxStore:
    """Rows of the outbox. Only who holds the dispatcher's lease takes rows, so they need no claims of their own."""

    def __init__(self, database: Database, *, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def due(self, limit: int) -> tuple[OutboxRow, ...]:
        """Return what may be sent now to so many chats, what is due longest first.

        Each chat has its turn: of what it is due for comes the first, with what belongs to the same message.
        """
        ready = and_(_in_state(RowState.PENDING), outbox.c.due_at <= self._clock(), _GOES_ON)
        joined = outbox.join(events, outbox.c.event_id == events.c.id)
        turn = func.row_number().over(
            partition_by=(outbox.c.chat_id, outbox.c.inline_message_id), order_by=(outbox.c.due_at, outbox.c.id)
        )
        ranked = select(outbox, turn.label("turn")).select_from(joined).where(ready).subquery()
        first = (
            select(ranked.c.chat_id, ranked.c.topic_id, ranked.c.message_id, ranked.c.inline_message_id)
            .where(ranked.c.turn == 1)
            .order_by(ranked.c.due_at, ranked.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            messages = [tuple(row) for row in await connection.execute(first)]
            if not messages:
                return ()
            same = tuple_(outbox.c.chat_id, outbox.c.topic_id, outbox.c.message_id, outbox.c.inline_message_id)
            statement = (
                select(outbox)
                .select_from(joined)
                .where(ready, same.in_(messages))
                .order_by(outbox.c.due_at, outbox.c.id)
            )
            return tuple(_row(row) for row in await connection.execute(statement))

    async def begin(self, ids: Sequence[int]) -> bool:
        """Note that a request is about to be made; return False if it must not be any more, or is under way.

        Whoever asks may have looked a while ago: what has been tried and put off since is not due any more.
        """
        now = self._clock()
        where = and_(
            outbox.c.id.in_(ids),
            _in_state(RowState.PENDING),
            outbox.c.due_at <= now,
            select(events.c.id).where(events.c.id == outbox.c.event_id, _GOES_ON).exists(),
        )
        begin = update(outbox).where(where).values(state=RowState.SENDING, changed_at=now)
        async with self._database.write() as connection:
            if (await connection.execute(begin)).rowcount == len(ids):
                return True
            await connection.rollback()  # of several rows all are sent, or none
            return False

    async def finish(
        self, ids: Sequence[int], *, told: Sequence[Delivery] = (), amended: Amended | None = None
    ) -> None:
        """Note that it has arrived, and in the same step which facts a message carries now."""
        async with self._database.write() as connection:
            await self._settle_in(connection, ids, state=RowState.SENT, reason=None)
            await record_in(connection, told)
            if amended is not None:
                await _amend_in(connection, amended)

    async def note(self, told: Sequence[Delivery]) -> None:
        """Note what is in a chat already of a letter that broke off."""
        async with self._database.write() as connection:
            await record_in(connection, told)

    async def again(self, ids: Sequence[int], at: datetime, reason: str, *, ambiguous: bool = False) -> None:
        """Note that it failed and is to be tried again, not before a moment. ``ambiguous``: it may have arrived."""
        await self._settle(
            ids,
            state=RowState.PENDING,
            due_at=at,
            reason=reason,
            attempts=outbox.c.attempts + 1,
            ambiguous=outbox.c.ambiguous + int(ambiguous),
        )

    async def wait(self, ids: Sequence[int], until: datetime) -> None:
        """Put off what may not be sent yet; that is no failure."""
        await self._settle(ids, state=RowState.PENDING, due_at=until)

    async def give_up(self, ids: Sequence[int], reason: str, *, ambiguous: bool = False) -> None:
        """Note that it is not tried again."""
        await self._settle(ids, state=RowState.FAILED, reason=reason, ambiguous=outbox.c.ambiguous + int(ambiguous))

    async def skip(self, ids: Sequence[int], reason: str, *, at: Spot | None = None) -> None:
        """Note that there is nothing to send any more, unless that is under way or done.

        ``at``: only what still is for that place, for a group may have moved meanwhile.
        """
        skipped = update(outbox).where(outbox.c.id.in_(ids), _in_state(RowState.PENDING))
        if at is not None:
            skipped = skipped.where(_at(at))
        async with self._database.write() as connection:
            await connection.execute(skipped.values(state=RowState.SKIPPED, reason=reason, changed_at=self._clock()))

    async def hold(self, ids: Sequence[int], reason: str) -> None:
        """Keep it until the chat can be written to again."""
        await self._settle(ids, state=RowState.HELD, reason=reason)

    async def recover(self, most: int) -> int:
        """Make pending again what was under way when a dispatcher died; return how many that were.

        Each may have arrived, and is counted so. What has been in doubt ``most`` times is given up: it may be what
        the dispatcher dies of.
        """
        counted = {"ambiguous": outbox.c.ambiguous + 1, "changed_at": self._clock()}
        under_way = update(outbox).where(_in_state(RowState.SENDING))
        hopeless = under_way.where(outbox.c.ambiguous + 1 >= most)
        async with self._database.write() as connection:
            await connection.execute(hopeless.values(state=RowState.FAILED, reason="doubtful", **counted))
            return (await connection.execute(under_way.values(state=RowState.PENDING, **counted))).rowcount

    async def reschedule(self, spot: Spot, due_at: datetime, language: Lang) -> None:
        """Let alerts that wait for a place follow its new wishes."""
        waits = _at(spot) & _in_state(RowState.PENDING) & (outbox.c.kind == RowKind.ALERT) & (outbox.c.attempts == 0)
        async with self._database.write() as connection:
            await connection.execute(update(outbox).where(waits).values(due_at=due_at, language=language))

    async def _settle(self, ids: Sequence[int], **values: object) -> None:
        async with self._database.write() as connection:
            await self._settle_in(connection, ids, **values)

    async def _settle_in(self, connection: AsyncConnection, ids: Sequence[int], **values: object) -> None:
        # Whoever asks may have looked a while ago: what has been sent since stays so.
        open_still = outbox.c.id.in_(ids) & outbox.c.state.in_([RowState.PENDING, RowState.SENDING])
        await connection.execute(update(outbox).where(open_still).values(**values, changed_at=self._clock()))


async def add_rows(database: Database, connection: AsyncConnection, rows: Iterable[NewRow], at: datetime) -> int:
    """Store rows within a transaction, leaving out what is stored already; return how many were new."""
    written = [_values(row, at) for row in rows]
    if not written:
        return 0
    before = await _count(connection)
    await connection.execute(database.insert(outbox).on_conflict_do_nothing(), written)
    return await _count(connection) - before


async def move_in(connection: AsyncConnection, old: int, new: int) -> None:
    """Let what waits for a chat go to its new id. Its old messages stay behind: they cannot be edited any more."""
    open_states = [RowState.PENDING, RowState.SENDING, RowState.HELD]
    waits = (outbox.c.chat_id == old) & outbox.c.state.in_(open_states)
    await connection.execute(delete(outbox).where(waits, outbox.c.kind == RowKind.EDIT))
    taken = select(outbox.c.event_id).where(outbox.c.chat_id == new)
    await connection.execute(
        update(outbox)
        .where(waits, outbox.c.event_id.not_in(taken))
        .values(chat_id=new, replies_to=None, state=RowState.PENDING)
    )
    await connection.execute(delete(outbox).where(waits))  # the new id is told of the event already


async def _amend_in(connection: AsyncConnection, amended: Amended) -> None:
    match amended.message:
        case EditMessage(message_id):
            here = (deliveries.c.chat_id == amended.chat_id) & (deliveries.c.message_id == message_id)
            await connection.execute(update(deliveries).where(here).values(revision=amended.revision))
        case EditInline(inline_message_id):
            posted = inline_deliveries.c.inline_message_id == inline_message_id
            await connection.execute(update(inline_deliveries).where(posted).values(revision=amended.revision))


async def _count(connection: AsyncConnection) -> int:
    counted: int = (await connection.execute(select(func.count()).select_from(outbox))).scalar_one()
    return counted


def _values(row: NewRow, at: datetime) -> dict[str, object]:
    target = row.target
    return {
        "event_id": row.event_id,
        "chat_id": row.spot.chat_id,
        "topic_id": row.spot.topic_id,
        "message_id": target.message_id if isinstance(target, EditMessage) else 0,
        "inline_message_id": target.inline_message_id if isinstance(target, EditInline) else "",
        "kind": row.kind,
        "facts": " ".join(row.facts),
        "language": row.language,
        "replies_to": target.replies_to if isinstance(target, NewMessage) else None,
        "state": RowState.HELD if row.held else RowState.PENDING,
        "due_at": row.due_at,
        "attempts": 0,
        "ambiguous": 0,
        "changed_at": at,
    }


def _at(spot: Spot) -> ColumnElement[bool]:
    return and_(outbox.c.chat_id == spot.chat_id, outbox.c.topic_id == spot.topic_id)


def _in_state(state: RowState) -> ColumnElement[bool]:
    """The state is written into the statement: with a parameter no partial index would be used."""
    matches: ColumnElement[bool] = outbox.c.state == literal(state.value, literal_execute=True)
    return matches


# A row of SQLAlchemy Core has columns of any type; here they become an OutboxRow.
def _row(row: Row[Any]) -> OutboxRow:
    target: Target = NewMessage(row.replies_to)
    if row.inline_message_id:
        target = EditInline(row.inline_message_id)
    elif row.message_id:
        target = EditMessage(row.message_id)
    return OutboxRow(
        id=row.id,
        event_id=row.event_id,
        spot=Spot(row.chat_id, row.topic_id),
        target=target,
        kind=RowKind(row.kind),
        facts=tuple(row.facts.split()),
        language=next((lang for lang in LANGUAGES if lang == row.language), "en"),
        attempts=row.attempts,
        ambiguous=row.ambiguous,
    )
