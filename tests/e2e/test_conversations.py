"""The bot in another process, with the committed facts, talked to over HTTP."""

from __future__ import annotations

import asyncio
import sys

import pytest

from bot.web.emulator import Chat, Emulator, User

from .process import BotProcess, environment
from .site import TOKEN, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

DRONES = "how many drones did Russia launch?"
MISSILES = "how many missiles did Russia launch?"


@pytest.fixture
def telegram(home: Site, bot: BotProcess) -> Emulator:
    """The Telegram on which the bot is."""
    return home.telegram


@pytest.fixture
def alice(telegram: Emulator) -> User:
    """Somebody who never talked to the bot before."""
    return telegram.user("Alice")


@pytest.fixture
def private(telegram: Emulator, alice: User) -> Chat:
    """Her chat with the bot."""
    return telegram.private_chat(alice)


@pytest.fixture
def group(telegram: Emulator, alice: User) -> Chat:
    """A group that she made."""
    return telegram.supergroup("Readers", [alice])


async def test_a_question_is_answered_with_the_words_that_prove_it(
    telegram: Emulator, alice: User, private: Chat
) -> None:
    telegram.say(private, alice, DRONES)
    reply = await private.next_message()
    assert "550 drones" in reply.text.splitlines()[0]
    assert "“550 drones”" in reply.text
    assert "¶2" in reply.text


async def test_a_follow_up_leans_on_the_question_before_it(telegram: Emulator, alice: User, private: Chat) -> None:
    telegram.say(private, alice, DRONES)
    await private.next_message()
    telegram.say(private, alice, "and missiles?")
    reply = await private.next_message()
    assert "11 missiles" in reply.text


async def test_an_edited_question_edits_its_answer(telegram: Emulator, alice: User, private: Chat) -> None:
    question = telegram.say(private, alice, DRONES)
    reply = await private.next_message()
    telegram.edit(question, MISSILES)
    await telegram.wait_for(lambda: "11 missiles" in reply.text)
    assert private.from_bot == [reply]


async def test_in_a_group_the_bot_is_silent_until_it_is_asked(telegram: Emulator, alice: User, group: Chat) -> None:
    telegram.say(group, alice, DRONES)
    asked = telegram.say(group, alice, f"/ask {MISSILES}")
    first = await group.next_message()
    assert first.reply_to is asked
    assert "11 missiles" in first.text


async def test_a_mention_is_a_question(telegram: Emulator, alice: User, group: Chat) -> None:
    reply = await group.reply_to(telegram.say(group, alice, f"@citebot_bot {DRONES}"))
    assert "550 drones" in reply.text


async def test_a_reply_to_the_bot_is_a_question(telegram: Emulator, alice: User, group: Chat) -> None:
    reply = await group.reply_to(telegram.say(group, alice, f"/ask {DRONES}"))
    again = await group.reply_to(telegram.say(group, alice, MISSILES, reply_to=reply))
    assert "11 missiles" in again.text


async def test_an_answer_stays_in_the_topic_of_its_question(telegram: Emulator, alice: User) -> None:
    forum = telegram.supergroup("Forum", [alice], forum=True)
    topic = telegram.topic(forum, "The night")
    reply = await forum.reply_to(telegram.say(forum, alice, f"/ask {DRONES}", topic=topic))
    assert reply.topic is topic


async def test_inline_results_can_be_posted_with_their_proof(telegram: Emulator, alice: User) -> None:
    answer = await telegram.inline(alice, DRONES).answered()
    assert "550 drones" in answer.results[0].text
    assert "¶2" in answer.results[0].text


async def test_the_health_check_finds_the_bot_alive(home: Site, private: Chat) -> None:
    command = (sys.executable, "-m", "bot", "health")
    env = environment(home.folder, home.settings)
    check = await asyncio.create_subprocess_exec(
        *command, cwd=home.folder, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await check.communicate()
    assert (check.returncode, said) == (0, b"The bot is alive.\n")


async def test_the_log_holds_neither_the_token_nor_what_people_write(
    telegram: Emulator, bot: BotProcess, alice: User, private: Chat
) -> None:
    telegram.faults.add(error=403, method="sendMessage", chat_id=private.id)
    telegram.say(private, alice, "how many drones fell on Zebraville, 42 Quagga Street?")
    await bot.logged("reply.undelivered")
    written = [message.text for chat in telegram.chats.values() for message in chat.messages if message.text]
    assert "chat.started" in bot.events
    assert TOKEN.partition(":")[2] not in bot.log
    assert [text for text in written if text in bot.log] == []
