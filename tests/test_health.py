"""``citebot health``: well only while the bot hears from Telegram and nobody waits long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.health import health
from bot.health import ailment
from bot.storage.database import Database
from bot.storage.inbox import InboxStore, Received
from bot.storage.pulse import Pulse

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a database that is not there yet, in the settings."""
    url = f"sqlite:///{tmp_path / 'citebot.sqlite3'}"
    monkeypatch.setenv("CITEBOT_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    return url


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database."""
    opened = await Database.open(f"sqlite:///{tmp_path / 'citebot.sqlite3'}")
    yield opened
    await opened.close()


async def ailment_at(database: Database, moment: datetime) -> str | None:
    return await ailment(Pulse(database), InboxStore(database), clock=lambda: moment)


async def test_a_bot_is_well_for_two_minutes_after_it_heard_from_telegram(database: Database) -> None:
    await Pulse(database, clock=lambda: NOON).beat()
    assert await ailment_at(database, NOON + 2 * MINUTE) is None
    silent = await ailment_at(database, NOON + 2 * MINUTE + SECOND)
    assert silent == "The bot has not heard from Telegram for 121 seconds."


@pytest.mark.parametrize(("seconds", "wrong"), [(300, None), (301, "A message has waited 301 seconds for an answer.")])
async def test_a_message_may_wait_five_minutes(database: Database, seconds: int, wrong: str | None) -> None:
    await InboxStore(database, clock=lambda: NOON).add([Received(1, "chat:1", "{}")])
    now = NOON + seconds * SECOND
    await Pulse(database, clock=lambda: now).beat()
    assert await ailment_at(database, now) == wrong


def test_where_no_bot_has_run_nothing_is_alive_and_nothing_is_made(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert health() == 1
    assert capsys.readouterr().err == "There is no database: the bot has never run here.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_a_bot_is_not_a_bot(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    async def make() -> None:
        database = await Database.open(url)
        await database.close()

    asyncio.run(make())
    assert health() == 1
    assert capsys.readouterr().err == "The bot on this machine has never heard from Telegram.\n"


def test_a_file_that_is_no_database_is_reported(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "citebot.sqlite3").write_text("this is a text, and by no means a database", "utf-8")
    assert health() == 1
    assert capsys.readouterr().err == "The database cannot be read: sqlalchemy.exc.DatabaseError.\n"


def test_a_bot_that_has_just_heard_from_telegram_is_alive(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    async def beat() -> None:
        database = await Database.open(url)
        await Pulse(database).beat()
        await database.close()

    asyncio.run(beat())
    assert health() == 0
    assert capsys.readouterr().out == "The bot is alive.\n"
