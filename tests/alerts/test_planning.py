"""Who is to be told what of a publication, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.alerts.planning import announce, plan
from bot.storage.alert_tables import RowKind
from bot.storage.carriers import Carrier
from bot.storage.outbox import NOWHERE, EditInline, EditMessage, NewMessage, NewRow
from bot.storage.subscriptions import Active, QuietHours, Spot, Subscription, Wishes

from .news import ADDED, CORRECTED, CRANE_KEY, HOSES_KEY

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)
ALICE, FORUM = Spot(7), Spot(-100, 5)
QUIET_NOW = QuietHours(11 * 60, 14 * 60)


def wanting(spot: Spot, wishes: Wishes) -> Subscription:
    """Build a subscription."""
    return Subscription(spot, wishes, Active())


def carrier(spot: Spot, message_id: int, *facts: str) -> Carrier:
    """Build a message that carried facts."""
    return Carrier(spot, EditMessage(message_id), facts, "r1", "uk")


def planned(
    *subscriptions: Subscription, carriers: tuple[Carrier, ...] = (), refusing: frozenset[int] = frozenset()
) -> tuple[NewRow, ...]:
    """Plan what follows from a correction and an addition."""
    news = (CORRECTED, ADDED)
    return plan(1, news, subscriptions=subscriptions, carriers=carriers, refusing=refusing, now=NOON)


def test_several_changes_are_one_message_a_chat() -> None:
    (row,) = planned(wanting(ALICE, Wishes("en")))
    assert row == NewRow(1, ALICE, NewMessage(), RowKind.ALERT, (HOSES_KEY, CRANE_KEY), "en", NOON)


def test_a_subscriber_is_told_only_what_is_wanted() -> None:
    (row,) = planned(wanting(ALICE, Wishes("en", importance="high")))
    assert row.facts == (CRANE_KEY,)
    assert planned(wanting(ALICE, Wishes("en", topics=frozenset({"ships"})))) == ()


def test_every_message_with_a_changed_fact_is_edited_and_the_place_replied_to_once() -> None:
    rows = planned(carriers=(carrier(ALICE, 11, CRANE_KEY, HOSES_KEY), carrier(ALICE, 12, HOSES_KEY)))
    assert [(row.kind, row.target) for row in rows] == [
        (RowKind.EDIT, EditMessage(11)),
        (RowKind.EDIT, EditMessage(12)),
        (RowKind.REPLY, NewMessage(12)),
    ]
    assert rows[0].facts == (CRANE_KEY, HOSES_KEY)
    assert (rows[2].facts, rows[2].language) == ((HOSES_KEY,), "uk")


def test_a_subscriber_who_was_told_gets_one_message_with_everything() -> None:
    rows = planned(
        wanting(ALICE, Wishes("en", topics=frozenset({"cranes"}))), carriers=(carrier(ALICE, 11, HOSES_KEY),)
    )
    assert [row.kind for row in rows] == [RowKind.EDIT, RowKind.REPLY]
    assert (rows[1].facts, rows[1].language) == ((HOSES_KEY, CRANE_KEY), "en")


def test_whoever_wants_no_replies_still_has_edits_and_alerts() -> None:
    carriers = (carrier(ALICE, 11, HOSES_KEY),)
    refusing = frozenset({ALICE.chat_id})
    assert [row.kind for row in planned(carriers=carriers, refusing=refusing)] == [RowKind.EDIT]
    rows = planned(wanting(ALICE, Wishes("en")), carriers=carriers, refusing=refusing)
    assert [row.kind for row in rows] == [RowKind.EDIT, RowKind.ALERT]


def test_topics_of_a_forum_are_places_of_their_own() -> None:
    rows = planned(carriers=(carrier(FORUM, 11, HOSES_KEY), carrier(Spot(FORUM.chat_id, 6), 12, HOSES_KEY)))
    replies = [(row.spot.topic_id, row.target) for row in rows if row.kind is RowKind.REPLY]
    assert replies == [(5, NewMessage(11)), (6, NewMessage(12))]


def test_what_was_posted_inline_is_edited_and_not_replied_to() -> None:
    (row,) = planned(carriers=(Carrier(NOWHERE, EditInline("i1"), (HOSES_KEY,), "r1", "en"),))
    assert (row.kind, row.target) == (RowKind.EDIT, EditInline("i1"))


def test_alerts_wait_for_the_digest_and_corrections_do_not() -> None:
    daily = wanting(ALICE, Wishes("en", cadence="daily"))
    (alert,) = planned(daily)
    assert alert.due_at == NOON + timedelta(hours=21)
    _, reply = planned(daily, carriers=(carrier(ALICE, 11, HOSES_KEY),))
    assert reply.due_at == NOON


def test_quiet_hours_hold_back_messages_and_not_edits() -> None:
    quiet = wanting(ALICE, Wishes("en", quiet=QUIET_NOW))
    edit, reply = planned(quiet, carriers=(carrier(ALICE, 11, HOSES_KEY),))
    assert (edit.due_at, reply.due_at) == (NOON, NOON + timedelta(hours=2))
    (announced,) = announce(1, [quiet], NOON)
    assert announced.due_at == NOON + timedelta(hours=2)


def test_an_announcement_goes_to_every_subscriber_whatever_the_topics() -> None:
    rows = announce(1, [wanting(ALICE, Wishes("uk", topics=frozenset({"ships"}))), wanting(FORUM, Wishes("en"))], NOON)
    assert [(row.spot, row.kind, row.language) for row in rows] == [
        (ALICE, RowKind.ANNOUNCEMENT, "uk"),
        (FORUM, RowKind.ANNOUNCEMENT, "en"),
    ]


def test_a_zone_that_is_no_longer_known_counts_as_utc() -> None:
    (row,) = planned(wanting(ALICE, Wishes("en", cadence="daily", zone="Mars/Olympus")))
    assert row.due_at == datetime(2031, 2, 4, 9, tzinfo=UTC)
