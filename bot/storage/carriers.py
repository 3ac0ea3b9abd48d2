"""Messages that carry facts which no longer say what they said: these a correction must reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.models import LANGUAGES, Lang
from bot.storage.alert_tables import inline_deliveries, inline_facts
from bot.storage.database import Database
from bot.storage.outbox import NOWHERE, EditInline, EditMessage
from bot.storage.subscriptions import Spot
from bot.storage.tables import delivered_facts, deliveries


@dataclass(frozen=True, slots=True)
class Carrier:
    """A message of the bot, or one that was posted by way of it."""

    spot: Spot
    message: EditMessage | EditInline
    facts: tuple[str, ...]
    """All that it states, each as ``report/fact``, in order."""
    revision: str
    """Of the knowledge that it was made from."""
    language: Lang | None


Address = tuple[int, EditMessage | EditInline]
"""A chat and a message in it."""


class Carriers:
    """What messages state now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, addresses: Iterable[Address]) -> dict[Address, Carrier]:
        """Return what is known of some messages; of those that were replaced or forgotten there is nothing."""
        in_chats, posted = [], []
        for chat_id, message in addresses:
            match message:
                case EditMessage(message_id):
                    in_chats.append((chat_id, message_id))
                case EditInline(inline_message_id):
                    posted.append(inline_message_id)
        key = (deliveries.c.chat_id, deliveries.c.message_id)
        one = inline_deliveries.c.inline_message_id
        told = select(deliveries, delivered_facts.c.fact).join(delivered_facts).where(tuple_(*key).in_(in_chats))
        shared = select(inline_deliveries, inline_facts.c.fact).join(inline_facts).where(one.in_(posted))
        found: list[Carrier] = []
        async with self._database.read() as connection:
            if in_chats:
                rows = await connection.execute(told.order_by(*key, delivered_facts.c.position))
                found += _in_chats(rows.all())
            if posted:
                rows = await connection.execute(shared.order_by(one, inline_facts.c.position))
                found += _posted(rows.all())
        return {(each.spot.chat_id, each.message): each for each in found}


async def carriers_in(
    connection: AsyncConnection, facts: Iterable[str], *, since: datetime, but: Iterable[str]
) -> tuple[Carrier, ...]:
    """Return the messages with any of the facts that were delivered since a moment, oldest first.

    ``but``: revisions of the knowledge, whose messages say what is right already.
    """
    wanted, right = sorted(set(facts)), sorted(set(but))
    if not wanted:
        return ()
    key = (deliveries.c.chat_id, deliveries.c.message_id)
    with_facts = select(delivered_facts.c.chat_id, delivered_facts.c.message_id).where(
        delivered_facts.c.fact.in_(wanted)
    )
    in_chats = (
        select(deliveries, delivered_facts.c.fact)
        .join(delivered_facts)
        .where(
            tuple_(*key).in_(with_facts),
            deliveries.c.delivered_at >= since,
            deliveries.c.revision.not_in(right),
        )
        .order_by(deliveries.c.delivered_at, *key, delivered_facts.c.position)
    )
    inline_id = inline_deliveries.c.inline_message_id
    posted = (
        select(inline_deliveries, inline_facts.c.fact)
        .join(inline_facts)
        .where(
            inline_id.in_(select(inline_facts.c.inline_message_id).where(inline_facts.c.fact.in_(wanted))),
            inline_deliveries.c.delivered_at >= since,
            inline_deliveries.c.revision.not_in(right),
        )
        .order_by(inline_deliveries.c.delivered_at, inline_id, inline_facts.c.position)
    )
    chats = (await connection.execute(in_chats)).all()
    elsewhere = (await connection.execute(posted)).all()
    return (*_in_chats(chats), *_posted(elsewhere))


# Rows of SQLAlchemy Core have columns of any type; here they become Carriers.
def _in_chats(rows: Sequence[Row[Any]]) -> Iterable[Carrier]:
    for _, group in groupby(rows, key=lambda row: (row.chat_id, row.message_id)):
        lines = list(group)
        first = lines[0]
        facts = tuple(line.fact for line in lines)
        message = EditMessage(first.message_id)
        yield Carrier(Spot(first.chat_id, first.topic_id), message, facts, first.revision, _lang(first.language))


def _posted(rows: Sequence[Row[Any]]) -> Iterable[Carrier]:
    for inline_message_id, group in groupby(rows, key=lambda row: row.inline_message_id):
        lines = list(group)
        first = lines[0]
        facts = tuple(line.fact for line in lines)
        yield Carrier(NOWHERE, EditInline(inline_message_id), facts, first.revision, _lang(first.language))


def _lang(written: str | None) -> Lang | None:
    return next((lang for lang in LANGUAGES if lang == written), None)
