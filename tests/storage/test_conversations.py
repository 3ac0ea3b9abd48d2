"""What is kept of a chat, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.storage.conversations import Asked, ConversationStore
from bot.storage.database import Database
from bot.storage.ledger import Delivery, Ledger
from bot.storage.tables import NO_TOPIC, chat_settings, last_questions

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)
GROUP = -1_001_234_567_890


def by(user_id: int, message_id: int) -> Asked:
    """A message of somebody in the group."""
    return Asked(GROUP, NO_TOPIC, user_id, message_id)


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


async def test_a_chat_speaks_the_language_chosen_last(store: ConversationStore) -> None:
    assert await store.language(GROUP) is None
    await store.set_language(GROUP, "uk")
    await store.set_language(GROUP, "ru")
    await store.set_language(1, "en")
    assert await store.language(GROUP) == "ru"


async def test_a_chat_can_go_back_to_the_language_of_each_question(store: ConversationStore) -> None:
    await store.set_language(GROUP, "uk")
    await store.set_language(GROUP, None)
    await store.set_language(GROUP, None)
    assert await store.language(GROUP) is None


async def test_a_language_that_is_no_longer_spoken_counts_as_none(store: ConversationStore, database: Database) -> None:
    await store.set_language(GROUP, "uk")
    async with database.write() as connection:
        await connection.execute(update(chat_settings).values(language="tlh"))
    assert await store.language(GROUP) is None


async def test_only_the_last_two_questions_of_a_user_are_kept(store: ConversationStore, database: Database) -> None:
    for message_id, question in ((10, "who said so?"), (11, "how many drones?"), (12, "and missiles?")):
        await store.remember(by(5, message_id), question, NOON)
    assert await store.previous(by(5, 13), NOON) == "and missiles?"
    async with database.read() as connection:
        assert set((await connection.execute(select(last_questions.c.question))).scalars()) == {
            "how many drones?",
            "and missiles?",
        }


async def test_a_question_is_not_what_it_follows_up_on_itself(store: ConversationStore) -> None:
    await store.remember(by(5, 11), "how many drones?", NOON)
    assert await store.previous(by(5, 11), NOON) is None
    await store.remember(by(5, 12), "and missiles?", NOON)
    assert await store.previous(by(5, 12), NOON) == "how many drones?"


async def test_an_older_question_that_is_edited_does_not_replace_a_newer_one(store: ConversationStore) -> None:
    await store.remember(by(5, 11), "how many drones?", NOON)
    await store.remember(by(5, 12), "and missiles?", NOON)
    await store.remember(by(5, 11), "how many boats?", NOON + timedelta(minutes=1))
    await store.remember(by(5, 9), "who said so?", NOON + timedelta(minutes=1))
    assert await store.previous(by(5, 13), NOON) == "and missiles?"
    assert await store.previous(by(5, 12), NOON) == "how many boats?"


async def test_a_question_belongs_to_one_user_in_one_topic_of_one_chat(store: ConversationStore) -> None:
    await store.remember(Asked(GROUP, 7, 5, 10), "who said so?", NOON)
    for chat_id, topic_id, user_id in ((1, 7, 5), (GROUP, NO_TOPIC, 5), (GROUP, 7, 6)):
        assert await store.previous(Asked(chat_id, topic_id, user_id, 11), NOON) is None
    assert await store.previous(Asked(GROUP, 7, 5, 11), NOON) == "who said so?"


async def test_a_question_that_is_too_old_is_not_followed_up(store: ConversationStore) -> None:
    await store.remember(by(5, 10), "how many?", NOON)
    assert await store.previous(by(5, 12), NOON + timedelta(milliseconds=1)) is None


async def test_pruning_deletes_old_questions_and_no_language(store: ConversationStore, database: Database) -> None:
    await store.set_language(GROUP, "uk")
    await store.remember(by(5, 10), "old", NOON)
    await store.remember(by(6, 11), "new", NOON + timedelta(minutes=5))
    assert await store.prune(NOON + timedelta(minutes=5)) == 1
    async with database.read() as connection:
        assert (await connection.execute(select(last_questions.c.question))).scalars().all() == ["new"]
    assert await store.language(GROUP) == "uk"


async def test_a_chat_that_is_forgotten_leaves_nothing_and_others_stay(
    store: ConversationStore, database: Database
) -> None:
    ledger = Ledger(database)
    for chat_id in (GROUP, 1):
        await store.set_language(chat_id, "uk")
        await store.remember(Asked(chat_id, NO_TOPIC, 5, 10), "how many?", NOON)
        await ledger.record(Delivery(chat_id, NO_TOPIC, 11, ("harbour/hoses",), "r1", NOON, 10))
    await store.forget(GROUP)
    assert await store.language(GROUP) is None
    assert await store.previous(by(5, 12), NOON) is None
    assert await ledger.replies_to(GROUP, 10) == ()
    assert [each.chat_id for each in await ledger.carrying("harbour/hoses")] == [1]
    assert await store.language(1) == "uk"
    assert await store.previous(Asked(1, NO_TOPIC, 5, 12), NOON) == "how many?"
