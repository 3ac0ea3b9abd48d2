"""A lease: what only one process may do at a time, for as long as it says so again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from bot.storage.alert_tables import leases
from bot.storage.database import Database
from bot.storage.utc import Clock, utc_now

LASTS = timedelta(seconds=15)
"""How long a holder that fell silent is waited for."""


class Lease:
    """One process's part in a lease. ``sole``: no other process works on the database, so whoever held it is dead."""

    def __init__(
        self, database: Database, name: str, holder: str, *, sole: bool = False, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._name = name
        self._holder = holder
        self._sole = sole
        self._clock = clock
        self._until: datetime | None = None

    @property
    def is_held(self) -> bool:
        """Whether it is ours at this moment, as far as is known without asking."""
        return self._until is not None and self._clock() < self._until

    async def take(self) -> bool:
        """Take the lease or renew it; return whether it is ours for the next seconds."""
        now = self._clock()
        until = now + LASTS
        free = or_(leases.c.until <= now, leases.c.holder == self._holder)
        statement = self._database.insert(leases).values(name=self._name, holder=self._holder, until=until)
        async with self._database.write() as connection:
            await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[leases.c.name],
                    set_={"holder": self._holder, "until": until},
                    where=None if self._sole else free,
                )
            )
            holder = (await connection.execute(select(leases.c.holder).where(leases.c.name == self._name))).scalar_one()
        self._until = until if holder == self._holder else None
        return self._until is not None

    async def give_back(self) -> None:
        """Let another process take it at once."""
        self._until = None
        ours = (leases.c.name == self._name) & (leases.c.holder == self._holder)
        async with self._database.write() as connection:
            await connection.execute(delete(leases).where(ours))
