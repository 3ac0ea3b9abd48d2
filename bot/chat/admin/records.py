"""/history, /export and /audit: what was published, what is served, who did what."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat.admin.office import Office
from bot.chat.nodes import Bold, Text, lines, paragraphs
from bot.chat.place import place_of
from bot.chat.texts import AdminTexts
from bot.storage.audit import Act
from bot.storage.authors import Author
from bot.storage.revisions import Publication

_SHOWN = 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula."""


class Records:
    """Looks back."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def history(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/history: the last publications."""
        message = update.effective_message
        if message is None or await self._office.admitted(message, "inspect", "history") is None:
            return
        texts = await self._office.texts(message)
        found = await self._office.publisher.revisions.history(limit=_SHOWN)
        body = lines(*(published(each, texts) for each in found))
        await self._office.say(message, paragraphs(Bold(Text(texts.history)), body))

    async def export(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/export: the files that are served, as an archive."""
        message = update.effective_message
        if message is None:
            return
        admin = await self._office.admitted(message, "inspect", "export")
        if admin is None:
            return
        serving = self._office.publisher.current.snapshot()
        bundle = await self._office.served_files(message)
        if bundle is None:
            return
        texts = await self._office.texts(message)
        caption = texts.exported.format(revision=serving.revision, sequence=serving.sequence)
        name = f"knowledge-{serving.revision}.zip"
        await self._office.desk.sender.send_file(place_of(message), name, bundle.own().packed(), caption)
        await self._office.note(admin, "export", "done", after=serving.revision)

    async def audit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/audit: the last acts, and /audit file: all of them as a table."""
        message = update.effective_message
        if message is None or await self._office.admitted(message, "inspect", "audit") is None:
            return
        texts = await self._office.texts(message)
        if (context.args or []) == ["file"]:
            acts = [act async for act in self._office.audit.every()]
            caption = texts.audit_exported.format(count=len(acts))
            await self._office.desk.sender.send_file(place_of(message), "audit.csv", table(acts), caption)
            return
        recent = await self._office.audit.recent(_SHOWN)
        body = lines(*map(_said, recent)) if recent else Text(texts.audit_empty)
        await self._office.say(message, paragraphs(Bold(Text(texts.audit)), body))


def when(moment: datetime) -> str:
    """Write a moment for admins, who may live in any zone."""
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def published(publication: Publication, texts: AdminTexts) -> str:
    """Write a publication as one line."""
    line = texts.history_line.format(
        sequence=publication.sequence,
        revision=publication.revision,
        at=when(publication.at),
        cause=publication.cause,
        who=_who(publication.author, texts),
    )
    return f"{line} · {publication.why}" if publication.why else line


def _who(author: Author, texts: AdminTexts) -> str:
    return str(author) if isinstance(author, int) else f"{texts.by_bot} ({author})"


def _said(act: Act) -> str:
    change = f"{act.before} → {act.after}" if act.before and act.after else act.before or act.after
    parts = (when(act.at), f"{act.actor} ({act.role})", act.action, act.outcome, change, act.detail)
    return " · ".join(part for part in parts if part)


def table(acts: Sequence[Act]) -> bytes:
    """Write acts as CSV, which every spreadsheet program reads; nothing in it can be taken for a formula."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(["at", "actor", "role", "action", "outcome", "before", "after", "detail"])
    for act in acts:
        cells = (act.role, act.action, act.outcome, act.before, act.after, act.detail)
        guarded = (f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
        writer.writerow([act.at.isoformat(), str(act.actor), *guarded])  # a group's id is a number, and negative
    return target.getvalue().encode("utf-8-sig")
