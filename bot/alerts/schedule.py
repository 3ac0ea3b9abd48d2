"""When a subscriber is told: at once or in a digest, and never in their quiet hours. Pure; all in their own zone.

Local time is what counts. Where clocks go back an hour comes twice, and where they go forward one is missing; a moment
that a day does not have becomes the first one after the gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.storage.subscriptions import Cadence, QuietHours

DIGEST_AT = time(9)
"""When a daily digest is sent, in the subscriber's zone."""
_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def due(now: datetime, cadence: Cadence, quiet: QuietHours | None, zone: ZoneInfo) -> datetime:
    """Return when something that is known ``now`` is told, in UTC: the first moment that fits, not before now."""
    moment = now.astimezone(UTC)
    match cadence:
        case "hourly":
            moment = _next_hour(moment, zone)
        case "daily":
            moment = _next_at(moment, DIGEST_AT, zone)
    return after_quiet(moment, quiet, zone)


def after_quiet(moment: datetime, quiet: QuietHours | None, zone: ZoneInfo) -> datetime:
    """Return the moment itself, in UTC, or the end of the quiet hours that it falls into."""
    moment = moment.astimezone(UTC)
    if quiet is None or not is_quiet(moment, quiet, zone):
        return moment
    end = _next_at(moment, _clock_time(quiet.end), zone)
    # Where the clocks' change skips the end, it may be quiet still, or again.
    return end if not is_quiet(end, quiet, zone) else after_quiet(end + _MINUTE, quiet, zone)


def is_quiet(moment: datetime, quiet: QuietHours, zone: ZoneInfo) -> bool:
    """Say whether a moment falls into quiet hours; their first minute does, their last does not."""
    local = moment.astimezone(zone)
    minute = local.hour * 60 + local.minute
    if quiet.start < quiet.end:
        return quiet.start <= minute < quiet.end
    return minute >= quiet.start or minute < quiet.end


def _next_hour(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the next full hour of the zone's clocks; some zones are half an hour off."""
    local = moment.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return moment if not past else moment + (_HOUR - past)


def _next_at(moment: datetime, at: time, zone: ZoneInfo) -> datetime:
    """Return when clocks of the zone next show a time, in UTC; now counts."""
    today = moment.astimezone(zone).date()
    # Two days on covers a zone that skipped a whole day.
    days = (today + timedelta(days=number) for number in range(-1, 4))
    return min(each for day in days for each in _moments(day, at, zone) if each >= moment)


def _moments(day: date, at: time, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield when clocks show a time on a day, in UTC: once, or twice; in place of none the end of the gap."""
    local = datetime.combine(day, at, zone)
    first, second = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        # In a gap the two readings lie on its two sides.
        yield _change_between(second, first, zone)
        return
    yield first
    if second != first:
        yield second


def _change_between(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment, to the minute, with the offset that holds at ``high``."""
    offset = high.astimezone(zone).utcoffset()
    while high - low > _MINUTE:
        middle = low + (high - low) / 2
        low, high = (low, middle) if middle.astimezone(zone).utcoffset() == offset else (middle, high)
    return high.replace(second=0, microsecond=0)


def _clock_time(minute: int) -> time:
    return time(minute // 60, minute % 60)
