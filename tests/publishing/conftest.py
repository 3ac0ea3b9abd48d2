"""A small fact base in a folder, a database, and a publisher between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answering.engine import Answerer
from bot.publishing.current import Current
from bot.publishing.publisher import Publisher
from bot.storage.database import Database
from bot.storage.revisions import Revisions
from tests.knowledge.folder import Folder

NOW = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A fact base that loads."""
    return Folder.create(tmp_path / "knowledge")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An open, empty database."""
    opened = await Database.open(f"sqlite:///{tmp_path}/state/citebot.sqlite3")
    yield opened
    await opened.close()


@pytest.fixture
def revisions(database: Database) -> Revisions:
    """What was published."""
    return Revisions(database)


@pytest.fixture
def publisher(folder: Folder, revisions: Revisions) -> Publisher:
    """A publisher that serves the folder, which was never published."""
    current = Current.unpublished(Answerer(folder.load()), NOW)
    return Publisher(current, revisions, folder.path, now=lambda: NOW)
