"""A signal that something changed: whoever waits for a condition looks again, and nobody polls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """One signal for everything in an emulator, for the tasks of one event loop."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Wake everybody who waits."""
        self._event.set()
        self._event = asyncio.Event()

    def next(self) -> Coroutine[None, None, bool]:
        """Return what to await for the next change, counted from this call and not from the await."""
        return self._event.wait()

    async def value(self, find: Callable[[], T | None], *, what: str, timeout: float | None = None) -> T:
        """Return what ``find`` finds, now or after some change.

        Raises:
            TimeoutError: after ``timeout`` seconds without it; the message says what was waited for.
        """
        try:
            async with asyncio.timeout(timeout):
                while (found := find()) is None:
                    await self.next()
                return found
        except TimeoutError:
            raise TimeoutError(f"no {what} within {timeout} seconds") from None
