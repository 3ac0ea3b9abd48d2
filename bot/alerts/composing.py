"""Rows of the outbox become letters, true at the moment they are composed.

What waited for one place, in quiet hours or for a digest, is one letter. However long a row has waited: what later
publications made of its facts is in the letter too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import structlog

from bot.alerts.letters import Alert, Amendment, Announcement, Letter
from bot.alerts.news import News, joined, read
from bot.storage.alert_tables import RowKind
from bot.storage.carriers import Address, Carrier
from bot.storage.events import Event
from bot.storage.outbox import EditInline, EditMessage, NewMessage, OutboxRow, Target
from bot.storage.subscriptions import Spot

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class Bodies:
    """What events tell, read once each."""

    def __init__(self) -> None:
        self._news: dict[int, tuple[News, ...] | None] = {}

    def news(self, event: Event) -> tuple[News, ...] | None:
        """Return the news of a publication; None if what is stored cannot be understood."""
        if event.id not in self._news:
            if len(self._news) > 100:
                self._news.clear()
            self._news[event.id] = news = read(event.body)
            if news is None:
                _log.error("event.unreadable", event_id=event.id)
        return self._news[event.id]


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of the rows of a batch."""

    events: Mapping[int, Event]
    """Theirs, and every publication that made something else of their facts."""
    carriers: Mapping[Address, Carrier] = field(default_factory=dict)
    """What the messages that are to be edited state now."""
    revisions: Mapping[str, int] = field(default_factory=dict)
    """The newest publication of each revision; the current one comes last."""

    @property
    def newest(self) -> int:
        """The publication that is current."""
        return max(self.revisions.values(), default=0)

    @property
    def revision(self) -> str:
        """The revision that is current."""
        return max(self.revisions, key=lambda revision: self.revisions[revision], default="")


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows of which no letter can be made, and why."""

    rows: tuple[int, ...]
    why: Literal["unchanged", "replaced", "unreadable"]


def compose(rows: Sequence[OutboxRow], background: Background, bodies: Bodies) -> tuple[Letter | Dropped, ...]:
    """Return the letters of some rows, in the order of each one's first row."""
    groups: dict[object, list[OutboxRow]] = {}
    made: list[Letter | Dropped] = []
    for row in rows:
        event = background.events[row.event_id]
        if row.kind is not RowKind.ANNOUNCEMENT and bodies.news(event) is None:
            made.append(Dropped((row.id,), "unreadable"))
        else:
            groups.setdefault(_belongs(row), []).append(row)
    return (*made, *(_letter(group, background, bodies) for group in groups.values()))


def _belongs(row: OutboxRow) -> tuple[Spot, str] | tuple[Spot, Target] | int:
    """Return what the rows of one letter have in common: the message to edit; or the place, if none was tried before.

    One that was tried goes alone, so that it does not take along what has nothing to do with its trouble.
    """
    if row.kind is RowKind.EDIT:
        return row.spot, row.target
    if row.attempts or row.ambiguous or row.kind is RowKind.ANNOUNCEMENT:
        return row.id
    return row.spot, row.language


def _letter(rows: Sequence[OutboxRow], background: Background, bodies: Bodies) -> Letter | Dropped:
    last = rows[-1]
    ids = tuple(row.id for row in rows)
    content: Alert | Amendment | Announcement
    if isinstance(last.target, EditMessage | EditInline):
        carrier = background.carriers.get((last.spot.chat_id, last.target))
        if carrier is None or carrier.facts != last.facts:
            return Dropped(ids, "replaced")
        since = background.revisions.get(carrier.revision, 0)
        news = _seen(_told_of(dict.fromkeys(carrier.facts, since + 1), rows, background, bodies), last)
        content = Amendment(news, carrier.facts, last.target, carrier.revision)
    elif last.kind is RowKind.ANNOUNCEMENT:
        content = Announcement(background.events[last.event_id].body)
    else:
        since_row = {key: row.event_id for row in sorted(rows, key=lambda row: -row.event_id) for key in row.facts}
        news = _seen(_told_of(since_row, rows, background, bodies), last)
        content = Alert(tuple(each for each in news if _is_worth_telling(each)), _pointing(rows))
    if not isinstance(content, Announcement) and not content.news:
        return Dropped(ids, "unchanged")  # what was news has been taken back meanwhile
    return Letter(
        rows=ids,
        spot=last.spot,
        content=content,
        language=last.language,
        revision=background.revision or background.events[last.event_id].revision,
        attempts=max(row.attempts for row in rows),
        ambiguous=max(row.ambiguous for row in rows),
        for_subscribers=tuple(row.id for row in rows if row.kind in {RowKind.ALERT, RowKind.ANNOUNCEMENT}),
    )


def _told_of(
    since: Mapping[str, int], rows: Sequence[OutboxRow], background: Background, bodies: Bodies
) -> Iterator[News]:
    """Yield what became of each fact, oldest first, from some event on up to the current revision."""
    newest = max(background.newest, *(row.event_id for row in rows))
    for event_id in sorted(background.events):
        event = background.events[event_id]
        if event.kind == "publication" and event_id <= newest:
            yield from (each for each in bodies.news(event) or () if event_id >= since.get(each.key, newest + 1))


def _seen(news: Iterator[News], row: OutboxRow) -> tuple[News, ...]:
    return tuple(each for each in joined(news) if each.concerns(row.language))


def _is_worth_telling(news: News) -> bool:
    """Say whether anybody has to hear of it: not of what came and went before they were told."""
    return news.old is not None or news.kind != "withdrawn"


def _pointing(rows: Sequence[OutboxRow]) -> NewMessage:
    """Return the newest message that any of the rows points at."""
    targets = (row.target for row in rows)
    named = [each.replies_to for each in targets if isinstance(each, NewMessage) and each.replies_to is not None]
    return NewMessage(max(named)) if named else NewMessage()
