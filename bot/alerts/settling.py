"""What follows from what came of a letter: done, tried again, given up; and what it says about the chat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import assert_never

import structlog

from bot.alerts.backoff import ATTEMPTS, DOUBTS, pause
from bot.alerts.letters import (
    Amendment,
    BrokeOff,
    Closed,
    Delivered,
    Doubtful,
    Failure,
    Gone,
    Impossible,
    Letter,
    Moved,
    NotBegun,
    Outcome,
    Part,
    TooFast,
    Unreachable,
)
from bot.storage.ledger import Delivery
from bot.storage.outbox import Amended, OutboxStore
from bot.storage.subscriptions import SubscriptionStore
from bot.storage.utc import Clock, utc_now
from bot.storage.waiting import is_set_within

_OUTAGE = 3
"""So many letters in a row that Telegram could not be reached for mean that it cannot be reached at all."""

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)

MoveChat = Callable[[int, int], Awaitable[None]]
"""Takes all that is kept of a chat from its old id to its new one."""


class Settling:
    """Writes down what came of letters."""

    def __init__(
        self,
        outbox: OutboxStore,
        subscriptions: SubscriptionStore,
        move_chat: MoveChat,
        *,
        clock: Clock = utc_now,
    ) -> None:
        self._outbox = outbox
        self._subscriptions = subscriptions
        self._move_chat = move_chat
        self._clock = clock
        self._unreachable = 0

    async def outage_over(self, stopping: asyncio.Event) -> None:
        """Wait a while where Telegram cannot be reached at all, so that not every letter finds out for itself."""
        if self._unreachable >= _OUTAGE:
            seconds = pause(self._unreachable - _OUTAGE).total_seconds()
            _log.warning("dispatcher.outage", pause=round(seconds, 1))
            await is_set_within(stopping, seconds)

    async def settle(self, letter: Letter, outcome: Outcome) -> None:
        """Write down what came of a letter."""
        cause = outcome.why if isinstance(outcome, BrokeOff) else outcome
        self._unreachable = self._unreachable + 1 if isinstance(cause, Unreachable | Doubtful) else 0
        match outcome:
            case Delivered(parts):
                await self._delivered(letter, parts)
            case BrokeOff(parts, why):
                await self._outbox.note(self._told(letter, parts))
                await self._failed(letter, why)
            case NotBegun():
                pass
            case _:
                await self._failed(letter, outcome)

    async def _failed(self, letter: Letter, failure: Failure) -> None:
        match failure:
            case Doubtful():
                await self._doubtful(letter)
            case Unreachable():
                await self._again(letter, "unreachable")
            case TooFast(seconds):
                await self._outbox.wait(letter.rows, self._clock() + timedelta(seconds=seconds))
            case Impossible(why):
                await self._outbox.give_up(letter.rows, why)
            case _:
                await self._changed(letter, failure)

    async def _changed(self, letter: Letter, outcome: Gone | Closed | Moved) -> None:
        """Write down what a letter told us of its chat."""
        match outcome:
            case Gone(why):
                await self._outbox.give_up(letter.rows, why)
                await self._subscriptions.end(letter.spot.chat_id, why)
                _log.info("subscription.ended", why=why)
            case Closed():
                await self._closed(letter)
            case Moved(chat_id):
                await self._move_chat(letter.spot.chat_id, chat_id)
            case _:
                assert_never(outcome)

    async def _delivered(self, letter: Letter, parts: Sequence[Part]) -> None:
        if isinstance(letter.content, Amendment):
            amended = Amended(letter.spot.chat_id, letter.content.message, letter.revision)
            await self._outbox.finish(letter.rows, amended=amended)
        else:
            await self._outbox.finish(letter.rows, told=self._told(letter, parts))

    def _told(self, letter: Letter, parts: Sequence[Part]) -> list[Delivery]:
        """Return what the ledger is to know: of each message the facts that it tells of, so nothing of other words."""
        spot = letter.spot
        return [
            Delivery(
                spot.chat_id,
                spot.topic_id,
                part.message_id,
                part.facts,
                letter.revision,
                self._clock(),
                None,
                letter.language,
            )
            for part in parts
            if part.facts
        ]

    async def _doubtful(self, letter: Letter) -> None:
        """Try again, a few times: to be told twice is better than never, but not to be told again and again."""
        if letter.ambiguous + 1 >= DOUBTS:
            await self._outbox.give_up(letter.rows, "timed_out", ambiguous=True)
        else:
            await self._again(letter, "timed_out", ambiguous=True)

    async def _again(self, letter: Letter, reason: str, *, ambiguous: bool = False) -> None:
        if letter.attempts + 1 >= ATTEMPTS:
            await self._outbox.give_up(letter.rows, reason, ambiguous=ambiguous)
            return
        at = self._clock() + pause(letter.attempts)
        await self._outbox.again(letter.rows, at, reason, ambiguous=ambiguous)

    async def _closed(self, letter: Letter) -> None:
        if isinstance(letter.content, Amendment):
            await self._outbox.give_up(letter.rows, "closed")
            return
        await self._outbox.hold(letter.rows, "closed")
        await self._subscriptions.suspend(letter.spot, "closed")
        _log.info("subscription.suspended")
