"""From a plain database URL to an engine with which a commit means stored."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"

SQLITE_BEGIN: Final = "sqlite_begin"
"""The execution option that names the statement with which SQLite starts a transaction."""

_DRIVERS = {SQLITE: "sqlite+aiosqlite", POSTGRESQL: "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_BUSY_SECONDS = 15.0
_BUSY_PAUSE = 0.05  # seconds

# synchronous=FULL: in WAL mode NORMAL outlives kill -9, but not a power cut, and by then Telegram has been told
# that the update is ours. One fsync a commit is the price; it applies to every table, for one file has one WAL.
#
# secure_delete=FAST: a payload that was blanked is overwritten in its page, not just unlinked from it.
_PRAGMAS = (
    f"busy_timeout = {int(_BUSY_SECONDS * 1000)}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = FAST",
)


class UnusableDatabaseUrlError(ValueError):
    """The database URL is malformed, or names something that cannot keep an update. Shows no password."""


class UnreachableDatabaseError(RuntimeError):
    """The database cannot be opened, or not be written to."""


def create_engine(url: str) -> AsyncEngine:
    """Return an engine for ``sqlite:///path`` or ``postgresql://…``; for SQLite the folder is created.

    Raises:
        UnusableDatabaseUrlError: the URL is malformed, of another database, or in memory.

    """
    parsed = _with_driver(url)
    if parsed.get_backend_name() == SQLITE:
        return _sqlite(parsed)
    try:
        return create_async_engine(parsed, hide_parameters=True, pool_pre_ping=True, pool_size=10, max_overflow=10)
    except ModuleNotFoundError:
        raise UnusableDatabaseUrlError("PostgreSQL needs its driver: install citebot[postgres]") from None


def exists(url: str) -> bool:
    """Tell whether there is a database to connect to; to connect to a SQLite file that is not there makes one.

    Raises:
        UnusableDatabaseUrlError: as ``create_engine`` does.

    """
    parsed = _with_driver(url)
    return parsed.get_backend_name() != SQLITE or Path(_file(parsed)).is_file()


async def connect_first(engine: AsyncEngine) -> None:
    """Make the first connection to a database that another process may be creating at this moment.

    The switch of a new SQLite file to WAL does not honour the busy timeout: it fails at once, so it is tried again.
    """
    for _ in range(int(_BUSY_SECONDS / _BUSY_PAUSE)):
        try:
            async with engine.connect():
                return
        except OperationalError as error:
            cause = error.orig
            if not (isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode == sqlite3.SQLITE_BUSY):
                raise
        await asyncio.sleep(_BUSY_PAUSE)


def _with_driver(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UnusableDatabaseUrlError("not a database URL: write sqlite:///path or postgresql://…") from None
    name = parsed.drivername.partition("+")[0]
    if name not in _DRIVERS:
        raise UnusableDatabaseUrlError(f"{name} is not supported: write sqlite:///path or postgresql://…")
    return parsed.set(drivername=_DRIVERS[name])


def _file(url: URL) -> str:
    if not url.database or url.database == ":memory:":
        raise UnusableDatabaseUrlError("a database in memory loses every update: write sqlite:///path")
    return url.database


def _sqlite(url: URL) -> AsyncEngine:
    folder = Path(_file(url)).parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableDatabaseUrlError(f"the folder {folder} cannot be made: {error.strerror}") from None
    engine = create_async_engine(
        url,
        hide_parameters=True,  # an error's text would show questions
        # The driver starts no transaction by itself: it would do so late, and lose its turn to another writer.
        connect_args={"timeout": _BUSY_SECONDS, "isolation_level": None},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        begin = connection.get_execution_options().get(SQLITE_BEGIN, "BEGIN IMMEDIATE")
        connection.exec_driver_sql(begin)

    return engine
