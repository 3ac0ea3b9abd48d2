"""The bot on an emulated Telegram, and a person to talk to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import running
from bot.chat.service import ChatService
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.models import Report
from bot.web.emulator import Chat, Emulator, User, serve

from .harbour import FACTS, HOSES, REVISION, Script, report_of


@pytest.fixture
def report() -> Report:
    """A report of twelve facts on four topics."""
    return report_of(FACTS)


@pytest.fixture
def knowledge(report: Report) -> KnowledgeBase:
    """The fact base of that report."""
    return KnowledgeBase((report,), Lexicon(), {}, REVISION)


@pytest.fixture
def script(knowledge: KnowledgeBase) -> Script:
    """Somebody who answers one question."""
    script = Script(knowledge)
    script.knows(HOSES, "hoses-burst")
    return script


@pytest.fixture
def telegram() -> Emulator:
    """A Telegram of our own."""
    return Emulator(token="123:TEST")


@pytest.fixture
async def bot(telegram: Emulator, script: Script, tmp_path: Path) -> AsyncIterator[ChatService]:
    """The bot, answering on it."""
    stop = asyncio.Event()
    url = f"sqlite:///{tmp_path / 'citebot.sqlite3'}"
    async with serve(telegram) as api_url, running(telegram.token, api_url, script, url, stop) as service:
        polling = asyncio.create_task(service.poll(stop))
        yield service
        stop.set()
        await polling


@pytest.fixture
def alice(telegram: Emulator, bot: ChatService) -> User:
    """A person who talks to the bot."""
    return telegram.user("Alice")


@pytest.fixture
def private(telegram: Emulator, alice: User) -> Chat:
    """Her chat with the bot."""
    return telegram.private_chat(alice)
