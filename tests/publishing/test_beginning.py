"""What is served after a start: an edited folder, or what was published last."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.bundle import SHARED_LEXICON
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.retraction import withdrawing
from bot.publishing.audience import Nobody
from bot.publishing.beginning import Begun, Prepared, begin
from bot.publishing.proposal import Proposal
from bot.publishing.publisher import Publisher
from bot.storage.audit import AuditLog
from bot.storage.database import Database
from bot.storage.revisions import Published, Revisions
from tests.knowledge.folder import LEXICON_NAME, QUESTIONS_NAME, REPORT_NAME, Folder

from .conftest import NOW

KEY = "harbour-fire/hoses-burst"


class Listener(Nobody):
    """An audience that notes what it is told of."""

    def __init__(self) -> None:
        self.told: list[tuple[int, bool, int]] = []

    async def enqueue(self, _connection: AsyncConnection, published: Published) -> None:
        """Note a publication."""
        self.told.append((published.sequence, published.alerts, len(published.difference.facts)))


async def start(folder: Folder, revisions: Revisions, audience: Listener | None = None) -> Begun:
    return await begin(Prepared.read(folder.path), revisions, audience or Listener(), lambda: NOW)


def hoses(begun: Begun) -> str:
    fact = begun.current.snapshot().answerer.fact(KEY)
    assert fact is not None
    return fact.fact.answer.en.split()[0]


async def uploaded(begun: Begun, folder: Folder, revisions: Revisions, word: str) -> None:
    """Publish another answer than the folder's, as an admin does who sends a file."""
    publisher = Publisher(begun.current, revisions, folder.path, now=lambda: NOW)
    bundle = await revisions.bundle(begun.current.snapshot().revision)
    assert bundle is not None
    changed = bundle.files[REPORT_NAME].replace(b"Three fire", f"{word} fire".encode())
    proposal = await publisher.propose(bundle.having(REPORT_NAME, changed))
    assert isinstance(proposal, Proposal)
    await publisher.confirm(proposal, author=1001, cause="upload")


async def test_the_first_start_publishes_the_folder_and_tells_nobody(
    folder: Folder, revisions: Revisions, database: Database
) -> None:
    audience = Listener()
    begun = await start(folder, revisions, audience)
    assert begun.current.snapshot().sequence == 1
    assert audience.told == [(1, False, 0)]
    (only,) = await revisions.history()
    assert (only.cause, only.author, only.revision) == ("start", "start", folder.load().revision)
    (act,) = await AuditLog(database).recent()
    assert (act.actor, act.role, act.action, act.after) == ("start", "bot", "start", only.revision)


async def test_a_start_without_an_edit_publishes_nothing(folder: Folder, revisions: Revisions) -> None:
    await start(folder, revisions)
    begun = await start(folder, revisions)
    assert begun.current.snapshot().sequence == 1
    assert len(await revisions.history()) == 1


async def test_a_folder_that_was_edited_while_the_bot_was_away_is_published_and_readers_are_told(
    folder: Folder, revisions: Revisions
) -> None:
    await start(folder, revisions)
    folder.edit(REPORT_NAME, "Three fire", "Four fire")
    audience = Listener()
    assert hoses(await start(folder, revisions, audience)) == "Four"
    assert audience.told == [(2, True, 1)]


async def test_what_was_sent_in_the_chat_outlives_a_restart_until_the_folder_is_edited(
    folder: Folder, revisions: Revisions
) -> None:
    await uploaded(await start(folder, revisions), folder, revisions, "Five")
    begun = await start(folder, revisions)
    assert (hoses(begun), begun.current.snapshot().sequence) == ("Five", 2)
    folder.edit(REPORT_NAME, "Three fire", "Four fire")
    assert hoses(await start(folder, revisions)) == "Four"


async def test_an_edit_that_waited_while_a_file_was_sent_is_published_at_the_start(
    folder: Folder, revisions: Revisions
) -> None:
    begun = await start(folder, revisions)
    folder.edit(REPORT_NAME, "Three fire", "Four fire")
    await uploaded(begun, folder, revisions, "Five")
    assert hoses(await start(folder, revisions)) == "Four"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (REPORT_NAME, "target: old-pier", "target: old-peir"),
        (
            QUESTIONS_NAME,
            "{ask: how many hoses burst?, cites: [hoses-burst]}",
            "{ask: how many hoses?, abstains: true}",
        ),
    ],
)
async def test_a_bad_folder_is_left_aside_for_the_last_good_publication(
    name: str, old: str, new: str, folder: Folder, revisions: Revisions
) -> None:
    await start(folder, revisions)
    folder.edit(name, old, new)
    begun = await start(folder, revisions)
    assert hoses(begun) == "Three"
    assert len(begun.problems) == 1
    assert len(await revisions.history()) == 1


async def test_a_bad_folder_without_an_earlier_publication_is_refused(folder: Folder, revisions: Revisions) -> None:
    folder.edit(REPORT_NAME, "target: old-pier", "target: old-peir")
    with pytest.raises(KnowledgeError, match="old-peir"):
        await start(folder, revisions)
    assert await revisions.last() is None


async def test_where_the_stored_files_are_damaged_the_folder_is_published_again(
    folder: Folder, revisions: Revisions, database: Database
) -> None:
    await uploaded(await start(folder, revisions), folder, revisions, "Five")
    async with database.write() as connection:
        await connection.execute(text("UPDATE revisions SET bundle = X'00'"))
    begun = await start(folder, revisions)
    assert (hoses(begun), begun.current.snapshot().sequence) == ("Three", 3)


async def retracted(begun: Begun, folder: Folder, revisions: Revisions) -> None:
    """Withdraw a fact in the chat."""
    publisher = Publisher(begun.current, revisions, folder.path, now=lambda: NOW)
    proposal = await publisher.propose(
        withdrawing(await publisher.served_files(), KEY, on=NOW.date(), why="it was wrong")
    )
    assert isinstance(proposal, Proposal)
    await publisher.confirm(proposal, author=1001, cause="retract")


def is_withdrawn(begun: Begun) -> bool:
    fact = begun.current.snapshot().answerer.fact(KEY)
    return fact is not None and fact.fact.withdrawn is not None


async def test_a_new_version_of_citebot_brings_its_words_and_undoes_no_retraction(
    folder: Folder, revisions: Revisions
) -> None:
    shutil.rmtree((folder.path / LEXICON_NAME).parent)
    await retracted(await start(folder, revisions), folder, revisions)
    prepared = Prepared.read(folder.path)
    shared = next(name for name in prepared.bundle.files if name.startswith(SHARED_LEXICON))
    newer = prepared.holding(prepared.bundle.having(shared, prepared.bundle.files[shared] + b"\n# newer\n"))
    begun = await begin(newer, revisions, Listener(), lambda: NOW)
    assert is_withdrawn(begun)
    stored = await revisions.bundle(begun.current.snapshot().revision)
    assert stored is not None
    assert stored.files[shared].endswith(b"# newer\n")


async def test_an_edited_folder_restores_no_retracted_fact_without_an_admins_word(
    folder: Folder, revisions: Revisions
) -> None:
    await retracted(await start(folder, revisions), folder, revisions)
    folder.edit(REPORT_NAME, "[how many hoses burst]", "[how many hoses burst, which hoses burst]")
    begun = await start(folder, revisions)
    assert is_withdrawn(begun)
    assert [f"{KEY} was withdrawn in the chat" in problem.message for problem in begun.problems] == [True]
