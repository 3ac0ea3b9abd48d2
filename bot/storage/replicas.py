"""Which processes serve, and what: so that an admin sees whether all of them have followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.storage.database import Database
from bot.storage.tables import replicas

_KEEP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Replica:
    """A process of the bot."""

    name: str
    sequence: int
    """The publication that it serves."""
    revision: str
    started_at: datetime
    seen_at: datetime


class Replicas:
    """The last sign of life of each process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def report(self, replica: Replica) -> None:
        """Note what a process serves, and forget those that have been silent for an hour."""
        news = {
            "sequence": replica.sequence,
            "revision": replica.revision,
            "started_at": replica.started_at,
            "seen_at": replica.seen_at,
        }
        statement = self._database.insert(replicas).values(name=replica.name, **news)
        async with self._database.write() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=[replicas.c.name], set_=news))
            await connection.execute(delete(replicas).where(replicas.c.seen_at < replica.seen_at - _KEEP))

    async def leave(self, name: str) -> None:
        """Forget a process that has ended in good order."""
        async with self._database.write() as connection:
            await connection.execute(delete(replicas).where(replicas.c.name == name))

    async def all(self) -> tuple[Replica, ...]:
        """Return every process, by name."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(replicas).order_by(replicas.c.name))).all()
        return tuple(Replica(row.name, row.sequence, row.revision, row.started_at, row.seen_at) for row in rows)
