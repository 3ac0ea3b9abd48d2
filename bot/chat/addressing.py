"""Who speaks, whether to the bot, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType


@dataclass(frozen=True, slots=True)
class Question:
    """Something to answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """The bot was spoken to, without a question."""

    why: Literal["empty", "not_text"]


@dataclass(frozen=True, slots=True)
class NotForUs:
    """The message is not for the bot."""


Heard = Question | Nothing | NotForUs
"""What a message means to the bot."""


def is_person(message: Message) -> bool:
    """Say whether a person wrote the message: no bot, no post of a channel, nothing forwarded automatically.

    An anonymous administrator, and somebody who writes as a channel, are people behind an account that is a bot's.
    """
    if message.via_bot or message.is_automatic_forward or message.chat.type == ChatType.CHANNEL:
        return False
    return message.sender_chat is not None or (message.from_user is not None and not message.from_user.is_bot)


def asker_of(message: Message) -> int:
    """Return the id of whoever wrote the message: a chat's where somebody writes in its name."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user is not None else message.chat_id


def begins_with_command(message: Message) -> bool:
    """Say whether the message begins with a command, of this bot or of another."""
    return any(each.type == MessageEntity.BOT_COMMAND and each.offset == 0 for each in message.entities)


def hear_command(message: Message, bot: User) -> Heard:
    """Return what /ask asks: its own text, else the message that it replies to."""
    words = (message.text or "").split(maxsplit=1)
    return Question(words[1]) if len(words) > 1 else _replied_to(message, bot)


def hear_private(message: Message) -> Heard:
    """Return what a message in a private chat asks. A picture is asked about by its caption."""
    text = _text_of(message)
    if text:
        return Question(text)
    # Of an album only one picture has the caption; the others are not worth a word.
    return NotForUs() if message.media_group_id else Nothing("not_text")


def hear_group(message: Message, bot: User) -> Heard:
    """Return what a message in a group asks, if it mentions the bot or replies to it."""
    mentions = _mentions(message, bot)
    if not mentions and not _replies_to_bot(message, bot):
        return NotForUs()
    text = _text_of(message)
    for mention in mentions:
        text = text.replace(mention, " ")
    text = " ".join(text.split()).strip(" ,:—–-")
    if text:
        return Question(text)
    return _replied_to(message, bot) if mentions else NotForUs()


def _text_of(message: Message) -> str:
    return (message.text or message.caption or "").strip()


def _replied_to(message: Message, bot: User) -> Heard:
    """Return the question in the message that this one replies to, or in the part of it that it quotes."""
    if message.quote is not None and message.quote.text.strip():
        return Question(message.quote.text)
    replied = message.reply_to_message
    if replied is None or (replied.from_user is not None and replied.from_user.id == bot.id):
        return Nothing("empty")
    text = _text_of(replied)
    return Question(text) if text else Nothing("empty")


def _replies_to_bot(message: Message, bot: User) -> bool:
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot.id:
        return False
    # In a forum every message replies to the one that opened its topic, which the bot may have done.
    return replied.forum_topic_created is None


def _mentions(message: Message, bot: User) -> list[str]:
    """Return the mentions of the bot as they are written in the message."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    name = f"@{bot.username}".lower()
    return [
        written
        for entity, written in found.items()
        if written.lower() == name or (entity.user is not None and entity.user.id == bot.id)
    ]
