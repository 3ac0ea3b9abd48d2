"""When the database or Telegram is away for a while, the answer is late, and nobody is told that something broke."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import NetworkError

from bot.chat import service
from bot.chat.answers import Always
from bot.chat.service import Stores
from bot.storage.conversations import Asked, ConversationStore
from bot.storage.database import Database
from bot.storage.inbox import InboxStore
from bot.web.emulator import Emulator, serve

from .harbour import HOSES, Script


class AwayAtFirst(ConversationStore):
    """Fails some times before it works."""

    def __init__(self, database: Database, error: Exception, times: int) -> None:
        super().__init__(database)
        self._errors = [error] * times

    async def previous(self, asked: Asked, since: datetime) -> str | None:
        """Fail, or look a question up."""
        if self._errors:
            raise self._errors.pop()
        return await super().previous(asked, since)


@pytest.mark.parametrize(
    "error", [OperationalError("SELECT", {}, Exception("server closed")), NetworkError("Bad Gateway")]
)
async def test_a_question_is_answered_when_an_outage_is_over_however_often_it_was_tried(
    error: Exception, telegram: Emulator, script: Script, tmp_path: Path
) -> None:
    database = await Database.open(f"sqlite:///{tmp_path / 'citebot.sqlite3'}")
    stores = replace(
        Stores.of(database),
        inbox=InboxStore(database, longest_pause=timedelta(0)),
        conversations=AwayAtFirst(database, error, times=5),
    )
    alice = telegram.user("Alice")
    private = telegram.private_chat(alice)
    stop = asyncio.Event()
    async with serve(telegram) as api_url:
        bot = service.serve(telegram.token, api_url, Always(script), stores)
        await bot.start(stop)
        polling = asyncio.create_task(bot.poll(stop))
        telegram.say(private, alice, HOSES)
        assert (await private.next_message()).text.startswith("Three")
        stop.set()
        await polling
        await bot.stop()
    await database.close()
    assert len(private.from_bot) == 1
