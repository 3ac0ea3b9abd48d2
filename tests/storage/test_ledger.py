"""Which message carried which facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage.database import Database
from bot.storage.ledger import Delivery, Ledger

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)
HOSES, PIER = "harbour/hoses", "harbour/pier"
REPLY = Delivery(
    chat_id=-100, topic_id=7, message_id=11, facts=(PIER, HOSES), revision="r1", at=NOON, question_message_id=10
)


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


async def test_a_delivery_is_found_by_each_of_its_facts_as_it_was_recorded(ledger: Ledger) -> None:
    await ledger.record(REPLY)
    assert await ledger.carrying(HOSES) == (REPLY,)
    assert await ledger.carrying(PIER) == (REPLY,)
    assert await ledger.carrying("harbour/other") == ()


async def test_deliveries_with_a_fact_come_oldest_first(ledger: Ledger) -> None:
    later = replace(REPLY, message_id=5, chat_id=3, at=NOON + timedelta(seconds=1), question_message_id=None)
    await ledger.record(later)
    await ledger.record(REPLY)
    assert await ledger.carrying(HOSES) == (REPLY, later)


async def test_an_answer_in_several_messages_is_found_by_its_question(ledger: Ledger) -> None:
    await ledger.record(replace(REPLY, message_id=12, facts=()))
    await ledger.record(REPLY)
    await ledger.record(replace(REPLY, message_id=13, question_message_id=9))
    await ledger.record(replace(REPLY, chat_id=4))
    assert await ledger.replies_to(-100, 10) == (11, 12)


async def test_a_message_recorded_again_replaces_what_was_known_of_it(ledger: Ledger) -> None:
    await ledger.record(REPLY)
    corrected = replace(REPLY, facts=(PIER,), revision="r2")
    await ledger.record(corrected)
    assert await ledger.carrying(HOSES) == ()
    assert await ledger.carrying(PIER) == (corrected,)


async def test_an_edited_question_replaces_all_of_its_answer(ledger: Ledger) -> None:
    await ledger.record(REPLY)
    await ledger.record(replace(REPLY, message_id=12))
    other = replace(REPLY, message_id=20, question_message_id=19)
    await ledger.record(other)
    edited = replace(REPLY, facts=(HOSES,), revision="r2")
    await ledger.replace(-100, 10, [edited])
    assert await ledger.replies_to(-100, 10) == (11,)
    assert await ledger.carrying(HOSES) == (edited, other)
    assert await ledger.carrying(PIER) == (other,)


async def test_an_answer_that_was_taken_back_leaves_no_reply(ledger: Ledger) -> None:
    await ledger.record(REPLY)
    await ledger.replace(-100, 10, [])
    assert await ledger.replies_to(-100, 10) == ()


async def test_pruning_deletes_old_deliveries_with_their_facts(ledger: Ledger) -> None:
    fresh = replace(REPLY, message_id=12, at=NOON + timedelta(days=1))
    await ledger.record(REPLY)
    await ledger.record(fresh)
    assert await ledger.prune(NOON + timedelta(hours=1)) == 1
    assert await ledger.carrying(HOSES) == (fresh,)


async def test_a_chat_that_is_forgotten_has_no_deliveries_and_others_keep_theirs(ledger: Ledger) -> None:
    other = replace(REPLY, chat_id=4)
    await ledger.record(REPLY)
    await ledger.record(other)
    await ledger.forget(-100)
    assert await ledger.carrying(HOSES) == (other,)
