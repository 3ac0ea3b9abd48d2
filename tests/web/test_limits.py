"""Telegram's rate limits, on a clock that the test moves."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.web.emulator import Emulator, Limits, ManualClock, serve
from tests.web.client import Client, Refusal


@pytest.fixture
def emulator(clock: ManualClock) -> Emulator:
    return Emulator(clock=clock, limits=Limits())


@pytest.fixture
async def bot(emulator: Emulator) -> AsyncIterator[Client]:
    async with serve(emulator) as url, aiohttp.ClientSession() as session:
        yield Client(session, url)


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


async def test_one_message_a_second_goes_to_a_chat(emulator: Emulator, bot: Client, clock: ManualClock) -> None:
    chat = emulator.private_chat(emulator.user("Alice"))
    await bot.call("sendMessage", chat_id=chat.id, text="one")
    assert await bot.refused("sendMessage", chat_id=chat.id, text="two") == too_many(1)
    clock.advance(1)
    await bot.call("sendMessage", chat_id=chat.id, text="two")


async def test_an_edit_counts_as_a_message(emulator: Emulator, bot: Client) -> None:
    chat = emulator.private_chat(emulator.user("Alice"))
    await bot.call("sendMessage", chat_id=chat.id, text="one")
    assert await bot.refused("editMessageText", chat_id=chat.id, message_id=1, text="two") == too_many(1)


async def test_thirty_messages_a_second_go_out_overall(emulator: Emulator, bot: Client, clock: ManualClock) -> None:
    chats = [emulator.private_chat(emulator.user(f"User {number}")) for number in range(31)]
    for chat in chats[:30]:
        await bot.call("sendMessage", chat_id=chat.id, text="x")
    assert await bot.refused("sendMessage", chat_id=chats[30].id, text="x") == too_many(1)
    clock.advance(1)
    await bot.call("sendMessage", chat_id=chats[30].id, text="x")


async def test_twenty_messages_a_minute_go_to_a_group(emulator: Emulator, bot: Client, clock: ManualClock) -> None:
    group = emulator.group("Group")
    for _ in range(20):
        await bot.call("sendMessage", chat_id=group.id, text="x")
        clock.advance(1)
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == too_many(40)
    clock.advance(40)
    await bot.call("sendMessage", chat_id=group.id, text="x")


async def test_what_is_refused_for_another_reason_is_not_counted(emulator: Emulator, bot: Client) -> None:
    chat = emulator.private_chat(emulator.user("Alice"))
    assert (await bot.refused("sendMessage", chat_id=chat.id, text="")).code == 400
    await bot.call("sendMessage", chat_id=chat.id, text="x")
