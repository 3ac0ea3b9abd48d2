"""A process keeps up with edited files and with what other processes publish; trouble is noted, and tried again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.knowledge.bundle import Bundle
from bot.knowledge.difference import Difference
from bot.publishing.audience import Nobody
from bot.publishing.current import Current
from bot.publishing.following import Behind, Ended, Follower, Kept, Reloaded
from bot.publishing.proposal import Proposal, Reach
from bot.publishing.publisher import Publisher
from bot.storage.audit import AuditLog
from bot.storage.database import Database
from bot.storage.replicas import Replicas
from bot.storage.revisions import Revisions
from tests.knowledge.folder import REPORT_NAME, Folder

from .conftest import NOW


class Told:
    """Notes what admins are told."""

    def __init__(self) -> None:
        self.outcomes: list[Ended] = []
        self.another = asyncio.Event()
        self.changes = 0

    async def changed(self) -> None:
        """Count how often something else was served."""
        self.changes += 1

    async def __call__(self, outcome: Ended) -> None:
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


async def test_a_refusal_is_told_of_again_after_the_folder_was_good_in_between(
    follower: Follower, folder: Folder, told: Told
) -> None:
    await follower.reload("file")  # publishes what is there
    for _ in range(2):
        folder.edit(REPORT_NAME, "target: old-pier", "target: old-peir")
        await follower.reload("file")
        folder.edit(REPORT_NAME, "target: old-peir", "target: old-pier")
        assert await follower.reload("file") is None
    assert [type(each) for each in told.outcomes] == [Reloaded, Kept, Kept]


async def test_a_signal_that_met_trouble_is_obeyed_when_that_is_over(
    publisher: Publisher, folder: Folder, database: Database, told: Told
) -> None:
    folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    async with database.write() as connection:
        await connection.execute(text("ALTER TABLE audit RENAME TO away"))
    tries = 0

    class Mending(Nobody):
        """Puts the table back at the second try."""

        async def reach(self, _difference: Difference) -> Reach:
            """Count a try."""
            nonlocal tries
            tries += 1
            if tries == 2:
                async with database.write() as connection:
                    await connection.execute(text("ALTER TABLE away RENAME TO audit"))
            return Reach(0, 0)

    troubled = Publisher(publisher.current, publisher.revisions, folder.path, audience=Mending(), now=lambda: NOW)
    follower = Follower(troubled, Replicas(database), name="one", told=told, changed=told.changed, every=0.0)
    await follower.start()
    follower.ask()
    await told.another.wait()
    await follower.stop()
    assert [type(each) for each in told.outcomes] == [Reloaded]
    assert tries == 2


async def test_what_the_bot_did_itself_is_in_the_audit_log_with_its_occasion(
    follower: Follower, folder: Folder, database: Database
) -> None:
    folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    await follower.reload("signal")
    (act,) = await AuditLog(database).recent()
    assert (act.actor, act.role, act.action, act.outcome) == ("signal", "bot", "reload", "done")


async def test_a_publication_that_cannot_be_served_is_told_of_once_and_a_better_one_may_follow(
    publisher: Publisher, folder: Folder, revisions: Revisions, database: Database, told: Told
) -> None:
    replicas = Replicas(database)
    follower = Follower(publisher, replicas, name="one", told=told, changed=told.changed, now=lambda: NOW)
    await follower.reload("file")
    served = publisher.current.snapshot().revision
    await revisions.publish(
        Bundle("knowledge", {"harbour-fire.yaml": b"from: the future"}),
        after=1,
        author=1002,
        cause="upload",
        at=NOW,
        difference=Difference(),
    )
    for _ in range(3):
        await follower.look()
    assert told.outcomes[1:] == [Behind(2)]
    (seen,) = await replicas.all()
    assert (seen.sequence, seen.revision) == (1, served)
    proposal = await publisher.propose_rollback(1)
    assert isinstance(proposal, Proposal)
    await publisher.confirm(proposal, author=1001, cause="rollback")
    assert publisher.current.snapshot().sequence == 3
    assert publisher.unusable is None
