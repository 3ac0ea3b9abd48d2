from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.answers import Answered
from bot.answering.confidence import FITTED, Confidence
from bot.answering.engine import Answerer
from bot.answering.signals import NAMES, Signals

NOTHING = Signals(*[0.0] * len(NAMES))
GOOD = replace(
    NOTHING, evidence=0.8, lead_over_facts=0.7, lead_over_silence=0.8, likeness=0.9, question_cover=1, phrasing_cover=1
)
"""A fact of a large fact base, asked for nearly word for word."""


def sure(answerer: Answerer, question: str, fact: str) -> float:
    """Return how likely a fact is held for the answer."""
    (decision,) = answerer.explain(question).decisions
    (found,) = (trial.confidence for trial in decision.trials if trial.candidate.entry.item.id == fact)
    assert found is not None
    return found


def test_a_fact_for_which_all_speaks_is_nearly_sure_and_one_for_which_nothing_does_is_not() -> None:
    assert FITTED.of(GOOD) > 0.9
    assert FITTED.of(NOTHING) < 0.3


def test_more_evidence_makes_surer() -> None:
    steps = [
        FITTED.of(replace(GOOD, evidence=each, lead_over_facts=each, lead_over_silence=each))
        for each in (0.0, 0.2, 0.5, 1.0)
    ]
    assert steps == sorted(set(steps))


def test_an_unknown_that_fits_as_well_makes_less_sure() -> None:
    shared = replace(GOOD, evidence=0.4, lead_over_facts=0.4, lead_over_silence=0.4)
    rival = replace(shared, silence=0.4, lead_over_silence=0.0, likeness_of_silence=0.9, question_cover_of_silence=1)
    assert FITTED.of(rival) < FITTED.of(shared) - 0.05


@pytest.mark.parametrize(
    "worse",
    [
        replace(GOOD, lead_over_facts=0.0),
        replace(GOOD, overruled=0.5),
        replace(GOOD, likeness=0.2),
        replace(GOOD, question_cover=0.4),
        replace(GOOD, phrasing_cover=0.4),
        replace(GOOD, missing=0.5),
        replace(GOOD, strange=0.5),
        replace(GOOD, missing_from_phrasing=1.0),
        replace(GOOD, brief=1.0),
        replace(GOOD, other_time=1.0),
        replace(GOOD, sparse=1.0),
        replace(GOOD, follow_up=1.0),
    ],
    ids=lambda worse: next(name for name in NAMES if getattr(worse, name) != getattr(GOOD, name)),
)
def test_what_speaks_against_a_fact_makes_less_sure(worse: Signals) -> None:
    assert FITTED.of(worse) < FITTED.of(GOOD)


def test_a_fitted_coefficient_is_what_its_own_signal_adds() -> None:
    confidence = Confidence(0.0, replace(NOTHING, missing=-2.0))
    assert confidence.of(NOTHING) == 0.5
    assert confidence.of(replace(NOTHING, strange=1.0)) == 0.5
    assert confidence.of(replace(NOTHING, missing=1.0)) == pytest.approx(0.1192, abs=1e-4)


def test_a_fact_is_held_for_less_likely_for_another_time(answerer: Answerer) -> None:
    now = sure(answerer, "how many firefighters were hurt?", "firefighters-hurt")
    assert sure(answerer, "how many firefighters will be hurt?", "firefighters-hurt") < now


def test_a_fact_is_held_for_less_likely_the_more_the_question_strays(answerer: Answerer) -> None:
    asked = [
        sure(answerer, question, "hoses-burst")
        for question in (
            "how many hoses burst?",
            "how many hoses burst by the radio?",
            "how many hoses burst by the radio zanzibarically?",
        )
    ]
    assert asked == sorted(set(asked), reverse=True)


def test_an_answer_carries_the_confidence_in_its_fact(answerer: Answerer) -> None:
    answer = answerer.answer("how many hoses burst?")
    assert isinstance(answer, Answered)
    assert answer.score == sure(answerer, "how many hoses burst?", "hoses-burst") >= answerer.thresholds.answer


@settings(max_examples=200, deadline=None, derandomize=True)
@given(values=st.lists(st.floats(-3, 3), min_size=len(NAMES), max_size=len(NAMES)))
def test_any_signals_give_a_confidence_from_0_to_1(values: list[float]) -> None:
    assert 0 <= FITTED.of(Signals(*values)) <= 1
