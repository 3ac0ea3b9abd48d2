"""A bot that is kept from the chat, and others who talk to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.alerts.pace import Limits
from bot.alerts.stores import AlertStores
from bot.chat.service import ChatService
from bot.storage.database import Database
from bot.storage.subscriptions import Spot, Subscription
from bot.web.emulator import Chat, Message, User
from tests.chat.admin.conftest import Site, bot_at, site

__all__ = ["site"]

THREE = "Three fire hoses burst during the night."
FIVE = "Five fire hoses burst during the night."
HOSES = "how many hoses burst?"


HASTE = Limits(overall=1000, chat=1000, group=1000)
"""The emulator has no limits here; what keeps to Telegram's is shown elsewhere."""


@pytest.fixture
async def bot(site: Site) -> AsyncIterator[ChatService]:
    """A bot that may send as fast as it can."""
    async with bot_at(site, limits=HASTE) as service:
        yield service


@pytest.fixture
def kept(site: Site, bot: ChatService) -> Site:
    """A place where such a bot runs."""
    return site


class Town:
    """A bot with a fact base, its owner, and a reader called Alice."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.telegram = site.telegram
        self.alice: User = site.telegram.user("Alice")
        self.home: Chat = site.telegram.private_chat(self.alice)

    async def says(self, text: str, chat: Chat | None = None, person: User | None = None) -> Message:
        """Write something, as Alice to the bot alone if not said otherwise; return what the bot says to it."""
        where = chat or self.home
        self.telegram.say(where, person or self.alice, text)
        return await where.next_message()

    async def taps(self, message: Message, label: str, person: User | None = None) -> Message:
        """Tap a button and return the message when it has another text or other buttons."""
        before = (message.text, message.buttons)
        self.telegram.press(person or self.alice, message, label)
        await self.telegram.wait_for(lambda: (message.text, message.buttons) != before, what="another message")
        return message

    async def corrects(self) -> None:
        """Publish, as the owner, that five hoses burst."""
        await self.site.published("Three fire hoses", "Five fire hoses")

    async def subscription(self, chat: Chat, topic: int = 0) -> Subscription | None:
        """Return what is stored of a place."""
        database = await Database.open(self.site.url)
        try:
            return await AlertStores.of(database).subscriptions.find(Spot(chat.id, topic))
        finally:
            await database.close()


@pytest.fixture
def town(kept: Site, bot: ChatService) -> Town:
    """A place where a bot runs."""
    return Town(kept)
