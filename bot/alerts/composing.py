"""Rows of the outbox become letters. What waited for one place, in quiet hours or for a digest, is one letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.alerts.letters import Alert, Amendment, Announcement, Letter
from bot.alerts.news import News, from_json, joined
from bot.storage.alert_tables import RowKind
from bot.storage.events import Event
from bot.storage.outbox import EditInline, EditMessage, NewMessage, OutboxRow, Target
from bot.storage.subscriptions import Spot


class Bodies:
    """What events tell, read once each."""

    def __init__(self) -> None:
        self._news: dict[int, tuple[News, ...]] = {}

    def news(self, event: Event) -> tuple[News, ...]:
        """Return the news of a publication."""
        if event.id not in self._news:
            if len(self._news) > 100:
                self._news.clear()
            self._news[event.id] = from_json(event.body)
        return self._news[event.id]


def compose(rows: Sequence[OutboxRow], events: Mapping[int, Event], bodies: Bodies) -> tuple[Letter, ...]:
    """Return the letters of some rows, in the order of each one's first row."""
    groups: dict[object, list[OutboxRow]] = {}
    for row in rows:
        groups.setdefault(_belongs(row), []).append(row)
    return tuple(_letter(group, events, bodies) for group in groups.values())


def _belongs(row: OutboxRow) -> tuple[Spot, str] | tuple[Spot, Target] | int:
    """Return what the rows of one letter have in common, if none was tried before: the place, or the message to edit.

    One that was tried goes alone, so that it does not take along what has nothing to do with its trouble.
    """
    if row.attempts or row.ambiguous or row.kind is RowKind.ANNOUNCEMENT:
        return row.id
    return (row.spot, row.target) if row.kind is RowKind.EDIT else (row.spot, row.language)


def _letter(rows: Sequence[OutboxRow], events: Mapping[int, Event], bodies: Bodies) -> Letter:
    last = rows[-1]
    event = events[last.event_id]
    target = last.target
    content: Alert | Amendment | Announcement
    if isinstance(target, EditMessage | EditInline):
        content = Amendment(joined(_of_all(rows, events, bodies)), last.facts, target)
    elif last.kind is RowKind.ANNOUNCEMENT:
        content = Announcement(event.body)
    else:
        content = Alert(joined(_of_all(rows, events, bodies)), _pointing(rows))
    return Letter(
        rows=tuple(row.id for row in rows),
        spot=last.spot,
        content=content,
        language=last.language,
        revision=event.revision,
        attempts=last.attempts,
        ambiguous=last.ambiguous,
    )


def _of_all(rows: Sequence[OutboxRow], events: Mapping[int, Event], bodies: Bodies) -> Iterator[News]:
    """Yield what each row tells of, oldest first."""
    for row in rows:
        yield from (each for each in bodies.news(events[row.event_id]) if each.key in row.facts)


def _pointing(rows: Sequence[OutboxRow]) -> NewMessage:
    """Return the newest message that any of the rows points at."""
    targets = (row.target for row in rows)
    named = [each.replies_to for each in targets if isinstance(each, NewMessage) and each.replies_to is not None]
    return NewMessage(max(named)) if named else NewMessage()
