"""Drains the outbox: one dispatcher at a time, at the pace Telegram allows, whatever happens to a single letter."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.alerts.admission import Admission
from bot.alerts.backoff import DOUBTS
from bot.alerts.births import STRAGGLERS, Births
from bot.alerts.composing import Background, Bodies, Dropped, compose
from bot.alerts.letters import Letter, NotBegun, Post
from bot.alerts.settling import Settling
from bot.alerts.turnstile import Turnstile
from bot.storage.carriers import Carriers
from bot.storage.events import EventStore
from bot.storage.failures import name_of, trail_of
from bot.storage.lease import LASTS, Lease
from bot.storage.outbox import NewMessage, OutboxRow, OutboxStore
from bot.storage.utc import Clock, utc_now
from bot.storage.waiting import is_set_within

IN_FLIGHT = 8
"""Requests at once. The pace spreads them, so that there are more than one only where Telegram takes longer to answer
than lies between two of them; so many keep up the pace up to a quarter of a second. A crash repeats so many at most."""
_BATCH = 60
_POLL = 0.5
_RENEW = LASTS.total_seconds() / 3
_SWEEP = timedelta(seconds=5)
_WORTH_WAITING = 2.0
"""Seconds that a chat's letter waits in its place; for more it is put off, lest such letters fill every batch."""

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class Dispatcher:
    """Sends what is due as long as it holds the lease. ``start`` it and ``stop`` it.

    At least once: what was under way when a process died is sent again by the next, and counted as doubtful.
    """

    def __init__(
        self,
        *,
        outbox: OutboxStore,
        events: EventStore,
        births: Births,
        lease: Lease,
        post: Post,
        turnstile: Turnstile,
        carriers: Carriers,
        admission: Admission,
        settling: Settling,
        clock: Clock = utc_now,
        poll: float = _POLL,
    ) -> None:
        self._outbox = outbox
        self._events = events
        self._births = births
        self._lease = lease
        self._post = post
        self._turnstile = turnstile
        self._carriers = carriers
        self._admission = admission
        self._settling = settling
        self._clock = clock
        self._poll = poll
        self._bodies = Bodies()
        self._stopping = asyncio.Event()
        self._bell = asyncio.Event()
        self._room = asyncio.Semaphore(IN_FLIGHT)
        self._under_way: dict[asyncio.Task[None], Letter] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._swept: datetime | None = None
        self._unsettled = True
        self._lane_wait = poll  # seconds until a chat may be written to whose letter had to wait

    async def start(self) -> None:
        """Begin to send, now or as soon as the lease is free."""
        self._stopping.clear()
        self._tasks = [
            asyncio.create_task(self._forever(self._keep_lease, _RENEW), name="dispatcher lease"),
            asyncio.create_task(self._forever(self._turn, 0.0), name="dispatcher"),
        ]

    async def stop(self, grace: float = 10.0) -> None:
        """Send nothing more, let what is under way finish within ``grace`` seconds, and give back the lease."""
        self._stopping.set()
        self._bell.set()
        await asyncio.gather(*self._tasks)
        self._tasks = []
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=grace)
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        try:
            await self._lease.give_back()
        except Exception as error:  # It runs out by itself.
            _log.warning("dispatcher.lease_kept", error=name_of(error))

    async def _forever(self, act: Callable[[], Awaitable[None]], every: float) -> None:
        """Repeat until stopped; nothing that the database does may end it."""
        while not self._stopping.is_set():
            try:
                await act()
            except Exception as error:  # The database will be back.
                _log.warning("dispatcher.failed", error=name_of(error), trail=trail_of(error))
                await is_set_within(self._stopping, self._poll)
            if every and await is_set_within(self._stopping, every):
                return

    async def _keep_lease(self) -> None:
        held = self._lease.is_held
        if await self._lease.take() and not held:
            self._unsettled = True
            self._bell.set()

    async def _turn(self) -> None:
        """Send a batch, or wait until there may be one."""
        self._bell.clear()
        if self._lease.is_held and not (self._unsettled and self._under_way):
            if self._unsettled:
                await self._recover()
            await self._sweep()
            if await self._send_batch():
                return
        await is_set_within(self._bell, min(self._poll, self._lane_wait))

    async def _recover(self) -> None:
        """Take up what was under way when a dispatcher died, or when the database failed us."""
        repeated = await self._outbox.recover(DOUBTS)
        self._unsettled = False
        if repeated:
            _log.warning("dispatcher.repeats", messages=repeated)

    async def _sweep(self) -> None:
        """Find the answers that were on their way while a publication became current."""
        now = self._clock()
        if self._swept is not None and now - self._swept < _SWEEP:
            return
        self._swept = now
        for event in await self._events.since(now - STRAGGLERS):
            await self._births.sweep(event)

    async def _send_batch(self) -> bool:
        """Begin what is due, at the pace that is allowed; return False if nothing could be begun."""
        busy = {row_id for letter in self._under_way.values() for row_id in letter.rows}
        # What was under way just now may be done before this batch is read: then it is another row than was found.
        rows = [row for row in await self._outbox.due(_BATCH) if row.id not in busy]
        if not rows:
            return False
        background = await self._background(rows)
        begun = False
        self._lane_wait = self._poll
        for letter in compose([row for row in rows if row.event_id in background.events], background, self._bodies):
            if self._stopping.is_set() or not self._lease.is_held:
                break
            if isinstance(letter, Dropped):
                await self._drop(letter)
                begun = True
            elif await self._is_ready(letter):
                await self._room.acquire()
                task = asyncio.create_task(self._deliver(letter), name="letter")
                self._under_way[task] = letter
                task.add_done_callback(self._ended)
                begun = True
        return begun

    async def _background(self, rows: Sequence[OutboxRow]) -> Background:
        revisions = await self._events.revisions()  # before the events: what comes in between waits for the next batch
        own = await self._events.found({row.event_id for row in rows})
        touching = await self._events.touching({fact for row in rows for fact in row.facts})
        edits = [(row.spot.chat_id, row.target) for row in rows if not isinstance(row.target, NewMessage)]
        carriers = await self._carriers.find(edits)
        return Background({event.id: event for event in (*own, *touching)}, carriers, revisions)

    async def _drop(self, dropped: Dropped) -> None:
        if dropped.why == "unreadable":
            await self._outbox.give_up(dropped.rows, dropped.why)
        else:
            await self._outbox.skip(dropped.rows, dropped.why)

    async def _is_ready(self, letter: Letter) -> bool:
        if any(other.spot == letter.spot and letter.spot.chat_id for other in self._under_way.values()):
            return False
        await self._settling.outage_over(self._stopping)
        wait = self._turnstile.lane_wait(letter.spot.chat_id)
        if _WORTH_WAITING < wait < math.inf:
            await self._outbox.wait(letter.rows, self._clock() + timedelta(seconds=wait))
        elif wait > 0:  # without an end while a reply to that chat is under way
            self._lane_wait = min(self._lane_wait, wait)
        return wait <= 0

    async def _deliver(self, letter: Letter) -> None:
        async def begin() -> bool:
            return self._lease.is_held and await self._admission.begin(letter)

        outcome = await self._post.deliver(letter, begin)
        if not isinstance(outcome, NotBegun):
            await self._settling.settle(letter, outcome)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._room.release()
        self._bell.set()
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self._unsettled = True
            _log.error("letter.failed", error=name_of(error), trail=trail_of(error))
