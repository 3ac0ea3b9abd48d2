"""Delivers the dispatcher's letters: at the pace of broadcasts, and with Telegram's answers put into its terms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut

from bot.alerts.letters import (
    Alert,
    Amendment,
    Announcement,
    Begin,
    Closed,
    Delivered,
    Doubtful,
    Gone,
    Impossible,
    Letter,
    Moved,
    NotBegun,
    Outcome,
    TooFast,
    Unreachable,
)
from bot.alerts.turnstile import Turnstile
from bot.chat.alerts.telling import tell
from bot.chat.answers import Source
from bot.chat.html import Chunk, chunks
from bot.chat.place import Place
from bot.chat.refusals import refusal
from bot.chat.reply import Reply, keyboard
from bot.chat.requests import Requests, Turn, Words, seconds_of
from bot.storage.outbox import NOWHERE, EditInline, EditMessage

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class _NotBegunError(Exception):
    """The letter is not wanted any more."""


class Postman:
    """Sends and edits, once each; what comes of it is for the dispatcher to act on."""

    def __init__(self, requests: Requests, turnstile: Turnstile, source: Source) -> None:
        self._requests = requests
        self._turnstile = turnstile
        self._source = source

    async def deliver(self, letter: Letter, begin: Begin) -> Outcome:
        """Make the requests of a letter. ``begin`` is called when its turn has come, right before the first."""
        reply = tell(letter.content, self._source.snapshot().knowledge, letter.language)
        turn = self._turn(begin)
        try:
            match letter.content:
                case Amendment(message=message):
                    return await self._amend(letter, reply, message, turn)
                case Alert(target=target):
                    return await self._send(letter, reply, target.replies_to, turn)
                case Announcement():
                    return await self._send(letter, reply, None, turn)
        except _NotBegunError:
            return NotBegun()
        except TelegramError as error:
            return _of(letter, outcome_of(error, editing=isinstance(letter.content, Amendment)))

    def _turn(self, begin: Begin) -> Turn:
        """Return the turnstile's turn for broadcasts, which begins the letter at the first request."""
        begun = False

        @asynccontextmanager
        async def turn(chat_id: int) -> AsyncIterator[None]:
            nonlocal begun
            async with self._turnstile.broadcast(chat_id):
                if not begun and not await begin():
                    raise _NotBegunError
                begun = True
                yield

        return turn

    async def _send(self, letter: Letter, reply: Reply, replies_to: int | None, turn: Turn) -> Outcome:
        spot = letter.spot
        place = Place(spot.chat_id, spot.topic_id, replies_to, quotes=replies_to is not None)
        parts = chunks(reply.body)
        sent: list[int] = []
        for number, part in enumerate(parts):
            markup = keyboard(reply.buttons) if number == len(parts) - 1 else None
            try:
                message = await self._requests.send(place, Words(part.html, markup=markup), turn)
            except BadRequest as error:
                message = await self._requests.send(*_mended(error, place, part, Words(part.plain, None, markup)), turn)
            sent.append(message.message_id)
        return Delivered(tuple(sent))

    async def _amend(self, letter: Letter, reply: Reply, message: EditMessage | EditInline, turn: Turn) -> Outcome:
        part = chunks(reply.body)[0]
        markup = keyboard(reply.buttons)
        try:
            await self._edit(letter, message, Words(part.html, markup=markup), turn)
        except BadRequest as error:
            if refusal(error) != "markup":
                raise
            _log.error("letter.markup_refused", said=error.message)
            await self._edit(letter, message, Words(part.plain, None, markup), turn)
        return Delivered()

    async def _edit(self, letter: Letter, message: EditMessage | EditInline, words: Words, turn: Turn) -> None:
        match message:
            case EditMessage(message_id):
                await self._requests.edit(letter.spot.chat_id, message_id, words, turn)
            case EditInline(inline_message_id):
                await self._requests.edit_inline(inline_message_id, words, turn)


def _mended(error: BadRequest, place: Place, part: Chunk, plain: Words) -> tuple[Place, Words]:
    """Return what to send in place of what was refused; raise the error where nothing would help."""
    match refusal(error):
        case "markup":
            _log.error("letter.markup_refused", said=error.message)
            return place, plain
        case "no_question":
            return Place(place.chat_id, place.topic_id), Words(part.html, ParseMode.HTML, plain.markup)
        case _:
            raise error


def _of(letter: Letter, outcome: Outcome) -> Outcome:
    """What was posted inline stands in no chat of ours: a refusal says nothing of a subscription."""
    nowhere = letter.spot == NOWHERE and isinstance(outcome, Gone | Closed | Moved)
    return Impossible("not_editable") if nowhere else outcome


def outcome_of(error: TelegramError, *, editing: bool) -> Outcome:
    """Put into the dispatcher's terms what Telegram said."""
    match error:
        case RetryAfter():
            return TooFast(seconds_of(error))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return _unwanted(error)
        case BadRequest():
            return _refused(error)
        case TimedOut() if not editing:
            return Doubtful()
        case _:
            # An edit that timed out is made again: that cannot do anything twice.
            _log.warning("letter.unreachable", reason=type(error).__name__)
            return Unreachable()


def _unwanted(error: Forbidden) -> Outcome:
    said = error.message.lower()
    if "deactivated" in said or "deleted" in said:
        return Gone("deactivated")
    if "blocked" in said or "initiate conversation" in said:
        return Gone("blocked")
    if "rights" in said or "write_forbidden" in said:
        return Closed()
    return Gone("removed")


def _refused(error: BadRequest) -> Outcome:
    match refusal(error):
        case "unchanged":
            return Delivered()
        case "closed":
            return Closed()
        case "not_editable":
            return Impossible("not_editable")
        case _:
            _log.error("letter.refused", said=error.message)
            return Impossible("refused")
