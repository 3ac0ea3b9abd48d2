"""The pulse: one sign of life a machine, written now and then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.storage.database import Database
from bot.storage.pulse import Pulse

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now


async def test_each_machine_has_its_own_pulse(database: Database) -> None:
    watch = Watch()
    one, other = Pulse(database, host="one", clock=watch), Pulse(database, host="other", clock=watch)
    assert await one.last() is None
    await one.beat()
    watch.now += SECOND
    await other.beat()
    assert (await one.last(), await other.last()) == (NOON, NOON + SECOND)


async def test_a_beat_is_written_again_after_fifteen_seconds(database: Database) -> None:
    watch = Watch()
    pulse = Pulse(database, host="one", clock=watch)
    await pulse.beat()
    for passed, written in ((14, 0), (15, 15), (16, 15), (31, 31)):
        watch.now = NOON + passed * SECOND
        await pulse.beat()
        assert await pulse.last() == NOON + written * SECOND


async def test_a_clock_that_was_set_back_does_not_stop_the_pulse(database: Database) -> None:
    watch = Watch()
    pulse = Pulse(database, host="one", clock=watch)
    await pulse.beat()
    watch.now = NOON - timedelta(hours=1)
    await pulse.beat()
    assert await pulse.last() == watch.now


async def test_a_machine_that_was_silent_for_a_day_is_forgotten(database: Database) -> None:
    watch = Watch()
    gone, here = Pulse(database, host="gone", clock=watch), Pulse(database, host="here", clock=watch)
    await gone.beat()
    watch.now += timedelta(days=1) + SECOND
    await here.beat()
    assert await gone.last() is None
