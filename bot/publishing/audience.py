"""Whoever is told when facts change, as far as publishing needs to know."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.difference import Difference
from bot.publishing.proposal import NOBODY, Reach
from bot.storage.revisions import Published


class Audience(Protocol):
    """Whoever is told when facts change."""

    async def reach(self, difference: Difference) -> Reach:
        """Count whom a difference would be told to."""

    async def enqueue(self, connection: AsyncConnection, published: Published) -> None:
        """Note whom to tell, in the transaction that makes the publication current."""


class Nobody:
    """The audience of a bot that sends no alerts."""

    async def reach(self, _difference: Difference) -> Reach:
        """Nobody is told."""
        return NOBODY

    async def enqueue(self, _connection: AsyncConnection, _published: Published) -> None:
        """Nobody is told."""
