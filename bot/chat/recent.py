"""What happened lately, so that the same counts once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Generic, TypeVar

_MOST = 10_000
"""What is remembered; the oldest goes first."""

Key = TypeVar("Key")


class Recent(Generic[Key]):
    """Remembers in memory only: after a restart the same counts once more."""

    def __init__(self, span: timedelta) -> None:
        self._span = span
        self._at: dict[Key, datetime] = {}

    def is_new(self, key: Key, now: datetime) -> bool:
        """Note that something happens; say whether it did not within the span before."""
        last = self._at.get(key)
        if last is not None and now < last + self._span:
            return False
        self._at.pop(key, None)
        self._at[key] = now
        if len(self._at) > _MOST:
            del self._at[next(iter(self._at))]
        return True
