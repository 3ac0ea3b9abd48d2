"""Who wants to be told of new, corrected and withdrawn facts: where, of which, when, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.models import IMPORTANCES, LANGUAGES, Importance, Lang
from bot.storage.alert_tables import RowKind, RowState, Standing, outbox, reply_refusals, subscriptions
from bot.storage.database import Database
from bot.storage.tables import NO_TOPIC
from bot.storage.utc import Clock, utc_now

Cadence = Literal["instant", "hourly", "daily"]
CADENCES: tuple[Cadence, ...] = ("instant", "hourly", "daily")
DAY = 24 * 60
"""Minutes of a day."""

Suspension = Literal["closed"]
"""Why a subscription waits: the chat or topic cannot be written to at present."""
Ending = Literal["unsubscribed", "blocked", "deactivated", "removed"]
"""Why a subscription is over. Only the first was anybody's wish: the others are undone when the bot is taken back."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that alerts go to: a chat, or a topic of a forum."""

    chat_id: int
    topic_id: int = NO_TOPIC

    @property
    def is_private(self) -> bool:
        """Whether it is a chat with one person; groups and channels have negative ids."""
        return self.chat_id > 0


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When nothing is sent, in minutes after midnight of the subscriber's zone; past midnight if it ends earlier."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and 0 <= self.end < DAY and self.start != self.end):
            raise ValueError("quiet hours are two different minutes of a day")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a subscriber wants."""

    language: Lang
    topics: frozenset[str] = frozenset()
    """Topics of facts; none named: all."""
    cadence: Cadence = "instant"
    importance: Importance = "low"
    """The least important that is told."""
    quiet: QuietHours | None = None
    zone: str = "UTC"
    """A name of the IANA database, such as ``Europe/Kyiv``."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """Served again as soon as the chat can be written to."""

    why: Suspension


@dataclass(frozen=True, slots=True)
class Ended:
    """Not served any more."""

    why: Ending


@dataclass(frozen=True, slots=True)
class Active:
    """Served."""


State = Active | Suspended | Ended


@dataclass(frozen=True, slots=True)
class Subscription:
    """A place, what is wanted there, and whether it is served."""

    spot: Spot
    wishes: Wishes
    state: State


class SubscriptionStore:
    """Subscriptions, one a place, and the chats that want no replies to corrected messages."""

    def __init__(self, database: Database, *, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def find(self, spot: Spot) -> Subscription | None:
        """Return the subscription of a place, whatever its state."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(subscriptions).where(_at(spot)))).one_or_none()
        return None if row is None else _subscription(row)

    async def in_chat(self, chat_id: int) -> tuple[Subscription, ...]:
        """Return every subscription of a chat, one for each topic, whatever their states."""
        statement = select(subscriptions).where(subscriptions.c.chat_id == chat_id).order_by(subscriptions.c.topic_id)
        async with self._database.read() as connection:
            return tuple(_subscription(row) for row in await connection.execute(statement))

    async def subscribe(self, spot: Spot, wishes: Wishes) -> None:
        """Serve a place from now on as it wishes; what it wished before is replaced."""
        columns = {**_columns(wishes), "state": Standing.ACTIVE, "reason": None, "changed_at": self._clock()}
        statement = self._database.insert(subscriptions).values(chat_id=spot.chat_id, topic_id=spot.topic_id, **columns)
        async with self._database.write() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=list(subscriptions.primary_key), set_=columns)
            )

    async def end(self, chat_id: int, why: Ending, *, topic_id: int | None = None) -> int:
        """End the subscriptions of a chat, or of one topic; return how many. What waits for them is not sent."""
        here = _within(subscriptions.c, chat_id, topic_id) & (subscriptions.c.state != Standing.ENDED)
        waits = _within(outbox.c, chat_id, topic_id) & outbox.c.state.in_([RowState.PENDING, RowState.HELD])
        if why == "unsubscribed":  # a correction of what the chat was told is owed all the same
            waits &= outbox.c.kind.in_([RowKind.ALERT, RowKind.ANNOUNCEMENT])
        now = self._clock()
        async with self._database.write() as connection:
            ended = await connection.execute(
                update(subscriptions).where(here).values(state=Standing.ENDED, reason=why, changed_at=now)
            )
            await connection.execute(
                update(outbox).where(waits).values(state=RowState.SKIPPED, reason=why, changed_at=now)
            )
            return ended.rowcount

    async def suspend(self, spot: Spot, why: Suspension) -> None:
        """Stop serving a place until ``resume``; what waits for it is held."""
        now = self._clock()
        here = _at(spot) & (subscriptions.c.state == Standing.ACTIVE)
        waits = _within(outbox.c, spot.chat_id, spot.topic_id) & (outbox.c.state == RowState.PENDING)
        async with self._database.write() as connection:
            await connection.execute(
                update(subscriptions).where(here).values(state=Standing.SUSPENDED, reason=why, changed_at=now)
            )
            await connection.execute(
                update(outbox)
                .where(waits, outbox.c.kind != RowKind.EDIT)
                .values(state=RowState.HELD, reason=why, changed_at=now)
            )

    async def resume(self, chat_id: int, *, topic_id: int | None = None) -> int:
        """Serve again what was suspended in a chat, or in one topic; return how many. What was held is sent."""
        now = self._clock()
        here = _within(subscriptions.c, chat_id, topic_id) & (subscriptions.c.state == Standing.SUSPENDED)
        held = _within(outbox.c, chat_id, topic_id) & (outbox.c.state == RowState.HELD)
        async with self._database.write() as connection:
            resumed = await connection.execute(
                update(subscriptions).where(here).values(state=Standing.ACTIVE, reason=None, changed_at=now)
            )
            await connection.execute(
                update(outbox).where(held).values(state=RowState.PENDING, reason=None, due_at=now, changed_at=now)
            )
            return resumed.rowcount

    async def restore(self, chat_id: int) -> int:
        """Serve again what ended because the bot was blocked or removed, now that it is back; return how many."""
        back = (
            _within(subscriptions.c, chat_id, None)
            & (subscriptions.c.state == Standing.ENDED)
            & (subscriptions.c.reason != "unsubscribed")
        )
        statement = (
            update(subscriptions).where(back).values(state=Standing.ACTIVE, reason=None, changed_at=self._clock())
        )
        async with self._database.write() as connection:
            return (await connection.execute(statement)).rowcount

    async def wants_replies(self, chat_id: int) -> bool:
        """Say whether corrected messages of a chat are replied to. They are, unless it said no."""
        statement = select(reply_refusals.c.chat_id).where(reply_refusals.c.chat_id == chat_id)
        async with self._database.read() as connection:
            return (await connection.execute(statement)).first() is None

    async def set_replies(self, chat_id: int, *, wanted: bool) -> None:
        """Choose whether corrected messages of a chat are replied to; they are edited in any case."""
        async with self._database.write() as connection:
            if wanted:
                await connection.execute(delete(reply_refusals).where(reply_refusals.c.chat_id == chat_id))
            else:
                statement = self._database.insert(reply_refusals).values(chat_id=chat_id)
                await connection.execute(statement.on_conflict_do_nothing())

    async def prune(self, before: datetime) -> int:
        """Delete the subscriptions that ended before a moment, and return how many."""
        old = (subscriptions.c.state == Standing.ENDED) & (subscriptions.c.changed_at < before)
        async with self._database.write() as connection:
            return (await connection.execute(delete(subscriptions).where(old))).rowcount

    async def kept(self) -> tuple[Subscription, ...]:
        """Return every subscription that has not ended."""
        async with self._database.read() as connection:
            return await kept_in(connection)


async def kept_in(connection: AsyncConnection) -> tuple[Subscription, ...]:
    """Return every subscription that has not ended, as a transaction sees them."""
    statement = (
        select(subscriptions)
        .where(subscriptions.c.state != Standing.ENDED)
        .order_by(subscriptions.c.chat_id, subscriptions.c.topic_id)
    )
    return tuple(_subscription(row) for row in await connection.execute(statement))


async def refusing_replies_in(connection: AsyncConnection) -> frozenset[int]:
    """Return the chats that want no replies to corrected messages, as a transaction sees them."""
    return frozenset((await connection.execute(select(reply_refusals.c.chat_id))).scalars())


def _at(spot: Spot) -> ColumnElement[bool]:
    return and_(subscriptions.c.chat_id == spot.chat_id, subscriptions.c.topic_id == spot.topic_id)


def _within(columns: Any, chat_id: int, topic_id: int | None) -> ColumnElement[bool]:
    """Match the rows of a chat, or of one topic of it. The columns are those of any table that has both."""
    in_chat: ColumnElement[bool] = columns.chat_id == chat_id
    return in_chat if topic_id is None else and_(in_chat, columns.topic_id == topic_id)


def _columns(wishes: Wishes) -> dict[str, str | int | None]:
    return {
        "topics": " ".join(sorted(wishes.topics)),
        "language": wishes.language,
        "cadence": wishes.cadence,
        "importance": wishes.importance,
        "quiet_from": wishes.quiet.start if wishes.quiet else None,
        "quiet_until": wishes.quiet.end if wishes.quiet else None,
        "zone": wishes.zone,
    }


# A row of SQLAlchemy Core has columns of any type; here they become a Subscription.
def _subscription(row: Row[Any]) -> Subscription:
    wishes = Wishes(
        language=next((each for each in LANGUAGES if each == row.language), "en"),
        topics=frozenset(row.topics.split()),
        cadence=next(each for each in CADENCES if each == row.cadence),
        importance=next(each for each in IMPORTANCES if each == row.importance),
        quiet=None if row.quiet_from is None else QuietHours(row.quiet_from, row.quiet_until),
        zone=row.zone,
    )
    state: State = Active()
    if row.state == Standing.SUSPENDED:
        state = Suspended(row.reason)
    elif row.state == Standing.ENDED:
        state = Ended(row.reason)
    return Subscription(Spot(row.chat_id, row.topic_id), wishes, state)
