"""The queue of updates: long polling, acknowledgement by offset, and one poller at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from bot.web.emulator.changes import Changes
from bot.web.emulator.clock import Clock
from bot.web.emulator.errors import ApiError, JsonObject, conflict

OPT_IN = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of updates that a bot gets only if it names them."""
MAX_BATCH = 100
FIRST_ID = 700_000_001
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True)
class Update:
    """Something the bot is told."""

    id: int
    kind: str
    payload: JsonObject

    def as_json(self) -> JsonObject:
        """Return the Update of the Bot API."""
        return {"update_id": self.id, self.kind: self.payload}


class Updates:
    """Updates that the bot has not acknowledged yet, oldest first."""

    def __init__(self, clock: Clock, changes: Changes) -> None:
        self._clock = clock
        self._changes = changes
        self._pending: deque[Update] = deque()
        self._poller: asyncio.Future[None] | None = None
        self.history: list[Update] = []
        """Every update there was, acknowledged or not."""
        self.allowed: tuple[str, ...] = ()
        """The kinds the bot asked for; none means all but the opt-in ones."""

    @property
    def pending(self) -> tuple[Update, ...]:
        """What is not acknowledged."""
        return tuple(self._pending)

    @property
    def polled(self) -> bool:
        """Whether somebody waits in a long poll."""
        return self._poller is not None

    def add(self, kind: str, payload: JsonObject) -> None:
        """Queue an update, unless the bot did not ask for its kind."""
        if kind in self.allowed or (not self.allowed and kind not in OPT_IN):
            update = Update(FIRST_ID + len(self.history), kind, payload)
            self.history.append(update)
            self._pending.append(update)
            self._wake()

    def repeat(self, update: Update) -> None:
        """Deliver an update once more, with the id it had."""
        self._pending.appendleft(update)
        self._wake()

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remember which kinds the bot wants from now on; without a list the last wish stands."""
        if kinds is not None:
            self.allowed = tuple(kinds)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[JsonObject]:
        """Acknowledge what is before ``offset`` and return what is there, waiting for the first one.

        Raises:
            ApiError: 409, when another poll or a webhook takes over while this one waits.
        """
        self.terminate(conflict(OTHER_POLLER))
        self._acknowledge(offset)
        if not self._pending and timeout > 0:
            await self._wait(timeout)
        return [update.as_json() for update in self.pending[:limit]]

    def terminate(self, reason: ApiError | None) -> None:
        """End the poll that waits: with an error, or without one as if its time were up."""
        poller, self._poller = self._poller, None
        if poller is None or poller.done():
            return
        if reason is None:
            poller.set_result(None)
        else:
            poller.set_exception(reason)

    def finish(self, update: Update) -> None:
        """Acknowledge one update that a webhook has taken."""
        if update in self._pending:
            self._pending.remove(update)
        self._changes.notify()

    def drop(self) -> None:
        """Forget everything that waits."""
        self._pending.clear()
        self._changes.notify()

    def _acknowledge(self, offset: int) -> None:
        """Forget what is before the offset; a negative one counts from the end."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while self._pending and self._pending[0].id < offset:
            self._pending.popleft()
        self._changes.notify()

    def _wake(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        self._changes.notify()

    async def _wait(self, timeout: float) -> None:
        poller = self._poller = asyncio.get_running_loop().create_future()
        alarm = asyncio.create_task(self._clock.sleep(timeout))
        self._changes.notify()
        try:
            await asyncio.wait({poller, alarm}, return_when=asyncio.FIRST_COMPLETED)
            if poller.done():
                poller.result()
        finally:
            if self._poller is poller:
                self._poller = None
            alarm.cancel()
            await asyncio.gather(alarm, return_exceptions=True)
