"""What is true when a letter is sent counts, and not what was true when its row was born."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy

from bot.alerts.letters import Alert, Amendment, Doubtful, TooFast, Unreachable
from bot.alerts.news import News
from bot.storage.alert_tables import EventState, RowState, events
from bot.storage.database import Database
from bot.storage.inline_ledger import InlineLedger
from bot.storage.ledger import Delivery
from bot.storage.subscriptions import QuietHours, Spot, Wishes

from .conftest import NOON, Wall
from .news import ADDED, CORRECTED, CRANE, CRANE_KEY, FIVE, HOSES_KEY, SOURCE, THREE, WITHDRAWN, fact
from .test_dispatcher import ALICE, BOB, GROUP, House

SEVEN = fact("hoses-burst", "Seven hoses burst.")
AGAIN = News(source=SOURCE, old=FIVE, new=SEVEN)
FALLEN = News(source=SOURCE, old=CRANE, new=fact("crane-fell", "A crane fell.", topic="cranes", withdrawn=True))


@pytest.fixture
def house(database: Database, clock: Wall) -> House:
    """A dispatcher that has not started."""
    return House(database, clock)


async def answered(house: House, *facts: str, message_id: int = 11, revision: str = "r1", chat: int = 7) -> None:
    """Note that a question was answered, in a chat that wants no replies to corrections."""
    await house.subscriptions.set_replies(chat, wanted=False)
    await house.ledger.record(Delivery(chat, 0, message_id, facts or (HOSES_KEY,), revision, NOON, 10, "en"))


def amendments(house: House) -> list[tuple[News, ...]]:
    """Return what the edits told of."""
    return [each.content.news for each in house.post.taken if isinstance(each.content, Amendment)]


def alerts(house: House) -> list[tuple[News, ...]]:
    """Return what the alerts told of."""
    return [each.content.news for each in house.post.taken if isinstance(each.content, Alert)]


async def test_an_older_correction_never_overwrites_a_newer_one(house: House) -> None:
    house.post.answers[ALICE] = [TooFast(31)]
    await answered(house)
    first = await house.publish(CORRECTED)
    await house.runs_until(first, lambda _: bool(house.post.taken))
    second = await house.publish(AGAIN, key="publication:3", revision="r3")
    await house.until(second, RowState.SENT)
    house.clock.advance(31)
    await house.until(first, RowState.SKIPPED)
    assert amendments(house) == [(CORRECTED,), (News(source=SOURCE, old=THREE, new=SEVEN),)]


async def test_an_edit_leaves_alone_what_was_answered_anew(house: House) -> None:
    await answered(house)
    event = await house.publish(CORRECTED)
    await answered(house, CRANE_KEY)
    await house.until(event, RowState.SKIPPED)
    assert house.post.taken == []


async def test_an_alert_that_waited_tells_what_holds_now(house: House) -> None:
    house.post.answers[ALICE] = [Unreachable()]
    await house.subscribe(ALICE)
    first = await house.publish(CORRECTED, ADDED)
    await house.runs_until(first, lambda _: bool(house.post.taken))
    await house.subscriptions.end(BOB.chat_id, "unsubscribed")
    await house.publish(AGAIN, FALLEN, key="publication:3", revision="r3")
    house.clock.advance(60)
    await house.until(first, RowState.SENT)
    late = next(each for each in house.post.taken if 1 in each.rows and each is not house.post.taken[0])
    assert isinstance(late.content, Alert)
    assert late.content.news == (News(source=SOURCE, old=THREE, new=SEVEN),)
    assert late.revision == "r3"


async def test_a_paused_alert_of_what_was_withdrawn_since_is_not_sent(house: House) -> None:
    await house.subscribe(ALICE)
    event = await house.publish(ADDED)
    await house.events.change(event, EventState.RUNNING, EventState.PAUSED)
    later = await house.publish(FALLEN, key="publication:3", revision="r3")
    await house.until(later, RowState.SENT)
    await house.events.change(event, EventState.PAUSED, EventState.RUNNING)
    await house.until(event, RowState.SKIPPED)
    assert alerts(house) == [(FALLEN,)]


async def test_what_happens_while_a_place_is_closed_is_told_when_it_opens(house: House) -> None:
    await house.subscribe(GROUP)
    await house.subscriptions.suspend(GROUP, "closed")
    event = await house.publish(ADDED)
    draft = await house.events.draft("announcement:a", "r1", "The harbour is open.")
    await house.births.announce(draft)
    assert (await house.events.tally(event)).by_state == {RowState.HELD: 1}
    await house.subscriptions.resume(GROUP.chat_id)
    await house.until(event, RowState.SENT)
    await house.until(draft, RowState.SENT)
    assert alerts(house) == [(ADDED,)]


@pytest.mark.parametrize("state", [EventState.PAUSED, EventState.ABORTED])
async def test_what_no_longer_holds_is_edited_whatever_becomes_of_the_alerts(house: House, state: EventState) -> None:
    await house.subscribe(BOB)
    await answered(house)
    event = await house.publish(CORRECTED)
    await house.events.change(event, EventState.RUNNING, state)
    await house.until(event, RowState.SENT)
    assert house.post.spots == [ALICE]


async def test_nothing_of_an_aborted_broadcast_is_left_open_by_late_answers(house: House) -> None:
    event = await house.publish(CORRECTED)
    await house.events.change(event, EventState.RUNNING, EventState.ABORTED)
    await house.ledger.record(Delivery(7, 0, 11, (HOSES_KEY,), "r1", NOON, 10, "en"))
    tally = await house.until(event, RowState.SENT)
    assert (tally.total, tally.open) == (1, 0)


async def test_a_chat_with_much_to_put_right_holds_up_nobody(house: House) -> None:
    for number in range(300):
        await answered(house, message_id=number + 1)
    event = await house.publish(CORRECTED)
    house.clock.advance(1)
    await house.subscribe(BOB)
    await house.publish(ADDED, key="publication:3", revision="r3")
    rows = await house.outbox.due(2)
    assert [row.spot for row in rows] == [ALICE, BOB]
    assert (await house.events.tally(event)).total == 300


async def test_what_may_have_arrived_is_sent_again_a_handful_of_times(house: House) -> None:
    house.post.answers[ALICE] = [Doubtful()] * 9
    await house.subscribe(ALICE)
    event = await house.publish(ADDED)
    for doubts in range(1, 5):
        await house.runs_until(event, lambda tally, doubts=doubts: tally.ambiguous == doubts)  # type: ignore[misc]
        house.clock.advance(60)
    tally = await house.until(event, RowState.FAILED)
    assert (len(house.post.taken), tally.ambiguous) == (5, 5)


async def test_what_the_dispatcher_may_die_of_is_given_up_in_the_end(house: House) -> None:
    await house.subscribe(ALICE)
    event = await house.publish(ADDED)
    for _ in range(5):
        (row,) = await house.outbox.due(10)
        assert await house.outbox.begin([row.id])
        await house.outbox.recover(5)
    assert (await house.events.tally(event)).by_state == {RowState.FAILED: 1}


async def test_an_event_that_cannot_be_read_stops_no_other(house: House, database: Database) -> None:
    await house.subscribe(ALICE)
    await answered(house, chat=8)
    broken = await house.publish(CORRECTED)
    async with database.write() as connection:
        await connection.execute(sqlalchemy.update(events).values(body='[{"of": "another version"}]'))
    event = await house.publish(ADDED, key="publication:3", revision="r3")
    await house.until(event, RowState.SENT)
    tally = await house.until(broken, RowState.FAILED, count=2)
    assert tally.open == 0
    assert alerts(house) == [(ADDED,)]


async def test_quiet_hours_that_began_meanwhile_are_kept(house: House) -> None:
    house.post.answers[ALICE] = [Unreachable()]
    await house.subscribe(ALICE, wishes=Wishes("en", quiet=QuietHours(12 * 60 + 1, 14 * 60)))
    await house.subscribe(BOB)
    event = await house.publish(ADDED)
    await house.until(event, RowState.SENT)
    house.clock.advance(120)
    other = await house.publish(CORRECTED, key="publication:3", revision="r3")
    await house.until(other, RowState.SENT)
    assert house.post.spots.count(ALICE) == 1
    house.clock.time = NOON + timedelta(hours=2)
    await house.until(event, RowState.SENT, count=2)


async def test_nobody_is_told_after_they_unsubscribed(house: House) -> None:
    await house.subscribe(ALICE)
    event = await house.publish(ADDED)
    (row,) = await house.outbox.due(10)
    assert await house.outbox.begin([row.id])
    await house.subscriptions.end(ALICE.chat_id, "unsubscribed")
    await house.outbox.wait([row.id], NOON)
    await house.until(event, RowState.SKIPPED)
    assert house.post.taken == []


async def test_a_correction_is_owed_to_whoever_never_subscribed(house: House) -> None:
    await house.ledger.record(Delivery(7, 0, 11, (HOSES_KEY,), "r1", NOON, 10, "en"))
    event = await house.publish(WITHDRAWN)
    await house.until(event, RowState.SENT, count=2)
    assert alerts(house) == [(WITHDRAWN,)]


async def test_a_mended_translation_is_told_in_that_language_alone(house: House) -> None:
    written = {**THREE.model_dump(by_alias=True), "answer": {**THREE.answer.model_dump(), "uk": "Луснули три шланги."}}
    mended = News(source=SOURCE, old=THREE, new=type(THREE).model_validate(written))
    await house.subscribe(ALICE)
    await house.subscribe(BOB, wishes=Wishes("uk"))
    await house.ledger.record(Delivery(9, 0, 11, (HOSES_KEY,), "r1", NOON, 10, "en"))
    event = await house.publish(mended)
    tally = await house.until(event, RowState.SENT)
    assert (house.post.spots, tally.total) == ([BOB], 1)


async def test_a_message_posted_elsewhere_is_no_chat_that_is_reached(house: House) -> None:
    await InlineLedger(house.database).record("i1", [HOSES_KEY], revision="r1", language="en", at=NOON)
    await house.subscribe(Spot(7))
    reach = await house.births.reach((CORRECTED,))
    assert (reach.alerts, reach.chats) == (2, 1)
