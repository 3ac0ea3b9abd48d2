"""The inbox's rows: stored once, claimed once, one at a time in each lane."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, event, select, text
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext, _DBAPIAnyExecuteParams

from bot.storage.database import Database
from bot.storage.inbox import Again, Claim, GivenUp, InboxStore, Received
from bot.storage.tables import State, inbox

START = datetime(2031, 2, 3, tzinfo=UTC)

A_HUNDRED_THOUSAND_FINISHED = """
INSERT INTO inbox (update_id, lane, payload, state, attempts, received_at, finished_at)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
SELECT n, '', '', 'done', 0, 0, n FROM numbers
"""


@dataclass
class Watch:
    """A clock that stands still until it is set."""

    now: datetime = field(default=START)

    def __call__(self) -> datetime:
        """Return the moment it is set to."""
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def store(database: Database, watch: Watch) -> InboxStore:
    return InboxStore(database, clock=watch)


def received(update_id: int, lane: str = "chat:1") -> Received:
    return Received(update_id, lane, f'{{"update_id":{update_id}}}')


async def claimed_id(store: InboxStore, worker: str = "w") -> int | None:
    claim = await store.claim(worker)
    return None if claim is None else claim.update_id


async def states(database: Database) -> dict[int, str]:
    async with database.read() as connection:
        rows = (await connection.execute(select(inbox.c.update_id, inbox.c.state))).all()
    return {row.update_id: row.state for row in rows}


@contextmanager
def sent_statements() -> Iterator[list[tuple[str, _DBAPIAnyExecuteParams]]]:
    """The statements that any engine sends meanwhile, with their parameters."""
    sent: list[tuple[str, _DBAPIAnyExecuteParams]] = []

    def keep(
        _connection: Connection,
        _cursor: DBAPICursor,
        statement: str,
        parameters: _DBAPIAnyExecuteParams,
        _context: ExecutionContext | None,
        _many: bool,
    ) -> None:
        sent.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", keep)


async def test_an_update_that_comes_twice_is_stored_once(store: InboxStore) -> None:
    assert await store.add([received(1), received(2), received(2)]) == 2
    assert await store.add([received(2), received(3)]) == 1
    assert await store.pending() == 3


async def test_an_update_that_comes_again_after_it_was_handled_is_not_handled_again(store: InboxStore) -> None:
    await store.add([received(1)])
    assert await claimed_id(store) == 1
    await store.finish(1)
    assert await store.add([received(1)]) == 0
    assert await store.claim("w") is None


async def test_nothing_to_store_is_no_error(store: InboxStore) -> None:
    assert await store.add([]) == 0
    assert await store.claim("w") is None
    assert await store.last_update_id() is None


async def test_a_claim_carries_the_update_as_it_came(store: InboxStore) -> None:
    await store.add([received(7, "user:5")])
    assert await store.claim("w") == Claim(7, "user:5", '{"update_id":7}', attempts=0)


async def test_the_oldest_update_of_a_free_lane_is_claimed_first(store: InboxStore) -> None:
    await store.add([received(5, "chat:2"), received(4, "chat:1"), received(3, "chat:1")])
    assert [await claimed_id(store) for _ in range(3)] == [3, 5, None]
    await store.finish(3)
    assert await claimed_id(store) == 4


async def test_a_late_older_update_waits_until_its_lane_is_free(store: InboxStore) -> None:
    await store.add([received(5)])
    assert await claimed_id(store) == 5
    await store.add([received(4)])
    assert await claimed_id(store) is None
    await store.finish(5)
    assert await claimed_id(store) == 4


async def test_eight_workers_claim_a_thousand_updates_exactly_once_and_each_lane_in_order(
    store: InboxStore,
) -> None:
    lanes = {number: f"chat:{number * number % 37}" for number in range(1000)}
    await store.add([received(number, lane) for number, lane in lanes.items()])
    handled: list[int] = []
    held: set[str] = set()

    async def work(worker: str) -> None:
        while (claim := await store.claim(worker)) is not None:
            assert claim.lane not in held
            held.add(claim.lane)
            handled.append(claim.update_id)
            held.remove(claim.lane)
            await store.finish(claim.update_id)

    await asyncio.gather(*(work(f"w{number}") for number in range(8)))
    assert sorted(handled) == sorted(lanes)
    for lane in set(lanes.values()):
        own = [number for number in handled if lanes[number] == lane]
        assert own == sorted(own)


async def test_workers_of_two_processes_never_hold_two_updates_of_a_lane(database_url: str) -> None:
    first, second = await Database.open(database_url), await Database.open(database_url)
    stores = [InboxStore(first), InboxStore(second)]
    await stores[0].add([received(number, f"chat:{number % 3}") for number in range(60)])
    while await stores[0].pending():
        claims = await asyncio.gather(*(store.claim(f"w{n}") for n in range(4) for store in stores))
        held = [claim for claim in claims if claim is not None]
        assert len({claim.lane for claim in held}) == len(held) > 0
        for claim in held:
            await stores[1].finish(claim.update_id)
    await first.close()
    await second.close()


async def test_what_a_finished_update_said_and_who_said_it_is_blanked(store: InboxStore, database: Database) -> None:
    await store.add([received(1)])
    await store.claim("w")
    await store.finish(1)
    async with database.read() as connection:
        row = (await connection.execute(select(inbox))).one()
    assert (row.state, row.payload, row.lane, row.worker) == (State.DONE, "", "", None)


async def test_a_failed_update_is_tried_again_when_it_is_due_and_holds_up_only_its_own_lane(
    store: InboxStore, watch: Watch
) -> None:
    await store.add([received(1), received(2), received(3, "chat:2")])
    assert await claimed_id(store) == 1
    outcome = await store.retry(1, "ValueError")
    assert outcome == Again(timedelta(seconds=1))
    assert [await claimed_id(store), await claimed_id(store)] == [3, None]
    watch.now += timedelta(seconds=1)
    assert await store.claim("w") == Claim(1, "chat:1", '{"update_id":1}', attempts=1)


async def test_the_third_failure_is_final_and_the_lane_goes_on(
    store: InboxStore, watch: Watch, database: Database
) -> None:
    await store.add([received(1), received(2)])
    for expected in (Again(timedelta(seconds=1)), Again(timedelta(seconds=10)), GivenUp(3)):
        assert await claimed_id(store) == 1
        assert await store.retry(1, "ValueError") == expected
        watch.now += timedelta(seconds=10)
    assert await claimed_id(store) == 2
    async with database.read() as connection:
        row = (await connection.execute(select(inbox).where(inbox.c.update_id == 1))).one()
    assert (row.state, row.payload, row.last_error) == (State.FAILED, "", "ValueError")


async def test_an_outage_costs_no_attempt_and_its_pauses_double_up_to_a_minute(
    store: InboxStore, watch: Watch, database: Database
) -> None:
    await store.add([received(1)])
    pauses = []
    for _ in range(9):
        assert await claimed_id(store) == 1
        outcome = await store.postpone(1, "NetworkError")
        assert isinstance(outcome, Again)
        assert await claimed_id(store) is None
        watch.now += outcome.delay
        pauses.append(outcome.delay.total_seconds())
    assert pauses == [1, 1, 2, 4, 8, 16, 32, 60, 60]
    assert await store.claim("w") == Claim(1, "chat:1", '{"update_id":1}', attempts=0)
    watch.now = START + timedelta(days=1)
    assert await store.postpone(1, "NetworkError") == GivenUp(0)
    assert await states(database) == {1: State.FAILED}


async def test_an_outage_of_an_update_that_was_released_meanwhile_postpones_nothing(store: InboxStore) -> None:
    await store.add([received(1)])
    await store.claim("w")
    await store.release("w")
    assert await store.postpone(1, "NetworkError") == Again(timedelta(0))
    assert await claimed_id(store) == 1


async def test_a_retry_of_an_update_that_was_released_meanwhile_counts_nothing(store: InboxStore) -> None:
    await store.add([received(1)])
    await store.claim("w")
    await store.release("w")
    assert await store.retry(1, "ValueError") == Again(timedelta(0))
    claim = await store.claim("w")
    assert claim is not None
    assert claim.attempts == 0


async def test_release_gives_back_only_what_this_worker_held(store: InboxStore, database: Database) -> None:
    await store.add([received(1, "chat:1"), received(2, "chat:2")])
    await store.claim("gone")
    await store.claim("alive")
    assert await store.release("gone") == 1
    assert await states(database) == {1: State.PENDING, 2: State.CLAIMED}


async def test_release_all_gives_back_every_claim_and_nothing_else(store: InboxStore, database: Database) -> None:
    await store.add([received(number, f"chat:{number}") for number in range(1, 4)])
    for worker in ("a", "b"):
        await store.claim(worker)
    await store.finish(1)
    assert await store.release_all() == 1
    assert await states(database) == {1: State.DONE, 2: State.PENDING, 3: State.PENDING}


async def test_a_claim_counts_as_abandoned_by_its_age(store: InboxStore, watch: Watch) -> None:
    await store.add([received(1, "chat:1"), received(2, "chat:2")])
    await store.claim("dead")
    watch.now += timedelta(minutes=5)
    await store.claim("alive")
    assert await store.release_abandoned(watch.now - timedelta(minutes=4)) == 1
    assert await claimed_id(store) == 1


async def test_pruning_deletes_only_what_was_finished_long_ago(
    store: InboxStore, watch: Watch, database: Database
) -> None:
    await store.add([received(number, f"chat:{number}") for number in range(1, 5)])
    for update_id in (1, 2):
        await store.claim("w")
        await store.finish(update_id)
        watch.now += timedelta(hours=1)
    await store.claim("w")
    assert await store.prune(START + timedelta(minutes=30)) == 1
    assert await states(database) == {2: State.DONE, 3: State.CLAIMED, 4: State.PENDING}


async def test_polling_goes_on_after_the_highest_update_whatever_became_of_it(store: InboxStore) -> None:
    await store.add([received(9), received(4)])
    assert await store.last_update_id() == 9
    for update_id in (4, 9):
        await store.claim("w")
        await store.finish(update_id)
    assert await store.last_update_id() == 9


async def test_a_claim_reads_no_finished_rows_however_many_there_are(store: InboxStore, database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(text(A_HUNDRED_THOUSAND_FINISHED))
        await connection.execute(text("ANALYZE"))
    await store.add([received(number, f"chat:{number % 5}") for number in range(-50, 0)])
    with sent_statements() as sent:
        assert await claimed_id(store) == -50
    statement, parameters = next(each for each in sent if each[0].startswith("UPDATE"))
    async with database.read() as connection:
        explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        rows = (await connection.exec_driver_sql(f"{explain} {statement}", parameters)).all()
    plan = "\n".join(str(row) for row in rows)
    assert re.search(r"INDEX inbox_pending\b|Index (Only )?Scan using inbox_pending\b", plan), plan
    assert re.search(r"\binbox_pending(_lane)?\b.*\bearlier\b|\bearlier\b.*\binbox_pending_lane\b", plan), plan
    assert "inbox_claimed_lane" in plan, plan
    assert not re.search(r"Seq Scan|SCAN (?!head USING INDEX inbox_pending\b)", plan), plan
