from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.answers import NotUnderstood
from bot.answering.decision import Trial, rivals_among
from bot.answering.dialogue import completed
from bot.answering.guards import objections
from bot.answering.index import Index
from bot.answering.signals import NAMES, Rivals, Signals, signals
from bot.answering.understanding import Understanding

from .desk import Desk


def rivals(desk: Desk, question: Understanding) -> Rivals:
    """Return what the facts are measured against."""
    found = desk.index.candidates(question)
    return rivals_among([Trial(each, tuple(objections(question, each, desk.index))) for each in found])


def measured(desk: Desk, asked: str | Understanding, name: str) -> Signals:
    """Measure a fact that no guard objects to against a question."""
    question = desk.understand(asked) if isinstance(asked, str) else asked
    against = rivals(desk, question)
    (fact,) = (each for each in against.facts if each.entry.item.id == name)
    return signals(question, fact, against, desk.index)


def test_all_speaks_for_a_fact_that_is_asked_for_word_for_word(desk: Desk) -> None:
    found = measured(desk, "how many firefighters were hurt", "firefighters-hurt")
    assert found.evidence > 0.5
    assert found.lead_over_facts > 0.4
    assert found.lead_over_silence > 0.4
    assert found.likeness == pytest.approx(1, abs=1e-4)
    assert (found.question_cover, found.phrasing_cover) == pytest.approx((1, 1), abs=0.1)
    assert (found.missing, found.strange, found.missing_from_phrasing, found.overruled) == (0, 0, 0, 0)


def test_the_next_fact_takes_from_the_lead(desk: Desk) -> None:
    alone = measured(desk, "how many cars were lost", "cars-lost")
    beside = measured(desk, "how many cars were lost and who was hurt", "cars-lost")
    assert beside.lead_over_facts < alone.lead_over_facts


def test_the_second_fact_does_not_lead(desk: Desk) -> None:
    question = desk.understand("how many firefighters were hurt when hoses burst")
    against = rivals(desk, question)
    first, second = (signals(question, fact, against, desk.index).lead_over_facts for fact in against.facts[:2])
    assert first > 0
    assert second == pytest.approx(-first)


def test_an_unknown_that_fits_better_is_silence(desk: Desk) -> None:
    question = desk.understand("who made the hoses that burst")
    found = signals(question, desk.candidate(question, "hoses-burst"), rivals(desk, question), desk.index)
    assert found.silence > 0.5
    assert found.lead_over_silence < 0
    assert found.likeness_of_silence > found.likeness
    assert found.question_cover_of_silence > found.question_cover


def test_without_unknowns_there_is_no_silence(desk: Desk) -> None:
    question = desk.understand("who was hurt")
    fact = desk.candidate(question, "firefighters-hurt")
    found = signals(question, fact, Rivals([fact], None, 0.0), desk.index)
    assert (found.silence, found.likeness_of_silence, found.question_cover_of_silence) == (0, 0, 0)
    assert found.lead_over_facts == found.lead_over_silence == found.evidence


def test_a_fact_that_a_guard_objects_to_overrules_those_that_it_leads(desk: Desk) -> None:
    assert measured(desk, "where did the hoses burst at the old pier", "ship-moored").overruled > 0
    assert measured(desk, "where did the ship burn", "ship-moored").overruled == 0


def test_words_that_nobody_knows_are_strange_and_not_missing(desk: Desk) -> None:
    found = measured(desk, "how many hoses burst zanzibarically", "hoses-burst")
    assert 0 < found.strange < 1
    assert (found.missing, found.missing_from_phrasing) == (0, 0)


def test_words_of_other_facts_are_missing_and_not_strange(desk: Desk) -> None:
    found = measured(desk, "how many hoses burst in the cargo of cars", "hoses-burst")
    assert 0 < found.missing < 1
    assert found.strange == 0


def test_a_word_of_another_phrasing_is_missing_from_the_phrasing_alone(desk: Desk) -> None:
    found = measured(desk, "how many fire hoses burst during the night", "hoses-burst")
    assert found.missing == 0
    assert found.missing_from_phrasing > 0


def test_two_words_missing_from_the_phrasing_are_as_bad_as_more(desk: Desk) -> None:
    question = desk.understand("how many hoses burst with the radio, the crane, the alarm and the cargo")
    found = signals(question, desk.candidate(question, "hoses-burst"), rivals(desk, question), desk.index)
    assert found.missing_from_phrasing == 1


def test_words_taken_over_from_the_question_before_are_never_missing(desk: Desk) -> None:
    before = desk.understand("how many cars were lost with the crane")
    follow_up = completed(desk.understand("and hoses?"), before, NotUnderstood("en"), desk.index)
    found = measured(desk, follow_up, "hoses-burst")
    assert (found.missing, found.strange, found.follow_up) == (0, 0, 1)


@pytest.mark.parametrize(
    ("flag", "raised", "lowered"),
    [
        ("brief", "hoses", "how many hoses burst"),
        ("asks_kind", "how many hoses burst", "what hoses burst"),
        ("same_kind", "how many hoses burst", "what hoses burst"),
        ("yes_or_no", "did hoses burst", "how many hoses burst"),
        ("negated", "no hoses burst", "hoses burst"),
        ("figures", "three hoses burst", "hoses burst"),
        ("other_time", "how many hoses burst last year", "how many hoses burst"),
    ],
)
def test_what_a_message_is_like_raises_its_flag(desk: Desk, flag: str, raised: str, lowered: str) -> None:
    place = NAMES.index(flag)
    assert measured(desk, raised, "hoses-burst").values()[place] == 1
    assert measured(desk, lowered, "hoses-burst").values()[place] == 0


def test_a_fact_that_is_itself_about_another_time_may_be_asked_for_it(desk: Desk) -> None:
    question = desk.understand("how many hoses will burst")
    against, fact = rivals(desk, question), desk.candidate(question, "hoses-burst")
    of_that_time = replace(fact, entry=replace(fact.entry, other_time=0.5))
    assert signals(question, fact, against, desk.index).other_time == 1
    assert signals(question, of_that_time, against, desk.index).other_time == 0


def test_a_fact_base_with_many_phrasings_is_less_sparse(desk: Desk) -> None:
    rich = Index(desk.index.entries, desk.index.phrasings * 20, sorts=desk.index.sorts)
    assert 0 < rich.sparsity < desk.index.sparsity <= 1
    assert measured(desk, "hoses", "hoses-burst").sparse == desk.index.sparsity


def test_values_come_in_the_order_of_their_names(desk: Desk) -> None:
    found = measured(desk, "how many hoses burst", "hoses-burst")
    assert tuple(field.name for field in fields(Signals)) == NAMES
    assert Signals(*found.values()) == found


_WORDS = st.sampled_from(
    (
        *("how", "many", "hoses", "burst", "who", "hurt", "in", "Oslo", "the", "captain", "not", "5", "will", "cars"),
        *("why", "fire", "zanzibar", "and", "скільки", "рукавів", "в", "пятницу", "right", "?"),
    )
)
_SHARES = (
    *("likeness", "likeness_of_silence", "question_cover", "question_cover_of_silence", "phrasing_cover", "missing"),
    *("strange", "missing_from_phrasing", "sparse"),
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=st.lists(_WORDS, min_size=1, max_size=10).map(" ".join))
def test_of_any_message_shares_are_from_0_to_1_and_nobody_is_overruled_by_less_than_nothing(
    desk: Desk, text: str
) -> None:
    question = desk.understand(text)
    against = rivals(desk, question)
    for fact in against.facts:
        found = signals(question, fact, against, desk.index)
        shares = [found.values()[NAMES.index(name)] for name in _SHARES]
        assert all(-1e-6 <= share <= 1 + 1e-4 for share in shares), found
        assert found.overruled >= 0
