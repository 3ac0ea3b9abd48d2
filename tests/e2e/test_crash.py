"""A bot that is killed with a hundred questions in the queue, and the one that is started after it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.chat.service import WORKERS

from .process import BotProcess
from .site import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTIONS = 100
DRONES = "how many drones did Russia launch?"
MISSILES = "11 missiles"
SIGKILL = -9


@dataclass(frozen=True, slots=True)
class Story:
    """What happened."""

    answered_before: int
    """How many of the questions had an answer when the bot was killed."""
    killed: int
    """The exit code of the bot that was killed."""
    replies: tuple[int, ...]
    """How many replies each question has in the end."""
    follow_up: str
    """The reply, after the crash, to a message that leans on a question from before."""
    stopped: int
    """The exit code of the second bot, which was told to stop."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def story(home: Site) -> AsyncIterator[Story]:
    """Let it happen."""
    telegram = home.telegram
    alice = telegram.user("Alice")
    hers = telegram.private_chat(alice)
    people = [telegram.user(f"Reader {number}") for number in range(QUESTIONS)]
    chats = [telegram.private_chat(person) for person in people]

    def answered() -> int:
        return sum(bool(chat.from_bot) for chat in chats)

    first = await BotProcess.start(home.folder, home.settings)
    await first.logged("chat.started")
    telegram.say(hers, alice, DRONES)
    await hers.next_message()
    for chat, person in zip(chats, people, strict=True):
        telegram.say(chat, person, DRONES)
    await telegram.wait_for(lambda: answered() >= QUESTIONS // 10, timeout=60)
    killed = await first.killed()
    answered_before = answered()

    second = await BotProcess.start(home.folder, home.settings)
    await second.logged("chat.started")
    await telegram.wait_for(lambda: answered() == QUESTIONS, timeout=60)
    telegram.say(hers, alice, "and missiles?")
    await telegram.wait_for(lambda: MISSILES in hers.from_bot[-1].text, timeout=60)
    stopped = await second.stopped()
    replies = tuple(len(chat.from_bot) for chat in chats)
    yield Story(answered_before, killed, replies, hers.from_bot[-1].text, stopped)


async def test_it_was_killed_in_the_middle_of_its_work(story: Story) -> None:
    assert story.killed == SIGKILL
    assert 0 < story.answered_before < QUESTIONS


async def test_every_question_has_its_answer(story: Story) -> None:
    assert len(story.replies) == QUESTIONS
    assert min(story.replies) == 1


async def test_nobody_is_answered_twice_but_those_in_flight(story: Story) -> None:
    assert sum(story.replies) - QUESTIONS <= WORKERS
    assert max(story.replies) <= 2


async def test_a_follow_up_leans_on_a_question_from_before_the_crash(story: Story) -> None:
    assert MISSILES in story.follow_up


async def test_the_next_one_ends_in_good_order_when_told_to(story: Story) -> None:
    assert story.stopped == 0
