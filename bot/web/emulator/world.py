"""Everything an emulator remembers, and the few ways in which it changes."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.web.emulator.changes import Changes
from bot.web.emulator.chats import Chat, Message, Topic
from bot.web.emulator.clock import Clock, SystemClock
from bot.web.emulator.errors import JsonObject
from bot.web.emulator.faults import Faults
from bot.web.emulator.limits import Limits, Throttle
from bot.web.emulator.markup import InlineKeyboard
from bot.web.emulator.objects import Document, User
from bot.web.emulator.privacy import reaches
from bot.web.emulator.profile import Profile
from bot.web.emulator.queries import InlineMessage, InlineQuery, Press
from bot.web.emulator.text import FormattedText
from bot.web.emulator.updates import Updates
from bot.web.emulator.webhook import Webhook


@dataclass(slots=True)
class BotRequest:
    """A request the bot made, as it came, and the status it was answered with (0: not yet, or never)."""

    method: str
    parameters: JsonObject
    time: float
    status: int = 0


@dataclass(slots=True)
class Ids:
    """Where each kind of id begins and how far it has come."""

    user: itertools.count[int] = field(default_factory=lambda: itertools.count(1001))
    group: itertools.count[int] = field(default_factory=lambda: itertools.count(5001))
    supergroup: itertools.count[int] = field(default_factory=lambda: itertools.count(1_000_000_001))
    query: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    file: itertools.count[int] = field(default_factory=lambda: itertools.count(1))


class World:
    """The state of one emulated Telegram with one bot in it."""

    def __init__(
        self,
        *,
        token: str = "123:TEST",  # noqa: S107 - a stand-in: it opens nothing but this emulator
        bot_username: str = "citebot_bot",
        bot_name: str = "Citebot",
        privacy_mode: bool = True,
        limits: Limits | None = None,
        clock: Clock | None = None,
    ) -> None:
        bot_id = token.partition(":")[0]
        self.token = token
        self.bot = User(int(bot_id) if bot_id.isdigit() else 1, bot_name, bot_username, is_bot=True)
        self.privacy_mode = privacy_mode
        self.clock: Clock = clock or SystemClock()
        self.changes = Changes()
        self.updates = Updates(self.clock, self.changes)
        self.webhook: Webhook | None = None
        self.faults = Faults()
        self.throttle = Throttle(limits, self.clock)
        self.profile = Profile()
        self.requests: list[BotRequest] = []
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Document] = {}
        self.presses: dict[str, Press] = {}
        self.queries: dict[str, InlineQuery] = {}
        self.inline_messages: dict[str, InlineMessage] = {}
        self.logged_out = False
        self.closing = asyncio.Event()
        """Set while the server shuts down, so that no request hangs."""
        self.ids = Ids()

    @property
    def now(self) -> int:
        """The time in whole seconds, as Telegram dates things."""
        return int(self.clock.now())

    def calls(self, method: str, chat_id: int | None = None) -> list[BotRequest]:
        """Return the requests the bot made to one method, in one chat if named, oldest first."""
        return [
            request
            for request in self.requests
            if request.method == method and (chat_id is None or str(request.parameters.get("chat_id")) == str(chat_id))
        ]

    async def wait_for(self, condition: Callable[[], object], timeout: float = 10.0, what: str = "such state") -> None:
        """Wait until a condition holds; it is looked at after each change.

        Raises:
            TimeoutError: after ``timeout`` seconds, naming ``what`` was waited for.
        """
        await self.changes.value(lambda: True if condition() else None, what=what, timeout=timeout)

    async def wait_for_call(self, method: str, times: int = 1, timeout: float = 10.0) -> list[BotRequest]:
        """Wait until a method was called and answered that many times; return those requests.

        Raises:
            TimeoutError: after ``timeout`` seconds.
        """

        def answered() -> list[BotRequest]:
            return [request for request in self.calls(method) if request.status]

        what = f"{times} answered calls of {method}"
        await self.wait_for(lambda: len(answered()) >= times, timeout=timeout, what=what)
        return answered()

    def add_message(
        self,
        chat: Chat,
        sender: User | None,
        body: FormattedText,
        *,
        reply_to: Message | None = None,
        topic: Topic | None = None,
        keyboard: InlineKeyboard | None = None,
        document: Document | None = None,
        service: JsonObject | None = None,
        via_bot: User | None = None,
    ) -> Message:
        """Put a message into a chat; who must be told of it is for the caller to say."""
        chat.last_message_id += 1
        message = Message(
            chat,
            chat.last_message_id,
            self.now,
            sender,
            body,
            reply_to=reply_to,
            keyboard=keyboard,
            document=document,
            service=service or {},
            via_bot=via_bot,
        )
        if chat.is_forum:
            message.topic = topic or (reply_to.topic if reply_to else None) or chat.general
            message.thread_id = None if message.topic.is_general else message.topic.id
        elif chat.type == "supergroup" and reply_to is not None:
            # A thread of replies has an id too, though it is no topic: a bot must not send it back.
            message.thread_id = reply_to.thread_id or reply_to.message_id
        chat.messages.append(message)
        self.changes.notify()
        return message

    def tell(self, message: Message, *, edited: bool = False) -> None:
        """Let the bot know of a message, if it is one that reaches it."""
        if reaches(message, self.bot, privacy_mode=self.privacy_mode):
            kind = "channel_post" if message.chat.type == "channel" else "message"
            self.updates.add(f"edited_{kind}" if edited else kind, message.as_json())
        self.changes.notify()

    def add_file(self, name: str, content: bytes, mime_type: str) -> Document:
        """Keep a file."""
        document = Document(f"file-{next(self.ids.file)}", name, content, mime_type)
        self.files[document.file_id] = document
        return document
