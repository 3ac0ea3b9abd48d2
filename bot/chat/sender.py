"""Sends every reply and every edit that somebody waits for, and knows what Telegram may say to them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import structlog
from telegram import Bot, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TimedOut

from bot.alerts.turnstile import Turnstile
from bot.chat.html import Chunk, chunks
from bot.chat.nodes import Node
from bot.chat.persistence import Sleep, persist
from bot.chat.place import Place
from bot.chat.refusals import refusal
from bot.chat.reply import Reply, keyboard
from bot.chat.requests import Requests, Words
from bot.storage.ledger import Delivery, Ledger

_MISSES = 50

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """The reply is in the chat."""

    place: Place
    """Where it is: a chat may have moved meanwhile."""
    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """The reply is not in the chat, or not surely, and will not be sent again."""

    why: Literal["forbidden", "closed", "flood", "timed_out"]


@dataclass(frozen=True, slots=True)
class Miss:
    """A reply that could not be delivered, for those who keep the bot."""

    at: datetime
    place: Place
    why: str


Outcome = Sent | Undelivered
"""How sending ended. What can be tried again later is raised instead, as NetworkError."""

Moved = Callable[[int, int], Awaitable[None]]
"""Told that a group became a supergroup: its old id and its new one."""


class Sender:
    """Sends replies and writes into the ledger which facts reached which chat."""

    def __init__(
        self,
        bot: Bot,
        ledger: Ledger,
        *,
        now: Callable[[], datetime],
        moved: Moved,
        sleep: Sleep = asyncio.sleep,
        turnstile: Turnstile | None = None,
    ) -> None:
        self._bot = bot
        self._turnstile = turnstile or Turnstile()
        self._requests = Requests(bot, self._turnstile)
        self._ledger = ledger
        self._now = now
        self._moved = moved
        self._sleep = sleep
        self.missed: deque[Miss] = deque(maxlen=_MISSES)
        """The last replies of this process that could not be delivered."""

    async def deliver(self, place: Place, reply: Reply, revision: str, *, over: Sequence[int] = ()) -> Outcome:
        """Put a reply into a chat: ``over`` the messages that carried the one before, the rest as new messages.

        Raises NetworkError when Telegram cannot be reached; doing it again later edits what was sent already.
        """
        parts = chunks(reply.body)
        sent: list[int] = []
        try:
            for number, part in enumerate(parts):
                markup = keyboard(reply.buttons) if number == len(parts) - 1 else None
                old = over[number] if number < len(over) else None
                message_id = await self._edit_or_send(place, part, markup, old)
                sent.append(message_id)
            for surplus in over[len(parts) :]:
                await self._delete(place, surplus)
        except ChatMigrated as error:
            await self._moved(place.chat_id, error.new_chat_id)
            # Message ids do not survive the move, so nothing is left to edit or to point at.
            there = Place(error.new_chat_id, place.topic_id)
            return await self.deliver(there, reply, revision)
        except (Forbidden, BadRequest, RetryAfter, TimedOut) as error:
            return self._give_up(place, error)
        finally:
            await self._record(place, reply, revision, sent, whole=len(sent) == len(parts))
        return Sent(place, tuple(sent))

    async def edit_html(self, place: Place, message_id: int, html: str, markup: InlineKeyboardMarkup | None) -> None:
        """Replace a message's text and buttons, though not the facts it carries. Failing to is no harm."""
        try:
            await self._edit(place, message_id, html, ParseMode.HTML, markup)
        except (Forbidden, BadRequest, RetryAfter, TimedOut, ChatMigrated) as error:
            _log.info("message.not_edited", reason=type(error).__name__)

    async def send_keyboard(
        self, place: Place, body: Node, markup: ReplyKeyboardMarkup | ReplyKeyboardRemove
    ) -> Outcome:
        """Send a message that puts buttons in place of the keyboard, or takes them away. It carries no facts."""
        words = Words(chunks(body)[0].html, markup=markup)
        try:
            sent = await persist(lambda: self._requests.send(place, words, self._turnstile.live), self._sleep)
        except (Forbidden, BadRequest, RetryAfter, TimedOut) as error:
            return self._give_up(place, error)
        return Sent(place, (sent.message_id,))

    async def send_file(self, place: Place, name: str, content: bytes, caption: str) -> Outcome:
        """Send a file. It carries no facts: it is for those who keep the bot, not for readers."""
        try:
            sent = await persist(
                lambda: self._requests.send_file(place, name, content, caption, self._turnstile.live),
                self._sleep,
            )
        except (Forbidden, BadRequest, RetryAfter, TimedOut) as error:
            return self._give_up(place, error)
        return Sent(place, (sent.message_id,))

    def _give_up(self, place: Place, error: Forbidden | BadRequest | RetryAfter | TimedOut) -> Undelivered:
        """Say why a reply cannot be delivered; a refusal nobody foresaw is raised, since it is our fault."""
        match error:
            case Forbidden():
                outcome = Undelivered("forbidden")
            case RetryAfter():
                outcome = Undelivered("flood")
            case BadRequest() if refusal(error) == "closed":
                outcome = Undelivered("closed")
            case BadRequest():
                raise error
            case _:
                outcome = Undelivered("timed_out")
        _log.warning("reply.undelivered", why=outcome.why)
        self.missed.append(Miss(self._now(), place, outcome.why))
        return outcome

    async def _edit_or_send(
        self, place: Place, part: Chunk, markup: InlineKeyboardMarkup | None, old: int | None
    ) -> int:
        if old is not None and await self._edited(place, old, part, markup):
            return old
        return (await self._sent(place, part, markup)).message_id

    async def _edited(self, place: Place, old: int, part: Chunk, markup: InlineKeyboardMarkup | None) -> bool:
        """Edit a message. Returns False when it cannot be edited any more."""
        try:
            await self._edit(place, old, part.html, ParseMode.HTML, markup)
        except BadRequest as error:
            match refusal(error):
                case "unchanged":
                    return True
                case "not_editable":
                    return False
                case "markup":
                    self._log_markup(error)
                    await self._edit(place, old, part.plain, None, markup)
                case _:
                    raise
        return True

    async def _sent(self, place: Place, part: Chunk, markup: InlineKeyboardMarkup | None) -> Message:
        try:
            return await self._send(place, part.html, ParseMode.HTML, markup)
        except BadRequest as error:
            match refusal(error):
                case "markup":
                    self._log_markup(error)
                    return await self._send(place, part.plain, None, markup)
                case "no_question":
                    alone = replace(place, quotes=False)
                    return await self._send(alone, part.html, ParseMode.HTML, markup)
                case _:
                    raise

    async def _send(
        self, place: Place, text: str, mode: ParseMode | None, markup: InlineKeyboardMarkup | None
    ) -> Message:
        words = Words(text, mode, markup)
        return await persist(lambda: self._requests.send(place, words, self._turnstile.live), self._sleep)

    async def _edit(
        self, place: Place, message_id: int, text: str, mode: ParseMode | None, markup: InlineKeyboardMarkup | None
    ) -> None:
        words = Words(text, mode, markup)
        await persist(
            lambda: self._requests.edit(place.chat_id, message_id, words, self._turnstile.live),
            self._sleep,
            repeatable=True,
        )

    async def _delete(self, place: Place, message_id: int) -> None:
        try:
            await persist(lambda: self._bot.delete_message(place.chat_id, message_id), self._sleep, repeatable=True)
        except BadRequest:
            _log.info("message.not_deleted")  # gone already, or too old

    async def _record(self, place: Place, reply: Reply, revision: str, sent: Sequence[int], *, whole: bool) -> None:
        """Note what is in the chat now. Of a reply that broke off, the messages not reached keep their entries."""
        made = [
            Delivery(
                place.chat_id,
                place.topic_id,
                message_id,
                reply.facts,
                revision,
                self._now(),
                place.question,
                reply.language,
            )
            for message_id in sent
        ]
        if place.question is not None and whole and made:
            await self._ledger.replace(place.chat_id, place.question, made)
            return
        for delivery in made:
            await self._ledger.record(delivery)

    def _log_markup(self, error: BadRequest) -> None:
        _log.error("reply.markup_refused", said=error.message)
