"""The publisher's audience: subscribers, and everybody who was told what no longer holds."""

from __future__ import annotations

from typing import assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alerts.births import Births
from bot.alerts.news import News
from bot.knowledge.difference import Added, Changed, Difference, FactChange, Removed, Restored, Retracted
from bot.publishing.proposal import Reach
from bot.storage.revisions import Published


class Subscribers:
    """Told of what changes, by way of the outbox."""

    def __init__(self, births: Births) -> None:
        self._births = births

    async def reach(self, difference: Difference) -> Reach:
        """Count whom a difference would be told to."""
        return await self._births.reach(news_of(difference))

    async def enqueue(self, connection: AsyncConnection, published: Published) -> None:
        """Note whom to tell, in the transaction that makes the publication current."""
        news = news_of(published.difference) if published.alerts else ()
        await self._births.published(connection, f"publication:{published.sequence}", published.revision, news)


def news_of(difference: Difference) -> tuple[News, ...]:
    """Return what there is to tell of a difference: what readers were told in words, and not how claims are checked."""
    return tuple(_news(change) for change in difference.facts if not _is_unspoken(change))


def _news(change: FactChange) -> News:
    match change:
        case Added(source=source, fact=fact):
            return News(source=source, new=fact)
        case Removed(source=source, old=old):
            return News(source=source, old=old)
        case Changed(source=source, old=old, new=new) | Retracted(source=source, old=old, new=new):
            return News(source=source, old=old, new=new)
        case Restored(source=source, old=old, new=new):
            return News(source=source, old=old, new=new)
        case _:
            assert_never(change)


def _is_unspoken(change: FactChange) -> bool:
    """Say whether nothing that a reader sees has changed."""
    return isinstance(change, Changed) and change.parts == {"values"}
