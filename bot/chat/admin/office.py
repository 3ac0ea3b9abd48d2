"""What every admin's command needs, and the way in: the gate, then a private chat."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from telegram import Message, User

from bot.chat.desk import Desk
from bot.chat.gate import Actor, Gate, Person, author_of
from bot.chat.menu import AdminMenus
from bot.chat.nodes import Node, Text
from bot.chat.place import place_of
from bot.chat.reply import Buttons, Reply
from bot.chat.texts import AdminTexts, admin_texts_in
from bot.knowledge.bundle import Bundle
from bot.knowledge.models import Lang
from bot.publishing.pending import Pending
from bot.publishing.publisher import Publisher, UnknownRevisionError
from bot.rights import Right
from bot.storage.admins import AdminStore
from bot.storage.audit import Act, AuditLog, Outcome
from bot.storage.gaps import GapStore
from bot.storage.replicas import Replicas

Examined = TypeVar("Examined")
_SOON = 10.0  # seconds
"""What takes no longer needs no word meanwhile."""
_TRIED = 50
"""Questions without an answer that are asked again of every proposal."""


class Queue(Protocol):
    """The updates that wait, as far as /status tells of them."""

    async def pending(self) -> int:
        """How many wait."""

    async def oldest(self) -> datetime | None:
        """When the oldest of them came in."""

    async def failures(self) -> tuple[str, ...]:
        """The errors of those that were given up, the newest first."""


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that admins work with."""

    desk: Desk
    gate: Gate
    publisher: Publisher
    pending: Pending
    admins: AdminStore
    audit: AuditLog
    replicas: Replicas
    gaps: GapStore
    queue: Queue
    menus: AdminMenus
    started: datetime

    async def checked(self, message: Message, examination: Coroutine[None, None, Examined]) -> Examined:
        """Wait for an examination; one that takes a while is told of, so that nobody sends the command again.

        What it found then takes the place of that word.
        """
        examining = asyncio.create_task(examination)
        try:
            if not (await asyncio.wait({examining}, timeout=_SOON))[0]:
                await self.say(message, Text((await self.texts(message)).checking))
            return await examining
        finally:
            examining.cancel()

    async def served_files(self, message: Message) -> Bundle | None:
        """Return the files of what is served; None where they are lost or damaged, which is told."""
        try:
            return await self.publisher.served_files()
        except UnknownRevisionError:
            await self.say(message, Text((await self.texts(message)).files_lost))
            return None

    async def lang(self, chat_id: int, user: User | None) -> Lang:
        """Return the language to speak with an admin."""
        return await self.desk.language(chat_id, user)

    async def admitted(self, message: Message, right: Right, action: str, *, anywhere: bool = False) -> Person | None:
        """Return who wrote a command, if they may use it here; otherwise tell them why not.

        ``anywhere``: also in groups. What is refused is in the audit log.
        """
        actor: Actor = author_of(message)
        texts = admin_texts_in(await self.lang(message.chat_id, message.from_user))
        if not await self.gate.admits(actor, right, action) or not isinstance(actor, Person):
            await self.say(message, Text(texts.not_allowed))
            return None
        if not anywhere and message.chat.type != message.chat.PRIVATE:
            await self.say(message, Text(texts.in_private))
            return None
        await self.menus.show(message.get_bot(), actor.user_id, await self.gate.role(actor))
        return actor

    async def asked_in_vain(self) -> tuple[str, ...]:
        """Return questions that lately got no answer: an admin wants to see whether they would get one."""
        return tuple(gap.question for gap in await self.gaps.open(_TRIED))

    async def texts(self, message: Message) -> AdminTexts:
        """Return the texts in the language of whoever wrote a message."""
        return admin_texts_in(await self.lang(message.chat_id, message.from_user))

    async def say(self, message: Message, body: Node, buttons: Buttons = ()) -> None:
        """Reply to a message."""
        await self.desk.say(place_of(message), Reply(body, buttons))

    async def note(
        self, actor: Person, action: str, outcome: Outcome, *, before: str = "", after: str = "", detail: str = ""
    ) -> None:
        """Write down what somebody did."""
        await self.audit.note(await self.act(actor, action, outcome, before=before, after=after, detail=detail))

    async def act(
        self, actor: Person, action: str, outcome: Outcome, *, before: str = "", after: str = "", detail: str = ""
    ) -> Act:
        """Return what is to be written down of what somebody did."""
        role = await self.gate.role(actor)
        return Act(self.desk.now(), actor.id, role, action, outcome, before, after, detail)
