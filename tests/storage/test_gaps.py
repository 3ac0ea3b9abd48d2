"""Questions without an answer are counted by what they ask, dealt with, and forgotten in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.knowledge.bundle import Bundle
from bot.knowledge.difference import Difference
from bot.storage.database import Database
from bot.storage.gaps import Asker, Gap, GapStore, Patch
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


async def test_what_is_ignored_stays_so_and_what_was_patched_in_vain_comes_back(store: GapStore) -> None:
    gap = await noted(store)
    await store.propose(Patch(0, gap.id, "phrasing", "fire", "hoses", "en", "what pressure"), 7, NOON)
    assert await store.open() == ()
    await noted(store)
    assert (await only(store)).unanswered == 2
    await store.ignore([gap.id])
    await noted(store)
    assert await store.open() == ()


async def test_additions_leave_the_list_with_the_publication_that_makes_them(
    store: GapStore, database: Database
) -> None:
    gap = await noted(store)
    for text in ("one", "two"):
        await store.propose(Patch(0, gap.id, "phrasing", "fire", "hoses", "uk", text), 7, NOON)
    first, second = await store.patches()
    assert (first.text, first.lang, first.kind, first.report, first.item) == ("one", "uk", "phrasing", "fire", "hoses")
    await Revisions(database).publish(
        Bundle("knowledge", {}),
        after=0,
        author=7,
        cause="patch",
        at=NOON,
        difference=Difference(),
        within=(store.applied([first]),),
    )
    assert await store.patches() == (second,)
    assert await store.drop(second.id)
    assert not await store.drop(second.id)
    assert len(await store.open()) == 1


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
