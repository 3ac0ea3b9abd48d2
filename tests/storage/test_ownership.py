"""A database belongs to the bot that came first."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from bot.storage.ownership import OtherBotError, Ownership


async def test_a_bot_may_come_back_to_its_database(database: Database) -> None:
    await Ownership(database).take(123)
    await Ownership(database).take(123)


async def test_another_bot_is_refused_and_the_first_stays_welcome(database: Database) -> None:
    await Ownership(database).take(6_000_000_123)
    with pytest.raises(
        OtherBotError, match=r"belongs to bot 6000000123.* of bot 456; use another CITEBOT_DATABASE_URL"
    ):
        await Ownership(database).take(456)
    await Ownership(database).take(6_000_000_123)
