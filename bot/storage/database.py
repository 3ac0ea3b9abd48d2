"""The database: opened once, migrated, and shared by all stores."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Self

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.engine import SQLITE, SQLITE_BEGIN, create_engine
from bot.storage.schema import upgrade_engine


class Database:
    """Transactions on SQLite or PostgreSQL. Inside one, do not open another: a writer would wait for itself."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**{SQLITE_BEGIN: "BEGIN"})
        self._is_sqlite = engine.dialect.name == SQLITE
        # SQLite takes one writer at a time and lets the others poll. A queue is fair, and faster.
        self._turn: asyncio.Lock | nullcontext[None] = asyncio.Lock() if self._is_sqlite else nullcontext()

    @classmethod
    async def open(cls, url: str) -> Self:
        """Open ``sqlite:///path`` or ``postgresql://…`` and bring its schema up to date.

        Raises:
            UnusableDatabaseUrlError: the URL is malformed, of another database, or in memory.
            UnreachableDatabaseError: it cannot be opened, or not be written to.
            SchemaError: a newer version has used this database.

        """
        engine = create_engine(url)
        try:
            await upgrade_engine(engine)
        except BaseException:
            await engine.dispose()
            raise
        return cls(engine)

    @classmethod
    def as_it_is(cls, url: str) -> Self:
        """Open a database without a look at its schema, for who only wants to read from a running bot's.

        Raises UnusableDatabaseUrlError; whether the database is there shows at the first transaction.
        """
        return cls(create_engine(url))

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that changes rows: stored for good when the block ends, undone when it raises."""
        async with self._turn, self._engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads. It waits for no writer."""
        async with self._reading.begin() as connection:
            yield connection

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Start an INSERT that can have an ON CONFLICT clause."""
        return sqlite.insert(table) if self._is_sqlite else postgresql.insert(table)
