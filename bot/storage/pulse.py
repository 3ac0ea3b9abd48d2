"""The pulse: when the bot on a machine last had an answer from Telegram, so that others can tell that it is alive."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.storage.database import Database
from bot.storage.tables import pulses
from bot.storage.utc import Clock, utc_now

_EVERY = timedelta(seconds=15)
"""A busy bot fetches updates many times a second; so often is enough to write that down."""
_KEEP = timedelta(days=1)


class Pulse:
    """The last sign of life of each machine; a container counts as one."""

    def __init__(self, database: Database, *, host: str | None = None, clock: Clock = utc_now) -> None:
        self._database = database
        self._host = host or socket.gethostname()
        self._clock = clock
        self._written: datetime | None = None

    async def beat(self) -> None:
        """Note that this machine's bot is alive, and forget machines that have been silent for a day."""
        now = self._clock()
        if self._written is not None and timedelta(0) <= now - self._written < _EVERY:
            return
        statement = self._database.insert(pulses).values(host=self._host, beaten_at=now)
        async with self._database.write() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=[pulses.c.host], set_={"beaten_at": now})
            )
            await connection.execute(delete(pulses).where(pulses.c.beaten_at < now - _KEEP))
        self._written = now

    async def last(self) -> datetime | None:
        """Return when this machine's bot was last known to be alive."""
        statement = select(pulses.c.beaten_at).where(pulses.c.host == self._host)
        async with self._database.read() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()
