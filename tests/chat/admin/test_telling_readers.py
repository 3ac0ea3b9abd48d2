"""A publication is told to readers in its own transaction; a rollback only where the admin says so."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.difference import Difference
from bot.publishing.proposal import Reach
from bot.storage.revisions import Published

from .conftest import Site, bot_telling


class Subscribers:
    """Two chats that are told of every fact."""

    def __init__(self) -> None:
        self.told: list[tuple[str, bool, int]] = []

    async def reach(self, difference: Difference) -> Reach:
        """Count two messages a fact."""
        return Reach(2 * len(difference.facts), 2)

    async def enqueue(self, _connection: AsyncConnection, published: Published) -> None:
        """Note a publication."""
        self.told.append((published.cause, published.alerts, len(published.difference.facts)))


@pytest.fixture
async def subscribers(site: Site) -> AsyncIterator[Subscribers]:
    """Who is told by a bot that runs."""
    audience = Subscribers()
    async with bot_telling(site, audience):
        yield audience


@pytest.mark.parametrize(("label", "alerts"), [("Publish", False), ("Publish and tell readers", True)])
async def test_a_rollback_tells_readers_only_at_the_admins_word(
    label: str, alerts: bool, site: Site, subscribers: Subscribers
) -> None:
    site.folder.edit("harbour-fire.yaml", "Three fire hoses", "Four fire hoses")
    proposal = await site.command("/reload")
    assert "To be sent: 2 messages to 2 chats." in proposal.text
    assert [button.text for button in proposal.buttons] == ["Publish", "Cancel"]
    await site.tap(proposal, "Publish")
    back = await site.command("/rollback")
    assert [button.text for button in back.buttons] == ["Publish", "Cancel", "Publish and tell readers"]
    await site.tap(back, label)
    assert subscribers.told == [("start", False, 0), ("reload", True, 1), ("rollback", alerts, 1)]
