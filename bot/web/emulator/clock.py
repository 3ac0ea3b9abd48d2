"""Time, from outside: the real one, or one that a test moves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        ...

    def sleep(self, seconds: float) -> Coroutine[None, None, None]:
        """Return what to await until that many seconds after this call."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> Coroutine[None, None, None]:
        """Return what to await until that many seconds after this call."""
        return asyncio.sleep(seconds)


class ManualClock:
    """A clock that stands still until somebody advances it."""

    def __init__(self, now: float = 1_900_000_000.0) -> None:
        self._now = now
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        return self._now

    @property
    def sleepers(self) -> int:
        """How many are waiting for this clock."""
        return sum(not future.done() for _, future in self._sleepers)

    def advance(self, seconds: float) -> None:
        """Move the clock on and wake whoever waited for that."""
        self._now += seconds
        for due, future in self._sleepers:
            if due <= self._now and not future.done():
                future.set_result(None)
        self._sleepers = [(due, future) for due, future in self._sleepers if not future.done()]

    def sleep(self, seconds: float) -> Coroutine[None, None, None]:
        """Return what to await until the clock was advanced by that many seconds, counted from this call."""
        future = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + seconds, future))
        self.advance(0)
        return _wait_for(future)


async def _wait_for(future: asyncio.Future[None]) -> None:
    await future
