"""An emulator on a clock that stands still, and a bot connected to it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.web.emulator import Emulator, ManualClock, serve
from tests.web.client import Client


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def emulator(clock: ManualClock) -> Emulator:
    return Emulator(clock=clock)


@pytest.fixture
async def bot(emulator: Emulator) -> AsyncIterator[Client]:
    """The bot's side, connected to the emulator."""
    patience = aiohttp.ClientTimeout(total=10)
    async with serve(emulator) as url, aiohttp.ClientSession(timeout=patience) as session:
        yield Client(session, url)
