"""A chat in the terminal."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

import pytest
from pydantic import JsonValue

from bot.web.emulator import Emulator, ManualClock
from bot.web.emulator.errors import JsonObject
from bot.web.terminal import TerminalChat
from tests.web.client import Client

Answering = Callable[[Client, JsonObject], Coroutine[None, None, None]]


async def lines(*texts: str) -> AsyncIterator[str]:
    for text in texts:
        yield text


@asynccontextmanager
async def answering(emulator: Emulator, bot: Client, clock: ManualClock, answer: Answering) -> AsyncIterator[None]:
    """Run a small bot that answers each update; time passes only while it has nothing to do."""

    async def run() -> None:
        offset = 0
        while True:
            for update in await bot.updates(offset=offset, timeout=600):
                assert isinstance(update["update_id"], int)
                offset = update["update_id"] + 1
                await answer(bot, update)

    async def pass_time() -> None:
        while True:
            await emulator.wait_for(lambda: emulator.updates.polled and not emulator.updates.pending)
            clock.advance(0.1)
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(run()), asyncio.create_task(pass_time())]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def echo(bot: Client, update: JsonObject) -> None:
    message = update["message"]
    assert isinstance(message, dict)
    assert isinstance(message["chat"], dict)
    chat_id, text = message["chat"]["id"], message["text"]
    await bot.call("sendMessage", chat_id=chat_id, text=f"first half of {text}")
    await bot.call("sendMessage", chat_id=chat_id, text=f"second half of {text}")


async def silence(_: Client, __: JsonObject) -> None:
    """Answer nothing."""


async def test_each_line_gets_its_whole_answer_before_the_next(
    emulator: Emulator, bot: Client, clock: ManualClock
) -> None:
    written: list[str] = []
    async with answering(emulator, bot, clock, echo):
        chat = TerminalChat(emulator, written.append)
        assert await chat.converse(lines("one", "  ", "two")) == 0
    assert "".join(written).splitlines() == [
        "> one",
        "first half of one",
        "second half of one",
        "> two",
        "first half of two",
        "second half of two",
    ]


async def test_a_reader_of_a_pipe_that_hangs_up_ends_it(emulator: Emulator, bot: Client, clock: ManualClock) -> None:
    def write(text: str) -> None:
        if not text.startswith("> "):
            raise BrokenPipeError

    async with answering(emulator, bot, clock, echo):
        with pytest.raises(BrokenPipeError):
            await TerminalChat(emulator, write).converse(lines("one", "two"))


async def test_what_stays_unanswered_is_named(emulator: Emulator, bot: Client, clock: ManualClock) -> None:
    written: list[str] = []
    async with answering(emulator, bot, clock, silence):
        chat = TerminalChat(emulator, written.append)
        assert await chat.converse(lines("one", "two")) == 1
    assert "".join(written).splitlines() == [
        "> one",
        "> two",
        "No answer within 30 seconds: one",
        "No answer within 30 seconds: two",
    ]


async def buttons(bot: Client, update: JsonObject) -> None:
    """Offer buttons, and answer a press by an edit."""
    if "message" in update:
        assert isinstance(update["message"], dict)
        assert isinstance(update["message"]["chat"], dict)
        markup: JsonValue = {
            "inline_keyboard": [[{"text": "More", "callback_data": "m"}], [{"text": "Site", "url": "https://x.org"}]]
        }
        chat_id = update["message"]["chat"]["id"]
        await bot.call("sendMessage", chat_id=chat_id, text="Three", reply_markup=markup)
        return
    query = update["callback_query"]
    assert isinstance(query, dict)
    assert isinstance(query["message"], dict)
    assert isinstance(query["from"], dict)
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="here")
    target = {"chat_id": query["from"]["id"], "message_id": query["message"]["message_id"]}
    await bot.call("editMessageText", **target, text="<s>Three</s> Four", parse_mode="HTML")


async def test_buttons_are_numbered_and_pressed_by_their_number(
    emulator: Emulator, bot: Client, clock: ManualClock
) -> None:
    written: list[str] = []
    async with answering(emulator, bot, clock, buttons):
        chat = TerminalChat(emulator, written.append)
        assert await chat.converse(lines("#1", "1", "#3", "#2", "#1")) == 0
    shown = "".join(written).splitlines()
    assert shown[:9] == [
        "> #1",
        "There is no button [1] to press.",
        "> 1",
        "Three",
        "[1] More",
        "[2] Site -> https://x.org",
        "> #3",
        "There is no button [3] to press.",
        "> #2",
    ]
    assert shown[9:11] == ["[2] leads to https://x.org.", "> #1"]
    assert sorted(shown[11:]) == ["(edited) ~Three~ Four", "* here"]


async def test_a_person_is_prompted_and_not_interrupted(emulator: Emulator, bot: Client, clock: ManualClock) -> None:
    written: list[str] = []

    async def typed() -> AsyncIterator[str]:
        yield "one"
        await bot.call("sendMessage", chat_id=next(iter(emulator.chats)), text="An \x1b[31malert\x07")
        await emulator.wait_for(lambda: "alert" in "".join(written))

    async with answering(emulator, bot, clock, echo):
        chat = TerminalChat(emulator, written.append, interactive=True)
        assert await chat.converse(typed()) == 0
    assert "".join(written) == ("> first half of one\nsecond half of one\n> \rAn [31malert\n> \n")


async def test_a_line_that_is_too_long_is_refused(emulator: Emulator) -> None:
    written: list[str] = []
    assert await TerminalChat(emulator, written.append, quiet=0).converse(lines("x" * 4097)) == 0
    assert written[-1] == "a message has between 1 and 4096 characters\n"


async def test_a_chat_that_is_cancelled_ends(emulator: Emulator) -> None:
    conversation = asyncio.create_task(TerminalChat(emulator, str).converse(lines("one")))
    await emulator.wait_for(lambda: emulator.updates.pending)
    conversation.cancel()
    with pytest.raises(asyncio.CancelledError):
        await conversation


async def test_a_file_is_shown_by_its_name_and_size(emulator: Emulator, bot: Client, clock: ManualClock) -> None:
    written: list[str] = []

    async def send_file(bot: Client, update: JsonObject) -> None:
        document = emulator.add_file("facts.yaml", b"12345", "application/yaml")
        chat_id = next(iter(emulator.chats))
        await bot.call("sendDocument", chat_id=chat_id, document=document.file_id, caption="All facts")

    async with answering(emulator, bot, clock, send_file):
        assert await TerminalChat(emulator, written.append).converse(lines("/export")) == 0
    assert "".join(written).splitlines()[1:] == ["All facts", "[file facts.yaml, 5 bytes]"]
