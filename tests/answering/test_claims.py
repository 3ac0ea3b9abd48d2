from __future__ import annotations

import pytest

from bot.answering.answers import Verdict

from .desk import Desk
from .harbour import Ask


@pytest.mark.parametrize(
    ("claim", "fact", "verdict"),
    [
        ("three hoses burst", "hoses-burst", "yes"),
        ("five hoses burst", "hoses-burst", "no"),
        ("at least two hoses burst", "hoses-burst", "yes"),
        ("over five hoses burst", "hoses-burst", "no"),
        ("fewer than five hoses burst", "hoses-burst", "yes"),
        ("at most two hoses burst", "hoses-burst", "no"),
        ("about 145 cars were lost", "cars-lost", "yes"),
        ("about 300 cars were lost", "cars-lost", "no"),
        ("the fire burned for more than five hours", "fire-lasted", "yes"),
    ],
)
def test_a_number_is_checked_against_the_stated_one(desk: Desk, claim: str, fact: str, verdict: Verdict) -> None:
    assert desk.verdict(claim, fact) == verdict


def test_a_wrong_number_that_is_denied_is_right(desk: Desk) -> None:
    assert desk.verdict("not five hoses burst", "hoses-burst") == "yes"


def test_a_number_of_something_else_settles_nothing(desk: Desk) -> None:
    judgement = desk.judgement("five cars burned when hoses burst", "hoses-burst")
    assert (judgement.verdict, judgement.because) == (None, "unverified")


@pytest.mark.parametrize(
    ("claim", "fact", "verdict"),
    [
        ("the fire began on Monday", "fire-began", "yes"),
        ("the fire began on Friday", "fire-began", "no"),
        ("the fire began not on Friday", "fire-began", "yes"),
        ("the captain is from Sweden", "captain-norwegian", "no"),
        ("the captain is a man", "captain-norwegian", "no"),
        ("the captain is a woman", "captain-norwegian", "yes"),
    ],
)
def test_a_word_of_a_closed_set_is_checked_against_the_stated_one(
    desk: Desk, claim: str, fact: str, verdict: Verdict
) -> None:
    assert desk.verdict(claim, fact) == verdict


def test_a_man_and_a_woman_in_one_claim_settle_nothing(desk: Desk) -> None:
    assert desk.verdict("the captain is a man or a woman", "captain-norwegian") is None


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("the alarm came late", "yes"),
        ("the radio failed", "yes"),
        ("the alarm came in time", "no"),
        ("the radio worked", "no"),
    ],
)
def test_listed_claims_settle_those_that_are_like_them(desk: Desk, claim: str, verdict: Verdict) -> None:
    judgement = desk.judgement(claim, "alarm-late")
    assert (judgement.verdict, judgement.because) == (verdict, "claims")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("the radio failed", "yes"),
        ("the radio failed not", "no"),
        ("the radio worked", "no"),
        ("the radio worked not", "yes"),
        ("firefighters were hurt", "yes"),
    ],
)
def test_a_negation_turns_the_verdict_around(desk: Desk, claim: str, verdict: Verdict) -> None:
    fact = "firefighters-hurt" if "firefighters" in claim else "alarm-late"
    assert desk.verdict(claim, fact) == verdict


def test_a_fact_without_claims_says_neither_yes_nor_no(desk: Desk) -> None:
    judgement = desk.judgement("the ship lay in Brellin", "ship-moored")
    assert (judgement.verdict, judgement.because) == (None, "none")


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("so five hoses burst, right?", "hoses-burst: no"),
        ("five hoses burst", "hoses-burst: no"),
        ("did five hoses burst?", "hoses-burst: no"),
        ("eight firefighters were hurt", "firefighters-hurt: no"),
        ("постраждали вісім пожежників", "firefighters-hurt: no"),
        ("постраждало вісім пожежників, так?", "firefighters-hurt: no"),
        ("пострадали восемь пожарных", "firefighters-hurt: no"),
        ("пострадали восемь пожарных, верно?", "firefighters-hurt: no"),
    ],
)
def test_a_wrong_number_is_answered_no_with_the_right_fact(ask: Ask, claim: str, answer: str) -> None:
    assert ask(claim) == answer


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("three hoses burst", "hoses-burst: yes"),
        ("did 3 hoses burst?", "hoses-burst: yes"),
        ("seven firefighters were hurt, is that true?", "firefighters-hurt: yes"),
        ("луснули три рукави", "hoses-burst: yes"),
        ("постраждали сім пожежників, так?", "firefighters-hurt: yes"),
        ("лопнули три рукава, верно?", "hoses-burst: yes"),
    ],
)
def test_the_right_number_is_answered_yes(ask: Ask, claim: str, answer: str) -> None:
    assert ask(claim) == answer


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("at least 2 hoses burst", "hoses-burst: yes"),
        ("over 10 firefighters were hurt", "firefighters-hurt: no"),
        ("понад десять пожежників постраждали", "firefighters-hurt: no"),
        ("more than two hoses burst, right?", "hoses-burst: yes"),
        ("fewer than 2 hoses burst", "hoses-burst: no"),
        ("about 145 cars were lost", "cars-lost: yes"),
        ("about 300 cars were lost", "cars-lost: no"),
        ("the fire burned for more than five hours", "fire-lasted: yes"),
        ("between 2 and 5 hoses burst", "hoses-burst: yes"),
        ("2-5 hoses burst", "hoses-burst: yes"),
        ("4-6 hoses burst", "hoses-burst: no"),
    ],
)
def test_bounds_are_understood(ask: Ask, claim: str, answer: str) -> None:
    assert ask(claim) == answer


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("firefighters were hurt", "firefighters-hurt: yes"),
        ("no firefighters were hurt", "firefighters-hurt: no"),
        ("hoses burst during the night, right?", "hoses-burst: yes"),
        ("hoses did not burst during the night, right?", "hoses-burst: no"),
        ("the mayor accused Kranvik", "mayor-accused: yes"),
        ("the mayor did not accuse Kranvik", "mayor-accused: no"),
        ("пожежники не постраждали", "firefighters-hurt: no"),
    ],
)
def test_a_negated_claim_has_the_opposite_verdict(ask: Ask, claim: str, answer: str) -> None:
    assert ask(claim) == answer


@pytest.mark.parametrize(
    "claim", ["nobody was hurt", "nobody was hurt, right?", "ніхто не постраждав", "никто не пострадал"]
)
def test_nobody_is_wrong_where_somebody_was(ask: Ask, claim: str) -> None:
    assert ask(claim) == "firefighters-hurt: no"


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("did the fire begin on Monday?", "fire-began: yes"),
        ("did the fire begin on Friday?", "fire-began: no"),
        ("the fire began on Friday, right?", "fire-began: no"),
        ("чи почалася пожежа у вівторок?", "fire-began: no"),
        ("пожар начался в пятницу, верно?", "fire-began: no"),
    ],
)
def test_another_weekday_is_answered_no(ask: Ask, claim: str, answer: str) -> None:
    assert ask(claim) == answer


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("the captain is from Norway", "captain-norwegian: yes"),
        ("the captain is from Sweden", "captain-norwegian: no"),
        ("is the captain from Sweden?", "captain-norwegian: no"),
        ("hoses burst in Sweden", "no mention of Sweden"),
        ("the mayor is from Sweden", "no mention of Sweden"),
    ],
)
def test_another_country_contradicts_only_a_claim_about_whose_country_it_is(ask: Ask, claim: str, answer: str) -> None:
    assert ask(claim) == answer


@pytest.mark.parametrize(
    "claim",
    [
        "the harbour master was drunk",
        "the mayor resigned",
        "the mayor sold the ship, right?",
        "did dolphins save the captain?",
        "hoses burst because of the crane",
        "начальник порта был пьян",
    ],
)
def test_a_claim_about_which_the_report_says_nothing_is_neither_right_nor_wrong(ask: Ask, claim: str) -> None:
    assert ask(claim) == "silent"
