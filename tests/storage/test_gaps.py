"""Questions without an answer are counted by what they ask, dealt with, and forgotten in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.knowledge.bundle import Bundle
from bot.knowledge.difference import Difference
from bot.storage.database import Database
from bot.storage.gaps import Asker, DroppedError, Gap, GapStore, Patch
from bot.storage.revisions import Revisions

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)
FORM = "hydrant pressure"


@pytest.fixture
def store(database: Database) -> GapStore:
    """An empty store."""
    return GapStore(database)


async def only(store: GapStore) -> Gap:
    (gap,) = await store.open()
    return gap


async def noted(store: GapStore, form: str = FORM, at: datetime = NOON) -> Gap:
    await store.note("unanswered", form, "what pressure?", "en", at)
    gap = await store.by_form(form)
    assert gap is not None
    return gap


async def test_a_question_is_counted_by_how_it_went_unanswered(store: GapStore) -> None:
    for sign in ("unanswered", "unanswered", "none_meant", "disliked"):
        await store.note(sign, FORM, "what pressure?", "en", NOON)
    gap = await only(store)
    assert (gap.unanswered, gap.none_meant, gap.disliked, gap.count) == (2, 1, 1, 4)
    assert (gap.question, gap.lang) == ("what pressure?", "en")


async def publish(store: GapStore, database: Database, *patches: Patch) -> None:
    await Revisions(database).publish(
        Bundle("knowledge", {}),
        after=0,
        author=7,
        cause="patch",
        at=NOON,
        difference=Difference(),
        within=(store.applied(patches),),
    )


async def test_what_is_ignored_stays_so_and_what_was_patched_in_vain_comes_back(
    store: GapStore, database: Database
) -> None:
    gap = await noted(store)
    await store.propose(Patch(0, gap.id, "phrasing", "fire", "hoses", "en", "what pressure"), 7, NOON)
    assert await store.open() == ()
    await publish(store, database, *await store.patches())
    await noted(store)
    assert (await only(store)).unanswered == 2
    await store.ignore([gap.id])
    await noted(store)
    assert await store.open() == ()


async def test_additions_leave_the_list_with_the_publication_that_makes_them(
    store: GapStore, database: Database
) -> None:
    for text in ("one", "two"):
        gap = await noted(store, text)
        await store.propose(Patch(0, gap.id, "phrasing", "fire", "hoses", "uk", text), 7, NOON)
    first, second = await store.patches()
    assert (first.text, first.lang, first.kind, first.report, first.item) == ("one", "uk", "phrasing", "fire", "hoses")
    await publish(store, database, first)
    assert await store.patches() == (second,)
    assert await store.drop(second.id)
    assert not await store.drop(second.id)
    assert len(await store.open()) == 1


async def test_a_question_that_is_asked_again_while_its_addition_waits_has_one_addition(store: GapStore) -> None:
    gap = await noted(store)
    await store.propose(Patch(0, gap.id, "unknown", "fire", "gap-1", "en", "what pressure?"), 7, NOON)
    await noted(store)
    assert await store.open() == ()
    await store.propose(Patch(0, gap.id, "phrasing", "fire", "hoses", "en", "what pressure?"), 7, NOON)
    assert [patch.item for patch in await store.patches()] == ["hoses"]


async def test_an_addition_that_was_dropped_is_not_published(store: GapStore, database: Database) -> None:
    gap = await noted(store)
    await store.propose(Patch(0, gap.id, "unknown", "fire", "gap-1", "en", "what pressure?"), 7, NOON)
    patches = await store.patches()
    await store.drop(patches[0].id)
    with pytest.raises(DroppedError):
        await publish(store, database, *patches)
    assert await Revisions(database).last() is None


async def test_who_waits_is_told_by_one_process_only(store: GapStore) -> None:
    asker = Asker((await noted(store)).id, -100, 3, 55, "what pressure?", NOON)
    for _ in range(2):
        await store.wait(asker)
    assert await store.waiting() == (asker,)
    assert [await store.take(asker), await store.take(asker)] == [True, False]
    await store.wait(asker)
    await store.forget(-100)
    assert await store.waiting() == ()


async def test_old_gaps_go_with_who_waits_for_them_but_not_while_an_addition_waits(store: GapStore) -> None:
    old, kept = await noted(store), await noted(store, "another")
    await store.propose(Patch(0, kept.id, "unknown", "fire", "gap-2", "en", "what else"), 7, NOON)
    await store.wait(Asker(old.id, 1, 0, 5, "what pressure?", NOON))
    await store.prune(NOON, NOON)
    assert len(await store.waiting()) == 1
    await store.prune(NOON + timedelta(seconds=1), NOON)
    assert await store.waiting() == ()
    assert await store.by_form(FORM) is None
    assert await store.get(kept.id) is not None
