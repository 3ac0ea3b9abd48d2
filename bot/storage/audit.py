"""Everything that was done to the bot itself, or tried: who, what, before and after, and how it ended."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rights import Role
from bot.storage.authors import Author, author_in, written
from bot.storage.database import Database
from bot.storage.revisions import Published, Within
from bot.storage.tables import audit

_PAGE = 1_000
"""Acts that are read at once."""

Outcome = Literal["done", "refused", "failed"]
Acting = Role | Literal["bot"]
"""The role of who acted; the bot itself acts at its start and when a file was edited."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody did or tried."""

    at: datetime
    actor: Author
    role: Acting
    action: str
    """The command, without its slash."""
    outcome: Outcome
    before: str = ""
    """What it was, such as a revision; empty where there is nothing to name."""
    after: str = ""
    detail: str = ""


class AuditLog:
    """Acts, kept for a year."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, act: Act) -> None:
        """Write an act down."""
        async with self._database.write() as connection:
            await write(connection, act)

    async def recent(self, limit: int = 20) -> tuple[Act, ...]:
        """Return acts, the newest first."""
        statement = select(audit).order_by(audit.c.id.desc()).limit(limit)
        async with self._database.read() as connection:
            return tuple(_act(row) for row in (await connection.execute(statement)).all())

    async def every(self) -> AsyncIterator[Act]:
        """Yield all acts, the newest first."""
        last: int | None = None
        while True:
            statement = select(audit).order_by(audit.c.id.desc()).limit(_PAGE)
            if last is not None:
                statement = statement.where(audit.c.id < last)
            async with self._database.read() as connection:
                rows = (await connection.execute(statement)).all()
            for row in rows:
                yield _act(row)
            if len(rows) < _PAGE:
                return
            last = rows[-1].id

    async def prune(self, before: datetime) -> int:
        """Delete the acts before a moment, and return how many."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(audit).where(audit.c.at < before))).rowcount


async def write(connection: AsyncConnection, act: Act) -> None:
    """Write an act down in a transaction that is open already."""
    await connection.execute(
        insert(audit).values(
            at=act.at,
            actor=written(act.actor),
            role=act.role,
            action=act.action,
            before=act.before,
            after=act.after,
            outcome=act.outcome,
            detail=act.detail,
        )
    )


def noting(act: Act) -> Within:
    """Return what writes an act down in the transaction that publishes."""

    async def note(connection: AsyncConnection, _published: Published) -> None:
        await write(connection, act)

    return note


# A row of SQLAlchemy Core has columns of any type; here they become an Act.
def _act(row: Row[Any]) -> Act:
    role: Acting = next((each for each in (*get_args(Role), "bot") if each == row.role), "bot")
    outcome: Outcome = next(each for each in get_args(Outcome) if each == row.outcome)
    return Act(row.at, author_in(row.actor), role, row.action, outcome, row.before, row.after, row.detail)
