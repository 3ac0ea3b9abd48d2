"""Delivery of updates to a webhook: in order, with the secret, again and again until it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import aiohttp

from bot.web.emulator.changes import Changes
from bot.web.emulator.clock import Clock
from bot.web.emulator.updates import Update, Updates
from bot.web.emulator.waiting import happens

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
MAX_BACKOFF = 60.0


@dataclass(slots=True)
class Webhook:
    """Where updates go, and how that went last time."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40
    ip_address: str | None = None
    last_error_date: int | None = None
    last_error_message: str | None = None
    attempts: int = 0
    """How often the oldest update was refused."""


class Hooked(Protocol):
    """What the courier needs of an emulator."""

    webhook: Webhook | None
    updates: Updates
    changes: Changes
    clock: Clock


class Courier:
    """Carries updates to the webhook, one at a time."""

    def __init__(self, world: Hooked) -> None:
        self._world = world

    async def run(self) -> None:
        """Deliver for ever; cancel it to stop."""
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                webhook, update = await self._world.changes.value(self._due, what="update")
                if await self._deliver(session, webhook, update):
                    webhook.attempts = 0
                    self._world.updates.finish(update)
                else:
                    webhook.attempts += 1
                    self._world.changes.notify()
                    await self._pause(webhook)

    def _due(self) -> tuple[Webhook, Update] | None:
        webhook, pending = self._world.webhook, self._world.updates.pending
        return (webhook, pending[0]) if webhook and pending else None

    async def _deliver(self, session: aiohttp.ClientSession, webhook: Webhook, update: Update) -> bool:
        """Post one update; tell whether it was taken."""
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        try:
            async with session.post(webhook.url, json=update.as_json(), headers=headers) as response:
                if response.status // 100 == 2:
                    return True
                problem = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            refused = isinstance(error, aiohttp.ClientConnectorError)
            problem = "Connection refused" if refused else "Connection timed out"
        webhook.last_error_date = int(self._world.clock.now())
        webhook.last_error_message = problem
        return False

    async def _pause(self, webhook: Webhook) -> None:
        """Wait longer each time, but no longer than this webhook is set."""
        world = self._world
        seconds = min(2.0 ** (webhook.attempts - 1), MAX_BACKOFF)
        await happens(lambda: world.webhook is not webhook, seconds, world.clock, world.changes)
