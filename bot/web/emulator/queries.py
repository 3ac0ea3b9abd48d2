"""Button presses and inline queries: what people ask that the bot answers by an id."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import JsonValue

from bot.web.emulator.changes import Changes
from bot.web.emulator.chats import Message
from bot.web.emulator.errors import ApiError, JsonObject, bad_request
from bot.web.emulator.markup import Button, InlineKeyboard, labelled
from bot.web.emulator.objects import User
from bot.web.emulator.text import Entity, FormattedText

LIFETIME = 30.0
"""Seconds in which a query can be answered."""


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the presser of a button is shown."""

    text: str
    show_alert: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One result of an inline query."""

    id: str
    type: str
    title: str
    description: str
    body: FormattedText
    keyboard: InlineKeyboard | None

    @property
    def text(self) -> str:
        """The plain text of the message it would send."""
        return self.body.text


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What an inline query was answered with."""

    results: tuple[InlineResult, ...]
    next_offset: str
    cache_time: int
    is_personal: bool
    button: JsonObject | None


@dataclass(eq=False, slots=True)
class InlineMessage:
    """A message that somebody sent by way of the bot; the bot knows it by its id only."""

    id: str
    user: User
    body: FormattedText
    keyboard: InlineKeyboard | None
    edited: bool = False

    @property
    def text(self) -> str:
        """The plain text."""
        return self.body.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities of the text, in order."""
        return self.body.entities

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button below the message, row after row."""
        return self.keyboard.buttons if self.keyboard else ()

    def button(self, label: str) -> Button:
        """Return the button with this label.

        Raises:
            LookupError: there is none; the message names those there are.
        """
        return labelled(self.buttons, label)


@dataclass(eq=False, slots=True)
class Press:
    """A press of a button."""

    id: str
    user: User
    message: Message | InlineMessage
    data: str
    at: float
    changes: Changes = field(repr=False)
    answer: CallbackAnswer | None = None

    async def answered(self, timeout: float = 10.0) -> CallbackAnswer:
        """Wait until the bot answers the press.

        Raises:
            TimeoutError: after ``timeout`` seconds without an answer.
        """
        return await self.changes.value(
            lambda: self.answer, what=f"answer to the press of {self.data!r}", timeout=timeout
        )

    def as_json(self) -> JsonObject:
        """Return the CallbackQuery of the Bot API."""
        where: dict[str, JsonValue] = (
            {"inline_message_id": self.message.id}
            if isinstance(self.message, InlineMessage)
            else {"message": self.message.as_json()}
        )
        query: JsonObject = {
            "id": self.id,
            "from": self.user.as_json(),
            "chat_instance": "1",
            "data": self.data,
        }
        return {**query, **where}


@dataclass(eq=False, slots=True)
class InlineQuery:
    """What somebody typed after the bot's name."""

    id: str
    user: User
    text: str
    offset: str
    chat_type: str
    at: float
    changes: Changes = field(repr=False)
    answer: InlineAnswer | None = None

    async def answered(self, timeout: float = 10.0) -> InlineAnswer:
        """Wait until the bot answers the query.

        Raises:
            TimeoutError: after ``timeout`` seconds without an answer.
        """
        return await self.changes.value(
            lambda: self.answer, what=f"answer to the inline query {self.text!r}", timeout=timeout
        )

    def as_json(self) -> JsonObject:
        """Return the InlineQuery of the Bot API."""
        return {
            "id": self.id,
            "from": self.user.as_json(),
            "query": self.text,
            "offset": self.offset,
            "chat_type": self.chat_type,
        }


def too_old() -> ApiError:
    """Return the refusal of an answer that comes too late, or to no query at all."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")
