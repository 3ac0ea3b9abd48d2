from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.answering.answers import Answered
from bot.answering.engine import Answerer
from bot.answering.parts import divisions
from bot.answering.understanding import Understanding

from .desk import Desk
from .harbour import Ask


def texts(parts: Iterable[Understanding]) -> list[str]:
    return [part.text for part in parts]


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "how many hoses burst and who was hurt?",
            ["how many hoses burst", "who was hurt"],
        ),
        ("Hoses burst. Who was hurt?", ["Hoses burst", "Who was hurt"]),
        ("three hoses burst, cars were lost", ["three hoses burst", "cars were lost"]),
        ("скільки рукавів луснуло і хто постраждав?", ["скільки рукавів луснуло", "хто постраждав"]),
    ],
)
def test_a_message_that_asks_two_things_is_taken_apart(desk: Desk, message: str, parts: list[str]) -> None:
    assert parts in [texts(division.parts) for division in divisions(desk.understand(message))]


def test_words_joined_by_and_share_the_rest_of_the_question(desk: Desk) -> None:
    (division,) = divisions(desk.understand("how many firefighters and sailors were hurt"))
    parts = division.parts
    assert division.shares_words
    assert [[term.text for term in part.content] for part in parts] == [["firefighters", "hurt"], ["sailors", "hurt"]]
    assert [part.kind for part in parts] == ["count", "count"]


@pytest.mark.parametrize(
    "message", ["", "how many hoses burst?", "and hoses", "hoses and", "three hoses burst!!!", "?!"]
)
def test_what_says_one_thing_stays_whole(desk: Desk, message: str) -> None:
    assert list(divisions(desk.understand(message))) == []


def test_each_part_knows_whether_it_asks(desk: Desk) -> None:
    (division,) = divisions(desk.understand("Hoses burst. Cars were lost?"))
    assert [part.ends_as_question for part in division.parts] == [False, True]


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("how many hoses burst and how many firefighters were hurt?", "hoses-burst, firefighters-hurt"),
        ("how many hoses burst, and who was hurt?", "hoses-burst, firefighters-hurt"),
        ("how many hoses burst? how long did the fire burn?", "hoses-burst, fire-lasted"),
        ("скільки рукавів луснуло і скільки пожежників постраждало?", "hoses-burst, firefighters-hurt"),
        ("сколько рукавов лопнуло и сколько пожарных пострадало?", "hoses-burst, firefighters-hurt"),
        (
            "how many hoses burst? how many firefighters were hurt? how long did the fire burn?",
            "hoses-burst, firefighters-hurt, fire-lasted",
        ),
    ],
)
def test_a_compound_question_is_answered_with_every_fact(ask: Ask, question: str, facts: str) -> None:
    assert ask(question) == facts


def test_a_part_that_the_report_does_not_answer_is_named(answerer: Answerer) -> None:
    answer = answerer.answer("how many hoses burst and what colour was the crane?")
    assert isinstance(answer, Answered)
    assert [cited.fact.id for cited in answer.facts] == ["hoses-burst"]
    assert len(answer.unanswered) == 1
    assert "what colour was the crane" in answer.unanswered[0]


def test_no_more_than_four_facts_answer_however_much_is_asked(answerer: Answerer) -> None:
    asked = (
        "how many hoses burst? how many firefighters were hurt? how long did the fire burn? "
        "when did the fire begin? why did the alarm come late? who is the captain?"
    )
    answer = answerer.answer(asked)
    assert isinstance(answer, Answered)
    assert len(answer.facts) == 4


def test_a_greeting_beside_a_question_does_not_matter(ask: Ask) -> None:
    assert ask("Hello! How many hoses burst?") == "hoses-burst"
    assert ask("Привіт! Скільки рукавів луснуло?") == "hoses-burst"
