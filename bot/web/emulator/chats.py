"""Chats, topics and messages, as an emulator keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.web.emulator.changes import Changes
from bot.web.emulator.errors import JsonObject
from bot.web.emulator.markup import Button, InlineKeyboard, labelled
from bot.web.emulator.objects import Document, User
from bot.web.emulator.text import Entity, FormattedText

ChatType = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]
PRESENT: tuple[Status, ...] = ("creator", "administrator", "member")


@dataclass(eq=False, slots=True)
class Topic:
    """A topic of a forum. The general one has the id 1 and its messages carry no thread id."""

    chat: Chat = field(repr=False)
    id: int
    name: str
    closed: bool = False
    opening: Message | None = field(default=None, repr=False)
    """The service message the topic began with."""

    @property
    def is_general(self) -> bool:
        """Whether this is the topic every forum has."""
        return self.id == 1


@dataclass(eq=False, slots=True)
class Message:
    """A message in a chat."""

    chat: Chat = field(repr=False)
    message_id: int
    date: int
    sender: User | None
    """Nobody, for a post of a channel in its own name."""
    body: FormattedText
    reply_to: Message | None = field(default=None, repr=False)
    thread_id: int | None = None
    topic: Topic | None = None
    keyboard: InlineKeyboard | None = None
    document: Document | None = None
    service: JsonObject = field(default_factory=dict)
    """What happened, for a service message: ``new_chat_members`` and the like."""
    via_bot: User | None = None
    edit_date: int | None = None
    deleted: bool = False
    reactions: tuple[str, ...] = ()
    """What the bot reacted with."""

    @property
    def text(self) -> str:
        """The plain text, or the caption of a document."""
        return self.body.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities of the text, in order."""
        return self.body.entities

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.sender is not None and self.sender.is_bot

    @property
    def edited(self) -> bool:
        """Whether the text was ever edited."""
        return self.edit_date is not None

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

    def all_of(self, kind: str) -> tuple[str, ...]:
        """Return the words of every entity of one type, such as ``blockquote``."""
        return self.body.all_of(kind)

    def as_json(self, *, with_reply: bool = True) -> JsonObject:
        """Return the Message of the Bot API."""
        message: JsonObject = {"message_id": self.message_id, "date": self.date, "chat": self.chat.as_json()}
        if self.sender is not None:
            message["from"] = self.sender.as_json()
        else:
            message["sender_chat"] = self.chat.as_json()
        if self.thread_id is not None:
            message["message_thread_id"] = self.thread_id
        if self.topic is not None and not self.topic.is_general:
            message["is_topic_message"] = True
        # Within a topic Telegram shows every message as a reply: where to nothing else, to the topic's opening.
        reply = self.reply_to or (self.topic.opening if self.topic else None)
        if reply is not None and reply is not self and with_reply:
            message["reply_to_message"] = reply.as_json(with_reply=False)
        if self.keyboard is not None:
            message["reply_markup"] = self.keyboard.as_json()
        if self.via_bot is not None:
            message["via_bot"] = self.via_bot.as_json()
        if self.edit_date is not None:
            message["edit_date"] = self.edit_date
        return {**message, **self._content()}

    def _content(self) -> JsonObject:
        message = dict(self.service)
        if self.document is not None:
            message["document"] = self.document.as_json()
        if self.text:
            prefix = "caption" if self.document else "text"
            message[prefix] = self.text
            if self.entities:
                name = "caption_entities" if self.document else "entities"
                message[name] = [entity.as_json() for entity in self.entities]
        return message


@dataclass(eq=False, slots=True)
class Chat:
    """A chat, and everything that was said in it."""

    id: int
    type: ChatType
    title: str
    bot: User = field(repr=False)
    changes: Changes = field(repr=False)
    username: str | None = None
    person: User | None = None
    """The other side of a private chat."""
    is_forum: bool = False
    members: dict[int, Status] = field(default_factory=dict)
    """What each user is in the chat, the bot included, by user id."""
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    """What the bot showed itself doing, such as ``typing``."""
    migrated_to: Chat | None = None
    deactivated: bool = False
    """The person's account is gone."""
    last_message_id: int = 0
    _read: int = 0

    @property
    def is_group(self) -> bool:
        """Whether several people talk here."""
        return self.type in ("group", "supergroup")

    @property
    def bot_status(self) -> Status:
        """What the bot is in the chat. A person who blocked the bot has ``kicked`` it."""
        return self.members.get(self.bot.id, "left")

    @property
    def bot_is_admin(self) -> bool:
        """Whether the bot may do what administrators may."""
        return self.bot_status in ("creator", "administrator")

    @property
    def general(self) -> Topic:
        """The general topic of a forum."""
        return self.topics[1]

    @property
    def from_bot(self) -> list[Message]:
        """What the bot said, without what it deleted."""
        return [message for message in self.messages if message.from_bot and not message.deleted]

    def find(self, message_id: int) -> Message | None:
        """Return a message that stands in the chat."""
        for message in reversed(self.messages):
            if message.message_id == message_id:
                return None if message.deleted else message
        return None

    async def next_message(self, timeout: float = 10.0) -> Message:
        """Wait for the next message of the bot that was not returned before.

        Raises:
            TimeoutError: after ``timeout`` seconds without one.
        """

        def unread() -> Message | None:
            for at in range(self._read, len(self.messages)):
                if self.messages[at].from_bot and not self.messages[at].service:
                    self._read = at + 1
                    return self.messages[at]
            return None

        return await self.changes.value(unread, what=f"message of the bot in {self.title!r}", timeout=timeout)

    async def reply_to(self, message: Message, timeout: float = 10.0) -> Message:
        """Wait for the bot's first reply to a message.

        Raises:
            TimeoutError: after ``timeout`` seconds without one.
        """

        def reply() -> Message | None:
            return next((sent for sent in self.from_bot if sent.reply_to is message), None)

        what = f"reply to {message.text!r} in {self.title!r}"
        return await self.changes.value(reply, what=what, timeout=timeout)

    def as_json(self) -> JsonObject:
        """Return the Chat of the Bot API."""
        chat: JsonObject = {"id": self.id, "type": self.type}
        if self.person is not None:
            chat["first_name"] = self.person.first_name
        else:
            chat["title"] = self.title
        if self.username is not None:
            chat["username"] = self.username
        if self.is_forum:
            chat["is_forum"] = True
        return chat
