"""What the dispatcher makes of everything that can come of a letter. The post is in memory, the outbox real."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.alerts.admission import Admission
from bot.alerts.births import Births
from bot.alerts.dispatcher import Dispatcher
from bot.alerts.letters import (
    Alert,
    Amendment,
    Announcement,
    Begin,
    Closed,
    Delivered,
    Gone,
    Impossible,
    Letter,
    Moved,
    NotBegun,
    Outcome,
    Part,
    TooFast,
    Unreachable,
)
from bot.alerts.news import News
from bot.alerts.settling import Settling
from bot.alerts.turnstile import Turnstile
from bot.chat.moving import move_chat
from bot.storage.alert_tables import EventState, RowState
from bot.storage.carriers import Carriers
from bot.storage.conversations import ConversationStore
from bot.storage.database import Database
from bot.storage.events import EventStore, Tally
from bot.storage.lease import Lease
from bot.storage.ledger import Delivery, Ledger
from bot.storage.outbox import OutboxStore
from bot.storage.subscriptions import Active, Ended, Spot, SubscriptionStore, Suspended, Wishes

from .conftest import NOON, Wall
from .news import ADDED, CORRECTED, CRANE_KEY, HOSES_KEY, SOURCE, fact

ALICE, BOB, GROUP = Spot(7), Spot(8), Spot(-100)


@dataclass
class Post:
    """Takes letters, and answers as it was told to."""

    answers: dict[Spot, list[Outcome]] = field(default_factory=dict)
    taken: list[Letter] = field(default_factory=list)
    hangs: asyncio.Event | None = None
    next_id: int = 500

    async def deliver(self, letter: Letter, begin: Begin) -> Outcome:
        """Take a letter."""
        if not await begin():
            return NotBegun()
        self.taken.append(letter)
        if self.hangs is not None:
            await self.hangs.wait()
        waiting = self.answers.get(letter.spot)
        if waiting:
            return waiting.pop(0)
        self.next_id += 1
        content = letter.content
        facts = tuple(each.key for each in content.news) if isinstance(content, Alert) else ()
        return Delivered(() if isinstance(content, Amendment) else (Part(self.next_id, facts),))

    @property
    def spots(self) -> list[Spot]:
        """Where the letters went."""
        return [letter.spot for letter in self.taken]


@dataclass
class House:
    """A dispatcher and all that it touches."""

    database: Database
    clock: Wall
    post: Post = field(default_factory=Post)

    def __post_init__(self) -> None:
        self.outbox = OutboxStore(self.database, clock=self.clock)
        self.events = EventStore(self.database, clock=self.clock)
        self.subscriptions = SubscriptionStore(self.database, clock=self.clock)
        self.births = Births(self.database, clock=self.clock)
        self.carriers = Carriers(self.database)
        self.ledger = Ledger(self.database)
        self.conversations = ConversationStore(self.database)
        self.dispatcher = self.another("first")

    def another(self, name: str, *, sole: bool = False) -> Dispatcher:
        """Build a dispatcher, as another process would."""
        return Dispatcher(
            outbox=self.outbox,
            events=self.events,
            births=self.births,
            lease=Lease(self.database, "dispatcher", name, sole=sole, clock=self.clock),
            post=self.post,
            turnstile=Turnstile(),
            carriers=self.carriers,
            admission=Admission(self.outbox, self.subscriptions, self.carriers, clock=self.clock),
            settling=Settling(self.outbox, self.subscriptions, self._move, clock=self.clock),
            clock=self.clock,
            poll=0.01,
        )

    async def publish(self, *news: News, key: str = "publication:2", revision: str = "r2") -> int:
        """Publish news."""
        async with self.database.write() as connection:
            return await self.births.published(connection, key, revision, news)

    async def subscribe(self, *spots: Spot, wishes: Wishes | None = None) -> None:
        """Subscribe."""
        for spot in spots:
            await self.subscriptions.subscribe(spot, wishes or Wishes("en"))

    async def until(self, event_id: int, *states: RowState, count: int = 1) -> Tally:
        """Run the dispatcher until so many messages of an event are in any of some states."""
        return await self.runs_until(event_id, lambda tally: tally.of(*states) >= count)

    async def runs_until(self, event_id: int, condition: Callable[[Tally], bool]) -> Tally:
        """Run the dispatcher until something is true of the messages of an event."""
        await self.dispatcher.start()
        try:
            async with asyncio.timeout(10):
                while not condition(tally := await self.events.tally(event_id)):
                    await asyncio.sleep(0.005)
        finally:
            await self.dispatcher.stop()
        return tally

    async def _move(self, old: int, new: int) -> None:
        await move_chat(self.conversations, old, new)


@pytest.fixture
def house(database: Database, clock: Wall) -> House:
    """A dispatcher that has not started."""
    return House(database, clock)


async def test_a_publication_reaches_its_subscribers_and_is_in_the_ledger(house: House) -> None:
    await house.subscribe(ALICE, BOB)
    event = await house.publish(CORRECTED, ADDED)
    tally = await house.until(event, RowState.SENT, count=2)
    assert (tally.total, tally.ambiguous) == (2, 0)
    assert sorted(spot.chat_id for spot in house.post.spots) == [7, 8]
    content = house.post.taken[0].content
    assert isinstance(content, Alert)
    assert content.news == (CORRECTED, ADDED)
    told = await house.ledger.carrying(CRANE_KEY)
    assert {(each.chat_id, each.facts, each.revision, each.language) for each in told} == {
        (7, (HOSES_KEY, CRANE_KEY), "r2", "en"),
        (8, (HOSES_KEY, CRANE_KEY), "r2", "en"),
    }


async def test_an_earlier_answer_is_edited_and_replied_to(house: House) -> None:
    await house.ledger.record(Delivery(7, 0, 11, (HOSES_KEY,), "r1", NOON, 10, "uk"))
    event = await house.publish(CORRECTED)
    await house.until(event, RowState.SENT, count=2)
    kinds = [type(letter.content) for letter in house.post.taken]
    assert sorted(kind.__name__ for kind in kinds) == ["Alert", "Amendment"]
    answer = next(each for each in await house.ledger.carrying(HOSES_KEY) if each.message_id == 11)
    assert (answer.revision, answer.question_message_id) == ("r2", 10)


async def test_an_answer_that_was_on_its_way_during_the_publication_is_found(house: House) -> None:
    event = await house.publish(CORRECTED)
    await house.ledger.record(Delivery(7, 0, 11, (HOSES_KEY,), "r1", NOON, 10, "en"))
    await house.until(event, RowState.SENT, count=2)
    assert {type(letter.content) for letter in house.post.taken} == {Alert, Amendment}


async def test_an_answer_of_a_later_revision_is_left_alone(house: House) -> None:
    event = await house.publish(CORRECTED)
    later = await house.publish(ADDED, key="publication:3", revision="r3")
    await house.subscribe(BOB)
    await house.ledger.record(Delivery(7, 0, 11, (HOSES_KEY,), "r3", NOON, 10, "en"))
    last = await house.publish(ADDED, key="publication:4", revision="r4")
    await house.until(last, RowState.SENT)
    assert [(await house.events.tally(each)).total for each in (event, later)] == [0, 0]


async def test_what_waited_for_one_place_is_one_letter(house: House) -> None:
    await house.subscribe(ALICE, wishes=Wishes("en", cadence="hourly"))
    house.clock.advance(60)
    first = await house.publish(CORRECTED)
    second = await house.publish(ADDED, key="publication:3", revision="r3")
    house.clock.advance(3600)
    await house.until(second, RowState.SENT)
    (letter,) = house.post.taken
    assert isinstance(letter.content, Alert)
    assert letter.content.news == (CORRECTED, ADDED)
    assert (await house.events.tally(first)).of(RowState.SENT) == 1


async def test_a_message_is_edited_once_for_corrections_that_came_before_its_turn(house: House) -> None:
    await house.ledger.record(Delivery(7, 0, 11, (HOSES_KEY,), "r1", NOON, 10, "en"))
    await house.subscriptions.set_replies(7, wanted=False)
    await house.publish(CORRECTED)
    seven = fact("hoses-burst", "Seven hoses burst.")
    again = News(source=SOURCE, old=CORRECTED.new, new=seven)
    second = await house.publish(again, key="publication:3", revision="r3")
    await house.until(second, RowState.SENT)
    (letter,) = house.post.taken
    assert isinstance(letter.content, Amendment)
    assert letter.content.news == (News(source=SOURCE, old=CORRECTED.old, new=seven),)
    (answer,) = await house.ledger.carrying(HOSES_KEY)
    assert answer.revision == "r3"


async def test_a_digest_of_nothing_is_not_sent(house: House) -> None:
    await house.subscribe(ALICE, wishes=Wishes("en", cadence="hourly"))
    house.clock.advance(60)
    await house.publish(CORRECTED)
    back = News(source=CORRECTED.source, old=CORRECTED.new, new=CORRECTED.old)
    second = await house.publish(back, key="publication:3", revision="r1")
    house.clock.advance(3600)
    await house.until(second, RowState.SKIPPED)
    assert house.post.taken == []


@pytest.mark.parametrize("gone", [Gone("blocked"), Gone("deactivated"), Gone("removed")])
async def test_whoever_is_gone_is_no_longer_subscribed(house: House, gone: Gone) -> None:
    house.post.answers[ALICE] = [gone]
    await house.subscribe(ALICE, BOB)
    event = await house.publish(ADDED)
    await house.until(event, RowState.SENT, RowState.FAILED, count=2)
    alice, bob = await house.subscriptions.find(ALICE), await house.subscriptions.find(BOB)
    assert alice is not None
    assert bob is not None
    assert alice.state == Ended(gone.why)
    assert bob.state == Active()


async def test_a_closed_topic_suspends_and_what_it_missed_comes_when_it_opens(house: House) -> None:
    house.post.answers[GROUP] = [Closed()]
    await house.subscribe(GROUP)
    event = await house.publish(ADDED)
    await house.until(event, RowState.HELD)
    found = await house.subscriptions.find(GROUP)
    assert found is not None
    assert found.state == Suspended("closed")
    assert await house.subscriptions.resume(GROUP.chat_id) == 1
    await house.until(event, RowState.SENT)


async def test_a_group_that_has_moved_is_told_at_its_new_id(house: House) -> None:
    moved = Spot(-1000000000100)
    house.post.answers[GROUP] = [Moved(moved.chat_id)]
    await house.subscribe(GROUP)
    event = await house.publish(ADDED)
    tally = await house.until(event, RowState.SENT)
    assert house.post.spots == [GROUP, moved]
    assert tally.total == 1
    assert await house.subscriptions.find(GROUP) is None
    found = await house.subscriptions.find(moved)
    assert found is not None
    assert found.state == Active()


@pytest.mark.parametrize("trouble", [Unreachable(), TooFast(30.0)])
async def test_what_did_not_arrive_is_tried_again_later(house: House, trouble: Outcome) -> None:
    house.post.answers[ALICE] = [trouble]
    await house.subscribe(ALICE, BOB)
    event = await house.publish(ADDED)
    await house.until(event, RowState.SENT)
    assert (await house.events.tally(event)).of(RowState.PENDING) == 1
    house.clock.advance(60)
    tally = await house.until(event, RowState.SENT, count=2)
    assert tally.ambiguous == 0
    assert house.post.spots.count(ALICE) == 2


async def test_what_telegram_will_never_take_is_given_up_and_nobody_unsubscribed(house: House) -> None:
    house.post.answers[ALICE] = [Impossible("refused")]
    await house.subscribe(ALICE)
    event = await house.publish(ADDED)
    await house.until(event, RowState.FAILED)
    found = await house.subscriptions.find(ALICE)
    assert found is not None
    assert found.state == Active()


async def test_what_was_under_way_at_a_crash_is_sent_again_and_counted(house: House) -> None:
    await house.subscribe(ALICE, BOB)
    event = await house.publish(ADDED)
    (first, _) = await house.outbox.due(10)
    assert await house.outbox.begin([first.id])
    tally = await house.until(event, RowState.SENT, count=2)
    assert tally.ambiguous == 1


async def test_only_the_holder_of_the_lease_sends(house: House) -> None:
    await house.subscribe(ALICE)
    await house.dispatcher.start()
    async with asyncio.timeout(10):
        while not await Lease(house.database, "dispatcher", "first", clock=house.clock).take():
            await asyncio.sleep(0.005)
    second = house.another("second")
    await second.start()
    event = await house.publish(ADDED)
    async with asyncio.timeout(10):
        while (await house.events.tally(event)).of(RowState.SENT) < 1:
            await asyncio.sleep(0.005)
    await house.dispatcher.stop()
    await second.stop()
    assert house.post.spots == [ALICE]


async def test_a_paused_broadcast_waits_and_an_aborted_one_is_over(house: House) -> None:
    await house.subscribe(ALICE)
    event = await house.publish(ADDED)
    assert await house.events.change(event, EventState.RUNNING, EventState.PAUSED)
    other = await house.publish(CORRECTED, key="publication:3", revision="r3")
    await house.until(other, RowState.SENT)
    assert (await house.events.tally(event)).of(RowState.PENDING) == 1
    assert await house.events.change(event, EventState.PAUSED, EventState.ABORTED)
    assert (await house.events.tally(event)).of(RowState.SKIPPED) == 1
    assert not await house.events.change(event, EventState.PAUSED, EventState.RUNNING)


async def test_an_announcement_goes_out_once_it_is_confirmed(house: House) -> None:
    await house.subscribe(ALICE)
    event = await house.events.draft("announcement:a", "r1", "The harbour is open.")
    assert await house.births.announce(event) == 1
    assert await house.births.announce(event) is None
    await house.until(event, RowState.SENT)
    assert [letter.content for letter in house.post.taken] == [Announcement("The harbour is open.")]


async def test_the_same_publication_is_never_told_twice(house: House) -> None:
    await house.subscribe(ALICE)
    await house.publish(ADDED)
    with pytest.raises(IntegrityError):
        await house.publish(ADDED)


async def test_counting_whom_it_would_reach_tells_nobody(house: House) -> None:
    await house.subscribe(ALICE, BOB)
    await house.ledger.record(Delivery(7, 0, 11, (HOSES_KEY,), "r1", NOON, 10, "en"))
    reach = await house.births.reach((CORRECTED,))
    assert (reach.alerts, reach.chats) == (3, 2)
    assert await house.outbox.due(10) == ()


async def test_what_is_older_than_the_ledger_promises_is_not_put_right(house: House) -> None:
    old = NOON - timedelta(days=31)
    await house.ledger.record(Delivery(7, 0, 11, (HOSES_KEY,), "r1", old, 10, "en"))
    event = await house.publish(CORRECTED)
    assert (await house.events.tally(event)).total == 0
