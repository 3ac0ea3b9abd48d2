from __future__ import annotations

import pytest

from .desk import Desk
from .harbour import Ask


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("how many hoses burst", "hoses-burst"),
        ("who says three hoses burst", "hoses-burst"),
        ("when did the fire begin", "fire-began"),
        ("who accused Kranvik", "mayor-accused"),
        ("where did the ship burn", "ship-moored"),
        ("the fire began on Friday", "fire-began"),
    ],
)
def test_nothing_speaks_against_the_fact_that_answers(desk: Desk, question: str, fact: str) -> None:
    assert desk.objections(question, fact) == set()


@pytest.mark.parametrize(
    ("question", "fact", "guard"),
    [
        ("how many hoses burst in Oslo", "hoses-burst", "entity"),
        ("where did the ship burn in Sweden", "ship-moored", "entity"),
        ("where did the hoses burst", "hoses-burst", "kind"),
        ("when did the alarm come", "alarm-late", "kind"),
        ("who says the captain is a woman", "captain-norwegian", "kind"),
        ("when did the five hoses burst", "hoses-burst", "number"),
        ("how many hoses burst on Friday", "hoses-burst", "time"),
        ("how many firefighters were hurt on Monday", "firefighters-hurt", "time"),
        ("how many women were hurt", "firefighters-hurt", "class"),
        ("whom did Kranvik accuse", "mayor-accused", "role"),
        ("Kranvik accused the mayor", "mayor-accused", "role"),
        ("who accused first, the mayor or Kranvik", "mayor-accused", "choice"),
    ],
)
def test_a_fact_about_something_else_is_objected_to(desk: Desk, question: str, fact: str, guard: str) -> None:
    assert guard in desk.objections(question, fact)


@pytest.mark.parametrize(
    "question",
    [
        "how many firefighters were killed",
        "firefighters were killed",
        "скільки пожежників загинуло",
        "how many sailors were hurt",
        "were sailors hurt",
        "сколько моряков пострадало",
    ],
)
def test_killed_is_not_hurt_and_a_sailor_is_no_firefighter(desk: Desk, question: str) -> None:
    assert "sort" in desk.objections(question, "firefighters-hurt")


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("how many firemen were injured", "firefighters-hurt"),  # other words for the same
        ("how many cars were killed", "cars-lost"),  # nothing of that sort in the fact
        ("who was hurt by a car", "firefighters-hurt"),  # of no sort
    ],
)
def test_words_for_nothing_else_of_its_sort_are_not_objected_to(desk: Desk, question: str, fact: str) -> None:
    assert "sort" not in desk.objections(question, fact)


def test_what_other_facts_are_about_is_missed_in_a_fact_without_it(desk: Desk) -> None:
    assert "missing" in desk.objections("cars, the alarm and the captain", "cars-lost")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("how many hoses burst in Oslo?", "Oslo"),
        ("how many firefighters were hurt in London?", "London"),
        ("what did Angela Merkel say about the fire?", "Merkel"),
        ("скільки рукавів луснуло в Осло?", "Осло"),
        ("сколько пожарных пострадало в Лондоне?", "Лондон"),
        ("how many hoses did Zbigniew burst?", "Zbigniew"),
    ],
)
def test_a_question_about_another_place_or_person_is_refused_by_its_name(ask: Ask, question: str, name: str) -> None:
    assert ask(question) == f"no mention of {name}"


@pytest.mark.parametrize(
    "question",
    [
        "where did the hoses burst?",
        "when did the hoses burst?",
        "why did the hoses burst?",
        "where were the firefighters hurt?",
        "де луснули рукави?",
        "когда пострадали пожарные?",
    ],
)
def test_another_kind_of_answer_is_not_given(ask: Ask, question: str) -> None:
    assert ask(question) == "silent"


@pytest.mark.parametrize(
    "question",
    [
        "Kranvik accused the mayor",
        "did Kranvik accuse the mayor?",
        "was the mayor accused by Kranvik?",
        "the mayor was accused by Kranvik, right?",
        "Кранвік звинуватив мерку",
    ],
)
def test_swapped_roles_are_never_borne_out(ask: Ask, question: str) -> None:
    assert not ask(question).endswith("yes")


@pytest.mark.parametrize("question", ["how many firefighters were killed?", "how many sailors were hurt?"])
def test_a_question_about_others_is_not_answered(ask: Ask, question: str) -> None:
    assert ask(question) == "silent"


@pytest.mark.parametrize(
    "question",
    ["how many firefighters were hurt on Sunday?", "how many hoses burst on Friday?", "how many women were hurt?"],
)
def test_a_question_about_another_time_or_another_group_is_not_answered(ask: Ask, question: str) -> None:
    assert ask(question) == "silent"
