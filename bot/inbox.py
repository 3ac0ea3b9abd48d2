"""Works off updates that were stored before they were acknowledged: one chat in order, chats side by side."""

from __future__ import annotations

import asyncio
import os
import socket
import uuid
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar

import structlog

from bot.storage.failures import name_of, trail_of
from bot.storage.inbox import Again, Claim, InboxStore
from bot.storage.lanes import JsonObject, NotAnUpdateError, received
from bot.storage.utc import utc_now
from bot.storage.waiting import is_set_within

__all__ = ["Handle", "Inbox", "JsonObject", "NotAnUpdateError", "OutageError"]

Handle = Callable[[str], Awaitable[None]]
"""Handles one update, given as JSON text. Anything it raises means: try again, OutageError even for a day."""

_T = TypeVar("_T")
_LAST_CALL = 5.0  # seconds that a cancelled handler and its worker get to put things back

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class OutageError(Exception):
    """The network, Telegram or the database is down, which is no fault of the update. The cause is chained."""


class Inbox:
    """Stores updates before they are acknowledged and works them off: one chat in order, chats side by side.

    Nothing is lost: an update that was being handled when the process died is handled again (at least once).

    Args:
        store: where the updates are kept.
        handle: called with the JSON text of one update.
        workers: how many updates are handled at once.
        sole: no other process works on this inbox, so that at the start every claim is a dead one. With replicas
            a claim counts as dead when it is twice as old as ``patience``.
        patience: seconds after which handling is cancelled and counts as failed.
        poll: seconds between looks for updates that another replica has stored, or that are due again.
        pause: seconds to wait when the database fails.

    """

    def __init__(
        self,
        store: InboxStore,
        handle: Handle,
        *,
        workers: int = 16,
        sole: bool = True,
        patience: float = 120.0,
        poll: float = 5.0,
        pause: float = 1.0,
    ) -> None:
        self._store = store
        self._handle = handle
        self._sole = sole
        self._patience = patience
        self._poll_every = poll
        self._pause = pause
        process = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._names = [f"{process}/{number}" for number in range(workers)]
        # One token for each reason to look for work. A token rung while nobody waits is not lost.
        self._bell: asyncio.Queue[None] = asyncio.Queue(maxsize=workers)
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._handling: set[asyncio.Task[None]] = set()

    async def receive(self, payloads: Sequence[JsonObject]) -> int:
        """Store updates; once this returns they may be acknowledged. Returns how many were new.

        Raises:
            NotAnUpdateError: one of them has no ``update_id``; none is stored.

        """
        new = await self._store.add([received(payload) for payload in payloads])
        self._ring(new)
        return new

    async def start(self) -> None:
        """Take up what a process before this one left, and start the workers."""
        if self._tasks:
            raise RuntimeError("the inbox has been started already")
        if self._sole:
            await self._store.release_all()
        self._stopping.clear()
        self._tasks = [asyncio.create_task(self._work(name), name=f"inbox {name}") for name in self._names]
        self._tasks.append(asyncio.create_task(self._watch(), name="inbox watch"))

    async def stop(self, grace: float = 10.0) -> None:
        """Claim nothing more, let what is running finish within ``grace`` seconds, and put back the rest."""
        self._stopping.set()
        self._ring(len(self._names))
        await _all_done(self._tasks, within=grace)
        for task in list(self._handling):
            task.cancel()
        await _all_done(self._tasks, within=_LAST_CALL)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    def _ring(self, times: int) -> None:
        """Wake as many workers, at most all. Those that are busy look for more work by themselves."""
        for _ in range(min(times, self._bell.maxsize - self._bell.qsize())):
            self._bell.put_nowait(None)

    async def _watch(self) -> None:
        """See to what rings no bell: rows of other replicas, retries from before the start, dead claims."""
        while not await is_set_within(self._stopping, self._poll_every):
            try:
                if not self._sole:
                    await self._store.release_abandoned(utc_now() - 2 * timedelta(seconds=self._patience))
                self._ring(await self._store.pending())
            except Exception as error:  # The database will be back.
                _log_trouble(error)

    async def _work(self, name: str) -> None:
        """One worker: claims and handles until the inbox is stopped."""
        while not self._stopping.is_set():
            claim = await self._claim(name)
            if claim is None:
                await self._bell.get()
            else:
                await self._settle(claim, await self._attempt(claim))
        await self._insist(lambda: self._store.release(name))

    async def _claim(self, name: str) -> Claim | None:
        while not self._stopping.is_set():
            try:
                return await self._store.claim(name)
            except Exception as error:  # Nothing that the database does may end a worker.
                _log_trouble(error)
                await is_set_within(self._stopping, self._pause)
            # The claim may have been stored though its result was lost: nobody would ever handle it.
            await self._insist(lambda: self._store.release(name))
        return None

    async def _attempt(self, claim: Claim) -> BaseException | None:
        """Handle an update and return what went wrong. Its task can be cancelled without harm to the worker."""
        task = asyncio.create_task(self._limited(claim.payload), name=f"update {claim.update_id}")
        self._handling.add(task)
        await asyncio.wait({task})
        self._handling.discard(task)
        return asyncio.CancelledError() if task.cancelled() else task.exception()

    async def _limited(self, payload: str) -> None:
        async with asyncio.timeout(self._patience):
            await self._handle(payload)

    async def _settle(self, claim: Claim, failure: BaseException | None) -> None:
        if failure is None:
            await self._insist(lambda: self._store.finish(claim.update_id))
            return
        if isinstance(failure, asyncio.CancelledError) and self._stopping.is_set():
            return  # It ran out of grace, which is not its fault: the worker puts it back when it ends.
        outage = isinstance(failure, OutageError)
        cause = (failure.__cause__ or failure) if outage else failure
        error = name_of(cause)
        note = self._store.postpone if outage else self._store.retry
        outcome = await self._insist(lambda: note(claim.update_id, error))
        log = _log.bind(update_id=claim.update_id, error=error, trail=trail_of(cause))
        if isinstance(outcome, Again):
            attempts = claim.attempts + (0 if outage else 1)
            event = "inbox.outage" if outage else "inbox.retry"
            log.warning(event, attempts=attempts, seconds=outcome.delay.total_seconds())
            asyncio.get_running_loop().call_later(outcome.delay.total_seconds(), self._ring, 1)
        elif outcome is not None:
            log.error("inbox.given_up", attempts=outcome.attempts)

    async def _insist(self, act: Callable[[], Awaitable[_T]]) -> _T | None:
        """Repeat ``act`` until the database has done it.

        Once the inbox is stopping, one failure is enough: the row stays claimed, and the next start takes it up.
        """
        while True:
            try:
                return await act()
            except Exception as error:  # Nothing that the database does may end a worker.
                _log_trouble(error)
            if await is_set_within(self._stopping, self._pause):
                return None


async def _all_done(tasks: Sequence[asyncio.Task[None]], *, within: float) -> None:
    if tasks:
        await asyncio.wait(tasks, timeout=within)


def _log_trouble(error: Exception) -> None:
    _log.warning("inbox.database_trouble", error=name_of(error), trail=trail_of(error))
