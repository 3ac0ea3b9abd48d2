"""The inbox: updates, stored before they are acknowledged, and claimed one at a time in each lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, FromClause, Update, bindparam, delete, exists, func, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.storage.database import Database
from bot.storage.tables import State, inbox
from bot.storage.utc import Clock, utc_now

RETRY_DELAYS = (timedelta(seconds=1), timedelta(seconds=10))
"""How long a failed update waits before it is tried again. One more failure than there are delays is final."""
LONGEST_PAUSE = timedelta(minutes=1)
"""How long an update waits at most before it is tried again when the network or the database was down."""
_WORTH_AN_ANSWER = timedelta(days=1)
"""How old an update may become in an outage. Telegram too keeps an update for a day and no longer."""


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came in. ``payload`` is its JSON; updates of one ``lane`` are handled in order."""

    update_id: int
    lane: str
    payload: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An update that one worker holds. ``attempts`` counts how often handling it has failed."""

    update_id: int
    lane: str
    payload: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Again:
    """A failed update will be tried again, not before ``delay`` has passed."""

    delay: timedelta


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A failed update will not be tried again. Its lane goes on."""

    attempts: int


class InboxStore:
    """Updates, unique by their id. Whatever a method has returned from is stored for good."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock = utc_now,
        retry_delays: Sequence[timedelta] = RETRY_DELAYS,
        longest_pause: timedelta = LONGEST_PAUSE,
    ) -> None:
        self._database = database
        self._clock = clock
        self._delays = tuple(retry_delays)
        self._longest_pause = longest_pause
        self._claim_next = _claim_next()  # built once: that takes longer than running it

    async def add(self, updates: Sequence[Received]) -> int:
        """Store the updates that are not there yet, all or none, and return how many were new."""
        if not updates:
            return 0
        now = self._clock()
        # In one order everywhere, so that two replicas that store the same batch do not wait for each other.
        rows = [
            {
                "update_id": each.update_id,
                "lane": each.lane,
                "payload": each.payload,
                "state": State.PENDING,
                "attempts": 0,
                "received_at": now,
            }
            for each in sorted(updates, key=lambda each: each.update_id)
        ]
        statement = self._database.insert(inbox).on_conflict_do_nothing(index_elements=[inbox.c.update_id])
        async with self._database.write() as connection:
            new = await connection.execute(statement.returning(inbox.c.update_id), rows)
            return len(new.all())

    async def claim(self, worker: str) -> Claim | None:
        """Give ``worker`` the oldest update that may be handled now, if there is one."""
        given = {"by": worker, "now": self._clock()}
        while True:
            try:
                async with self._database.write() as connection:
                    row = (await connection.execute(self._claim_next, given)).one_or_none()
            except IntegrityError:
                # Another worker was first in this lane: an older update of it came in just then. Look again.
                continue
            return None if row is None else Claim(row.update_id, row.lane, row.payload, row.attempts)

    async def finish(self, update_id: int) -> None:
        """Mark an update as done. Of what it said nothing is kept; its id stays until it is pruned."""
        statement = _finished(State.DONE, self._clock()).where(inbox.c.update_id == update_id)
        async with self._database.write() as connection:
            await connection.execute(statement.values(last_error=None))

    async def retry(self, update_id: int, error: str) -> Again | GivenUp:
        """Note that handling failed: the update is tried again later, or given up.

        ``error`` is kept: the type of the exception, never its message, which may quote the user.
        """
        claimed = (inbox.c.update_id == update_id) & (inbox.c.state == State.CLAIMED)
        failed = update(inbox).where(claimed).values(attempts=inbox.c.attempts + 1, last_error=error)
        async with self._database.write() as connection:
            counted = await connection.execute(failed.returning(inbox.c.attempts))
            attempts = counted.scalar_one_or_none()
            if attempts is None:  # It was released meanwhile, so somebody else sees to it.
                return Again(timedelta(0))
            if attempts > len(self._delays):
                await connection.execute(_finished(State.FAILED, self._clock()).where(claimed))
                return GivenUp(attempts)
            delay = self._delays[attempts - 1]
            await connection.execute(_released().where(claimed).values(due_at=self._clock() + delay))
            return Again(delay)

    async def postpone(self, update_id: int, error: str) -> Again | GivenUp:
        """Note that an outage kept an update from being handled: that is no failed attempt.

        It waits as long as it has waited already, within bounds, so that the pauses double. After a day it is given
        up. ``error`` is kept as by ``retry``.
        """
        claimed = (inbox.c.update_id == update_id) & (inbox.c.state == State.CLAIMED)
        held_up = update(inbox).where(claimed).values(last_error=error)
        now = self._clock()
        async with self._database.write() as connection:
            noted = await connection.execute(held_up.returning(inbox.c.attempts, inbox.c.received_at))
            row = noted.one_or_none()
            if row is None:  # It was released meanwhile, so somebody else sees to it.
                return Again(timedelta(0))
            age = now - row.received_at
            if age >= _WORTH_AN_ANSWER:
                await connection.execute(_finished(State.FAILED, now).where(claimed))
                return GivenUp(row.attempts)
            delay = min(self._longest_pause, max(timedelta(seconds=1), age))
            await connection.execute(_released().where(claimed).values(due_at=now + delay))
            return Again(delay)

    async def release(self, worker: str) -> int:
        """Make pending again what ``worker`` holds. Returns how many updates that were."""
        return await self._release(inbox.c.worker == worker)

    async def release_all(self) -> int:
        """Make pending again all that is claimed: for the start of the only process that works on this inbox."""
        return await self._release()

    async def release_abandoned(self, before: datetime) -> int:
        """Make pending again what was claimed before a moment: the process that held it must have died."""
        return await self._release(inbox.c.claimed_at < before)

    async def prune(self, before: datetime) -> int:
        """Delete the updates that were finished before a moment, and return how many.

        Telegram repeats an update for a day at most, so two days are enough to know it again. Do not keep ids for
        a week: after a quiet one Telegram starts anew at any number, and polling from the old one would miss it.
        """
        async with self._database.write() as connection:
            return (await connection.execute(delete(inbox).where(inbox.c.finished_at < before))).rowcount

    async def pending(self) -> int:
        """Return how many updates wait to be claimed."""
        waiting = select(func.count()).select_from(inbox).where(_in_state(inbox, State.PENDING))
        async with self._database.read() as connection:
            return (await connection.execute(waiting)).scalar_one()

    async def oldest(self) -> datetime | None:
        """Return when the oldest of the updates came in that wait to be claimed."""
        statement = select(func.min(inbox.c.received_at)).where(_in_state(inbox, State.PENDING))
        async with self._database.read() as connection:
            came: datetime | None = (await connection.execute(statement)).scalar_one()
        return came

    async def failures(self) -> tuple[str, ...]:
        """Return the errors of the updates that were given up and are still kept, the newest first."""
        statement = (
            select(inbox.c.last_error)
            .where(_in_state(inbox, State.FAILED), inbox.c.last_error.is_not(None))
            .order_by(inbox.c.finished_at.desc())
            .limit(100)
        )
        async with self._database.read() as connection:
            return tuple((await connection.execute(statement)).scalars())

    async def last_update_id(self) -> int | None:
        """Return the highest id that is stored: polling goes on after it, or where Telegram thinks best."""
        async with self._database.read() as connection:
            highest: int | None = (await connection.execute(select(func.max(inbox.c.update_id)))).scalar_one()
        return highest

    async def _release(self, *which: ColumnElement[bool]) -> int:
        statement = _released().where(_in_state(inbox, State.CLAIMED), *which)
        async with self._database.write() as connection:
            return (await connection.execute(statement)).rowcount


def _claim_next() -> Update:
    """One statement that claims the first update of a free lane, with the parameters ``by`` and ``now``.

    Only a lane's first open update can be claimed, and PostgreSQL's workers skip a row that one of them has locked:
    so no two of them get into one lane, though neither sees the other's claim before it is committed.
    """
    now = bindparam("now", type_=inbox.c.claimed_at.type)
    head, earlier, claimed = inbox.alias("head"), inbox.alias("earlier"), inbox.alias("claimed")
    # A minimum and not a second NOT EXISTS: that one PostgreSQL may join row by row, in the square of what waits.
    first = select(func.min(earlier.c.update_id)).where(
        _in_state(earlier, State.PENDING), earlier.c.lane == head.c.lane
    )
    choice = (
        select(head.c.update_id)
        .where(
            _in_state(head, State.PENDING),
            or_(head.c.due_at.is_(None), head.c.due_at <= now),
            ~exists().where(_in_state(claimed, State.CLAIMED), claimed.c.lane == head.c.lane),
            head.c.update_id == first.scalar_subquery(),
        )
        .order_by(head.c.update_id)
        .limit(1)
        .with_for_update(skip_locked=True, of=head)
    )
    return (
        update(inbox)
        .where(inbox.c.update_id == choice.scalar_subquery())
        .values(state=State.CLAIMED, worker=bindparam("by"), claimed_at=now)
        .returning(inbox.c.update_id, inbox.c.lane, inbox.c.payload, inbox.c.attempts)
    )


def _in_state(table: FromClause, state: State) -> ColumnElement[bool]:
    """The state is written into the statement: with a parameter no partial index would be used."""
    matches: ColumnElement[bool] = table.c.state == literal(state.value, literal_execute=True)
    return matches


def _released() -> Update:
    return update(inbox).values(state=State.PENDING, worker=None, claimed_at=None)


def _finished(state: State, now: datetime) -> Update:
    """Blank all that could tell who wrote what."""
    blank = {"payload": "", "lane": "", "worker": None, "claimed_at": None, "due_at": None}
    return update(inbox).values(state=state, finished_at=now, **blank)
