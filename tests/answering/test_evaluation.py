from __future__ import annotations

import pytest

from bot.answering.engine import Answerer
from bot.answering.evaluation import Figures, Outcome, Result, by_kind, evaluate, figures, is_adequate
from bot.knowledge.models import Expectation, Floors

from .desk import Desk


def expect(ask: str, **expected: object) -> Expectation:
    return Expectation.model_validate({"ask": ask, **expected})


def outcome(answerer: Answerer, expected: Expectation, report: str | None = None) -> Outcome:
    (result,) = evaluate(answerer, [expected], report)
    return result.outcome


@pytest.mark.parametrize(
    "expected",
    [
        expect("how many hoses burst?", cites=["hoses-burst"]),
        expect("how many hoses burst?", cites=["cars-lost", "hoses-burst"]),
        expect("how many hoses burst?", paragraphs=[1, 3]),
        expect("how many hoses burst?", cites=["hoses-burst"], says=["three|3", "HARBOUR master"]),
        expect("five hoses burst", cites=["hoses-burst"], verdict="no"),
        expect("and firefighters hurt?", after="how many hoses burst?", cites=["firefighters-hurt"]),
        expect("how many hoses burst and who was hurt?", paragraphs=[2, 3], all_of=[[3], [2]]),
    ],
    ids=lambda expected: repr(expected.ask),
)
def test_the_right_fact_with_all_that_it_must_say_is_right(answerer: Answerer, expected: Expectation) -> None:
    assert outcome(answerer, expected) == "right"


@pytest.mark.parametrize(
    "expected",
    [
        expect("how many hoses burst?", cites=["hoses-burst"], says=["six|6"]),
        expect("how many hoses burst?", cites=["hoses-burst"], says=["three", "Oslo"]),
        expect("how many hoses burst?", cites=["hoses-burst"], verdict="yes"),
        expect("how many hoses burst?", paragraphs=[2, 3], all_of=[[3], [2]]),
    ],
    ids=lambda expected: repr(expected.ask),
)
def test_the_right_fact_that_says_too_little_is_imprecise(answerer: Answerer, expected: Expectation) -> None:
    assert outcome(answerer, expected) == "imprecise"


def test_the_opposite_verdict_over_the_right_passage_is_wrong(answerer: Answerer) -> None:
    assert outcome(answerer, expect("five hoses burst", cites=["hoses-burst"], verdict="yes")) == "wrong"


@pytest.mark.parametrize(
    "expected", [expect("how many hoses burst?", cites=["cars-lost"]), expect("hoses", paragraphs=[5])]
)
def test_another_fact_is_wrong(answerer: Answerer, expected: Expectation) -> None:
    assert outcome(answerer, expected) == "wrong"


def test_the_right_fact_of_another_report_is_wrong(answerer: Answerer) -> None:
    expected = expect("how many hoses burst?", cites=["hoses-burst"])
    assert outcome(answerer, expected, "ship-fire") == "right"
    assert outcome(answerer, expected, "another-report") == "wrong"


def test_no_answer_where_there_is_one_is_declined(answerer: Answerer) -> None:
    assert outcome(answerer, expect("how many dolphins were saved?", cites=["hoses-burst"])) == "declined"


@pytest.mark.parametrize(
    "expected",
    [
        expect("how many dolphins were saved?", abstains=True),
        expect("how many hoses burst in Oslo?", abstains=True),
        expect("hello", abstains=True),
        expect("what caused the fire?", abstains=True),
        expect("what caused the fire?", unknown="cause"),
    ],
    ids=lambda expected: repr(expected.ask),
)
def test_no_answer_where_there_is_none_is_rightly_silent(answerer: Answerer, expected: Expectation) -> None:
    assert outcome(answerer, expected) == "silent"


@pytest.mark.parametrize(
    "expected", [expect("how many hoses burst?", abstains=True), expect("how many hoses burst?", unknown="cause")]
)
def test_an_answer_where_there_is_none_is_false(answerer: Answerer, expected: Expectation) -> None:
    assert outcome(answerer, expected) == "false"


def test_silence_without_the_noted_unknown_is_declined(answerer: Answerer) -> None:
    assert outcome(answerer, expect("how many dolphins were saved?", unknown="cause")) == "declined"
    assert outcome(answerer, expect("what caused the fire?", unknown="reopening")) == "declined"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("3", False),  # it says “three”
        ("three", True),
        ("Three fire", True),
        ("hree", False),  # only whole words begin
        ("hose", True),  # they may go on: inflection
        ("nowhere|three", True),
    ],
)
def test_what_must_be_said_is_looked_for_from_the_beginning_of_a_word(
    answerer: Answerer, wanted: str, *, said: bool
) -> None:
    expected = expect("how many hoses burst?", cites=["hoses-burst"], says=[wanted])
    assert outcome(answerer, expected) == ("right" if said else "imprecise")


@pytest.mark.parametrize(("wanted", "said"), [("150", True), ("15", False), ("50", False)])
def test_a_number_must_be_said_whole(answerer: Answerer, wanted: str, *, said: bool) -> None:
    expected = expect("how many cars were lost?", cites=["cars-lost"], says=[wanted])
    assert outcome(answerer, expected) == ("right" if said else "imprecise")


@pytest.fixture(scope="module")
def results(answerer: Answerer) -> tuple[Result, ...]:
    """Ten questions: four right, one imprecise, one wrong, two declined of eight; one false of two."""
    return evaluate(
        answerer,
        [
            *(expect("how many hoses burst?", cites=["hoses-burst"], kind="count") for _ in range(4)),
            expect("how many hoses burst?", cites=["hoses-burst"], says=["Oslo"], kind="count"),
            expect("how many hoses burst?", cites=["cars-lost"], kind="typo"),
            *(expect("how many dolphins were saved?", cites=["cars-lost"], kind="typo") for _ in range(2)),
            expect("how many dolphins were saved?", abstains=True, kind="absent"),
            expect("how many hoses burst?", abstains=True, kind="absent"),
        ],
    )


def test_figures_are_shares_of_the_questions_with_and_without_an_answer(results: tuple[Result, ...]) -> None:
    expected = Figures(answerable=8, unanswerable=2, right=0.5, wrong=0.125, declined=0.25, false=0.5)
    assert figures(results) == expected


def test_figures_can_be_told_by_kind_of_question(results: tuple[Result, ...]) -> None:
    assert by_kind(results) == {"absent": (1, 2), "count": (4, 5), "typo": (0, 3)}


@pytest.mark.parametrize(
    ("floors", "good"),
    [
        (Floors(right=0.5, wrong=0.125, false=0.5), True),
        (Floors(right=0.51, wrong=0.125, false=0.5), False),
        (Floors(right=0.5, wrong=0.12, false=0.5), False),
        (Floors(right=0.5, wrong=0.125, false=0.49), False),
    ],
)
def test_figures_meet_their_floors_or_do_not(results: tuple[Result, ...], floors: Floors, *, good: bool) -> None:
    assert figures(results).meets(floors) is good


def test_no_questions_are_good_enough() -> None:
    assert figures(()) == Figures(answerable=0, unanswerable=0, right=0, wrong=0, declined=0, false=0)
    assert figures(()).meets(Floors(right=1))


@pytest.mark.parametrize(
    ("expected", "adequate"),
    [
        (expect("hoses", cites=["hoses-burst"]), True),
        (expect("hoses", cites=["cars-lost", "hoses-burst"]), True),
        (expect("hoses", cites=["cars-lost"]), False),
        (expect("hoses", paragraphs=[1, 3]), True),
        (expect("hoses", paragraphs=[1]), False),
        (expect("hoses", cites=["hoses-burst"], says=["three|3", "HARBOUR master"]), True),
        (expect("hoses", cites=["hoses-burst"], says=["a fourth held"]), True),  # in its quotes
        (expect("hoses", cites=["hoses-burst"], says=["рукави"]), True),  # in another language
        (expect("hoses", cites=["hoses-burst"], says=["three", "Oslo"]), False),
        (expect("hoses", cites=["hoses-burst"], says=["Oslo"], verdict="no"), True),  # whether it holds is judged apart
        (expect("hoses", abstains=True), False),
    ],
)
def test_a_fact_is_adequate_with_the_right_passage_and_the_words_wanted(
    desk: Desk, expected: Expectation, *, adequate: bool
) -> None:
    candidate = desk.candidate(desk.understand("how many hoses burst"), "hoses-burst")
    assert is_adequate(expected, candidate) is adequate


def test_an_unknown_is_never_adequate(desk: Desk) -> None:
    candidate = desk.candidate(desk.understand("what caused the fire"), "cause")
    assert not is_adequate(expect("what caused the fire", cites=["cause"]), candidate)
