"""Subscriptions, events, the outbox and the lease, on each database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.storage.alert_tables import EventState, RowKind, RowState
from bot.storage.carriers import carriers_in
from bot.storage.conversations import ConversationStore
from bot.storage.database import Database
from bot.storage.events import EventStore, add_event
from bot.storage.inline_ledger import InlineLedger
from bot.storage.lease import LASTS, Lease
from bot.storage.ledger import Delivery, Ledger
from bot.storage.outbox import (
    NOWHERE,
    Amended,
    EditInline,
    EditMessage,
    NewMessage,
    NewRow,
    OutboxStore,
    add_rows,
)
from bot.storage.subscriptions import (
    Active,
    Ended,
    QuietHours,
    Spot,
    Subscription,
    SubscriptionStore,
    Suspended,
    Wishes,
)

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)
ALICE, FORUM = Spot(7), Spot(-100, 5)
WISHES = Wishes("uk", frozenset({"damage", "ships"}), "daily", "high", QuietHours(1320, 420), "Europe/Kyiv")


class Wall:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        """Return the time."""
        return self.time


@pytest.fixture
def clock() -> Wall:
    return Wall()


@pytest.fixture
def subscriptions(database: Database, clock: Wall) -> SubscriptionStore:
    return SubscriptionStore(database, clock=clock)


@pytest.fixture
def events(database: Database, clock: Wall) -> EventStore:
    return EventStore(database, clock=clock)


@pytest.fixture
def outbox(database: Database, clock: Wall) -> OutboxStore:
    return OutboxStore(database, clock=clock)


async def born(database: Database, *rows: tuple[Spot, NewMessage | EditMessage | EditInline], key: str = "p:1") -> int:
    """Store an event with these rows, due at noon."""
    async with database.write() as connection:
        event = await add_event(
            connection, key=key, kind="publication", revision="r2", body="[]", at=NOON, facts=["r/a", "r/a"]
        )
        new = [
            NewRow(
                event,
                spot,
                target,
                RowKind.ALERT if isinstance(target, NewMessage) else RowKind.EDIT,
                ("r/a", "r/b"),
                "en",
                NOON,
            )
            for spot, target in rows
        ]
        assert await add_rows(database, connection, new, NOON) == len(set(rows))
    return event


async def test_a_subscription_is_found_as_it_was_chosen(subscriptions: SubscriptionStore) -> None:
    await subscriptions.subscribe(FORUM, Wishes("en"))
    await subscriptions.subscribe(FORUM, WISHES)
    assert await subscriptions.find(FORUM) == Subscription(FORUM, WISHES, Active())
    assert await subscriptions.find(Spot(FORUM.chat_id)) is None
    assert await subscriptions.kept() == (Subscription(FORUM, WISHES, Active()),)


async def test_topics_of_a_chat_end_one_by_one_or_together(subscriptions: SubscriptionStore) -> None:
    other = Spot(FORUM.chat_id, 6)
    await subscriptions.subscribe(FORUM, WISHES)
    await subscriptions.subscribe(other, WISHES)
    assert await subscriptions.end(FORUM.chat_id, "unsubscribed", topic_id=5) == 1
    assert [each.state for each in await subscriptions.in_chat(-100)] == [Ended("unsubscribed"), Active()]
    assert await subscriptions.end(FORUM.chat_id, "removed") == 1
    assert await subscriptions.kept() == ()


async def test_only_what_nobody_asked_to_end_is_restored(subscriptions: SubscriptionStore) -> None:
    await subscriptions.subscribe(ALICE, WISHES)
    await subscriptions.end(ALICE.chat_id, "blocked")
    assert await subscriptions.restore(ALICE.chat_id) == 1
    await subscriptions.end(ALICE.chat_id, "unsubscribed")
    assert await subscriptions.restore(ALICE.chat_id) == 0


async def test_a_suspended_chat_holds_what_waits_for_it(
    database: Database, subscriptions: SubscriptionStore, events: EventStore, outbox: OutboxStore
) -> None:
    await subscriptions.subscribe(FORUM, WISHES)
    event = await born(database, (FORUM, NewMessage()), (ALICE, NewMessage()))
    await subscriptions.suspend(FORUM, "closed")
    found = await subscriptions.find(FORUM)
    assert found is not None
    assert found.state == Suspended("closed")
    assert (await events.tally(event)).by_state == {RowState.HELD: 1, RowState.PENDING: 1}
    assert await subscriptions.resume(FORUM.chat_id) == 1
    assert {row.spot for row in await outbox.due(10)} == {FORUM, ALICE}


async def test_unsubscribing_drops_alerts_and_keeps_corrections(
    database: Database, subscriptions: SubscriptionStore, outbox: OutboxStore
) -> None:
    await subscriptions.subscribe(ALICE, WISHES)
    await born(database, (ALICE, NewMessage()), (ALICE, EditMessage(3)))
    await subscriptions.end(ALICE.chat_id, "unsubscribed")
    assert [row.target for row in await outbox.due(10)] == [EditMessage(3)]


async def test_replies_are_wanted_until_somebody_says_no(subscriptions: SubscriptionStore) -> None:
    assert await subscriptions.wants_replies(7)
    await subscriptions.set_replies(7, wanted=False)
    await subscriptions.set_replies(7, wanted=False)
    assert not await subscriptions.wants_replies(7)
    await subscriptions.set_replies(7, wanted=True)
    assert await subscriptions.wants_replies(7)


async def test_ended_subscriptions_are_forgotten_in_time(subscriptions: SubscriptionStore) -> None:
    await subscriptions.subscribe(ALICE, WISHES)
    await subscriptions.subscribe(FORUM, WISHES)
    await subscriptions.end(ALICE.chat_id, "blocked")
    assert await subscriptions.prune(NOON + timedelta(seconds=1)) == 1
    assert await subscriptions.find(FORUM) is not None


async def test_nobody_is_told_twice_of_an_event(database: Database, events: EventStore) -> None:
    event = await born(database, (ALICE, NewMessage(4)), (ALICE, EditMessage(3)), (NOWHERE, EditInline("i")))
    async with database.write() as connection:
        again = NewRow(event, ALICE, NewMessage(9), RowKind.REPLY, ("r/a",), "en", NOON)
        assert await add_rows(database, connection, [again], NOON) == 0
    assert (await events.tally(event)).total == 3
    with pytest.raises(IntegrityError):
        await born(database)


async def test_rows_come_back_as_they_were_stored(database: Database, outbox: OutboxStore) -> None:
    await born(database, (ALICE, NewMessage(4)), (FORUM, EditMessage(3)), (NOWHERE, EditInline("i")))
    rows = await outbox.due(10)
    assert [(row.spot, row.target, row.facts, row.language, row.attempts) for row in rows] == [
        (ALICE, NewMessage(4), ("r/a", "r/b"), "en", 0),
        (FORUM, EditMessage(3), ("r/a", "r/b"), "en", 0),
        (NOWHERE, EditInline("i"), ("r/a", "r/b"), "en", 0),
    ]


async def test_a_row_is_begun_once_and_only_while_its_event_runs(
    database: Database, outbox: OutboxStore, events: EventStore
) -> None:
    event = await born(database, (ALICE, NewMessage()), (FORUM, NewMessage()))
    first, second = [row.id for row in await outbox.due(10)]
    assert await outbox.begin([first])
    assert not await outbox.begin([first])
    await events.change(event, EventState.RUNNING, EventState.PAUSED)
    assert not await outbox.begin([second])
    assert await outbox.due(10) == ()


async def test_what_failed_waits_and_is_counted(
    database: Database, outbox: OutboxStore, events: EventStore, clock: Wall
) -> None:
    event = await born(database, (ALICE, NewMessage()))
    (row,) = await outbox.due(10)
    await outbox.begin([row.id])
    await outbox.again([row.id], NOON + timedelta(seconds=5), "timed_out", ambiguous=True)
    assert await outbox.due(10) == ()
    assert not await outbox.begin([row.id])  # by somebody who looked before
    clock.time += timedelta(seconds=5)
    (again,) = await outbox.due(10)
    assert (again.attempts, again.ambiguous) == (1, 1)
    await outbox.give_up([row.id], "timed_out", ambiguous=True)
    tally = await events.tally(event)
    assert (tally.by_state, tally.ambiguous, tally.open) == ({RowState.FAILED: 1}, 2, 0)


async def test_what_was_under_way_at_a_crash_is_found(database: Database, outbox: OutboxStore) -> None:
    await born(database, (ALICE, NewMessage()), (FORUM, NewMessage()))
    (first, _) = await outbox.due(10)
    await outbox.begin([first.id])
    assert await outbox.recover(5) == 1
    assert [row.ambiguous for row in await outbox.due(10)] == [1, 0]


async def test_what_arrived_is_in_the_ledger_in_the_same_step(database: Database, outbox: OutboxStore) -> None:
    ledger = Ledger(database)
    old = Delivery(7, 0, 3, ("r/a",), "r1", NOON, 2, "en")
    await ledger.record(old)
    await born(database, (ALICE, NewMessage()), (ALICE, EditMessage(3)))
    (message,) = await outbox.due(10)
    new = Delivery(7, 0, 4, ("r/a",), "r2", NOON, None, "en")
    await outbox.finish([message.id], told=[new])
    (edit,) = await outbox.due(10)
    await outbox.finish([edit.id], amended=Amended(7, EditMessage(3), "r2"))
    assert await ledger.carrying("r/a") == (Delivery(7, 0, 3, ("r/a",), "r2", NOON, 2, "en"), new)


async def test_messages_to_put_right_are_found_in_chats_and_inline(database: Database) -> None:
    await Ledger(database).record(Delivery(7, 0, 3, ("r/b", "r/a"), "r1", NOON, 2, "uk"))
    await Ledger(database).record(Delivery(7, 0, 4, ("r/a",), "r2", NOON, 2, "uk"))
    inline = InlineLedger(database)
    await inline.record("i1", ["r/a"], revision="r1", language="ru", at=NOON)
    await inline.record("i1", ["r/a"], revision="r9", language="ru", at=NOON)
    async with database.read() as connection:
        found = await carriers_in(connection, ["r/a"], since=NOON, but=["r2"])
        none = await carriers_in(connection, ["r/a"], since=NOON + timedelta(seconds=1), but=["r2"])
    assert [(each.spot, each.message, each.facts, each.language) for each in found] == [
        (ALICE, EditMessage(3), ("r/b", "r/a"), "uk"),
        (NOWHERE, EditInline("i1"), ("r/a",), "ru"),
    ]
    assert none == ()
    assert await inline.prune(NOON + timedelta(seconds=1)) == 1


async def test_alerts_that_wait_follow_new_wishes(database: Database, outbox: OutboxStore, clock: Wall) -> None:
    await born(database, (ALICE, NewMessage()))
    await outbox.reschedule(ALICE, NOON + timedelta(hours=1), "uk")
    assert await outbox.due(10) == ()
    clock.time += timedelta(hours=1)
    assert [row.language for row in await outbox.due(10)] == ["uk"]


async def test_forgetting_a_chat_leaves_nothing_of_it(
    database: Database, subscriptions: SubscriptionStore, events: EventStore
) -> None:
    await subscriptions.subscribe(ALICE, WISHES)
    await subscriptions.set_replies(ALICE.chat_id, wanted=False)
    event = await born(database, (ALICE, NewMessage()), (FORUM, NewMessage()))
    await ConversationStore(database).forget(ALICE.chat_id)
    assert await subscriptions.find(ALICE) is None
    assert await subscriptions.wants_replies(ALICE.chat_id)
    assert (await events.tally(event)).total == 1


async def test_a_chat_that_moves_takes_along_what_it_decided_and_what_it_is_owed(
    database: Database, subscriptions: SubscriptionStore, outbox: OutboxStore
) -> None:
    old, new = Spot(-5), Spot(-1000000000005)
    await subscriptions.subscribe(old, WISHES)
    await subscriptions.set_replies(old.chat_id, wanted=False)
    await born(database, (old, NewMessage(4)), (old, EditMessage(3)))
    conversations = ConversationStore(database)
    await conversations.move(old.chat_id, new.chat_id)
    await conversations.move(old.chat_id, new.chat_id)
    found = await subscriptions.find(new)
    assert found is not None
    assert found.wishes == WISHES
    assert not await subscriptions.wants_replies(new.chat_id)
    assert [(row.spot, row.target) for row in await outbox.due(10)] == [(new, NewMessage())]


async def test_a_draft_is_told_to_nobody_and_forgotten(events: EventStore) -> None:
    draft = await events.draft("announcement:1", "r1", "Hello")
    assert await events.latest(10) == ()
    assert await events.drop_drafts(NOON + timedelta(seconds=1)) == 1
    assert await events.found({draft}) == ()


async def test_old_events_go_with_everything_that_was_sent_of_them(database: Database, events: EventStore) -> None:
    event = await born(database, (ALICE, NewMessage()))
    assert await events.prune(NOON + timedelta(seconds=1)) == 1
    assert (await events.tally(event)).total == 0


async def test_a_lease_has_one_holder_until_it_falls_silent(database: Database, clock: Wall) -> None:
    first, second = (Lease(database, "dispatcher", name, clock=clock) for name in ("first", "second"))
    assert await first.take()
    assert not await second.take()
    assert (first.is_held, second.is_held) == (True, False)
    clock.time += LASTS
    assert not first.is_held
    assert await second.take()
    assert not await first.take()


async def test_a_lease_that_is_given_back_is_free_at_once(database: Database, clock: Wall) -> None:
    first, second = (Lease(database, "dispatcher", name, clock=clock) for name in ("first", "second"))
    await first.take()
    await second.give_back()
    assert not await second.take()
    await first.give_back()
    assert await second.take()


async def test_the_only_process_of_a_database_does_not_wait_for_a_dead_one(database: Database, clock: Wall) -> None:
    assert await Lease(database, "dispatcher", "dead", clock=clock).take()
    assert await Lease(database, "dispatcher", "alive", sole=True, clock=clock).take()
