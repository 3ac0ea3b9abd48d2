"""One bot with the committed facts for all tests of a module: a start takes seconds."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from .process import BotProcess, running
from .site import Site, site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def home(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Where the module's bot runs."""
    async with site(tmp_path_factory.mktemp("site")) as there:
        yield there


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(home: Site) -> AsyncIterator[BotProcess]:
    """The module's bot."""
    async with running(home.folder, home.settings) as process:
        yield process
