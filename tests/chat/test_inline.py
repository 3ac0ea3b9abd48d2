"""Inline mode: results that can be posted anywhere, each with its own proof."""

from __future__ import annotations

from bot.answering.answers import Clarify, NotInReport, SmallTalk, Unmentioned
from bot.web.emulator import Emulator, User

from .harbour import HOSES, Script


async def test_an_answer_is_one_result_with_its_proof(telegram: Emulator, alice: User) -> None:
    answer = await telegram.inline(alice, HOSES).answered()
    (result,) = answer.results
    assert result.title == "Three, says the harbour master."
    assert result.text.startswith("Three, says the harbour master.\n“three hoses burst” · ¶4")
    assert answer.is_personal
    assert answer.cache_time <= 10


async def test_before_anything_is_typed_facts_are_offered(telegram: Emulator, alice: User) -> None:
    answer = await telegram.inline(alice, " ").answered()
    assert [result.title for result in answer.results] == [
        "Three, says the harbour master.",
        "The gates were shut at dawn.",
        "The whole crew is safe.",
    ]
    assert all("“" in result.text for result in answer.results)


async def test_a_choice_is_one_result_for_each_fact(telegram: Emulator, alice: User, script: Script) -> None:
    script.answers["what broke?"] = Clarify("en", (script.fact("hoses-burst"), script.fact("crane-fell")), 0.5)
    answer = await telegram.inline(alice, "what broke?").answered()
    assert [result.title for result in answer.results] == [
        "Three, says the harbour master.",
        "A crane fell into the water.",
    ]


async def test_what_the_report_does_not_say_is_said_so(telegram: Emulator, alice: User, script: Script) -> None:
    script.answers["in Oslo?"] = NotInReport("en", Unmentioned("Oslo"), (script.fact("crane-fell"),), 0.2)
    silent, nearest = (await telegram.inline(alice, "in Oslo?").answered()).results
    assert (silent.title, silent.text) == ("The report does not say", "The report does not mention Oslo.")
    assert nearest.title == "A crane fell into the water."


async def test_a_greeting_gets_facts_to_post(telegram: Emulator, alice: User, script: Script) -> None:
    script.answers["hi"] = SmallTalk("en", "greeting")
    assert len((await telegram.inline(alice, "hi").answered()).results) == 3


async def test_a_query_that_is_too_old_is_no_failure(telegram: Emulator, alice: User) -> None:
    query = telegram.inline(alice, HOSES)
    telegram.queries.pop(query.id)
    await telegram.wait_for_call("answerInlineQuery")
    assert len((await telegram.inline(alice, HOSES).answered()).results) == 1
