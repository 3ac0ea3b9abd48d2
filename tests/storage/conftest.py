"""A fresh database for each test: SQLite always, PostgreSQL where CITEBOT_TEST_POSTGRES_URL names a server."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url, text

from bot.storage.database import Database
from bot.storage.engine import create_engine

POSTGRES_URL = os.environ.get("CITEBOT_TEST_POSTGRES_URL", "")


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRES_URL else [])])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of an empty database; on PostgreSQL that is a schema of its own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/state/citebot.sqlite3"
        return
    schema = f"test_{uuid4().hex}"
    await run(POSTGRES_URL, f"CREATE SCHEMA {schema}")
    own = make_url(POSTGRES_URL).update_query_dict({"options": f"-csearch_path={schema}"})
    yield own.render_as_string(hide_password=False)
    await run(POSTGRES_URL, f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, empty database."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


async def run(url: str, statement: str) -> None:
    """Execute one statement on a connection of its own."""
    engine = create_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
