"""The bot as a process of its own, and what it writes to its log."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

STARTED = 240.0
"""Seconds that a start may take on a busy machine: the facts are compiled first."""
ENDED = 30.0
"""Seconds in which a bot must have ended, as in docker-compose.yml."""

COMMAND = (sys.executable, "-m", "bot", "run")


def environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a new machine: nothing of this one but the path."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), **settings}


class BotProcess:
    """A bot that was started."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._lines: list[str] = []
        self._is_over = False
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, folder: Path, settings: Mapping[str, str]) -> BotProcess:
        """Start a bot in a folder."""
        return cls(
            await asyncio.create_subprocess_exec(
                *COMMAND,
                cwd=folder,
                env=environment(folder, {"CITEBOT_LOG_FORMAT": "json", **settings}),
                stdin=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
        )

    @property
    def log(self) -> str:
        """What it has written so far."""
        return "".join(self._lines)

    @property
    def events(self) -> list[str]:
        """The events in its log so far."""
        return [str(json.loads(line)["event"]) for line in self._lines if line.startswith("{")]

    async def logged(self, event: str) -> None:
        """Wait until an event is in the log; a bot that ends without it is a failure."""
        async with asyncio.timeout(STARTED), self._news:
            await self._news.wait_for(lambda: event in self.events or self._is_over)
        assert event in self.events, f"the bot ended without {event!r}:\n{self.log}"

    async def ended(self) -> int:
        """Wait until it has ended and all of its log is read; return the exit code."""
        async with asyncio.timeout(STARTED):
            await self._reading
            return await self._process.wait()

    async def stopped(self) -> int:
        """Send SIGTERM and return the exit code, which has to come in time."""
        self._process.terminate()
        async with asyncio.timeout(ENDED):
            return await self.ended()

    async def killed(self) -> int:
        """Send SIGKILL and return the exit code."""
        self._process.kill()
        return await self.ended()

    async def _read(self) -> None:
        assert self._process.stderr is not None
        while line := await self._process.stderr.readline():
            async with self._news:
                self._lines.append(line.decode())
                self._news.notify_all()
        async with self._news:
            self._is_over = True
            self._news.notify_all()


@asynccontextmanager
async def running(folder: Path, settings: Mapping[str, str]) -> AsyncIterator[BotProcess]:
    """Give a bot that has started; it is told to stop at the end."""
    bot = await BotProcess.start(folder, settings)
    try:
        await bot.logged("chat.started")
        yield bot
    finally:
        code = await bot.stopped()
    assert code == 0, bot.log
