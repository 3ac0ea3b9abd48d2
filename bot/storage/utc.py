"""Moments in time: aware datetimes in Python, whole milliseconds in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

Clock = Callable[[], datetime]
"""Returns the present moment, aware of its zone."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class UtcMilliseconds(TypeDecorator[datetime]):
    """An aware datetime, kept as integer milliseconds since 1970-01-01 UTC, rounded down.

    SQLite has no time type and PostgreSQL's follows the session's zone. An integer is the same on both: it
    compares, sorts and indexes alike, and no zone can be lost on the way.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Turn a moment into milliseconds; a naive one is a ``ValueError``."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone: use an aware datetime")
        return (value - _EPOCH) // _MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Turn milliseconds into a moment in UTC."""
        return None if value is None else _EPOCH + value * _MILLISECOND
