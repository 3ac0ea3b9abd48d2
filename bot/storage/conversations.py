"""What is kept of a chat: its language, and each user's last question for ten minutes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.knowledge.models import LANGUAGES, Lang
from bot.storage.database import Database
from bot.storage.tables import chat_settings, deliveries, last_questions


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

    async def remember(self, chat_id: int, topic_id: int, user_id: int, question: str, at: datetime) -> None:
        """Keep a user's question in place of the one before."""
        news = {"question": question, "asked_at": at}
        statement = self._database.insert(last_questions).values(
            chat_id=chat_id, topic_id=topic_id, user_id=user_id, **news
        )
        async with self._database.write() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=list(last_questions.primary_key), set_=news)
            )

    async def previous(self, chat_id: int, topic_id: int, user_id: int, since: datetime) -> str | None:
        """Return a user's last question, unless it was asked before ``since``."""
        statement = select(last_questions.c.question).where(
            last_questions.c.chat_id == chat_id,
            last_questions.c.topic_id == topic_id,
            last_questions.c.user_id == user_id,
            last_questions.c.asked_at >= since,
        )
        async with self._database.read() as connection:
            return (await connection.execute(statement)).scalar_one_or_none()

    async def prune(self, before: datetime) -> int:
        """Delete the questions asked before a moment, and return how many."""
        statement = delete(last_questions).where(last_questions.c.asked_at < before)
        async with self._database.write() as connection:
            return (await connection.execute(statement)).rowcount

    async def forget(self, chat_id: int) -> None:
        """Delete all that is kept of a chat: language, questions, and which replies it was given."""
        async with self._database.write() as connection:
            for table in (chat_settings, last_questions, deliveries):
                await connection.execute(delete(table).where(table.c.chat_id == chat_id))
