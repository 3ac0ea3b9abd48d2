"""Keyboards and what else comes with a message, checked as Telegram checks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Discriminator, JsonValue, Tag

from bot.web.emulator.errors import JsonObject, bad_request

MAX_CALLBACK_BYTES = 64


class Strict(BaseModel):
    """Base of everything a bot sends: a key that is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CopyText(Strict):
    """What a button copies."""

    text: str


class ChosenChat(Strict):
    """Which chats a button may switch to for an inline query."""

    query: str | None = None
    allow_user_chats: bool | None = None
    allow_bot_chats: bool | None = None
    allow_group_chats: bool | None = None
    allow_channel_chats: bool | None = None


class Button(Strict):
    """A button below a message."""

    text: str
    callback_data: str | None = None
    url: str | None = None
    switch_inline_query: str | None = None
    switch_inline_query_current_chat: str | None = None
    switch_inline_query_chosen_chat: ChosenChat | None = None
    copy_text: CopyText | None = None
    style: Literal["danger", "success", "primary"] | None = None
    icon_custom_emoji_id: str | None = None

    def check(self) -> None:
        """Refuse what Telegram refuses.

        Raises:
            ApiError: 400, in Telegram's words.
        """
        actions = (
            self.callback_data,
            self.url,
            self.switch_inline_query,
            self.switch_inline_query_current_chat,
            self.switch_inline_query_chosen_chat,
            self.copy_text,
        )
        broken = "can't parse inline keyboard button:"
        if not self.text.strip():
            raise bad_request(f"{broken} Text must be non-empty")
        if sum(action is not None for action in actions) != 1:
            raise bad_request(f"{broken} Text buttons are unallowed in the inline keyboard")
        data = self.callback_data
        if data is not None and not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        if self.url is not None and not _is_address(self.url):
            raise bad_request(f"inline keyboard button URL '{self.url}' is invalid: Wrong HTTP URL")


class InlineKeyboard(Strict):
    """Rows of buttons below a message."""

    inline_keyboard: tuple[tuple[Button, ...], ...]

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button, row after row."""
        return tuple(button for row in self.inline_keyboard for button in row)

    def as_json(self) -> JsonObject:
        """Return the InlineKeyboardMarkup of the Bot API."""
        rows: list[JsonValue] = [
            [button.model_dump(mode="json", exclude_none=True) for button in row] for row in self.inline_keyboard
        ]
        return {"inline_keyboard": rows}


class RequestChat(Strict):
    """Which of their chats people may choose with a button."""

    request_id: int
    chat_is_channel: bool
    chat_is_forum: bool | None = None
    chat_has_username: bool | None = None
    chat_is_created: bool | None = None
    bot_is_member: bool | None = None
    request_title: bool | None = None
    request_username: bool | None = None
    request_photo: bool | None = None


class KeyboardButton(Strict):
    """A button in place of the keyboard."""

    text: str
    request_chat: RequestChat | None = None
    style: Literal["danger", "success", "primary"] | None = None
    icon_custom_emoji_id: str | None = None


class ReplyKeyboard(Strict):
    """Buttons in place of the keyboard."""

    keyboard: tuple[tuple[KeyboardButton | str, ...], ...]
    is_persistent: bool = False
    resize_keyboard: bool = False
    one_time_keyboard: bool = False
    input_field_placeholder: str | None = None
    selective: bool = False


class RemoveKeyboard(Strict):
    """Take the reply keyboard away."""

    remove_keyboard: Literal[True]
    selective: bool = False


class ForceReply(Strict):
    """Open a reply to the message."""

    force_reply: Literal[True]
    input_field_placeholder: str | None = None
    selective: bool = False


def _kind(markup: object) -> str | None:
    """Tell by its key which markup this is."""
    if isinstance(markup, dict):
        for key in ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply"):
            if key in markup:
                return key
    return None


ReplyMarkup = Annotated[
    Annotated[InlineKeyboard, Tag("inline_keyboard")]
    | Annotated[ReplyKeyboard, Tag("keyboard")]
    | Annotated[RemoveKeyboard, Tag("remove_keyboard")]
    | Annotated[ForceReply, Tag("force_reply")],
    Discriminator(_kind),
]


class SentEntity(Strict):
    """An entity that a bot gives instead of markup."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None


class ReplyParameters(Strict):
    """Which message is replied to."""

    message_id: int
    chat_id: int | str | None = None
    allow_sending_without_reply: bool = False
    quote: str | None = None
    quote_parse_mode: str | None = None
    quote_entities: tuple[SentEntity, ...] | None = None
    quote_position: int | None = None


class LinkPreviewOptions(Strict):
    """How links are previewed."""

    is_disabled: bool | None = None
    url: str | None = None
    prefer_small_media: bool | None = None
    prefer_large_media: bool | None = None
    show_above_text: bool | None = None


def inline_keyboard(markup: ReplyMarkup | None) -> InlineKeyboard | None:
    """Return the checked inline keyboard, or nothing where there are no buttons below the message.

    Raises:
        ApiError: 400 for a button that Telegram refuses.
    """
    if not isinstance(markup, InlineKeyboard):
        return None
    for button in markup.buttons:
        button.check()
    return markup if markup.buttons else None


def labelled(buttons: Sequence[Button], label: str) -> Button:
    """Return the button with a label.

    Raises:
        LookupError: there is none; the message names those there are.
    """
    for button in buttons:
        if button.text == label:
            return button
    raise LookupError(f"no button {label!r} below the message, only {[button.text for button in buttons]}")


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "tg":
        return True
    return parts.scheme in ("", "http", "https") and "." in (parts.netloc or parts.path) and " " not in url
