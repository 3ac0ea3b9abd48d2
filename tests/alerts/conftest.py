"""An outbox on SQLite, with a clock that stands still until a test moves it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage.database import Database

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)


class Wall:
    """A clock."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        """Return the time."""
        return self.time

    def advance(self, seconds: float) -> None:
        """Move it on."""
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Wall:
    """A clock that stands still."""
    return Wall()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An open, empty database."""
    opened = await Database.open(f"sqlite:///{tmp_path / 'citebot.sqlite3'}")
    yield opened
    await opened.close()
