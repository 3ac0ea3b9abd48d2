"""Delivery of updates to a webhook."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from pydantic import JsonValue

from bot.web.emulator import Emulator, ManualClock
from tests.web.client import Client, Refusal


@dataclass
class Receiver:
    """A bot's webhook: keeps what comes, and answers with the statuses it is given, then with 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    texts: list[JsonValue] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        """Take one update."""
        assert request.content_type == "application/json"
        update = await request.json()
        self.texts.append(update["message"]["text"])
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    receiver.url = f"http://{host}:{port}/hook"
    yield receiver
    await runner.cleanup()


def say(emulator: Emulator, *texts: str) -> None:
    alice = emulator.user("Alice")
    for text in texts:
        emulator.say(emulator.private_chat(alice), alice, text)


async def delivered(emulator: Emulator) -> None:
    """Wait until the bot has taken everything."""
    await emulator.wait_for(lambda: not emulator.updates.pending)


async def test_updates_come_in_order_and_with_the_secret(emulator: Emulator, bot: Client, receiver: Receiver) -> None:
    say(emulator, "before")
    await bot.call("setWebhook", url=receiver.url, secret_token="s3cret")
    say(emulator, "one", "two", "three")
    await delivered(emulator)
    assert receiver.texts == ["before", "one", "two", "three"]
    assert set(receiver.secrets) == {"s3cret"}


async def test_a_refused_update_comes_again_after_a_longer_and_longer_while(
    emulator: Emulator, bot: Client, receiver: Receiver, clock: ManualClock
) -> None:
    receiver.statuses = [500, 302]
    await bot.call("setWebhook", url=receiver.url)
    say(emulator, "one", "two")

    await emulator.wait_for(lambda: clock.sleepers == 1 and len(receiver.texts) == 1)
    info = await bot.object("getWebhookInfo")
    assert info["pending_update_count"] == 2
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    clock.advance(1)
    await emulator.wait_for(lambda: clock.sleepers == 1 and len(receiver.texts) == 2)
    clock.advance(1)
    assert receiver.texts == ["one", "one"]
    clock.advance(1)
    await delivered(emulator)
    assert receiver.texts == ["one", "one", "one", "two"]


async def test_a_webhook_that_nobody_answers_is_reported(emulator: Emulator, bot: Client, clock: ManualClock) -> None:
    await bot.call("setWebhook", url="http://127.0.0.1:1/hook", max_connections=3)
    say(emulator, "one")
    await emulator.wait_for(lambda: clock.sleepers == 1)
    info = await bot.object("getWebhookInfo")
    assert info["last_error_message"] == "Connection refused"
    assert (info["last_error_date"], info["max_connections"]) == (int(clock.now()), 3)

    await bot.call("deleteWebhook")
    assert len(await bot.updates()) == 1


async def test_polling_and_a_webhook_exclude_each_other(emulator: Emulator, bot: Client, receiver: Receiver) -> None:
    poll = asyncio.create_task(bot.refused("getUpdates", timeout=50))
    await emulator.wait_for(lambda: emulator.updates.polled)
    await bot.call("setWebhook", url=receiver.url)
    assert await poll == Refusal(409, "Conflict: terminated by setWebhook request")
    assert await bot.refused("getUpdates") == Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    assert (await bot.object("getWebhookInfo"))["url"] == receiver.url
    await bot.call("setWebhook", url="")
    assert (await bot.object("getWebhookInfo"))["url"] == ""


async def test_what_waits_can_be_dropped(emulator: Emulator, bot: Client, receiver: Receiver) -> None:
    say(emulator, "old")
    await bot.call("setWebhook", url=receiver.url, drop_pending_updates=True, allowed_updates=["message"])
    say(emulator, "new")
    await delivered(emulator)
    assert receiver.texts == ["new"]
    assert (await bot.object("getWebhookInfo"))["allowed_updates"] == ["message"]


@pytest.mark.parametrize("url", ["http://example.org/hook", "ftp://127.0.0.1/hook", "nowhere"])
async def test_an_address_elsewhere_is_refused(bot: Client, url: str) -> None:
    refusal = await bot.refused("setWebhook", url=url)
    assert refusal.description.startswith("Bad Request: bad webhook: ")


async def test_a_secret_with_other_characters_is_refused(bot: Client, receiver: Receiver) -> None:
    refusal = await bot.refused("setWebhook", url=receiver.url, secret_token="no way")
    assert refusal == Refusal(400, "Bad Request: secret token contains unallowed characters")
