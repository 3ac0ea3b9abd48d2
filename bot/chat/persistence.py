"""How often a request is made before the bot gives up on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.chat.requests import seconds_of

ResultT = TypeVar("ResultT")
Sleep = Callable[[float], Awaitable[None]]

_PAUSES = (1.0, 2.0, 4.0, 8.0)
_LONGEST_WAIT = 60.0
"""Seconds in all that Telegram may ask us to wait; more would keep the chat's next question from being answered."""


async def persist(request: Callable[[], Awaitable[ResultT]], sleep: Sleep, *, repeatable: bool = False) -> ResultT:
    """Make a request, again where that cannot do anything twice; raise what the last attempt raised.

    Made again: what never reached Telegram, what Telegram's gateway failed at (a 5xx), and what it asked to be
    sent later, within a bound. What timed out may have been done: it is made again only if it is ``repeatable``,
    as an edit is and a new message is not. Nobody is told twice.
    """
    pauses = iter(_PAUSES)
    waited = 0.0
    while True:
        try:
            return await request()
        except RetryAfter as error:
            seconds = seconds_of(error)
            waited += seconds
            if waited > _LONGEST_WAIT:
                raise
            await sleep(seconds)
        except NetworkError as error:
            pause = next(pauses, None)
            # The library files a bad request and a time-out under network errors too.
            once = isinstance(error, BadRequest) or (isinstance(error, TimedOut) and not repeatable)
            if once or pause is None:
                raise
            await sleep(pause)
