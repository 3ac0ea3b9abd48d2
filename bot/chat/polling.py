"""Long polling that loses nothing: updates are stored first, and acknowledged by the next request."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Protocol

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.chat.html import shorten
from bot.storage.lanes import JsonObject
from bot.storage.waiting import is_set_within

_WAIT = 30
"""Seconds that Telegram holds a request open while nothing happens."""
_LONGEST_PAUSE = 60.0
_CONFLICT_PAUSE = 10.0

Receive = Callable[[Sequence[JsonObject]], Awaitable[int]]
"""Stores updates; once it returns they are safe. Called with none, too: that the server answered is news by itself."""

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class UnusableTokenError(Exception):
    """Telegram does not know the token."""

    def __init__(self) -> None:
        super().__init__(
            "The Bot API server does not accept TELEGRAM_TOKEN: copy the token from @BotFather again, "
            "and check TELEGRAM_API_URL if it is set."
        )


class Updates(Protocol):
    """Where updates come from."""

    async def fetch_updates(self, offset: int | None, *, wait: int, allowed: Sequence[str]) -> list[JsonObject]:
        """Return updates from ``offset`` on and acknowledge those before it."""


class Polling:
    """Fetches updates until told to stop, whatever the network does."""

    def __init__(
        self,
        updates: Updates,
        receive: Receive,
        *,
        allowed: Sequence[str],
        wait: int = _WAIT,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._updates = updates
        self._receive = receive
        self._allowed = allowed
        self._wait = wait
        self._jitter = jitter
        self._failures = 0

    async def run(self, stop: asyncio.Event, offset: int | None = None) -> None:
        """Poll until ``stop`` is set. Raises UnusableTokenError, which no waiting would mend."""
        stopped = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                offset = await self._turn(stop, stopped, offset)
        finally:
            stopped.cancel()

    async def _turn(self, stop: asyncio.Event, stopped: asyncio.Task[bool], offset: int | None) -> int | None:
        """Fetch once; return the offset to go on from."""
        fetching = asyncio.create_task(self._updates.fetch_updates(offset, wait=self._wait, allowed=self._allowed))
        try:
            await asyncio.wait({fetching, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not fetching.done():
                return offset
            # Only once they are stored may the offset move: with it they are acknowledged.
            return await self._store(fetching.result(), offset)
        except InvalidToken:
            raise UnusableTokenError from None  # the library's message holds the token
        except Exception as error:  # A poller that ends on an error nobody foresaw is a bot that is silent.
            await is_set_within(stop, self._pause(error))
            return offset
        finally:
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)

    async def _store(self, payloads: list[JsonObject], offset: int | None) -> int | None:
        self._failures = 0
        await self._receive(payloads)
        return max((_update_id(payload) + 1 for payload in payloads), default=offset)

    def _pause(self, error: Exception) -> float:
        """Return how long to wait after an error: what Telegram asks, or twice as long each time, with jitter."""
        self._failures += 1
        if isinstance(error, RetryAfter):
            wait = error.retry_after
            pause = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        elif isinstance(error, Conflict):
            pause = _CONFLICT_PAUSE
            _log.error("polling.conflict", meaning="another program polls with this token; stop one of the two")
            return pause
        else:
            # The jitter keeps many bots from coming back in the same second after an outage.
            pause = min(2.0 ** min(self._failures - 1, 10), _LONGEST_PAUSE) * (0.5 + self._jitter() / 2)
        reason = shorten(error.message, 120) if isinstance(error, TelegramError) else type(error).__name__
        _log.warning("polling.failed", reason=reason, pause=round(pause, 1), in_a_row=self._failures)
        return pause


def _update_id(payload: JsonObject) -> int:
    update_id = payload["update_id"]
    if not isinstance(update_id, int):
        raise TypeError("an update without an id")
    return update_id
