"""A bot with many subscribers, as a process of its own, on an emulated Telegram with the real limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.alerts.stores import AlertStores
from bot.storage.database import Database
from bot.storage.subscriptions import Spot, Wishes
from bot.web.emulator import Chat, Emulator, Limits, User, serve
from tests.e2e.process import BotProcess
from tests.knowledge.folder import Folder

TOLD = "Corrected"
"""How every alert begins."""
_LOOK = 0.05
"""Seconds between looks at what has arrived."""


@dataclass
class Broadcast:
    """A Telegram, the bot's process, its owner and its subscribers."""

    telegram: Emulator
    folder: Folder
    settings: dict[str, str]
    owner: User
    subscribers: list[tuple[User, Chat]]
    bot: BotProcess
    alerts: int = 0
    """Chats that have the alert."""
    first_at: float = 0.0
    last_at: float = 0.0
    _seen: int = 0
    _told: set[int] = field(default_factory=set)
    _sent: dict[int, float] = field(default_factory=dict)
    """When the alert was sent to chats that do not have it yet."""

    @property
    def url(self) -> str:
        """The bot's database."""
        return self.settings["CITEBOT_DATABASE_URL"]

    def readers(self, count: int) -> list[tuple[User, Chat]]:
        """Return people who are not subscribed."""
        people = [self.telegram.user(f"Reader {number}") for number in range(count)]
        return [(person, self.telegram.private_chat(person)) for person in people]

    async def publish(self) -> None:
        """Publish a correction from the owner's chat."""
        office = self.telegram.private_chat(self.owner)
        self.folder.edit("harbour-fire.yaml", "Three fire hoses", "Five fire hoses")
        self.telegram.say(office, self.owner, "/reload")
        proposal = await office.next_message(60)
        await asyncio.sleep(1.1)  # to read it: an answer in the same second would be one too many for the chat
        self.telegram.press(self.owner, proposal, "Publish")

    async def told(self, count: int) -> None:
        """Wait until so many chats have the alert."""
        while self.alerts < count:
            await asyncio.sleep(_LOOK)
            self._look()

    def _look(self) -> None:
        """See which chats have the alert by now, whether or not the bot was told that it arrived."""
        requests = self.telegram.requests
        for request in requests[self._seen :]:
            if request.method == "sendMessage" and str(request.parameters.get("text")).startswith(f"<b>{TOLD}"):
                self.first_at = self.first_at or request.time
                self._sent.setdefault(int(str(request.parameters["chat_id"])), request.time)
        self._seen = len(requests)
        for chat_id in [each for each in self._sent if self.alerts_in(self.telegram.chats[each])]:
            self.last_at = max(self.last_at, self._sent.pop(chat_id))
            if chat_id not in self._told:
                self._told.add(chat_id)
                self.alerts += 1

    def sent_between(self, first: float, last: float) -> int:
        """Return how many messages counted against the limits in a span of time, edits among them."""
        counted = ("sendMessage", "editMessageText")
        made = self.telegram.requests
        return sum(each.method in counted and each.status == 200 and first <= each.time <= last for each in made)

    def alerts_in(self, chat: Chat) -> int:
        """Return how many times a chat has the alert."""
        return sum(message.text.startswith(TOLD) for message in chat.from_bot)

    async def kill(self) -> None:
        """Kill the bot and start it again."""
        await self.bot.killed()
        self.bot = await _started(self.folder.path.parent, self.settings)

    def order(self, chat: Chat, fate: str) -> None:
        """Decide how the first send to a chat ends."""
        add = self.telegram.faults.add
        match fate:
            case "429":
                add(error=429, method="sendMessage", chat_id=chat.id, retry_after=2)
            case "403":
                add(error=403, method="sendMessage", chat_id=chat.id)
            case "500":
                add(error=500, method="sendMessage", chat_id=chat.id)
            case "timed out, lost":
                add(error="timeout", method="sendMessage", chat_id=chat.id)
            case "timed out, arrived":
                add(error="lost", method="sendMessage", chat_id=chat.id)

    async def settled(self) -> None:
        """Wait until nothing is left to be sent."""
        database = await Database.open(self.url)
        try:
            stores = AlertStores.of(database)
            while any([(await stores.events.tally(each.id)).open for each in await stores.events.latest(9)]):
                await asyncio.sleep(1)
        finally:
            await database.close()


@asynccontextmanager
async def broadcast(folder: Path, subscribers: int) -> AsyncIterator[Broadcast]:
    """Run a bot that so many people have subscribed to."""
    telegram = Emulator(token="123:TEST", limits=Limits())  # noqa: S106 - it opens nothing but the emulator
    owner = telegram.user("Olha")
    telegram.private_chat(owner)
    people = [telegram.user(f"Subscriber {number}") for number in range(subscribers)]
    chats = [(person, telegram.private_chat(person)) for person in people]
    base = Folder.create(folder / "knowledge")
    async with serve(telegram) as api_url:
        settings = {
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_API_URL": api_url,
            "CITEBOT_DATABASE_URL": f"sqlite:///{folder / 'citebot.sqlite3'}",
            "CITEBOT_KNOWLEDGE": str(base.path),
            "CITEBOT_ADMINS": str(owner.id),
        }
        await _subscribe(settings["CITEBOT_DATABASE_URL"], [chat.id for _, chat in chats])
        town = Broadcast(telegram, base, settings, owner, chats, await _started(folder, settings))
        try:
            yield town
        finally:
            await town.bot.stopped()


async def _subscribe(url: str, chat_ids: list[int]) -> None:
    database = await Database.open(url)
    try:
        stores = AlertStores.of(database)
        for chat_id in chat_ids:
            await stores.subscriptions.subscribe(Spot(chat_id), Wishes("en"))
    finally:
        await database.close()


async def _started(folder: Path, settings: dict[str, str]) -> BotProcess:
    bot = await BotProcess.start(folder, settings)
    await bot.logged("chat.started")
    return bot
