"""What is kept of a chat: its language, and each user's last two questions for ten minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, select, update

from bot.knowledge.models import LANGUAGES, Lang
from bot.storage.alert_tables import outbox, reply_refusals, subscriptions
from bot.storage.database import Database
from bot.storage.outbox import move_in as move_rows_in
from bot.storage.tables import chat_settings, deliveries, last_questions

_KEPT = 2
"""The last question and the one before it: when a follow-up is edited, that is what it follows up on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where and by whom a question was asked, and in which message."""

    chat_id: int
    topic_id: int
    user_id: int
    message_id: int


class ConversationStore:
    """Languages and last questions, by chat. A chat without topics has the topic id 0."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def language(self, chat_id: int) -> Lang | None:
        """Return the language chosen for a chat, or None where none is, or one that is no longer spoken."""
        statement = select(chat_settings.c.language).where(chat_settings.c.chat_id == chat_id)
        async with self._database.read() as connection:
            chosen = (await connection.execute(statement)).scalar_one_or_none()
        return next((lang for lang in LANGUAGES if lang == chosen), None)

    async def set_language(self, chat_id: int, lang: Lang | None) -> None:
        """Choose the language of a chat; None goes back to that of each question."""
        async with self._database.write() as connection:
            if lang is None:
                await connection.execute(delete(chat_settings).where(chat_settings.c.chat_id == chat_id))
                return
            statement = self._database.insert(chat_settings).values(chat_id=chat_id, language=lang)
            await connection.execute(
                statement.on_conflict_do_update(index_elements=[chat_settings.c.chat_id], set_={"language": lang})
            )

    async def remember(self, asked: Asked, question: str, at: datetime) -> None:
        """Keep what a message asks, and of the same user's other questions only the newest one besides."""
        news = {"question": question, "asked_at": at}
        key = {
            "chat_id": asked.chat_id,
            "topic_id": asked.topic_id,
            "user_id": asked.user_id,
            "message_id": asked.message_id,
        }
        statement = self._database.insert(last_questions).values(**key, **news)
        column = last_questions.c.message_id
        newest = select(column).where(_by_same_user(asked)).order_by(column.desc()).limit(_KEPT)
        async with self._database.write() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=list(last_questions.primary_key), set_=news)
            )
            await connection.execute(delete(last_questions).where(_by_same_user(asked), column.not_in(newest)))

    async def previous(self, asked: Asked, since: datetime) -> str | None:
        """Return what the same user asked last before this message, unless that was before ``since``."""
        statement = (
            select(last_questions.c.question)
            .where(
                _by_same_user(asked),
                last_questions.c.message_id < asked.message_id,
                last_questions.c.asked_at >= since,
            )
            .order_by(last_questions.c.message_id.desc())
            .limit(1)
        )
        async with self._database.read() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()

    async def before(self, chat_id: int, message_id: int, span: timedelta) -> str | None:
        """Return what the author of a message had asked within a span before it, while both are remembered."""
        statement = select(last_questions).where(
            last_questions.c.chat_id == chat_id, last_questions.c.message_id == message_id
        )
        async with self._database.read() as connection:
            row = (await connection.execute(statement.limit(1))).one_or_none()
        if row is None:
            return None
        return await self.previous(Asked(chat_id, row.topic_id, row.user_id, message_id), row.asked_at - span)

    async def asked_in(self, chat_id: int, message_id: int) -> str | None:
        """Return what a message asked, while that is remembered."""
        statement = select(last_questions.c.question).where(
            last_questions.c.chat_id == chat_id, last_questions.c.message_id == message_id
        )
        async with self._database.read() as connection:
            return (await connection.execute(statement.limit(1))).scalar_one_or_none()

    async def prune(self, before: datetime) -> int:
        """Delete the questions asked before a moment, and return how many."""
        statement = delete(last_questions).where(last_questions.c.asked_at < before)
        async with self._database.write() as connection:
            return (await connection.execute(statement)).rowcount

    async def forget(self, chat_id: int) -> None:
        """Delete all that is kept of a chat: language, questions, subscriptions, and which messages it was sent."""
        kept = (chat_settings, last_questions, deliveries, subscriptions, reply_refusals, outbox)
        async with self._database.write() as connection:
            for table in kept:
                await connection.execute(delete(table).where(table.c.chat_id == chat_id))

    async def move(self, old: int, new: int) -> None:
        """Take to a chat's new id what it decided and what it is owed; of what stays behind nothing is kept.

        Message ids do not survive a move, so neither do questions and deliveries. What the new id has already stands.
        """
        async with self._database.write() as connection:
            await move_rows_in(connection, old, new)
            for table in (chat_settings, subscriptions, reply_refusals):
                there = table.alias()
                taken = exists().where(there.c.chat_id == new)
                await connection.execute(update(table).where(table.c.chat_id == old, ~taken).values(chat_id=new))
            for table in (chat_settings, last_questions, deliveries, subscriptions, reply_refusals):
                await connection.execute(delete(table).where(table.c.chat_id == old))


def _by_same_user(asked: Asked) -> ColumnElement[bool]:
    return and_(
        last_questions.c.chat_id == asked.chat_id,
        last_questions.c.topic_id == asked.topic_id,
        last_questions.c.user_id == asked.user_id,
    )
