"""A process keeps up with edited files and with what other processes publish; trouble is noted, and tried again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.publishing.current import Current
from bot.publishing.following import Follower, Kept, Reloaded
from bot.publishing.proposal import Proposal
from bot.publishing.publisher import Publisher
from bot.storage.database import Database
from bot.storage.replicas import Replicas
from bot.storage.revisions import Revisions
from tests.knowledge.folder import REPORT_NAME, Folder

from .conftest import NOW


class Told:
    """Notes what admins are told."""

    def __init__(self) -> None:
        self.outcomes: list[Reloaded | Kept] = []
        self.another = asyncio.Event()
        self.changes = 0

    async def changed(self) -> None:
        """Count how often something else was served."""
        self.changes += 1

    async def __call__(self, outcome: Reloaded | Kept) -> None:
        """Note an outcome."""
        self.outcomes.append(outcome)
        self.another.set()


class Edits:
    """Files that are edited when a test says so."""

    def __init__(self) -> None:
        self.happened: asyncio.Queue[Exception | None] = asyncio.Queue()

    async def __call__(self) -> AsyncIterator[None]:
        """Yield at every edit, or fail as a file system may."""
        while True:
            trouble = await self.happened.get()
            if trouble is not None:
                raise trouble
            yield


@pytest.fixture
def told() -> Told:
    """What admins are told."""
    return Told()


@pytest.fixture
def edits() -> Edits:
    """What happens to the files."""
    return Edits()


@pytest.fixture
def follower(publisher: Publisher, database: Database, told: Told, edits: Edits) -> Follower:
    """A follower that has not started."""
    replicas = Replicas(database)
    return Follower(
        publisher, replicas, name="one", told=told, changed=told.changed, edits=edits, every=0.0, now=lambda: NOW
    )


async def test_an_edited_file_is_published_and_told_of(
    follower: Follower, publisher: Publisher, folder: Folder, told: Told
) -> None:
    folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    outcome = await follower.reload("file")
    assert isinstance(outcome, Reloaded)
    assert told.outcomes == [outcome]
    assert (outcome.publication.author, publisher.current.snapshot().sequence) == ("file", 1)
    assert await follower.reload("signal") is None


async def test_a_bad_file_keeps_what_was_and_is_told_of_once(
    follower: Follower, publisher: Publisher, folder: Folder, told: Told
) -> None:
    before = publisher.current.snapshot()
    folder.edit(REPORT_NAME, "target: old-pier", "target: old-peir")
    for _ in range(3):
        await follower.reload("file")
    (kept,) = told.outcomes
    assert isinstance(kept, Kept)
    assert [problem.path for problem in kept.problems] == ["facts[0].target"]
    assert publisher.current.snapshot() is before
    folder.edit(REPORT_NAME, "target: old-peir", "target: old-pire")
    await follower.reload("file")
    assert len(told.outcomes) == 2


async def test_files_and_signals_are_followed_even_after_trouble(
    follower: Follower, folder: Folder, told: Told, edits: Edits
) -> None:
    await follower.start()
    edits.happened.put_nowait(OSError("too many watches"))
    folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    edits.happened.put_nowait(None)
    await told.another.wait()
    told.another.clear()
    folder.edit(REPORT_NAME, "Four fire hoses", "Five fire hoses")
    follower.ask()
    await told.another.wait()
    await follower.stop()
    authors = [each.publication.author for each in told.outcomes if isinstance(each, Reloaded)]
    assert authors == ["file", "signal"]


async def test_a_process_reports_what_it_serves_and_follows_another(
    publisher: Publisher, folder: Folder, revisions: Revisions, database: Database, told: Told
) -> None:
    now: datetime = NOW
    replicas = Replicas(database)
    other = Publisher(Current.unpublished(publisher.current.snapshot().answerer, NOW), revisions, folder.path)
    follower = Follower(other, replicas, name="two", told=told, changed=told.changed, now=lambda: now)
    await follower.look()
    proposal = await publisher.propose_folder()
    assert isinstance(proposal, Proposal)
    await publisher.confirm(proposal, author=1001, cause="reload")
    now += timedelta(seconds=3)
    await follower.look()
    await follower.look()
    assert told.changes == 2
    (seen,) = await replicas.all()
    assert (seen.name, seen.sequence, seen.revision, seen.seen_at) == ("two", 1, proposal.revision, now)
