"""Brings a database to the schema of this version, or back."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.engine import POSTGRESQL, UnreachableDatabaseError, connect_first, create_engine

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x63697465626F74  # "citebot" in ASCII: the advisory lock that migrations take turns with


class SchemaError(RuntimeError):
    """The schema cannot be brought to this version, most often because a newer one made it."""


async def upgrade(url: str) -> None:
    """Create or upgrade the tables of the database at ``url``. Safe when several processes start at once.

    Raises:
        UnreachableDatabaseError: it cannot be opened.
        SchemaError: it knows a revision that this version does not.

    """
    engine = create_engine(url)
    try:
        await upgrade_engine(engine)
    finally:
        await engine.dispose()


async def downgrade(url: str, revision: str = "base") -> None:
    """Take the database at ``url`` back to ``revision``; ``base`` drops every table with what is in it."""
    engine = create_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_downgrade, revision)
    finally:
        await engine.dispose()


async def upgrade_engine(engine: AsyncEngine) -> None:
    """Create or upgrade the tables through an engine that is open already. Raises like ``upgrade``."""
    try:
        await connect_first(engine)
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    except CommandError as error:
        raise SchemaError(f"the database does not fit this version of Citebot: {error}") from error
    except DBAPIError as error:
        raise UnreachableDatabaseError(f"the database cannot be opened: {error.orig}") from error


def _upgrade(connection: Connection) -> None:
    _take_turn(connection)
    command.upgrade(_config(connection), "head")


def _downgrade(connection: Connection, revision: str) -> None:
    _take_turn(connection)
    command.downgrade(_config(connection), revision)


def _take_turn(connection: Connection) -> None:
    """Wait until no other process migrates. On SQLite the transaction itself, BEGIN IMMEDIATE, is the lock."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
