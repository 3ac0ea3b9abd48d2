"""The database: URLs, durability settings, transactions."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from bot.storage.database import Database
from bot.storage.engine import UnreachableDatabaseError, UnusableDatabaseUrlError, create_engine
from bot.storage.tables import chat_settings, last_questions


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("no url at all", "not a database URL"),
        ("mysql://citebot:hunter2@127.0.0.1/citebot", "mysql is not supported"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
    ],
)
def test_an_unusable_url_is_refused_without_showing_its_password(url: str, reason: str) -> None:
    with pytest.raises(UnusableDatabaseUrlError, match=reason) as refusal:
        create_engine(url)
    assert "hunter2" not in str(refusal.value)


async def test_sqlite_is_set_to_keep_what_was_committed_through_a_power_cut(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path}/new/folder/citebot.sqlite3")
    async with database.read() as connection:
        settings = [
            (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    await database.close()
    full = 2
    assert settings == ["wal", full, 1, 15_000]


async def test_what_a_failed_transaction_wrote_is_undone(database: Database) -> None:
    async def write_and_fail() -> None:
        async with database.write() as connection:
            await connection.execute(database.insert(chat_settings).values(chat_id=1, language="uk"))
            raise RuntimeError("stop here")

    with pytest.raises(RuntimeError, match="stop here"):
        await write_and_fail()
    async with database.read() as connection:
        assert (await connection.execute(select(chat_settings))).all() == []


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.write() as writer:
        await writer.execute(database.insert(chat_settings).values(chat_id=1, language="uk"))
        async with database.read() as reader:
            assert (await reader.execute(select(chat_settings))).all() == []


async def test_writers_of_one_process_take_turns(database: Database) -> None:
    async def write(chat_id: int) -> None:
        async with database.write() as connection:
            await connection.execute(database.insert(chat_settings).values(chat_id=chat_id, language="en"))

    await asyncio.gather(*(write(chat_id) for chat_id in range(40)))
    async with database.read() as connection:
        assert len((await connection.execute(select(chat_settings))).all()) == 40


async def test_a_moment_comes_back_in_utc_to_the_millisecond(database: Database) -> None:
    at = datetime(2031, 2, 3, 4, 5, 6, 789_999, tzinfo=timezone(timedelta(hours=2)))
    row = {"chat_id": 1, "topic_id": 0, "user_id": 2, "message_id": 3, "question": "how many?"}
    async with database.write() as connection:
        await connection.execute(database.insert(last_questions).values(**row, asked_at=at))
    async with database.read() as connection:
        kept = (await connection.execute(select(last_questions.c.asked_at))).scalar_one()
    assert kept == datetime(2031, 2, 3, 2, 5, 6, 789_000, tzinfo=UTC)
    assert kept.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2031, 2, 3, tzinfo=UTC).replace(tzinfo=None)
    statement = select(last_questions).where(last_questions.c.asked_at < naive)
    async with database.read() as connection:
        with pytest.raises(StatementError, match="needs a zone"):
            await connection.execute(statement)


async def test_what_is_no_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "citebot.sqlite3"
    file.write_text("this is a text, and by no means a database", "utf-8")
    with pytest.raises(UnreachableDatabaseError, match="cannot be opened: file is not a database"):
        await Database.open(f"sqlite:///{file}")


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnusableDatabaseUrlError, match="file/state cannot be made: Not a directory"):
        await Database.open(f"sqlite:///{tmp_path}/file/state/citebot.sqlite3")
