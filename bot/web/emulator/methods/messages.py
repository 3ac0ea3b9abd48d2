"""Methods that put something into a chat: a text, a typing sign, a reaction."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from bot.web.emulator.access import destination, known_chat
from bot.web.emulator.emulator import Emulator
from bot.web.emulator.errors import bad_request
from bot.web.emulator.formatting import message_text
from bot.web.emulator.markup import (
    LinkPreviewOptions,
    ReplyMarkup,
    ReplyParameters,
    SentEntity,
    Strict,
    inline_keyboard,
)
from bot.web.emulator.methods.call import method
from bot.web.emulator.parameters import ChatId

ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


class Outgoing(Strict):
    """Parameters that everything sent to a chat has."""

    chat_id: ChatId
    message_thread_id: int | None = None
    parse_mode: str | None = None
    disable_notification: bool = False
    protect_content: bool = False
    allow_paid_broadcast: bool = False
    message_effect_id: str | None = None
    reply_parameters: ReplyParameters | None = None
    reply_markup: ReplyMarkup | None = None


class SendMessage(Outgoing):
    """Parameters of sendMessage."""

    text: str
    entities: tuple[SentEntity, ...] | None = None
    link_preview_options: LinkPreviewOptions | None = None


class SendChatAction(Strict):
    """Parameters of sendChatAction."""

    chat_id: ChatId
    action: str
    message_thread_id: int | None = None


class Reaction(Strict):
    """One reaction."""

    type: Literal["emoji"]
    emoji: str


class SetMessageReaction(Strict):
    """Parameters of setMessageReaction."""

    chat_id: ChatId
    message_id: int
    reaction: tuple[Reaction, ...] = ()
    is_big: bool = False


def send_message(emulator: Emulator, sent: SendMessage) -> JsonValue:
    """Send a text; return the message."""
    where = destination(emulator, sent.chat_id, sent.message_thread_id, sent.reply_parameters)
    body = message_text(sent.text, sent.parse_mode, sent.entities)
    keyboard = inline_keyboard(sent.reply_markup)
    emulator.throttle.admit(where.chat)
    message = emulator.add_message(
        where.chat,
        emulator.bot,
        body,
        reply_to=where.reply_to,
        topic=where.topic,
        keyboard=keyboard,
    )
    return message.as_json()


def send_chat_action(emulator: Emulator, sent: SendChatAction) -> JsonValue:
    """Show the bot doing something."""
    where = destination(emulator, sent.chat_id, sent.message_thread_id)
    if sent.action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    where.chat.actions.append(sent.action)
    return True


def set_message_reaction(emulator: Emulator, sent: SetMessageReaction) -> JsonValue:
    """React to a message, or take the reaction back."""
    message = known_chat(emulator, sent.chat_id).find(sent.message_id)
    if message is None:
        raise bad_request("message to react not found")
    if len(sent.reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions = tuple(reaction.emoji for reaction in sent.reaction)
    return True


METHODS = {
    "sendMessage": method(SendMessage, send_message),
    "sendChatAction": method(SendChatAction, send_chat_action),
    "setMessageReaction": method(SetMessageReaction, set_message_reaction),
}
