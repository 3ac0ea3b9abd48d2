"""Where a message stands and where its answer goes."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message
from telegram.constants import ChatType

GENERAL = 0
"""The topic id where there are no topics, and of a forum's General topic: Telegram wants no thread id there."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a chat that a reply goes to."""

    chat_id: int
    topic_id: int = GENERAL
    question: int | None = None
    """The id of the message that is answered."""
    quotes: bool = False
    """Whether the reply points at the question: in a group it must, alone with somebody it would be noise."""


def place_of(message: Message) -> Place:
    """Return where the answer to a message goes."""
    return Place(message.chat_id, topic_of(message), message.message_id, quotes=message.chat.type != ChatType.PRIVATE)


def topic_of(message: Message) -> int:
    """Return the topic of a message.

    Outside of forums a thread id only says which message began a thread of replies; sending it is an error.
    """
    return message.message_thread_id or GENERAL if message.is_topic_message else GENERAL
