"""What admins are told without having asked: a file was edited, a signal came, the folder is bad at the start."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from telegram.error import TelegramError

from bot.chat.admin.office import Office
from bot.chat.admin.showing import problems_text
from bot.chat.nodes import Node, Text
from bot.chat.place import Place
from bot.chat.reply import Reply
from bot.chat.texts import AdminTexts, admin_texts_in
from bot.knowledge.problems import Problem
from bot.publishing.following import Behind, Ended, Kept, Reloaded
from bot.storage.audit import Act
from bot.storage.authors import Occasion

_SHOWN = 20
"""Problems that are told; all of them come with /reload."""

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class Notices:
    """Writes to every admin in their own chat."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def tell(self, outcome: Ended) -> None:
        """Tell what happened to what is served without anybody asking for it in the chat."""
        served = self._office.publisher.current.snapshot().revision
        match outcome:
            case Reloaded(publication=publication):
                for chat_id, texts in await self._admins():
                    said = texts.reloaded.format(sequence=publication.sequence, revision=publication.revision)
                    await self._write(chat_id, Text(said))
            case Kept(problems, occasion):
                await self._kept(problems, occasion, served)
            case Behind(sequence):
                for chat_id, texts in await self._admins():
                    await self._write(chat_id, Text(texts.behind.format(sequence=sequence, revision=served)))

    async def _kept(self, problems: Sequence[Problem], occasion: Occasion, served: str) -> None:
        """Tell that the folder cannot be served, and why."""
        detail = f"{len(problems)} problems, the first: {problems[0]}"
        action = "start" if occasion == "start" else "reload"
        act = Act(self._office.desk.now(), occasion, "bot", action, "failed", before=served, detail=detail)
        await self._office.audit.note(act)
        for chat_id, texts in await self._admins():
            heading = texts.kept.format(revision=served, count=len(problems))
            await self._write(chat_id, problems_text(heading, problems[:_SHOWN]))

    async def _admins(self) -> list[tuple[int, AdminTexts]]:
        admins = await self._office.gate.holders("publish")
        return [(admin, admin_texts_in(await self._office.lang(admin, None))) for admin in admins]

    async def _write(self, chat_id: int, body: Node) -> None:
        """Write to one admin; whether that works does not matter to the others."""
        try:
            await self._office.desk.add(Place(chat_id), Reply(body))
        except TelegramError as error:
            _log.info("admin.not_told", reason=type(error).__name__)
