"""The turnstile that every message of the bot goes through: live replies first, broadcasts with what is left."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.alerts.pace import TELEGRAM, Limits, Pace, Permit

_LONGEST = 3600.0
"""A wait without an end ends with the next change; this is only a bound."""


class Turnstile:
    """Lets requests through one by one as the pace allows. ``clock`` and ``sleep`` count the same seconds."""

    def __init__(
        self,
        limits: Limits = TELEGRAM,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._pace = Pace(limits)
        self._clock = clock
        self._sleep = sleep
        self._change = asyncio.Event()
        self._live_in_line = 0

    @asynccontextmanager
    async def live(self, chat_id: int) -> AsyncIterator[None]:
        """Make a request that somebody waits for."""
        async with self._passing(chat_id, live=True):
            yield

    @asynccontextmanager
    async def broadcast(self, chat_id: int) -> AsyncIterator[None]:
        """Make a request that can wait until no live one does."""
        async with self._passing(chat_id, live=False):
            yield

    def lane_wait(self, chat_id: int) -> float:
        """Return how many seconds a broadcast to a chat would have to wait for that chat alone."""
        return self._pace.lane_wait(chat_id, self._clock(), live=False)

    def went_well(self) -> None:
        """Note that Telegram took a message."""
        self._pace.went_well()

    def refused(self, chat_id: int, seconds: float) -> None:
        """Note that Telegram asked to wait so many seconds before the next message to a chat."""
        self._pace.refused(chat_id, seconds, self._clock())

    @asynccontextmanager
    async def _passing(self, chat_id: int, *, live: bool) -> AsyncIterator[None]:
        permit = await self._admitted(chat_id, live=live)
        try:
            yield
        finally:
            self._pace.end(permit, self._clock())
            self._notify()

    async def _admitted(self, chat_id: int, *, live: bool) -> Permit:
        in_line = False
        try:
            while True:
                now = self._clock()
                overall = self._pace.overall_wait(now, live=live)
                lane = self._pace.lane_wait(chat_id, now, live=live)
                # A live reply that waits for its own chat only is no reason to hold up everybody else.
                if in_line != (live and overall > 0 and lane <= 0):
                    in_line = not in_line
                    self._live_in_line += 1 if in_line else -1
                if max(overall, lane) <= 0 and (live or not self._live_in_line):
                    return self._pace.begin(chat_id, now, live=live)
                await self._pause(max(overall, lane))
        finally:
            if in_line:
                self._live_in_line -= 1
                self._notify()

    async def _pause(self, seconds: float) -> None:
        """Wait for so many seconds (of none: until a live reply has gone before), or until something changes."""
        change = asyncio.create_task(self._change.wait())
        alarm = asyncio.ensure_future(self._sleep(min(seconds, _LONGEST) if seconds > 0 else _LONGEST))
        try:
            await asyncio.wait({change, alarm}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (change, alarm):
                task.cancel()
            await asyncio.gather(change, alarm, return_exceptions=True)

    def _notify(self) -> None:
        self._change.set()
        self._change = asyncio.Event()
