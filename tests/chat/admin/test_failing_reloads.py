"""However a reload fails, the old revision serves on, and the admin is told the cause."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.publishing.audience import Nobody
from bot.storage.revisions import Published
from bot.storage.tables import revisions
from bot.storage.utc import utc_now
from tests.knowledge.folder import QUESTIONS_NAME, REPORT_NAME, Folder

from .conftest import Site, bot_telling

HOSES = "how many hoses burst?"
THREE = "Three fire hoses burst during the night."


def bad_yaml(folder: Folder) -> None:
    folder.edit(REPORT_NAME, "facts:\n", "facts: [\n")


def bad_quote(folder: Folder) -> None:
    folder.edit(REPORT_NAME, "quote: three hoses burst", "quote: four hoses burst")


def duplicate_id(folder: Folder) -> None:
    folder.edit(REPORT_NAME, "id: when-closed", "id: hoses-burst")


def failed_question(folder: Folder) -> None:
    folder.edit(QUESTIONS_NAME, "hoses burst?, cites: [hoses-burst]}", "hoses burst?, abstains: true}")


def vanished_file(folder: Folder) -> None:
    path = folder.path / QUESTIONS_NAME
    path.unlink()
    path.symlink_to(folder.path / "gone.yaml")  # listed, and gone when it is read


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (bad_yaml, "this is not valid YAML"),
        (bad_quote, "this quote or its paragraph was edited after it was checked"),
        (duplicate_id, "the id hoses-burst stands more than once"),
        (failed_question, "“how many hoses burst?” must end in “not in the report”"),
        (vanished_file, "cannot be read: No such file or directory"),
    ],
)
async def test_a_bad_fact_base_is_refused_with_its_cause(
    spoil: Callable[[Folder], None], cause: str, kept: Site
) -> None:
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    spoil(kept.folder)
    refused = await kept.command("/reload")
    assert cause in refused.text
    assert refused.buttons == ()
    assert await kept.answer(HOSES) == THREE
    assert (await kept.acts())[0].outcome == "refused"


async def test_of_two_admins_at_once_the_second_is_told_that_the_first_was_faster(kept: Site) -> None:
    bob, chat = kept.stranger()
    await kept.command(f"/admins add {bob.id}")
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    mine = await kept.command("/reload")
    kept.telegram.say(chat, bob, "/reload")
    his = await chat.next_message()
    await kept.tap(mine, "Publish")
    kept.telegram.press(bob, his, "Publish")
    await kept.telegram.wait_for(lambda: "void" in his.text)
    assert his.text.startswith("Number 2 was published meanwhile")
    assert (await kept.acts())[0].outcome == "failed"
    assert "publication 2," in (await kept.command("/status")).text


class FullDisk(Nobody):
    """An audience whose rows do not fit on the disk."""

    def __init__(self) -> None:
        self.is_full = False

    async def enqueue(self, connection: AsyncConnection, _published: Published) -> None:
        """Write more than there is room for."""
        if self.is_full:
            await connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes this for: no page more
            try:
                row = {"revision": "0" * 12, "bundle": b"\1" * 1_000_000, "size": 1, "stored_at": utc_now()}
                await connection.execute(insert(revisions).values(row))
            finally:
                await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")


@pytest.fixture
async def disk(site: Site) -> AsyncIterator[FullDisk]:
    """The disk of a bot that runs."""
    full = FullDisk()
    async with bot_telling(site, full):
        yield full


async def test_a_full_disk_leaves_the_old_revision_and_is_named(site: Site, disk: FullDisk) -> None:
    site.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    proposal = await site.command("/reload")
    disk.is_full = True
    said = await site.tap(proposal, "Publish")
    assert said.startswith("The database could not store it: database or disk is full.")
    assert await site.answer(HOSES) == THREE
    disk.is_full = False
    assert (await site.tap(await site.command("/reload"), "Publish")).startswith("Published as number 2")
