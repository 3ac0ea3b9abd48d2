"""A file of the fact base, sent as a document: the same checks and the same word to say as for /reload."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from telegram import Document, Update
from telegram.ext import ContextTypes

from bot.chat.admin.office import Office
from bot.chat.admin.publishing import Publishing
from bot.chat.nodes import Text
from bot.chat.texts import AdminTexts
from bot.knowledge.bundle import QUESTIONS
from bot.knowledge.document import parse
from bot.knowledge.models import RegressionQuestions, Report
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.quotes import LOCK_NAME, QuotesLock

_REPORT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.ya?ml")
MAX_BYTES = 1_000_000
"""Of a file that is sent: more than any report has needed, and little enough to be read while people ask."""


class Documents:
    """Takes files. Nothing in them is ever executed."""

    def __init__(self, office: Office, publishing: Publishing) -> None:
        self._office = office
        self._publishing = publishing

    async def take(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A document in a private chat."""
        message = update.effective_message
        if message is None or message.document is None:
            return
        admin = await self._office.admitted(message, "publish", "upload")
        if admin is None:
            return
        texts = await self._office.texts(message)
        given = message.document.file_name or ""
        refusal = _refusal(message.document, texts)
        if refusal is not None:
            await self._office.say(message, Text(refusal))
            return
        content = await _content(message.document)
        if len(content) > MAX_BYTES:  # Telegram need not say how big a file is
            await self._office.say(message, Text(_too_big(texts)))
            return
        name = _place(given, content)
        if name is None:
            await self._office.say(message, Text(texts.no_report.format(name=given)))
            return
        served = self._office.publisher.current.snapshot().revision
        base = self._publishing.drafts.get(admin.user_id, served) or await self._office.served_files(message)
        if base is None:
            return
        bundle = base.having(name, content)
        if _is_whole(name, content):  # a broken one would spoil the next file too
            self._publishing.drafts.keep(admin.user_id, bundle, served)
        proposing = self._office.publisher.propose(bundle, await self._office.asked_in_vain())
        examined = await self._office.checked(message, proposing)
        await self._publishing.show(message, admin, examined, "upload", why=(message.caption or "").strip())


def _refusal(document: Document, texts: AdminTexts) -> str | None:
    """Say why a file is not even fetched; None where it is."""
    name = document.file_name or ""
    if name != LOCK_NAME and not _REPORT.fullmatch(name):
        return texts.not_yaml
    if (document.file_size or 0) > MAX_BYTES:
        return _too_big(texts)
    return None


def _too_big(texts: AdminTexts) -> str:
    return texts.too_big.format(limit=f"{MAX_BYTES:,}")


async def _content(document: Document) -> bytes:
    """Fetch a file. Raises NetworkError, which is tried again."""
    file = await document.get_file()
    return bytes(await file.download_as_bytearray())


def _place(name: str, content: bytes) -> str | None:
    """Return where in the fact base a file belongs, by what is in it; None where nowhere."""
    if name == LOCK_NAME:
        return LOCK_NAME
    name = f"{PurePosixPath(name).stem}.yaml"
    try:
        data = parse(name, content).data
    except KnowledgeError:
        # The examination tells what is wrong with it, and where.
        return f"{QUESTIONS}/{name}" if re.search(rb"^questions:", content, re.MULTILINE) else name
    if not isinstance(data, dict):
        return None
    if "report" in data:
        return name
    return f"{QUESTIONS}/{name}" if "questions" in data else None


def _is_whole(name: str, content: bytes) -> bool:
    """Say whether a file can be read by itself, whatever the others hold."""
    if name == LOCK_NAME:
        return QuotesLock.parse(content.decode("utf-8", "replace")) is not None
    try:
        parse(name, content).build(RegressionQuestions if name.startswith(f"{QUESTIONS}/") else Report)
    except KnowledgeError:
        return False
    return True
