"""Revisions are kept by their content, and the last publication is the one that is served."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.bundle import Bundle
from bot.knowledge.difference import Difference
from bot.storage.database import Database
from bot.storage.revisions import KEEP, NOTHING, OvertakenError, Publication, Published, Revisions
from bot.storage.tables import chat_settings

NOW = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def revisions(database: Database) -> Revisions:
    """The revisions of an empty database."""
    return Revisions(database)


def bundle(text: str) -> Bundle:
    return Bundle("knowledge", {"fire.yaml": text.encode()})


async def publish(revisions: Revisions, text: str, after: int, minutes: int = 0) -> Publication:
    return await revisions.publish(
        bundle(text),
        after=after,
        author=1001,
        cause="reload",
        at=NOW + timedelta(minutes=minutes),
        difference=Difference(),
        why="corrected",
        folder=bundle(text).revision,
    )


async def test_nothing_is_served_before_the_first_publication(revisions: Revisions) -> None:
    assert await revisions.last() is None
    assert await revisions.history() == ()


async def test_what_was_published_last_is_served(revisions: Revisions) -> None:
    first = await publish(revisions, "one", NOTHING)
    second = await publish(revisions, "two", first.sequence, minutes=1)
    assert (first.sequence, second.sequence) == (1, 2)
    assert await revisions.last() == second
    assert await revisions.history() == (second, first)
    assert await revisions.history(before=2) == (first,)
    assert await revisions.publication(1) == first
    assert (second.author, second.why, second.cause, second.at) == (
        1001,
        "corrected",
        "reload",
        NOW + timedelta(minutes=1),
    )


async def test_the_files_of_a_revision_come_back_as_they_were(revisions: Revisions) -> None:
    kept = await publish(revisions, "one", NOTHING)
    assert await revisions.bundle(kept.revision) == bundle("one")
    assert await revisions.bundle("0123456789ab") is None


async def test_of_two_proposals_against_the_same_publication_the_second_is_refused(revisions: Revisions) -> None:
    await publish(revisions, "one", NOTHING)
    outcomes = await asyncio.gather(
        publish(revisions, "two", 1), publish(revisions, "three", 1), return_exceptions=True
    )
    refused = [each for each in outcomes if isinstance(each, OvertakenError)]
    assert [each.current for each in refused] == [2]
    assert len(await revisions.history()) == 2


async def test_writers_take_part_in_the_transaction(revisions: Revisions, database: Database) -> None:
    seen: list[Published] = []

    async def note(connection: AsyncConnection, published: Published) -> None:
        seen.append(published)
        await connection.execute(insert(chat_settings).values(chat_id=published.sequence, language="en"))

    await revisions.publish(
        bundle("one"),
        after=NOTHING,
        author="start",
        cause="start",
        at=NOW,
        difference=Difference(rephrased=("fire/one",)),
        alerts=False,
        within=(note,),
    )
    assert [(each.sequence, each.cause, each.alerts, each.difference.rephrased) for each in seen] == [
        (1, "start", False, ("fire/one",))
    ]
    async with database.read() as connection:
        assert (await connection.execute(select(chat_settings.c.chat_id))).scalars().all() == [1]


async def test_where_a_writer_fails_nothing_is_published(revisions: Revisions, database: Database) -> None:
    async def twice(connection: AsyncConnection, _published: Published) -> None:
        for _ in range(2):
            await connection.execute(insert(chat_settings).values(chat_id=7, language="en"))

    with pytest.raises(IntegrityError):
        await revisions.publish(
            bundle("one"), after=0, author=1, cause="upload", at=NOW, difference=Difference(), within=(twice,)
        )
    assert await revisions.last() is None
    assert await revisions.bundle(bundle("one").revision) is None
    async with database.read() as connection:
        assert (await connection.execute(select(chat_settings))).all() == []


async def test_files_that_nothing_can_go_back_to_are_not_kept(revisions: Revisions) -> None:
    for number in range(KEEP + 2):
        await publish(revisions, "always" if number % 2 else str(number), number)
    history = await revisions.history(limit=KEEP * 2)
    assert [history[0].sequence, history[-1].sequence] == [KEEP + 2, 3]
    assert await revisions.bundle(bundle("0").revision) is None
    assert await revisions.bundle(bundle("2").revision) is not None
    assert await revisions.bundle(bundle("always").revision) is not None
