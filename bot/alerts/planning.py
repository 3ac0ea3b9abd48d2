"""Who is to be told what of a publication, and when. Pure.

Every message that carried what has changed is edited. Beside that, a place gets one new message at most: a reply to the
newest such message there, with whatever else it subscribed to; or else an alert, as it wishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.alerts.news import News
from bot.alerts.schedule import after_quiet, due
from bot.knowledge.models import Lang
from bot.storage.alert_tables import RowKind
from bot.storage.carriers import Carrier
from bot.storage.outbox import EditMessage, NewMessage, NewRow
from bot.storage.subscriptions import Spot, Subscription, Suspended, Wishes


@dataclass(slots=True)
class _Told:
    """What a place was told that no longer holds."""

    newest: EditMessage
    language: Lang | None
    facts: set[str] = field(default_factory=set)


def plan(
    event_id: int,
    news: Sequence[News],
    *,
    subscriptions: Iterable[Subscription],
    carriers: Iterable[Carrier],
    refusing: frozenset[int],
    now: datetime,
) -> tuple[NewRow, ...]:
    """Return what goes into the outbox. ``refusing``: chats that want no replies."""
    carriers = tuple(carrier for carrier in carriers if _changed(news, carrier))
    subscribed = {each.spot: each for each in subscriptions}
    told = {spot: each for spot, each in _told(news, carriers).items() if spot.chat_id not in refusing}
    places = dict.fromkeys((*told, *subscribed))
    rows = [_edit(event_id, carrier, now) for carrier in carriers]
    for spot in places:
        row = _message(event_id, spot, news, subscription=subscribed.get(spot), told=told.get(spot), now=now)
        if row is not None:
            rows.append(row)
    return tuple(rows)


def announce(event_id: int, subscriptions: Iterable[Subscription], now: datetime) -> tuple[NewRow, ...]:
    """Return what goes into the outbox for an announcement: every subscriber, after their quiet hours."""
    return tuple(
        NewRow(
            event_id,
            each.spot,
            NewMessage(),
            RowKind.ANNOUNCEMENT,
            (),
            each.wishes.language,
            after_quiet(now, each.wishes.quiet, zone_of(each.wishes)),
            held=isinstance(each.state, Suspended),
        )
        for each in subscriptions
    )


def due_at(wishes: Wishes, now: datetime) -> datetime:
    """Return when an alert that is known now is told to somebody with these wishes."""
    return due(now, wishes.cadence, wishes.quiet, zone_of(wishes))


def zone_of(wishes: Wishes) -> ZoneInfo:
    """Return a subscriber's time zone; UTC in place of one that the time zone database no longer knows."""
    try:
        return ZoneInfo(wishes.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _told(news: Sequence[News], carriers: Iterable[Carrier]) -> dict[Spot, _Told]:
    """Return for each chat and topic what it was told, in which message last; carriers come oldest first."""
    found: dict[Spot, _Told] = {}
    for carrier in carriers:
        if isinstance(carrier.message, EditMessage):
            known = found.setdefault(carrier.spot, _Told(carrier.message, carrier.language))
            known.newest, known.language = carrier.message, carrier.language or known.language
            known.facts |= _changed(news, carrier)
    return found


def _changed(news: Sequence[News], carrier: Carrier) -> set[str]:
    """Return the facts of a message that no longer say the same, in its language."""
    return {each.key for each in news if each.unsays and each.concerns(_language(carrier))}.intersection(carrier.facts)


def _language(carrier: Carrier) -> Lang:
    return carrier.language or "en"


def _edit(event_id: int, carrier: Carrier, now: datetime) -> NewRow:
    return NewRow(event_id, carrier.spot, carrier.message, RowKind.EDIT, carrier.facts, _language(carrier), now)


def _message(
    event_id: int,
    spot: Spot,
    news: Sequence[News],
    *,
    subscription: Subscription | None,
    told: _Told | None,
    now: datetime,
) -> NewRow | None:
    wishes = subscription.wishes if subscription else None
    held = subscription is not None and isinstance(subscription.state, Suspended)
    wanted = {each.key for each in news if wishes and each.interests(wishes) and each.concerns(wishes.language)}
    owed = told.facts if told else set()
    facts = tuple(each.key for each in news if each.key in wanted | owed)
    if not facts:
        return None
    language = (wishes.language if wishes else None) or (told.language if told else None) or "en"
    if told is None or not owed:
        when = due_at(wishes, now) if wishes else now
        return NewRow(event_id, spot, NewMessage(), RowKind.ALERT, facts, language, when, held)
    # Whoever was told something wrong hears so at once, digest or not, but not at night.
    when = after_quiet(now, wishes.quiet, zone_of(wishes)) if wishes else now
    return NewRow(event_id, spot, NewMessage(told.newest.message_id), RowKind.REPLY, facts, language, when, held)
