"""Messages that people posted by way of the bot, and which facts they carry. No user, no chat, no question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert

from bot.knowledge.models import Lang
from bot.storage.alert_tables import inline_deliveries, inline_facts
from bot.storage.database import Database


class InlineLedger:
    """What was posted inline, by the id that Telegram gave it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(
        self, inline_message_id: str, facts: Sequence[str], *, revision: str, language: Lang, at: datetime
    ) -> None:
        """Note that a message was posted. Facts are named ``report/fact``; recording it again changes nothing."""
        row = {
            "inline_message_id": inline_message_id,
            "revision": revision,
            "language": language,
            "delivered_at": at,
        }
        new = self._database.insert(inline_deliveries).values(row).on_conflict_do_nothing()
        async with self._database.write() as connection:
            stored = await connection.execute(new.returning(inline_deliveries.c.inline_message_id))
            if stored.first() is None or not facts:
                return
            rows = [
                {"inline_message_id": inline_message_id, "position": number, "fact": fact}
                for number, fact in enumerate(facts)
            ]
            await connection.execute(insert(inline_facts), rows)

    async def prune(self, before: datetime) -> int:
        """Forget what was posted before a moment, and return how many messages that were."""
        old = delete(inline_deliveries).where(inline_deliveries.c.delivered_at < before)
        async with self._database.write() as connection:
            return (await connection.execute(old)).rowcount
