"""How fast one person may ask, so that nobody keeps the others waiting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

AT_ONCE = 30
"""What somebody may ask in one go."""
_PER_SECOND = 0.5
"""What comes back of that in a second."""
_MOST_PEOPLE = 10_000
"""People that are remembered; those who have long been quiet go first."""

Verdict = Literal["go", "told", "wait"]
"""Go on; too fast, and to be told so; too fast, and told already."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime
    told: bool = False


class Pace:
    """What each person has left. Kept in memory only: it matters for seconds."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._buckets: dict[int, _Bucket] = {}

    def take(self, who: int, at: datetime | None = None) -> Verdict:
        """Note that somebody asks, and say whether they may.

        ``at``: when they asked, where that is known: what waited while the bot was away did not come all at once.
        """
        now = at or self._now()
        bucket = self._buckets.pop(who, None) or _Bucket(AT_ONCE, now)
        self._buckets[who] = bucket  # at the end: who asked last is forgotten last
        if len(self._buckets) > _MOST_PEOPLE:
            del self._buckets[next(iter(self._buckets))]
        gained = max(0.0, (now - bucket.at).total_seconds()) * _PER_SECOND
        bucket.left, bucket.at = min(AT_ONCE, bucket.left + gained), max(bucket.at, now)
        if bucket.left == AT_ONCE:  # they have been quiet for a while: this would be another time
            bucket.told = False
        if bucket.left >= 1:
            bucket.left -= 1
            return "go"
        if bucket.told:
            return "wait"
        bucket.told = True
        return "told"
