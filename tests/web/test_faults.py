"""Faults that a test orders."""

import asyncio

import aiohttp
import pytest

from bot.web.emulator import Chat, Emulator, serve
from tests.web.client import Client, Refusal


@pytest.fixture
def chat(emulator: Emulator) -> Chat:
    return emulator.private_chat(emulator.user("Alice"))


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (400, Refusal(400, "Bad Request")),
        (403, Refusal(403, "Forbidden: bot was blocked by the user")),
        (429, Refusal(429, "Too Many Requests: retry after 7", {"retry_after": 7})),
        (500, Refusal(500, "Internal Server Error")),
    ],
)
async def test_a_request_fails_as_ordered_and_the_next_does_not(
    emulator: Emulator, bot: Client, chat: Chat, error: int, refusal: Refusal
) -> None:
    emulator.faults.add(method="sendMessage", error=error, retry_after=7)
    assert await bot.refused("sendMessage", chat_id=chat.id, text="x") == refusal
    assert chat.messages == []
    await bot.call("sendMessage", chat_id=chat.id, text="x")
    assert [request.status for request in emulator.calls("sendMessage")] == [error, 200]


async def test_only_the_named_method_and_chat_fail_as_often_as_ordered(
    emulator: Emulator, bot: Client, chat: Chat
) -> None:
    other = emulator.private_chat(emulator.user("Bob"))
    emulator.faults.add(method="sendMessage", chat_id=chat.id, error=400, times=2, description="Bad Request: odd")
    await bot.call("sendMessage", chat_id=other.id, text="x")
    await bot.call("sendChatAction", chat_id=chat.id, action="typing")
    for _ in range(2):
        assert await bot.refused("sendMessage", chat_id=chat.id, text="x") == Refusal(400, "Bad Request: odd")
    await bot.call("sendMessage", chat_id=chat.id, text="x")


async def test_faults_can_be_called_off(emulator: Emulator, bot: Client) -> None:
    emulator.faults.add(error=500)
    emulator.faults.clear()
    await bot.call("getMe")


async def test_a_timeout_gives_no_answer_and_does_nothing(emulator: Emulator, bot: Client, chat: Chat) -> None:
    emulator.faults.add(error="timeout")
    sending = asyncio.create_task(bot.call("sendMessage", chat_id=chat.id, text="x"))
    await emulator.wait_for(lambda: emulator.calls("sendMessage"))
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert chat.messages == []


async def test_a_lost_answer_leaves_the_message_sent(emulator: Emulator, bot: Client, chat: Chat) -> None:
    emulator.faults.add(method="sendMessage", error="lost")
    sending = asyncio.create_task(bot.call("sendMessage", chat_id=chat.id, text="x"))
    assert (await chat.next_message()).text == "x"
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending


async def test_a_connection_can_be_cut(emulator: Emulator, bot: Client, chat: Chat) -> None:
    emulator.faults.add(method="sendMessage", error="drop")
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=chat.id, text="x")
    assert chat.messages == []
    await bot.call("sendMessage", chat_id=chat.id, text="x")


async def test_a_group_can_become_a_supergroup_at_a_request(emulator: Emulator, bot: Client) -> None:
    group = emulator.group("Group")
    emulator.faults.add(method="sendMessage", chat_id=group.id, error="migrate")
    refusal = await bot.refused("sendMessage", chat_id=group.id, text="x")
    assert group.migrated_to is not None
    assert refusal.parameters == {"migrate_to_chat_id": group.migrated_to.id}
    emulator.faults.add(method="sendMessage", error="migrate")
    assert (await bot.refused("sendMessage", chat_id=77, text="x")).description == "Bad Request: chat not found"


async def test_a_server_that_ends_does_not_wait_for_what_hangs(emulator: Emulator, chat: Chat) -> None:
    emulator.faults.add(error="timeout")
    async with aiohttp.ClientSession() as session:
        async with serve(emulator) as url:
            sending = asyncio.create_task(Client(session, url).call("sendMessage", chat_id=chat.id, text="x"))
            await emulator.wait_for(lambda: emulator.calls("sendMessage"))
        with pytest.raises(aiohttp.ClientError):
            await sending


async def test_telegram_can_go_away_and_come_back(emulator: Emulator, chat: Chat) -> None:
    async with aiohttp.ClientSession() as session:
        async with serve(emulator) as url:
            await Client(session, url).call("sendMessage", chat_id=chat.id, text="before")
        with pytest.raises(aiohttp.ClientError):
            await Client(session, url).call("getMe")
        port = int(url.rpartition(":")[2])
        async with serve(emulator, port=port) as again:
            await Client(session, again).call("sendMessage", chat_id=chat.id, text="after")
    assert [message.text for message in chat.messages] == ["before", "after"]


async def test_only_this_machine_is_served(emulator: Emulator) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        async with serve(emulator, host="192.0.2.1"):
            raise AssertionError
