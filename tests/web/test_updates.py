"""How a bot gets its updates by polling."""

import asyncio

from bot.web.emulator import Emulator, ManualClock
from tests.web.client import Client, Refusal


async def test_a_long_poll_returns_as_soon_as_an_update_comes(emulator: Emulator, bot: Client) -> None:
    alice = emulator.user("Alice")
    poll = asyncio.create_task(bot.updates(timeout=50))
    await emulator.wait_for(lambda: emulator.updates.polled)

    emulator.say(emulator.private_chat(alice), alice, "hello")

    (update,) = await poll
    assert update["update_id"] == emulator.updates.history[0].id
    message = update["message"]
    assert isinstance(message, dict)
    assert message["text"] == "hello"
    assert message["from"] == alice.as_json()


async def test_a_long_poll_ends_empty_when_its_time_is_up(emulator: Emulator, bot: Client, clock: ManualClock) -> None:
    poll = asyncio.create_task(bot.updates(timeout=50))
    await emulator.wait_for(lambda: emulator.updates.polled)
    clock.advance(50)
    assert await poll == []


async def test_an_update_is_given_again_until_its_offset_is_passed(emulator: Emulator, bot: Client) -> None:
    alice = emulator.user("Alice")
    chat = emulator.private_chat(alice)
    for text in ("one", "two", "three"):
        emulator.say(chat, alice, text)
    first, second, third = (update.id for update in emulator.updates.history)

    assert [update["update_id"] for update in await bot.updates(limit=2)] == [first, second]
    assert [update["update_id"] for update in await bot.updates(limit=2)] == [first, second]
    assert [update["update_id"] for update in await bot.updates(offset=second + 1)] == [third]
    assert await bot.updates(offset=third + 1) == []
    assert emulator.updates.pending == ()


async def test_a_negative_offset_keeps_only_the_last_updates(emulator: Emulator, bot: Client) -> None:
    alice = emulator.user("Alice")
    chat = emulator.private_chat(alice)
    for text in ("one", "two", "three"):
        emulator.say(chat, alice, text)
    last = emulator.updates.history[-1].id
    assert [update["update_id"] for update in await bot.updates(offset=-1)] == [last]
    assert [update["update_id"] for update in await bot.updates()] == [last]


async def test_an_update_can_be_delivered_twice(emulator: Emulator, bot: Client) -> None:
    alice = emulator.user("Alice")
    emulator.say(emulator.private_chat(alice), alice, "once")
    (update,) = emulator.updates.history
    await bot.updates(offset=update.id + 1)

    emulator.updates.repeat(update)

    assert [again["update_id"] for again in await bot.updates()] == [update.id]


async def test_a_second_poll_ends_the_first_with_a_conflict(emulator: Emulator, bot: Client) -> None:
    first = asyncio.create_task(bot.refused("getUpdates", timeout=50))
    await emulator.wait_for(lambda: emulator.updates.polled)
    second = asyncio.create_task(bot.updates(timeout=50))

    assert await first == Refusal(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    alice = emulator.user("Alice")
    emulator.say(emulator.private_chat(alice), alice, "hello")
    assert len(await second) == 1


async def test_only_kinds_that_were_asked_for_are_queued(emulator: Emulator, bot: Client) -> None:
    alice, bob = emulator.user("Alice"), emulator.user("Bob")
    group = emulator.supergroup("Group", [alice], bot="administrator")
    emulator.join(group, bob)
    assert [update.kind for update in emulator.updates.history] == ["message"]

    await bot.updates(allowed_updates=["chat_member", "my_chat_member"])
    emulator.join(group, bob, "left")
    emulator.say(group, alice, "anybody here?")
    assert [update.kind for update in emulator.updates.history] == ["message", "chat_member"]


async def test_a_poll_does_not_outlive_the_server(emulator: Emulator, bot: Client) -> None:
    poll = asyncio.create_task(bot.updates(timeout=50))
    await emulator.wait_for(lambda: emulator.updates.polled)
    emulator.closing.set()
    emulator.updates.terminate(None)
    assert await poll == []
