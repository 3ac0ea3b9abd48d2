"""Delivers the dispatcher's letters: at the pace of broadcasts, and with Telegram's answers put into its terms."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog
from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut

from bot.alerts.letters import (
    Alert,
    Amendment,
    Announcement,
    Begin,
    BrokeOff,
    Closed,
    Delivered,
    Doubtful,
    Failure,
    Gone,
    Impossible,
    Letter,
    Moved,
    NotBegun,
    Outcome,
    Part,
    TooFast,
    Unreachable,
)
from bot.alerts.turnstile import Turnstile
from bot.chat.alerts.telling import facts_of_parts, tell
from bot.chat.answers import Source
from bot.chat.html import Chunk, chunks
from bot.chat.place import Place
from bot.chat.refusals import refusal
from bot.chat.reply import Reply, keyboard
from bot.chat.requests import Requests, Turn, Words, seconds_of
from bot.storage.outbox import NOWHERE, EditInline, EditMessage

_REMEMBERED = 1000
"""Letters that broke off and may be continued."""

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class _NotBegunError(Exception):
    """The letter is not wanted any more."""


class Postman:
    """Sends and edits, once each; what comes of it is for the dispatcher to act on."""

    def __init__(self, requests: Requests, turnstile: Turnstile, source: Source) -> None:
        self._requests = requests
        self._turnstile = turnstile
        self._source = source
        self._begun: dict[tuple[int, ...], list[tuple[Chunk, Part]]] = {}  # by rows: letters that broke off

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
        written = chunks(reply.body)
        facts = facts_of_parts(letter.content, letter.language, written)
        sent = self._continued(letter, written)
        for number in range(len(sent), len(written)):
            chunk = written[number]
            markup = keyboard(reply.buttons) if number == len(written) - 1 else None
            try:
                message_id = await self._put(place, chunk, markup, turn)
            except TelegramError as error:
                if not sent:
                    raise
                why = outcome_of(error, editing=False)
                self._begun[letter.rows] = sent
                return BrokeOff(tuple(part for _, part in sent), why)
            sent.append((chunk, Part(message_id, facts[number])))
        return Delivered(tuple(part for _, part in sent))

    def _continued(self, letter: Letter, written: Sequence[Chunk]) -> list[tuple[Chunk, Part]]:
        """Return what is in the chat already of a letter that broke off, if it still reads the same."""
        sent = self._begun.pop(letter.rows, [])
        if len(self._begun) > _REMEMBERED:
            self._begun.clear()
        return sent if [chunk for chunk, _ in sent] == list(written[: len(sent)]) else []

    async def _put(self, place: Place, chunk: Chunk, markup: InlineKeyboardMarkup | None, turn: Turn) -> int:
        try:
            message = await self._requests.send(place, Words(chunk.html, markup=markup), turn)
        except BadRequest as error:
            message = await self._requests.send(*_mended(error, place, chunk, Words(chunk.plain, None, markup)), turn)
        return message.message_id

    async def _amend(self, letter: Letter, reply: Reply, message: EditMessage | EditInline, turn: Turn) -> Outcome:
        part = chunks(reply.body)[0]
        markup = keyboard(reply.buttons)
        try:
            await self._edit(letter, message, Words(part.html, markup=markup), turn)
        except BadRequest as error:
            if refusal(error) == "unchanged":
                return Delivered()
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


def outcome_of(error: TelegramError, *, editing: bool) -> Failure:
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


def _unwanted(error: Forbidden) -> Gone | Closed:
    said = error.message.lower()
    if "deactivated" in said or "deleted" in said:
        return Gone("deactivated")
    if "blocked" in said or "initiate conversation" in said:
        return Gone("blocked")
    if "rights" in said or "write_forbidden" in said:
        return Closed()
    return Gone("removed")


def _refused(error: BadRequest) -> Failure:
    match refusal(error):
        case "closed":
            return Closed()
        case "not_editable":
            return Impossible("not_editable")
        case _:
            _log.error("letter.refused", said=error.message)
            return Impossible("refused")
