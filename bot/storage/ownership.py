"""A database belongs to one bot: another bot's updates have numbers of their own, which would be taken for known."""

from __future__ import annotations

from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.tables import owner


class OtherBotError(RuntimeError):
    """The database belongs to another bot."""

    def __init__(self, owner_id: int, bot_id: int) -> None:
        super().__init__(
            f"this database belongs to bot {owner_id}, and TELEGRAM_TOKEN is that of bot {bot_id}; "
            f"use another CITEBOT_DATABASE_URL, or a token of bot {owner_id}"
        )


class Ownership:
    """Which bot a database belongs to: the first that worked on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, bot_id: int) -> None:
        """Note that the database is this bot's. Raises OtherBotError where it is another's."""
        mine = self._database.insert(owner).values(id=1, bot_id=bot_id)
        async with self._database.write() as connection:
            await connection.execute(mine.on_conflict_do_nothing(index_elements=[owner.c.id]))
            owner_id: int = (await connection.execute(select(owner.c.bot_id))).scalar_one()
        if owner_id != bot_id:
            raise OtherBotError(owner_id, bot_id)
