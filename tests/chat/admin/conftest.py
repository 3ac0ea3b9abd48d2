"""A bot with a small fact base in a folder, its owner, and somebody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.alerts.pace import TELEGRAM, Limits
from bot.app import KeptFolder, running
from bot.chat.service import ChatService, Keeping, Stores
from bot.chat.service import serve as connect
from bot.publishing.audience import Audience
from bot.publishing.beginning import Prepared, begin
from bot.publishing.publisher import Publisher
from bot.storage.audit import Act, AuditLog
from bot.storage.database import Database
from bot.storage.utc import utc_now
from bot.web.emulator import Chat, Emulator, Message, User, serve
from tests.knowledge.folder import Folder
from tests.web.bot_api import violations

TOKEN = "123:TEST"


@dataclass(frozen=True, slots=True)
class Site:
    """Where a bot runs that is kept from the chat."""

    telegram: Emulator
    folder: Folder
    url: str
    owner: User
    """Who is named in the settings."""

    @property
    def office(self) -> Chat:
        """The owner's chat with the bot."""
        return self.telegram.private_chat(self.owner)

    def stranger(self, name: str = "Bob") -> tuple[User, Chat]:
        """Return somebody without a role, with their chat."""
        person = self.telegram.user(name)
        return person, self.telegram.private_chat(person)

    async def command(self, text: str) -> Message:
        """Write something as the owner, and return what the bot says to it."""
        self.telegram.say(self.office, self.owner, text)
        return await self.office.next_message()

    async def tap(self, message: Message, label: str) -> str:
        """Tap a button as the owner, and return what the message says then."""
        before = message.text
        self.telegram.press(self.owner, message, label)
        await self.telegram.wait_for(lambda: message.text != before, what="another text")
        return message.text

    async def published(self, old: str, new: str) -> str:
        """Edit the report and publish it from the chat."""
        self.folder.edit("harbour-fire.yaml", old, new)
        return await self.tap(await self.command("/reload"), "Publish")

    async def answer(self, question: str) -> str:
        """Ask something as the owner."""
        return (await self.command(question)).text.partition("\n")[0]

    async def acts(self) -> list[Act]:
        """Return what is in the audit log, the newest first."""
        database = await Database.open(self.url)
        try:
            return list(await AuditLog(database).recent(50))
        finally:
            await database.close()


@asynccontextmanager
async def bot_at(
    site: Site, *, watch: bool = False, alerts: bool = True, limits: Limits = TELEGRAM
) -> AsyncIterator[ChatService]:
    """Run a bot."""
    stop = asyncio.Event()
    kept = KeptFolder(Prepared.read(site.folder.path), frozenset({site.owner.id}), watch, alerts)
    async with serve(site.telegram) as api_url, running(TOKEN, api_url, kept, site.url, stop, limits=limits) as service:
        polling = asyncio.create_task(service.poll(stop))
        yield service
        stop.set()
        await polling
    assert violations(site.telegram.requests) == []


@asynccontextmanager
async def bot_telling(site: Site, audience: Audience) -> AsyncIterator[None]:
    """Run a bot whose publications are told to an audience."""
    stop = asyncio.Event()
    database = await Database.open(site.url)
    stores = Stores.of(database)
    begun = await begin(Prepared.read(site.folder.path), stores.revisions, audience, utc_now)
    publisher = Publisher(begun.current, stores.revisions, site.folder.path, audience=audience)
    keeping = Keeping(publisher, frozenset({site.owner.id}))
    async with serve(site.telegram) as api_url:
        service = connect(TOKEN, api_url, begun.current, stores, keeping=keeping)
        await service.start(stop)
        polling = asyncio.create_task(service.poll(stop))
        yield
        stop.set()
        await polling
        await service.stop()
    await database.close()
    assert violations(site.telegram.requests) == []


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A place for a bot, which does not run yet."""
    telegram = Emulator(token=TOKEN)
    url = f"sqlite:///{tmp_path / 'citebot.sqlite3'}"
    return Site(telegram, Folder.create(tmp_path / "knowledge"), url, telegram.user("Olha"))


@pytest.fixture
async def bot(site: Site) -> AsyncIterator[ChatService]:
    """A bot that runs there."""
    async with bot_at(site) as service:
        yield service


@pytest.fixture
def kept(site: Site, bot: ChatService) -> Site:
    """A place where a bot runs."""
    return site
