"""Telegram's rate limits, on a clock that a test may move."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from bot.web.emulator.chats import Chat
from bot.web.emulator.clock import Clock
from bot.web.emulator.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a bot may send."""

    overall: int = 30
    """Messages a second, all chats together."""
    chat: int = 1
    """Messages a second in one chat."""
    group: int = 20
    """Messages a minute in one group or channel."""


class Throttle:
    """Counts what was sent in sliding windows and refuses what is too much."""

    def __init__(self, limits: Limits | None, clock: Clock) -> None:
        self.limits = limits
        self._clock = clock
        self._sent: defaultdict[tuple[str, int], deque[float]] = defaultdict(deque)

    def admit(self, chat: Chat) -> None:
        """Count one message.

        Raises:
            ApiError: 429 with the seconds after which there is room; a refused message is not counted.
        """
        if self.limits is None:
            return
        now = self._clock.now()
        windows = [
            (self._sent["overall", 0], self.limits.overall, 1.0),
            (self._sent["chat", chat.id], self.limits.chat, 1.0),
        ]
        if chat.type != "private":
            windows.append((self._sent["group", chat.id], self.limits.group, 60.0))
        wait = max(_wait(sent, times, seconds, now) for sent, times, seconds in windows)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for sent, _, _ in windows:
            sent.append(now)


def _wait(sent: deque[float], times: int, seconds: float, now: float) -> float:
    """Return how many seconds it takes until there is room in a window."""
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    return 0.0 if len(sent) < times else sent[-times] + seconds - now
