"""Whether the bot may write where it wants to, and Telegram's words when it may not."""

from __future__ import annotations

from dataclasses import dataclass

from bot.web.emulator.chats import PRESENT, Chat, Message, Topic
from bot.web.emulator.emulator import Emulator
from bot.web.emulator.errors import ApiError, bad_request, forbidden, migrated
from bot.web.emulator.markup import ReplyParameters


def known_chat(emulator: Emulator, chat_id: int | str) -> Chat:
    """Return a chat the bot may look at.

    Raises:
        ApiError: 400 where there is no such chat any more, 403 where the bot is not wanted.
    """
    chat = emulator.find_chat(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to.id)
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if chat.bot_status not in PRESENT:
        raise _unwanted(chat)
    return chat


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message goes."""

    chat: Chat
    topic: Topic | None
    reply_to: Message | None


def destination(
    emulator: Emulator, chat_id: int | str, thread_id: int | None, reply: ReplyParameters | None = None
) -> Destination:
    """Return where the bot may write as it asks to.

    Raises:
        ApiError: 400 or 403, as Telegram refuses it.
    """
    chat = known_chat(emulator, chat_id)
    if chat.type == "channel" and not chat.bot_is_admin:
        raise bad_request("need administrator rights in the channel chat")
    topic = _topic(chat, thread_id)
    reply_to = _replied(chat, reply)
    if topic is None and chat.is_forum:
        topic = (reply_to.topic if reply_to else None) or chat.general
    if topic is not None and topic.closed and not chat.bot_is_admin:
        raise bad_request("TOPIC_CLOSED")
    return Destination(chat, topic, reply_to)


def own_message(emulator: Emulator, chat: Chat, message_id: int | None) -> Message:
    """Return a message of the bot that may be edited.

    Raises:
        ApiError: 400 when it is gone or somebody else's.
    """
    message = None if message_id is None else chat.find(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != emulator.bot and chat.type != "channel":
        raise bad_request("message can't be edited")
    return message


def _topic(chat: Chat, thread_id: int | None) -> Topic | None:
    if thread_id is None:
        return None
    # The general topic is written to without a thread id: Telegram does not know it by its number.
    if thread_id == 1 or thread_id not in chat.topics:
        raise bad_request("message thread not found")
    return chat.topics[thread_id]


def _replied(chat: Chat, reply: ReplyParameters | None) -> Message | None:
    if reply is None:
        return None
    message = chat.find(reply.message_id) if reply.chat_id in (None, chat.id) else None
    if message is None:
        if reply.allow_sending_without_reply:
            return None
        raise bad_request("message to be replied not found")
    if reply.quote is not None and reply.quote not in message.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return message


def _unwanted(chat: Chat) -> ApiError:
    if chat.type == "private":
        blocked = chat.bot_status == "kicked"
        return forbidden("bot was blocked by the user" if blocked else "bot can't initiate conversation with a user")
    if chat.bot_status == "kicked":
        return forbidden(f"bot was kicked from the {chat.type} chat")
    return forbidden(f"bot is not a member of the {chat.type} chat")
