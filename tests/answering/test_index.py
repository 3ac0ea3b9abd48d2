from __future__ import annotations

import pytest

from bot.answering.index import Index

from .desk import Desk


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("how many hoses burst", "hoses-burst"),
        ("скільки рукавів луснуло", "hoses-burst"),
        ("сколько рукавов лопнуло", "hoses-burst"),
        ("how many firemen were injured", "firefighters-hurt"),
        ("how long did the blaze burn", "fire-lasted"),
        ("why was the alarm late", "alarm-late"),
        ("what caused the fire", "cause"),
        ("who made the hoses", "hose-maker"),
        ("чому запізнилася тривога", "alarm-late"),
    ],
)
def test_the_entry_that_was_asked_for_comes_first(desk: Desk, question: str, best: str) -> None:
    assert desk.ranking(question)[0] == best


def test_a_phrasing_word_for_word_is_covered_both_ways(desk: Desk) -> None:
    best = desk.candidate(desk.understand("how many hoses burst"), "hoses-burst").best
    assert best.phrasing.text == "how many hoses burst"
    assert best.question_cover == pytest.approx(1, abs=0.1)
    assert best.phrasing_cover == pytest.approx(1, abs=0.1)


def test_a_phrasing_that_the_question_only_touches_is_covered_little(desk: Desk) -> None:
    best = desk.candidate(desk.understand("how many sailors ate the hoses on the crane"), "hoses-burst").best
    assert best.question_cover < 0.75


def test_every_candidate_is_listed_once_and_in_order(desk: Desk) -> None:
    found = desk.index.candidates(desk.understand("how many firefighters were hurt when hoses burst in the fire"))
    names = [candidate.entry.item.id for candidate in found]
    assert len(names) == len(set(names))
    assert names[:2] in (["firefighters-hurt", "hoses-burst"], ["hoses-burst", "firefighters-hurt"])
    assert all(0 < candidate.score <= 1.0001 for candidate in found)


def test_there_are_no_more_candidates_than_asked_for(desk: Desk) -> None:
    question = desk.understand("how many firefighters were hurt when hoses burst in the fire")
    assert len(desk.index.candidates(question, limit=2)) == 2


@pytest.mark.parametrize("question", ["", "the", "7", "how many", "dolphins"])
def test_nothing_to_look_up_has_no_candidates(desk: Desk, question: str) -> None:
    assert desk.ranking(question) == []


def test_a_place_lies_within_what_is_around_it(desk: Desk) -> None:
    entry = desk.candidate(desk.understand("how many cars were lost"), "cars-lost").entry
    moored = desk.candidate(desk.understand("where did the ship lie"), "ship-moored").entry
    assert moored.entities >= {"old-pier", "brellin"}
    assert "brellin" not in entry.entities


def test_facts_are_found_by_their_ids(desk: Desk) -> None:
    found = desk.index.facts("ship-fire", ["hoses-burst", "cause", "no-such"])
    assert [cited.fact.id for cited in found] == ["hoses-burst"]
    assert desk.index.facts("another-report", ["hoses-burst"]) == ()


def test_an_index_of_nothing_finds_nothing(desk: Desk) -> None:
    empty = Index((), (), sorts=desk.index.sorts)
    assert empty.candidates(desk.understand("how many hoses burst")) == []
