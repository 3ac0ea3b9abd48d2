"""Who goes first through the turnstile."""

from __future__ import annotations

import asyncio

from bot.alerts.pace import Limits
from bot.alerts.turnstile import Turnstile
from bot.web.emulator import ManualClock


async def settled() -> None:
    """Let every task go as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


class Queue:
    """Requests at a turnstile, and the order in which they were let through."""

    def __init__(self, limits: Limits) -> None:
        self.clock = ManualClock(0.0)
        self.turnstile = Turnstile(limits, clock=self.clock.now, sleep=self.clock.sleep)
        self.passed: list[str] = []
        self._tasks: list[asyncio.Task[None]] = []

    def join(self, name: str, chat_id: int, *, live: bool = False) -> asyncio.Task[None]:
        """Stand in line; what passes has its answer at once."""

        async def go() -> None:
            turn = self.turnstile.live(chat_id) if live else self.turnstile.broadcast(chat_id)
            async with turn:
                self.passed.append(name)

        self._tasks.append(asyncio.create_task(go()))
        return self._tasks[-1]

    async def over(self) -> None:
        """Wait for nobody any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def test_a_live_reply_goes_before_broadcasts_that_came_first() -> None:
    queue = Queue(Limits(overall=1))
    queue.join("first", 1)
    await settled()
    queue.join("broadcast", 2)
    await settled()
    queue.join("live", 3, live=True)
    await settled()
    assert queue.passed == ["first"]
    queue.clock.advance(1.0)
    await settled()
    assert queue.passed == ["first", "live"]
    queue.clock.advance(1.0)
    await settled()
    assert queue.passed == ["first", "live", "broadcast"]
    await queue.over()


async def test_a_live_reply_that_waits_for_its_own_chat_holds_up_nobody() -> None:
    queue = Queue(Limits(overall=30))
    queue.join("alert", 1)
    await settled()
    queue.join("live", 1, live=True)
    queue.clock.advance(0.1)
    await settled()
    queue.join("elsewhere", 2)
    await settled()
    assert queue.passed == ["alert", "elsewhere"]
    queue.clock.advance(0.9)
    await settled()
    assert queue.passed == ["alert", "elsewhere", "live"]
    await queue.over()


async def test_who_gives_up_waiting_is_no_longer_in_the_way() -> None:
    queue = Queue(Limits(overall=1))
    queue.join("first", 1)
    await settled()
    impatient = queue.join("impatient", 2, live=True)
    queue.join("broadcast", 3)
    await settled()
    impatient.cancel()
    queue.clock.advance(1.0)
    await settled()
    assert queue.passed == ["first", "broadcast"]
    await queue.over()


async def test_a_refused_chat_waits_as_long_as_it_was_told() -> None:
    queue = Queue(Limits())
    queue.turnstile.refused(1, 5.0)
    queue.join("refused", 1)
    queue.join("other", 2)
    await settled()
    assert queue.passed == ["other"]
    queue.clock.advance(5.0)
    await settled()
    assert queue.passed == ["other", "refused"]
    await queue.over()
