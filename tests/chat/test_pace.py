"""Somebody who asks too fast is told so once, and waits a little."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.chat.pace import AT_ONCE, Pace
from bot.web.emulator import Chat, Emulator, User

from .harbour import HOSES

NOON = datetime(2031, 2, 3, 12, tzinfo=UTC)


def test_a_burst_is_let_through_then_one_every_two_seconds() -> None:
    now = NOON
    pace = Pace(lambda: now)
    assert [pace.take(1) for _ in range(AT_ONCE + 3)] == ["go"] * AT_ONCE + ["told", "wait", "wait"]
    now += timedelta(seconds=2)
    assert [pace.take(1) for _ in range(3)] == ["go", "told", "wait"]


def test_people_do_not_use_up_what_others_have() -> None:
    pace = Pace(lambda: NOON)
    for _ in range(AT_ONCE + 1):
        pace.take(1)
    assert pace.take(2) == "go"


async def test_too_many_questions_get_one_polite_sentence(telegram: Emulator, private: Chat, alice: User) -> None:
    for _ in range(AT_ONCE + 5):
        telegram.say(private, alice, HOSES)
    bob = telegram.user("Bob")
    other = telegram.private_chat(bob)
    telegram.say(other, bob, HOSES)
    assert (await other.next_message()).text.startswith("Three")
    said = [(await private.next_message()).text for _ in range(AT_ONCE + 1)]
    assert [text for text in said if not text.startswith("Three")] == [
        "That was a lot at once. Please wait a minute; then I answer again."
    ]


async def test_too_many_taps_are_still_answered(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, HOSES)
    answer = await private.next_message()
    presses = [telegram.press(alice, answer, "👍") for _ in range(AT_ONCE + 1)]
    said = {(await press.answered()).text for press in presses}
    assert said == {"Thank you!", "That was a lot at once. Please wait a minute; then I answer again."}
