"""The ledger: which message carried which facts, so that it can be put right. No user, no question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.models import LANGUAGES, Lang
from bot.storage.database import Database
from bot.storage.tables import delivered_facts, deliveries


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message of the bot that reached a chat."""

    chat_id: int
    topic_id: int
    """0 where the chat has no topics."""
    message_id: int
    facts: tuple[str, ...]
    """Each as ``report/fact``, in the order of the message."""
    revision: str
    """Of the knowledge that the message was made from."""
    at: datetime
    question_message_id: int | None
    """The message that it answers; None for an alert."""
    language: Lang | None = None
    """The language it is in; None where that is not known."""


class Ledger:
    """Deliveries, one a message: the same message recorded again takes the place of what was known of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, delivery: Delivery) -> None:
        """Note that a message was delivered, or that its text was replaced."""
        async with self._database.write() as connection:
            await record_in(connection, [delivery])

    async def replies_to(self, chat_id: int, question_message_id: int) -> tuple[int, ...]:
        """Return the ids of the messages with which a question was answered, oldest first."""
        statement = (
            select(deliveries.c.message_id)
            .where(_answers(chat_id, question_message_id))
            .order_by(deliveries.c.message_id)
        )
        async with self._database.read() as connection:
            return tuple((await connection.execute(statement)).scalars())

    async def question_of(self, chat_id: int, message_id: int) -> int | None:
        """Return the id of the message that one of the bot's answers; None for an alert or an unknown message."""
        known = and_(deliveries.c.chat_id == chat_id, deliveries.c.message_id == message_id)
        async with self._database.read() as connection:
            found: int | None = (
                await connection.execute(select(deliveries.c.question_message_id).where(known))
            ).scalar_one_or_none()
        return found

    async def groups(self, limit: int) -> tuple[int, ...]:
        """Return the groups and channels that were written to, the latest first: their ids are negative."""
        latest = func.max(deliveries.c.delivered_at)
        statement = (
            select(deliveries.c.chat_id)
            .where(deliveries.c.chat_id < 0)
            .group_by(deliveries.c.chat_id)
            .order_by(latest.desc())
            .limit(limit)
        )
        async with self._database.read() as connection:
            return tuple((await connection.execute(statement)).scalars())

    async def replace(self, chat_id: int, question_message_id: int, new: Sequence[Delivery]) -> None:
        """Forget how a question was answered and record the ``new`` deliveries instead, in one step."""
        async with self._database.write() as connection:
            await connection.execute(delete(deliveries).where(_answers(chat_id, question_message_id)))
            await record_in(connection, new)

    async def carrying(self, fact: str) -> tuple[Delivery, ...]:
        """Return the deliveries with a fact (``report/fact``), oldest first: these a correction must reach."""
        key = (deliveries.c.chat_id, deliveries.c.message_id)
        carriers = select(delivered_facts.c.chat_id, delivered_facts.c.message_id).where(delivered_facts.c.fact == fact)
        statement = (
            select(deliveries, delivered_facts.c.fact)
            .join(delivered_facts)
            .where(tuple_(*key).in_(carriers))
            .order_by(deliveries.c.delivered_at, *key, delivered_facts.c.position)
        )
        async with self._database.read() as connection:
            return _gather((await connection.execute(statement)).all())

    async def prune(self, before: datetime) -> int:
        """Delete the deliveries made before a moment, and return how many."""
        statement = delete(deliveries).where(deliveries.c.delivered_at < before)
        async with self._database.write() as connection:
            return (await connection.execute(statement)).rowcount

    async def forget(self, chat_id: int) -> None:
        """Delete the deliveries to a chat."""
        async with self._database.write() as connection:
            await connection.execute(delete(deliveries).where(deliveries.c.chat_id == chat_id))


def _answers(chat_id: int, question_message_id: int) -> ColumnElement[bool]:
    return and_(deliveries.c.chat_id == chat_id, deliveries.c.question_message_id == question_message_id)


async def record_in(connection: AsyncConnection, new: Sequence[Delivery]) -> None:
    """Note within a transaction that messages were delivered."""
    for each in new:
        known = and_(deliveries.c.chat_id == each.chat_id, deliveries.c.message_id == each.message_id)
        await connection.execute(delete(deliveries).where(known))  # its facts go with it
        message = {"chat_id": each.chat_id, "message_id": each.message_id}
        details = {
            "topic_id": each.topic_id,
            "question_message_id": each.question_message_id,
            "revision": each.revision,
            "delivered_at": each.at,
            "language": each.language,
        }
        await connection.execute(insert(deliveries).values(**message, **details))
        facts = [{**message, "position": i, "fact": fact} for i, fact in enumerate(each.facts)]
        if facts:
            await connection.execute(insert(delivered_facts), facts)


# A row of SQLAlchemy Core has columns of any type; here they become a Delivery.
def _gather(rows: Iterable[Row[Any]]) -> tuple[Delivery, ...]:
    """Make one delivery of the rows of a message, which stand side by side."""
    found = []
    for _, group in groupby(rows, key=lambda row: (row.chat_id, row.message_id)):
        lines = list(group)
        first = lines[0]
        found.append(
            Delivery(
                chat_id=first.chat_id,
                topic_id=first.topic_id,
                message_id=first.message_id,
                facts=tuple(line.fact for line in lines),
                revision=first.revision,
                at=first.delivered_at,
                question_message_id=first.question_message_id,
                language=next((lang for lang in LANGUAGES if lang == first.language), None),
            )
        )
    return tuple(found)
