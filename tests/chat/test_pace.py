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
    assert [pace.take(1) for _ in range(3)] == ["go", "wait", "wait"]


def test_who_was_told_is_told_again_only_after_a_pause() -> None:
    now = NOON
    pace = Pace(lambda: now)
    for _ in range(AT_ONCE + 1):
        pace.take(1)
    for _ in range(5):  # asks on at the pace that is allowed, and a little faster
        now += timedelta(seconds=2)
        assert [pace.take(1), pace.take(1)] == ["go", "wait"]
    now += timedelta(seconds=2 * AT_ONCE)
    assert [pace.take(1) for _ in range(AT_ONCE + 1)] == ["go"] * AT_ONCE + ["told"]


def test_what_waited_while_the_bot_was_away_did_not_come_at_once() -> None:
    pace = Pace(lambda: NOON)
    sent = [NOON - timedelta(seconds=10 * number) for number in range(2 * AT_ONCE, 0, -1)]
    assert {pace.take(1, at) for at in sent} == {"go"}


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


async def test_a_question_that_is_edited_too_often_keeps_its_answer(
    telegram: Emulator, private: Chat, alice: User
) -> None:
    asked = telegram.say(private, alice, HOSES)
    answer = await private.next_message()
    said = answer.text
    for _ in range(AT_ONCE):
        telegram.edit(asked, HOSES)
    assert (await private.next_message()).text.startswith("That was a lot at once.")
    assert answer.text == said


async def test_too_many_taps_are_still_answered(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, HOSES)
    answer = await private.next_message()
    presses = [telegram.press(alice, answer, "👍") for _ in range(AT_ONCE + 1)]
    said = {(await press.answered()).text for press in presses}
    assert said == {"Thank you!", "That was a lot at once. Please wait a minute; then I answer again."}
