"""How fast the bot may send, as Telegram counts: pure, the time is handed in, in seconds of any clock that only rises.

A message counts from the moment it arrives at Telegram, which lies between the request and its answer. So a place in a
window is taken when the request is made and comes free a window's length after the answer: whatever the network does
in between, Telegram never sees more than it allows.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass

ELSEWHERE = 0
"""Stands for the chat, unknown to us, of a message that was posted inline."""
_REFUSALS_IN_A_ROW = 3
"""So many chats refused one after the other mean that not each of them is too fast, but the bot as a whole."""
_BURST = 3
"""How many broadcasts may follow each other at once to make up for a pause; otherwise they are evenly spread."""
_REST = 1.0
"""Seconds without a broadcast after which nothing is made up for."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What Telegram allows."""

    overall: int = 30
    """Messages a second."""
    chat: int = 1
    """Messages a second in one chat."""
    group: int = 20
    """Messages a minute in one group or channel."""


TELEGRAM = Limits()


@dataclass(eq=False, slots=True)
class Permit:
    """A request that was begun. It holds its place in the windows until it has ended, and for their length after."""

    chat_id: int
    is_live: bool
    ended: float | None = None


class Pace:
    """Counts requests and says how long the next one must wait. Groups and channels have negative ids.

    A live reply, which somebody waits for, keeps to the overall limit; in its own chat Telegram bears a few at once,
    so there it only keeps its distance from a broadcast.
    """

    def __init__(self, limits: Limits = TELEGRAM) -> None:
        self._limits = limits
        self._second: deque[Permit] = deque()
        self._minute: deque[Permit] = deque()
        self._by_chat: defaultdict[int, deque[Permit]] = defaultdict(deque)
        self._held: dict[int, float] = {}
        self._all_held = -math.inf
        self._refused: list[int] = []
        self._spread = -math.inf  # when the next broadcast would be due if all had been evenly spread

    def wait(self, chat_id: int, now: float, *, live: bool) -> float:
        """Return how many seconds a message must wait; infinity: until some request has ended."""
        return max(self.overall_wait(now, live=live), self.lane_wait(chat_id, now, live=live))

    def overall_wait(self, now: float, *, live: bool) -> float:
        """Return the wait for a place among all messages."""
        self._forget(now)
        wait = max(0.0, self._all_held - now, _room(self._second, self._limits.overall, 1.0, now))
        return wait if live else max(wait, self._spread - now)

    def lane_wait(self, chat_id: int, now: float, *, live: bool) -> float:
        """Return the wait for a place among the messages of a chat; there is none among those of no known chat."""
        if chat_id == ELSEWHERE:
            return 0.0
        held = max(0.0, self._held.get(chat_id, now) - now)
        sent = self._by_chat.get(chat_id, deque())
        if live:
            return max(held, _room([each for each in sent if not each.is_live], self._limits.chat, 1.0, now))
        wait = max(held, _room(sent, self._limits.chat, 1.0, now))
        return max(wait, _room(sent, self._limits.group, 60.0, now)) if chat_id < 0 else wait

    def begin(self, chat_id: int, now: float, *, live: bool) -> Permit:
        """Count a request that is made now."""
        permit = Permit(chat_id, live)
        for window in (self._second, self._minute, self._by_chat[chat_id]):
            window.append(permit)
        if not live:
            spacing = 1.0 / self._limits.overall
            # After a rest there is nothing to make up for, and many at once would be many to repeat after a crash.
            behind = _BURST * spacing if now - self._spread < _REST else 0.0
            self._spread = max(self._spread, now - behind) + spacing
        return permit

    def end(self, permit: Permit, now: float) -> None:
        """Note that a request has its answer, or none is waited for any more."""
        permit.ended = now

    def went_well(self) -> None:
        """Note that Telegram took a message."""
        self._refused.clear()

    def refused(self, chat_id: int, seconds: float, now: float) -> None:
        """Note that Telegram asked to wait: it does not say in which lane, so first the chat is held, then all."""
        self._held[chat_id] = max(self._held.get(chat_id, now), now + seconds)
        if chat_id not in self._refused:
            self._refused.append(chat_id)
        if len(self._refused) >= _REFUSALS_IN_A_ROW:
            self._refused.clear()
            self._all_held = max(self._all_held, now + seconds)

    def _forget(self, now: float) -> None:
        """Drop what counts no more."""
        _drop(self._second, now - 1.0)
        for permit in _drop(self._minute, now - 60.0):
            sent = self._by_chat[permit.chat_id]
            sent.remove(permit)
            if not sent:
                del self._by_chat[permit.chat_id]
        if len(self._held) > 1_000:
            self._held = {chat: until for chat, until in self._held.items() if until > now}


def _room(sent: deque[Permit] | list[Permit], times: int, seconds: float, now: float) -> float:
    """Return how long it takes until fewer than ``times`` messages count in a window of so many seconds."""
    counting = [each.ended for each in sent if each.ended is None or each.ended > now - seconds]
    if len(counting) < times:
        return 0.0
    ended = sorted(moment for moment in counting if moment is not None)
    too_many = len(counting) - times + 1
    return ended[too_many - 1] + seconds - now if len(ended) >= too_many else math.inf


def _drop(window: deque[Permit], before: float) -> list[Permit]:
    """Take from the front what ended before a moment; what ended late holds up what follows, which is harmless."""
    dropped = []
    while window and (ended := window[0].ended) is not None and ended <= before:
        dropped.append(window.popleft())
    return dropped
