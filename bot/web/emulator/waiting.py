"""Waiting for something for a while, the while being measured by a clock that may be a test's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.web.emulator.changes import Changes
from bot.web.emulator.clock import Clock


async def happens(condition: Callable[[], bool], seconds: float, clock: Clock, changes: Changes) -> bool:
    """Wait until a condition holds, but no longer than that many seconds; tell whether it does."""
    alarm = asyncio.create_task(clock.sleep(seconds))
    try:
        while not condition():
            if alarm.done():
                return False
            change = asyncio.create_task(changes.next())
            await asyncio.wait({alarm, change}, return_when=asyncio.FIRST_COMPLETED)
            change.cancel()
            await asyncio.gather(change, return_exceptions=True)
        return True
    finally:
        alarm.cancel()
        await asyncio.gather(alarm, return_exceptions=True)
