"""Questions that got no answer, without who asked them; what editors make of them; and where an answer is awaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.models import LANGUAGES, Lang
from bot.storage.database import Database
from bot.storage.revisions import Published, Within
from bot.storage.tables import askers, gaps, pending_patches

Sign = Literal["unanswered", "none_meant", "disliked"]
"""How a question turned out to have no answer: the report did not say, none of the facts was meant, a thumb down."""

PatchKind = Literal["phrasing", "unknown"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A question, and how often it had no answer."""

    id: int
    form: str
    question: str
    """As it was first asked."""
    lang: Lang
    unanswered: int
    none_meant: int
    disliked: int

    @property
    def count(self) -> int:
        """How often all in all."""
        return self.unanswered + self.none_meant + self.disliked


@dataclass(frozen=True, slots=True)
class Patch:
    """An addition to a report that waits to be published."""

    id: int
    gap_id: int
    kind: PatchKind
    report: str
    item: str
    """The fact that is asked for, or the id of the new unknown."""
    lang: Lang
    text: str


@dataclass(frozen=True, slots=True)
class Asker:
    """A message whose author wants to be told the answer."""

    gap_id: int
    chat_id: int
    topic_id: int
    message_id: int
    question: str
    at: datetime


class DroppedError(Exception):
    """An addition that is about to be published was taken off the list meanwhile."""


class GapStore:
    """Gaps, by the normal form of the question."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, sign: Sign, form: str, question: str, lang: Lang, at: datetime) -> None:
        """Count a question. One that was patched and still has no answer is open again, once that was published."""
        counts = {each: int(each == sign) for each in get_args(Sign)}
        values = {"form": form, "question": question, "lang": lang, "first_at": at, "last_at": at, "state": "open"}
        column = gaps.c[sign]
        statement = self._database.insert(gaps).values(**values, **counts)
        async with self._database.write() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=[gaps.c.form], set_={sign: column + 1, "last_at": at})
            )
            waits = gaps.c.id.in_(select(pending_patches.c.gap_id))
            reopened = update(gaps).where(gaps.c.form == form, gaps.c.state == "patched", ~waits).values(state="open")
            await connection.execute(reopened)

    async def find(self, form: str, question: str, lang: Lang, at: datetime) -> int:
        """Return the number of a question's gap, which need not have been counted yet."""
        values = {"form": form, "question": question, "lang": lang, "first_at": at, "last_at": at, "state": "open"}
        statement = self._database.insert(gaps).values(**values, **dict.fromkeys(get_args(Sign), 0))
        async with self._database.write() as connection:
            await connection.execute(statement.on_conflict_do_nothing(index_elements=[gaps.c.form]))
            found: int = (await connection.execute(select(gaps.c.id).where(gaps.c.form == form))).scalar_one()
        return found

    async def open(self, limit: int = 200) -> tuple[Gap, ...]:
        """Return the questions that nobody has dealt with, the most frequent first."""
        total = gaps.c.unanswered + gaps.c.none_meant + gaps.c.disliked
        statement = select(gaps).where(gaps.c.state == "open", total > 0).order_by(total.desc(), gaps.c.id).limit(limit)
        async with self._database.read() as connection:
            return tuple(_gap(row) for row in (await connection.execute(statement)).all())

    async def get(self, gap_id: int) -> Gap | None:
        """Return a gap by its number."""
        return await self._one(gaps.c.id == gap_id)

    async def by_form(self, form: str) -> Gap | None:
        """Return the gap of a question."""
        return await self._one(gaps.c.form == form)

    async def ignore(self, gap_ids: Sequence[int]) -> None:
        """Show some gaps no more."""
        async with self._database.write() as connection:
            await connection.execute(update(gaps).where(gaps.c.id.in_(gap_ids)).values(state="ignored"))

    async def propose(self, patch: Patch, by: int, at: datetime, others: Sequence[int] = ()) -> None:
        """Keep an addition until it is published; its gap, and ``others`` like it, are dealt with for now.

        A gap has one addition: a new one takes the place of the one before.
        """
        values = {
            "gap_id": patch.gap_id,
            "kind": patch.kind,
            "report": patch.report,
            "item": patch.item,
            "lang": patch.lang,
            "text": patch.text,
            "added_by": by,
            "added_at": at,
        }
        done = update(gaps).where(gaps.c.id.in_([patch.gap_id, *others])).values(state="patched")
        async with self._database.write() as connection:
            await connection.execute(delete(pending_patches).where(pending_patches.c.gap_id == patch.gap_id))
            await connection.execute(insert(pending_patches).values(values))
            await connection.execute(done)

    async def patches(self) -> tuple[Patch, ...]:
        """Return the additions that wait, the oldest first."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(pending_patches).order_by(pending_patches.c.id))).all()
        return tuple(_patch(row) for row in rows)

    async def drop(self, patch_id: int) -> bool:
        """Forget an addition and open its gap again; return whether there was one."""
        async with self._database.write() as connection:
            of = select(pending_patches.c.gap_id).where(pending_patches.c.id == patch_id)
            await connection.execute(update(gaps).where(gaps.c.id.in_(of)).values(state="open"))
            dropped = await connection.execute(delete(pending_patches).where(pending_patches.c.id == patch_id))
            return dropped.rowcount > 0

    def applied(self, patches: Sequence[Patch]) -> Within:
        """Return what takes additions off the list, in the transaction that publishes them.

        It raises DroppedError where one of them is not on the list any more.
        """
        ids = [patch.id for patch in patches]

        async def apply(connection: AsyncConnection, _published: Published) -> None:
            taken = await connection.execute(delete(pending_patches).where(pending_patches.c.id.in_(ids)))
            if taken.rowcount < len(ids):
                raise DroppedError

        return apply

    async def wait(self, asker: Asker) -> None:
        """Note that somebody wants to be told."""
        statement = self._database.insert(askers).values(
            gap_id=asker.gap_id,
            chat_id=asker.chat_id,
            topic_id=asker.topic_id,
            message_id=asker.message_id,
            question=asker.question,
            asked_at=asker.at,
        )
        async with self._database.write() as connection:
            await connection.execute(statement.on_conflict_do_nothing(index_elements=list(askers.primary_key)))

    async def waiting(self) -> tuple[Asker, ...]:
        """Return everybody who wants to be told, the longest-waiting first."""
        async with self._database.read() as connection:
            rows = (await connection.execute(select(askers).order_by(askers.c.asked_at))).all()
        return tuple(
            Asker(row.gap_id, row.chat_id, row.topic_id, row.message_id, row.question, row.asked_at) for row in rows
        )

    async def take(self, asker: Asker) -> bool:
        """Take somebody off the list to tell them; False where another process has."""
        mine = delete(askers).where(
            askers.c.gap_id == asker.gap_id,
            askers.c.chat_id == asker.chat_id,
            askers.c.message_id == asker.message_id,
        )
        async with self._database.write() as connection:
            return (await connection.execute(mine)).rowcount > 0

    async def forget(self, chat_id: int) -> None:
        """Forget who waits in a chat."""
        async with self._database.write() as connection:
            await connection.execute(delete(askers).where(askers.c.chat_id == chat_id))

    async def prune(self, gaps_before: datetime, askers_before: datetime) -> None:
        """Delete the gaps that were last met, and the askers who asked, before a moment. What is pending stays."""
        pending = select(pending_patches.c.gap_id)
        old = (gaps.c.last_at < gaps_before) & gaps.c.id.not_in(pending)
        async with self._database.write() as connection:
            await connection.execute(delete(askers).where(askers.c.asked_at < askers_before))
            await connection.execute(delete(gaps).where(old))

    async def _one(self, which: ColumnElement[bool]) -> Gap | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(gaps).where(which))).one_or_none()
        return None if row is None else _gap(row)


# A row of SQLAlchemy Core has columns of any type; here they become a Gap or a Patch.
def _gap(row: Row[Any]) -> Gap:
    counts = (row.unanswered, row.none_meant, row.disliked)
    return Gap(row.id, row.form, row.question, _lang(row.lang), *counts)


def _patch(row: Row[Any]) -> Patch:
    kind: PatchKind = "phrasing" if row.kind == "phrasing" else "unknown"
    return Patch(row.id, row.gap_id, kind, row.report, row.item, _lang(row.lang), row.text)


def _lang(text: str) -> Lang:
    return next((each for each in LANGUAGES if each == text), "en")
