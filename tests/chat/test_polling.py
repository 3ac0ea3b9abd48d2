"""Polling: stored first, acknowledged afterwards, and going on whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError

from bot.chat.polling import Polling, UnusableTokenError
from bot.chat.transport import SlowDown
from bot.storage.lanes import JsonObject


class Server:
    """Gives out what it was told to, one item a request, and then ends the polling."""

    def __init__(self, *items: list[int] | Exception) -> None:
        self.items = list(items)
        self.offsets: list[int | None] = []
        self.stored: list[int] = []
        self.answers = 0
        self.stop = asyncio.Event()
        self.failing: list[Exception] = []

    async def fetch_updates(self, offset: int | None, *, wait: int, allowed: Sequence[str]) -> list[JsonObject]:
        """Return the next updates."""
        assert (wait, allowed) == (30, ("message",))
        self.offsets.append(offset)
        if not self.items:
            self.stop.set()
            await asyncio.Event().wait()
        item = self.items.pop(0)
        if isinstance(item, Exception):
            raise item
        return [{"update_id": each} for each in item]

    async def receive(self, payloads: Sequence[JsonObject]) -> int:
        """Store updates."""
        self.answers += 1
        if self.failing:
            raise self.failing.pop()
        self.stored += [each["update_id"] for each in payloads if isinstance(each["update_id"], int)]
        return len(payloads)

    async def poll(self, offset: int | None = None, jitter: Callable[[], float] = lambda: -1.0) -> None:
        """Poll it; with the jitter at its least no pause takes any time."""
        polling = Polling(self, self.receive, allowed=("message",), jitter=jitter)
        await polling.run(self.stop, offset)


async def test_updates_are_acknowledged_only_once_they_are_stored() -> None:
    server = Server([10, 11], [12])
    await server.poll()
    assert server.stored == [10, 11, 12]
    assert server.offsets == [None, 12, 13]


async def test_polling_goes_on_where_it_was_left() -> None:
    server = Server([])
    await server.poll(offset=5)
    assert server.offsets == [5, 5]


async def test_what_could_not_be_stored_is_not_acknowledged() -> None:
    server = Server([10], [10])
    server.failing = [OSError("disk full")]
    await server.poll()
    assert server.offsets == [None, None, 11]
    assert server.stored == [10]


@pytest.mark.parametrize(
    "error",
    [NetworkError("Bad Gateway"), SlowDown(timedelta(0)), ValueError("nobody foresaw this")],
    ids=lambda error: type(error).__name__,
)
async def test_an_error_does_not_end_it(error: Exception) -> None:
    server = Server(error, [7])
    await server.poll()
    assert server.stored == [7]


async def test_a_second_poller_is_waited_out_until_told_to_stop() -> None:
    server = Server(Conflict("terminated by other getUpdates request"))
    running = asyncio.create_task(server.poll())
    while not server.offsets:
        await asyncio.sleep(0)
    server.stop.set()
    await running
    assert server.offsets == [None]


async def test_a_token_that_is_refused_ends_it_and_is_not_repeated() -> None:
    server = Server(InvalidToken("The token `1:SECRET` was rejected by the server."))
    with pytest.raises(UnusableTokenError) as caught:
        await server.poll()
    assert "SECRET" not in str(caught.value)
    assert "TELEGRAM_TOKEN" in str(caught.value)


async def test_a_request_that_is_held_open_does_not_keep_it_from_stopping() -> None:
    server = Server()
    await server.poll()
    assert server.offsets == [None]


async def test_an_answer_without_updates_is_passed_on_as_news_of_the_server() -> None:
    server = Server([], [])
    await server.poll()
    assert server.answers == 2
