"""Who was given a role in the chat. Owners are in the settings, not here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from sqlalchemy import delete, select

from bot.rights import Granted
from bot.storage.database import Database
from bot.storage.tables import admins


@dataclass(frozen=True, slots=True)
class Admin:
    """A user with a role."""

    user_id: int
    role: Granted
    added_by: int
    added_at: datetime


class AdminStore:
    """Roles by user."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def role_of(self, user_id: int) -> Granted | None:
        """Return the role that a user was given, if any."""
        statement = select(admins.c.role).where(admins.c.user_id == user_id)
        async with self._database.read() as connection:
            return _granted((await connection.execute(statement)).scalar_one_or_none())

    async def all(self) -> tuple[Admin, ...]:
        """Return everybody with a role, the longest-serving first."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(admins).order_by(admins.c.added_at, admins.c.user_id))).all()
        return tuple(
            Admin(row.user_id, role, row.added_by, row.added_at) for row in rows if (role := _granted(row.role))
        )

    async def give(self, admin: Admin) -> None:
        """Give a user a role, in place of the one before."""
        news = {"role": admin.role, "added_by": admin.added_by, "added_at": admin.added_at}
        statement = self._database.insert(admins).values(user_id=admin.user_id, **news)
        async with self._database.write() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=[admins.c.user_id], set_=news))

    async def take(self, user_id: int) -> bool:
        """Take a user's role; return whether there was one."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(admins).where(admins.c.user_id == user_id))).rowcount > 0


def _granted(text: str | None) -> Granted | None:
    return next((each for each in get_args(Granted) if each == text), None)
