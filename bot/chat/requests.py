"""Requests that put words into chats: the one place that makes them, each through the turnstile that keeps the pace."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import RetryAfter

from bot.alerts.pace import ELSEWHERE
from bot.alerts.turnstile import Turnstile
from bot.chat.place import Place

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
ResultT = TypeVar("ResultT")
Turn = Callable[[int], AbstractAsyncContextManager[None]]
"""Waits until a request to a chat may be made: a method of the turnstile."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Words:
    """A text as Telegram takes it, and the buttons below it."""

    text: str
    mode: ParseMode | None = ParseMode.HTML
    markup: Markup | None = None

    @property
    def below(self) -> InlineKeyboardMarkup | None:
        """The buttons below the message, the only ones that an edit can have."""
        return self.markup if isinstance(self.markup, InlineKeyboardMarkup) else None


class Requests:
    """Sends and edits, once each: whoever calls decides what an error means."""

    def __init__(self, bot: Bot, turnstile: Turnstile) -> None:
        self._bot = bot
        self._turnstile = turnstile

    async def send(self, place: Place, words: Words, turn: Turn) -> Message:
        """Send a message. Raises TelegramError."""
        points_at = ReplyParameters(place.question, allow_sending_without_reply=True) if place.question else None
        return await self._through(
            turn,
            place.chat_id,
            lambda: self._bot.send_message(
                place.chat_id,
                words.text,
                parse_mode=words.mode,
                message_thread_id=place.topic_id or None,
                reply_parameters=points_at if place.quotes else None,
                reply_markup=words.markup,
                link_preview_options=_NO_PREVIEW,
            ),
        )

    async def send_file(self, place: Place, name: str, content: bytes, caption: str, turn: Turn) -> Message:
        """Send a file. Raises TelegramError."""
        return await self._through(
            turn,
            place.chat_id,
            lambda: self._bot.send_document(
                place.chat_id,
                content,
                filename=name,
                caption=caption,
                message_thread_id=place.topic_id or None,
            ),
        )

    async def edit(self, chat_id: int, message_id: int, words: Words, turn: Turn) -> None:
        """Edit a message of the bot. Raises TelegramError."""
        await self._through(
            turn,
            chat_id,
            lambda: self._bot.edit_message_text(
                words.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=words.mode,
                reply_markup=words.below,
                link_preview_options=_NO_PREVIEW,
            ),
        )

    async def edit_inline(self, inline_message_id: str, words: Words, turn: Turn) -> None:
        """Edit a message that was posted by way of the bot. Raises TelegramError."""
        await self._through(
            turn,
            ELSEWHERE,
            lambda: self._bot.edit_message_text(
                words.text,
                inline_message_id=inline_message_id,
                parse_mode=words.mode,
                reply_markup=words.below,
                link_preview_options=_NO_PREVIEW,
            ),
        )

    async def _through(self, turn: Turn, chat_id: int, request: Callable[[], Awaitable[ResultT]]) -> ResultT:
        async with turn(chat_id):
            try:
                result = await request()
            except RetryAfter as error:
                self._turnstile.refused(chat_id, seconds_of(error))
                raise
            self._turnstile.went_well()
            return result


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
