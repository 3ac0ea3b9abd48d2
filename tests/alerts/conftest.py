"""An outbox on each database, with a clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.storage.conftest import database, database_url

__all__ = ["database", "database_url"]

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
