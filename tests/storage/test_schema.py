"""The schema: what the migrations make is what the tables say."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.storage.alert_tables import outbox
from bot.storage.database import Database
from bot.storage.engine import create_engine
from bot.storage.schema import SchemaError, downgrade, upgrade

metadata = outbox.metadata
"""Of all tables: whoever imports those of alerts has imported the others."""

# Says that it is there, waits for the word, and upgrades: so that several do it at the same moment.
STARTER = """
import asyncio, sys
from bot.storage.schema import upgrade
print("ready", flush=True)
sys.stdin.readline()
asyncio.run(upgrade(sys.argv[1]))
"""


def tables_of(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def details_of(connection: Connection) -> set[str]:
    """What ``compare_metadata`` does not look at: conditions of indexes, checks, what a deleted row takes along."""
    seen = inspect(connection)
    found = set()
    for table in metadata.tables:
        for index in seen.get_indexes(table):
            options = sorted(f"{name}={value}" for name, value in index.get("dialect_options", {}).items())
            found.add(f"{table} {index['name']} {index['column_names']} {index['unique']} {options}")
        found |= {f"{table} {check['name']} {check['sqltext']}" for check in seen.get_check_constraints(table)}
        found |= {f"{table} {key['name']} {key['options']}" for key in seen.get_foreign_keys(table)}
        found.add(f"{table} {seen.get_pk_constraint(table)['name']}")
    return found


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


async def test_the_migrations_make_the_tables_that_the_code_names(database: Database) -> None:
    async with database.write() as connection:
        assert await connection.run_sync(differences) == []


async def test_the_migrations_make_the_same_indexes_and_checks_as_the_code(database_url: str) -> None:
    await upgrade(database_url)
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        migrated = await connection.run_sync(details_of)
    await downgrade(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        declared = await connection.run_sync(details_of)
        await connection.run_sync(metadata.drop_all)
    await engine.dispose()
    assert migrated == declared
    assert any("inbox_claimed_lane" in detail and "'claimed'" in detail for detail in migrated)


async def test_a_downgrade_takes_every_table_away_and_an_upgrade_brings_them_back(database_url: str) -> None:
    await upgrade(database_url)
    await downgrade(database_url)
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        assert await connection.run_sync(tables_of) == {"alembic_version"}
    await upgrade(database_url)
    async with engine.begin() as connection:
        assert await connection.run_sync(tables_of) == {*metadata.tables, "alembic_version"}
    await engine.dispose()


async def test_processes_that_start_at_once_upgrade_one_after_another(database_url: str) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", STARTER, database_url),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    results = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [(process.returncode, errors) for process, (_, errors) in zip(processes, results, strict=True)] == [
        (0, b""),
        (0, b""),
    ]


async def test_one_process_may_open_a_new_database_many_times_at_once(database_url: str) -> None:
    opened = await asyncio.gather(*(Database.open(database_url) for _ in range(6)))
    for each in opened:
        await each.close()


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(database_url: str) -> None:
    await upgrade(database_url)
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'from-the-future'"))
    with pytest.raises(SchemaError, match="from-the-future"):
        await Database.open(database_url)
    async with engine.begin() as connection:
        assert "inbox" in await connection.run_sync(tables_of)
    await engine.dispose()


async def test_a_path_with_a_percent_sign_and_spaces_can_be_migrated(tmp_path: Path) -> None:
    await upgrade(f"sqlite:///{tmp_path}/100% of it/citebot.sqlite3")
    assert (tmp_path / "100% of it" / "citebot.sqlite3").exists()
