"""The inbox at work: stored first, one chat in order, chats side by side, nothing lost."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select, text

from bot.inbox import Inbox, JsonObject, NotAnUpdateError, OutageError
from bot.storage.database import Database
from bot.storage.inbox import InboxStore
from bot.storage.tables import State, inbox

AT_ONCE = (timedelta(0), timedelta(0))
SECRET = "скільки їх було"


def message(update_id: int, chat_id: int = 1) -> JsonObject:
    """An update with a message in a chat."""
    return {"update_id": update_id, "message": {"chat": {"id": chat_id}, "text": SECRET}}


class Handler:
    """Records what it was given. It can be told to hold an update until it is let go, or to fail on it."""

    def __init__(self) -> None:
        self.started: list[int] = []
        self.done: list[int] = []
        self.cancelled: list[int] = []
        self.held: dict[int, asyncio.Event] = {}
        self.failures: dict[int, list[BaseException]] = {}
        self._news = asyncio.Condition()

    async def __call__(self, payload: str) -> None:
        """Handle one update."""
        update_id = int(json.loads(payload)["update_id"])
        await self._note(self.started, update_id)
        try:
            if update_id in self.held:
                await self.held[update_id].wait()
            if self.failures.get(update_id):
                raise self.failures[update_id].pop(0)
        except asyncio.CancelledError:
            self.cancelled.append(update_id)
            raise
        await self._note(self.done, update_id)

    async def until(self, so: Callable[[], bool]) -> None:
        """Wait for a moment at which something is so."""
        async with self._news:
            await self._news.wait_for(so)

    async def _note(self, where: list[int], update_id: int) -> None:
        async with self._news:
            where.append(update_id)
            self._news.notify_all()


class Log:
    """What was logged, and a way to wait for it."""

    def __init__(self) -> None:
        self.lines: list[dict[str, object]] = []
        self._events: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)

    def __call__(self, _logger: object, _method: str, line: MutableMapping[str, object]) -> str:
        """Keep a line, as a structlog processor."""
        self.lines.append(dict(line))
        self._events[str(line["event"])].set()
        return ""

    async def until(self, event: str) -> None:
        """Wait until an event was logged."""
        await self._events[event].wait()


@pytest.fixture
def handler() -> Handler:
    return Handler()


@pytest.fixture
def log() -> Iterator[Log]:
    kept = Log()
    structlog.configure(processors=[kept], logger_factory=structlog.testing.CapturingLoggerFactory())
    yield kept
    structlog.reset_defaults()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(f"sqlite:///{tmp_path}/citebot.sqlite3")
    yield opened
    await opened.close()


@pytest.fixture
def store(database: Database) -> InboxStore:
    return InboxStore(database, retry_delays=AT_ONCE, longest_pause=timedelta(0))


@asynccontextmanager
async def running(inbox: Inbox, grace: float = 10.0) -> AsyncIterator[Inbox]:
    """The inbox at work; it is stopped at the end, whatever happens."""
    await inbox.start()
    try:
        yield inbox
    finally:
        await inbox.stop(grace)


async def states(database: Database) -> dict[int, str]:
    """The state of each update."""
    async with database.read() as connection:
        rows = (await connection.execute(select(inbox.c.update_id, inbox.c.state))).all()
    return {row.update_id: row.state for row in rows}


async def rename(database: Database, old: str, new: str) -> None:
    """Take a table away from those who need it, or bring it back."""
    async with database.write() as connection:
        await connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


async def test_an_update_is_stored_before_anybody_handles_it(
    store: InboxStore, handler: Handler, database: Database
) -> None:
    assert await Inbox(store, handler).receive([message(1), message(2)]) == 2
    assert await states(database) == {1: State.PENDING, 2: State.PENDING}
    assert handler.started == []


async def test_an_update_that_comes_twice_is_handled_once(
    store: InboxStore, handler: Handler, database: Database
) -> None:
    async with running(Inbox(store, handler)) as works:
        assert await works.receive([message(1), message(1)]) == 1
        await handler.until(lambda: handler.done == [1])
        assert await works.receive([message(1), message(2, chat_id=2)]) == 1
        await handler.until(lambda: handler.done == [1, 2])
    assert handler.started == [1, 2]
    assert await states(database) == {1: State.DONE, 2: State.DONE}


async def test_a_batch_with_something_that_is_no_update_is_refused_whole(
    store: InboxStore, handler: Handler, database: Database
) -> None:
    with pytest.raises(NotAnUpdateError):
        await Inbox(store, handler).receive([message(1), {"hello": "world"}])
    assert await states(database) == {}


async def test_one_chat_is_handled_in_order_while_others_go_on(store: InboxStore, handler: Handler) -> None:
    handler.held[1] = asyncio.Event()
    async with running(Inbox(store, handler)) as works:
        await works.receive([message(3), message(1), message(2)])
        await handler.until(lambda: handler.started == [1])
        await works.receive([message(4, chat_id=2), message(5, chat_id=3), message(6, chat_id=2)])
        await handler.until(lambda: len(handler.done) == 3)
        assert handler.started.index(4) < handler.started.index(6)
        assert {2, 3}.isdisjoint(handler.started)
        handler.held[1].set()
        await handler.until(lambda: len(handler.done) == 6)
    assert [each for each in handler.done if each <= 3] == [1, 2, 3]


async def test_as_many_chats_are_served_at_once_as_there_are_workers(store: InboxStore, handler: Handler) -> None:
    handler.held = {number: asyncio.Event() for number in range(1, 4)}
    async with running(Inbox(store, handler, workers=3)) as works:
        await works.receive([message(number, chat_id=number) for number in range(1, 5)])
        await handler.until(lambda: sorted(handler.started) == [1, 2, 3])
        handler.held[2].set()
        await handler.until(lambda: 4 in handler.done)
        handler.held[1].set()
        handler.held[3].set()
        await handler.until(lambda: len(handler.done) == 4)


async def test_what_a_killed_process_held_is_handled_by_the_next(
    store: InboxStore, handler: Handler, database: Database
) -> None:
    await Inbox(store, handler).receive([message(number, chat_id=number % 3) for number in range(9)])
    claims = [await store.claim("killed") for _ in range(3)]
    assert None not in claims
    async with running(Inbox(store, handler)):
        await handler.until(lambda: len(handler.done) == 9)
    assert sorted(handler.done) == list(range(9))
    assert set((await states(database)).values()) == {State.DONE}


async def test_a_replica_takes_up_an_old_claim_and_leaves_a_fresh_one(
    database: Database, store: InboxStore, handler: Handler
) -> None:
    works = Inbox(store, handler, sole=False, poll=0)
    await works.receive([message(1, chat_id=1), message(2, chat_id=2)])
    await store.claim("dead")
    async with database.write() as connection:
        await connection.execute(text("UPDATE inbox SET claimed_at = 0"))
    await store.claim("alive")
    async with running(works):
        await handler.until(lambda: handler.done == [1])
    assert await states(database) == {1: State.DONE, 2: State.CLAIMED}


async def test_updates_that_another_replica_stored_are_found(store: InboxStore, handler: Handler) -> None:
    async with running(Inbox(store, handler, sole=False, poll=0)):
        await Inbox(store, handler).receive([message(1)])
        await handler.until(lambda: handler.done == [1])


async def test_a_failing_update_is_tried_three_times_and_then_its_chat_goes_on(
    store: InboxStore, handler: Handler, database: Database, log: Log
) -> None:
    handler.failures[1] = [ValueError(SECRET) for _ in range(9)]
    async with running(Inbox(store, handler)) as works:
        await works.receive([message(1), message(2)])
        await handler.until(lambda: handler.done == [2])
    assert handler.started == [1, 1, 1, 2]
    assert await states(database) == {1: State.FAILED, 2: State.DONE}
    assert [line["event"] for line in log.lines] == ["inbox.retry", "inbox.retry", "inbox.given_up"]


async def test_an_outage_does_not_use_up_the_three_tries(
    store: InboxStore, handler: Handler, database: Database, log: Log
) -> None:
    outage = OutageError()
    outage.__cause__ = ConnectionError(SECRET)
    handler.failures[1] = [*[outage] * 5, ValueError(SECRET), ValueError(SECRET), outage]
    async with running(Inbox(store, handler)) as works:
        await works.receive([message(1)])
        await handler.until(lambda: handler.done == [1])
    assert await states(database) == {1: State.DONE}
    assert [line["event"] for line in log.lines] == ["inbox.outage"] * 5 + ["inbox.retry"] * 2 + ["inbox.outage"]
    assert log.lines[0]["error"] == "ConnectionError"
    assert SECRET not in str(log.lines)


async def test_a_failure_that_passes_is_forgotten(
    store: InboxStore, handler: Handler, database: Database, log: Log
) -> None:
    handler.failures[1] = [ValueError(SECRET)]
    async with running(Inbox(store, handler)) as works:
        await works.receive([message(1)])
        await handler.until(lambda: handler.done == [1])
    assert await states(database) == {1: State.DONE}
    assert len(log.lines) == 1


async def test_a_failure_is_logged_with_its_place_and_without_what_was_asked(
    store: InboxStore, handler: Handler, log: Log
) -> None:
    handler.failures[1] = [ValueError(SECRET)]
    async with running(Inbox(store, handler)) as works:
        await works.receive([message(1)])
        await handler.until(lambda: handler.done == [1])
    (line,) = log.lines
    assert (line["update_id"], line["error"], line["attempts"]) == (1, "ValueError", 1)
    assert "tests/test_inbox.py" in str(line["trail"])
    assert SECRET not in str(line)


async def test_a_handler_that_cancels_itself_does_not_end_its_worker(
    store: InboxStore, handler: Handler, log: Log
) -> None:
    handler.failures[1] = [asyncio.CancelledError()]
    async with running(Inbox(store, handler, workers=1)) as works:
        await works.receive([message(1)])
        await handler.until(lambda: handler.done == [1])
    assert [line["error"] for line in log.lines] == ["asyncio.exceptions.CancelledError"]


async def test_an_update_that_takes_too_long_counts_as_failed(
    store: InboxStore, handler: Handler, database: Database, log: Log
) -> None:
    handler.held[1] = asyncio.Event()
    async with running(Inbox(store, handler, patience=0)) as works:
        await works.receive([message(1)])
        await log.until("inbox.given_up")
    assert await states(database) == {1: State.FAILED}
    assert {line["error"] for line in log.lines} == {"TimeoutError"}


async def test_a_database_that_fails_for_a_while_ends_no_worker(
    store: InboxStore, handler: Handler, database: Database, log: Log
) -> None:
    await rename(database, "inbox", "away")
    inbox = Inbox(store, handler, workers=2, sole=False, pause=0)
    async with running(inbox):
        await log.until("inbox.database_trouble")
        await rename(database, "away", "inbox")
        await inbox.receive([message(1), message(2, chat_id=2)])
        await handler.until(lambda: sorted(handler.done) == [1, 2])
    assert SECRET not in str(log.lines)


async def test_an_update_is_handled_once_though_the_database_fails_when_it_is_finished(
    store: InboxStore, handler: Handler, database: Database, log: Log
) -> None:
    handler.held[1] = asyncio.Event()
    async with running(Inbox(store, handler, workers=1, pause=0)) as works:
        await works.receive([message(1), message(2)])
        await handler.until(lambda: handler.started == [1])
        await rename(database, "inbox", "away")
        handler.held[1].set()
        await log.until("inbox.database_trouble")
        await rename(database, "away", "inbox")
        await handler.until(lambda: handler.done == [1, 2])
    assert handler.started == [1, 2]
    assert await states(database) == {1: State.DONE, 2: State.DONE}


async def test_stop_lets_what_is_running_finish_and_starts_nothing_more(
    store: InboxStore, handler: Handler, database: Database
) -> None:
    handler.held[1] = asyncio.Event()
    works = Inbox(store, handler)
    await works.start()
    await works.receive([message(1), message(2)])
    await handler.until(lambda: handler.started == [1])
    stopping = asyncio.create_task(works.stop())
    await asyncio.wait({stopping}, timeout=0)
    handler.held[1].set()
    await stopping
    assert handler.done == [1]
    assert await states(database) == {1: State.DONE, 2: State.PENDING}


async def test_stop_puts_back_what_runs_out_of_grace_and_a_new_start_takes_it_up(
    store: InboxStore, handler: Handler, database: Database
) -> None:
    handler.held = {1: asyncio.Event(), 2: asyncio.Event()}
    works = Inbox(store, handler)
    async with running(works, grace=0):
        await works.receive([message(1, chat_id=1), message(2, chat_id=2)])
        await handler.until(lambda: sorted(handler.started) == [1, 2])
    assert sorted(handler.cancelled) == [1, 2]
    assert await states(database) == {1: State.PENDING, 2: State.PENDING}
    handler.held.clear()
    async with running(works):
        await handler.until(lambda: sorted(handler.done) == [1, 2])
    assert await states(database) == {1: State.DONE, 2: State.DONE}


async def test_an_inbox_can_be_stopped_twice_but_not_started_twice(store: InboxStore, handler: Handler) -> None:
    works = Inbox(store, handler)
    async with running(works):
        with pytest.raises(RuntimeError, match="already"):
            await works.start()
    await works.stop()
