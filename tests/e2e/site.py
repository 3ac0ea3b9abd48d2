"""Where a bot process runs: its folder, a Telegram of our own over real HTTP, and the settings that lead there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.web.emulator import Emulator, serve
from tests.web.bot_api import violations

TOKEN = "1234567890:not-a-real-token_only-for-tests"


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with a database to come, and the settings of a bot that runs there."""

    folder: Path
    telegram: Emulator
    settings: dict[str, str]


@asynccontextmanager
async def site(folder: Path) -> AsyncIterator[Site]:
    """Give a site; at its end every request that a bot made there is checked against the Bot API."""
    # The bot may read everything that is said in a group, so that its silence means something.
    telegram = Emulator(token=TOKEN, privacy_mode=False)
    async with serve(telegram) as api_url:
        settings = {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api_url,
            "CITEBOT_DATABASE_URL": f"sqlite:///{folder / 'citebot.sqlite3'}",
        }
        yield Site(folder, telegram, settings)
    assert violations(telegram.requests) == []
