"""Methods that change or delete what was sent."""

from __future__ import annotations

from pydantic import JsonValue

from bot.web.emulator.access import known_chat, own_message
from bot.web.emulator.chats import Message
from bot.web.emulator.emulator import Emulator
from bot.web.emulator.errors import bad_request
from bot.web.emulator.formatting import message_text
from bot.web.emulator.markup import (
    InlineKeyboard,
    LinkPreviewOptions,
    SentEntity,
    Strict,
    inline_keyboard,
)
from bot.web.emulator.methods.call import method
from bot.web.emulator.parameters import ChatId
from bot.web.emulator.queries import InlineMessage
from bot.web.emulator.text import FormattedText

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


class Target(Strict):
    """Which message is edited: one in a chat, or one sent by way of the bot."""

    chat_id: ChatId | None = None
    message_id: int | None = None
    inline_message_id: str | None = None
    reply_markup: InlineKeyboard | None = None


class EditMessageText(Target):
    """Parameters of editMessageText."""

    text: str
    parse_mode: str | None = None
    entities: tuple[SentEntity, ...] | None = None
    link_preview_options: LinkPreviewOptions | None = None


class DeleteMessage(Strict):
    """Parameters of deleteMessage."""

    chat_id: ChatId
    message_id: int


def edit_message_text(emulator: Emulator, edit: EditMessageText) -> JsonValue:
    """Put another text into a message; buttons that are not sent again go away."""
    message = _target(emulator, edit)
    body = message_text(edit.text, edit.parse_mode, edit.entities, too_long="MESSAGE_TOO_LONG")
    keyboard = inline_keyboard(edit.reply_markup)
    if isinstance(message, Message) and (message.document is not None or not message.text):
        raise bad_request("there is no text in the message to edit")
    return _change(emulator, message, body, keyboard)


def edit_message_reply_markup(emulator: Emulator, edit: Target) -> JsonValue:
    """Put other buttons below a message, or none."""
    message = _target(emulator, edit)
    return _change(emulator, message, message.body, inline_keyboard(edit.reply_markup))


def delete_message(emulator: Emulator, wanted: DeleteMessage) -> JsonValue:
    """Delete a message."""
    chat = known_chat(emulator, wanted.chat_id)
    message = chat.find(wanted.message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if message.sender != emulator.bot and chat.type != "private" and not chat.bot_is_admin:
        raise bad_request("message can't be deleted")
    message.deleted = True
    return True


def _target(emulator: Emulator, edit: Target) -> Message | InlineMessage:
    if edit.inline_message_id is not None:
        if edit.inline_message_id not in emulator.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return emulator.inline_messages[edit.inline_message_id]
    if edit.chat_id is None:
        raise bad_request("chat_id is empty")
    chat = known_chat(emulator, edit.chat_id)
    return own_message(emulator, chat, edit.message_id)


def _change(
    emulator: Emulator,
    message: Message | InlineMessage,
    body: FormattedText,
    keyboard: InlineKeyboard | None,
) -> JsonValue:
    if body == message.body and keyboard == message.keyboard:
        raise bad_request(_SAME)
    if isinstance(message, InlineMessage):
        message.edited = message.edited or body != message.body
        message.body, message.keyboard = body, keyboard
        return True
    emulator.throttle.admit(message.chat)
    if body != message.body:
        message.edit_date = emulator.now
    message.body, message.keyboard = body, keyboard
    return message.as_json()


METHODS = {
    "editMessageText": method(EditMessageText, edit_message_text),
    "editMessageReplyMarkup": method(Target, edit_message_reply_markup),
    "deleteMessage": method(DeleteMessage, delete_message),
}
