"""How long to wait before something that failed is tried again."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

LONGEST = timedelta(minutes=1)
"""A chat that cannot be reached is tried once a minute at most, in the end."""
ATTEMPTS = 60 * 24
"""How often something is tried: for about a day."""
DOUBTS = 5
"""How often something is sent of which nobody knows whether it arrived: to be told twice is better than never."""
_FIRST = 2.0
"""Seconds."""


def pause(attempts: int, jitter: Callable[[], float] = random.random) -> timedelta:
    """Return the wait after so many failed attempts: twice as long each time, up to a minute.

    The jitter (0 to 1) takes off up to a quarter, so that what failed together does not come back together; at the
    longest it is added instead, so that it is never less than a minute.
    """
    seconds = _FIRST * 2.0 ** min(attempts, 10)
    longest = LONGEST.total_seconds()
    if seconds >= longest:
        return timedelta(seconds=longest * (1 + jitter() / 4))
    return timedelta(seconds=seconds * (1 - jitter() / 4))
