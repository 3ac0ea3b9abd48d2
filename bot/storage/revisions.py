"""Revisions of the fact base, and which of them is served: the publication with the highest number."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.bundle import Bundle
from bot.knowledge.difference import Difference
from bot.storage.authors import Author, author_in, written
from bot.storage.database import Database
from bot.storage.tables import publications, revisions

Cause = Literal["start", "reload", "upload", "patch", "rollback", "retract"]
"""What made a revision current."""

NOTHING = 0
"""The sequence number before the first publication."""
KEEP = 100
"""Publications whose files are kept, to be able to return to them."""


class OvertakenError(Exception):
    """Another publication came between: what was proposed was compared with what is no longer served."""

    def __init__(self, current: int) -> None:
        self.current = current
        super().__init__(f"publication {current} is served by now")


@dataclass(frozen=True, slots=True)
class Publication:
    """A revision that was made current at some time."""

    sequence: int
    """Counted from 1; the highest is served."""
    revision: str
    at: datetime
    author: Author
    why: str
    """In the author's words; empty where nothing was said."""
    cause: Cause
    folder: str | None
    """The revision of the folder's own files that were last published from it: while it has no other, a start serves
    this publication."""

    def knows(self, folder: Bundle) -> bool:
        """Say whether a folder is what it was at this publication.

        The lexicon that comes with Citebot is not asked: a new version of Citebot is no edit of the folder.
        """
        return self.folder in {folder.own().revision, folder.revision} or self.revision == folder.revision


@dataclass(frozen=True, slots=True)
class Published:
    """A publication at the moment it becomes current: what those who write in its transaction need to know."""

    publication: Publication
    difference: Difference
    """Against the publication that was current until now."""
    alerts: bool
    """Whether readers are to be told. A rollback and the first publication tell nobody unless asked to."""

    @property
    def sequence(self) -> int:
        """The number of the publication."""
        return self.publication.sequence

    @property
    def revision(self) -> str:
        """The revision that becomes current."""
        return self.publication.revision

    @property
    def cause(self) -> Cause:
        """What made it current."""
        return self.publication.cause


Within = Callable[[AsyncConnection, Published], Awaitable[None]]
"""Writes in the transaction that makes a publication current: all of it is stored, or nothing."""


class Revisions:
    """Bundles by their content, and the list of publications."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def publish(
        self,
        bundle: Bundle,
        *,
        after: int,
        author: Author,
        cause: Cause,
        at: datetime,
        difference: Difference,
        why: str = "",
        folder: str | None = None,
        alerts: bool = True,
        within: Sequence[Within] = (),
    ) -> Publication:
        """Make a bundle current, in one transaction with everything that ``within`` writes.

        ``after`` is the sequence number that the proposal was made against. Raises OvertakenError where another
        publication is current; nothing is stored then, or where a writer raises.
        """
        packed = await asyncio.to_thread(bundle.packed)  # compressing takes a while
        publication = Publication(after + 1, bundle.revision, at, author, why, cause, folder)
        try:
            async with self._database.write() as connection:
                current = await _last(connection)
                if current != after:
                    raise OvertakenError(current)
                await self._keep(connection, bundle.revision, packed, at)
                await connection.execute(insert(publications).values(_values(publication)))
                for write in within:
                    await write(connection, Published(publication, difference, alerts))
                await _forget_old(connection, publication.sequence)
        except IntegrityError:  # on PostgreSQL two may look at the same moment; the key lets one through
            last = await self.last()
            if last is None or last.sequence == after:
                raise  # it was a writer of ``within``
            raise OvertakenError(last.sequence) from None
        return publication

    async def last(self) -> Publication | None:
        """Return the publication that is to be served, or None before the first."""
        found = await self.history(limit=1)
        return found[0] if found else None

    async def history(self, limit: int = 20, before: int | None = None) -> tuple[Publication, ...]:
        """Return publications, the newest first; those ``before`` a sequence number."""
        statement = select(publications).order_by(publications.c.sequence.desc()).limit(limit)
        if before is not None:
            statement = statement.where(publications.c.sequence < before)
        async with self._database.read() as connection:
            rows = (await connection.execute(statement)).all()
        return tuple(_publication(row) for row in rows)

    async def publication(self, sequence: int) -> Publication | None:
        """Return a publication by its number."""
        async with self._database.read() as connection:
            row = (
                await connection.execute(select(publications).where(publications.c.sequence == sequence))
            ).one_or_none()
        return None if row is None else _publication(row)

    async def bundle(self, revision: str, name: str = "knowledge") -> Bundle | None:
        """Return the files of a revision, or None where they are not kept any more.

        ``name`` is the folder's, as problems show it. Raises DamagedBundleError.
        """
        statement = select(revisions.c.bundle).where(revisions.c.revision == revision)
        async with self._database.read() as connection:
            packed = (await connection.execute(statement)).scalar_one_or_none()
        return None if packed is None else await asyncio.to_thread(Bundle.unpacked, name, packed, revision)

    async def _keep(self, connection: AsyncConnection, revision: str, packed: bytes, at: datetime) -> None:
        values = {"revision": revision, "bundle": packed, "size": len(packed), "stored_at": at}
        statement = self._database.insert(revisions).values(values)
        await connection.execute(statement.on_conflict_do_nothing(index_elements=[revisions.c.revision]))


async def _last(connection: AsyncConnection) -> int:
    found: int | None = (await connection.execute(select(func.max(publications.c.sequence)))).scalar_one()
    return NOTHING if found is None else found


async def _forget_old(connection: AsyncConnection, sequence: int) -> None:
    """Delete publications that are too old to go back to, and the files that no other one needs."""
    result = await connection.execute(delete(publications).where(publications.c.sequence <= sequence - KEEP))
    if result.rowcount:
        needed = select(publications.c.revision)
        await connection.execute(delete(revisions).where(revisions.c.revision.not_in(needed)))


def _values(publication: Publication) -> dict[str, object]:
    return {
        "sequence": publication.sequence,
        "revision": publication.revision,
        "published_at": publication.at,
        "author": written(publication.author),
        "why": publication.why,
        "cause": publication.cause,
        "folder": publication.folder,
    }


# A row of SQLAlchemy Core has columns of any type; here they become a Publication.
def _publication(row: Row[Any]) -> Publication:
    cause = next(each for each in get_args(Cause) if each == row.cause)
    return Publication(row.sequence, row.revision, row.published_at, author_in(row.author), row.why, cause, row.folder)
