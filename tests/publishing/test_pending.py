"""A proposal waits for the admin who asked for it, once, and not for ever."""

from __future__ import annotations

import weakref
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.publishing.pending import PATIENCE, Pending, Waiting
from bot.publishing.proposal import Proposal
from bot.publishing.publisher import Publisher
from bot.storage.revisions import Published

from .conftest import NOW


async def test_a_proposal_is_for_one_admin_once_and_for_ten_minutes(publisher: Publisher) -> None:
    proposal = await publisher.propose_folder()
    assert isinstance(proposal, Proposal)
    now = NOW
    pending = Pending(lambda: now)
    waiting = Waiting(proposal, "reload")
    token = pending.put(1, waiting)
    assert pending.take(2, token) is None
    now += PATIENCE - timedelta(seconds=1)
    assert pending.take(1, token) is waiting
    assert pending.take(1, token) is None
    token = pending.put(1, waiting)
    now += PATIENCE
    assert pending.take(1, token) is None


async def test_a_new_proposal_takes_the_place_of_the_one_before(publisher: Publisher) -> None:
    proposal = await publisher.propose_folder()
    assert isinstance(proposal, Proposal)
    pending = Pending(lambda: NOW)
    first, second = (pending.put(1, Waiting(proposal, "reload")) for _ in range(2))
    assert pending.take(1, first) is None
    assert pending.take(1, second) is not None


async def test_what_nobody_decided_on_in_time_is_freed(publisher: Publisher) -> None:
    async def write(_connection: AsyncConnection, _published: Published) -> None:
        """Belongs to the proposal."""

    proposal = await publisher.propose_folder()
    assert isinstance(proposal, Proposal)
    now = NOW
    pending = Pending(lambda: now)
    pending.put(1, Waiting(proposal, "reload", within=(write,)))
    waits = weakref.ref(write)
    del write
    assert waits() is not None
    now += PATIENCE
    pending.prune()
    assert waits() is None
