from __future__ import annotations

import pytest

from .desk import Desk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how many hoses burst", "count"),
        ("how long did the fire burn", "duration"),
        ("who was hurt", "who"),
        ("where did the ship burn", "where"),
        ("when did it begin", "when"),
        ("why was the alarm late", "why"),
        ("скільки рукавів луснуло", "count"),
        ("кто пострадал", "who"),
        ("hoses burst", None),
        ("did hoses burst", None),
        ("number of hoses", "count"),
        ("what day did it begin", "when"),
    ],
)
def test_the_kind_of_answer_that_is_asked_for(desk: Desk, text: str, kind: str | None) -> None:
    assert desk.understand(text).kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the mayor accused Kranvik which made cranes", None),
        ("мэр обвинила Кранвик, что лопнули рукава", None),
        ("which cranes made the mayor accuse Kranvik", "thing"),
        ("please tell me what burst", "thing"),
        ("the mayor accused Kranvik of what?", "thing"),
        ("the mayor accused Kranvik who made cranes", "who"),  # other question words are not taken so lightly
    ],
)
def test_which_and_that_late_in_a_statement_join_a_clause(desk: Desk, text: str, kind: str | None) -> None:
    assert desk.understand(text).kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("was the captain there when hoses burst", None),
        ("hello, was the captain there when hoses burst", None),
        ("and was the captain there when hoses burst", None),
        ("please tell me, was the captain there when hoses burst", None),
        ("people say it: was the captain there when hoses burst", None),
        ("when was the captain there", "when"),
        ("hello, when was the captain there", "when"),
        ("the captain was there when", "when"),
        ("when was the captain there, right", "when"),
    ],
)
def test_a_question_opens_after_the_chatter_before_it(desk: Desk, text: str, kind: str | None) -> None:
    understood = desk.understand(text)
    assert understood.kind == kind
    assert understood.is_polar is (kind is None)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("when will the harbour reopen", True),
        ("what burns right now", True),
        ("how many hoses burst last year", True),
        ("що зараз горить", True),
        ("что сейчас горит", True),
        ("what burns", False),
        ("how many hoses burst last", False),
        ("хто постраждав", False),
    ],
)
def test_a_question_about_another_time_is_noticed(desk: Desk, text: str, *, other: bool) -> None:
    assert desk.understand(text).is_of_another_time is other


@pytest.mark.parametrize(
    ("text", "polar"),
    [
        ("did three hoses burst?", True),
        ("three hoses burst?", True),
        ("three hoses burst, right", True),
        ("is that true: three hoses burst", True),
        ("three hoses burst", False),
        ("how many hoses burst?", False),
        ("who was hurt?", False),
        ("чи луснули рукави", True),
    ],
)
def test_questions_for_yes_or_no_are_told_from_others(desk: Desk, text: str, *, polar: bool) -> None:
    assert desk.understand(text).is_polar is polar


@pytest.mark.parametrize(
    ("text", "negated"),
    [("no hoses burst", True), ("nobody was hurt", True), ("ніхто не постраждав", True), ("hoses burst", False)],
)
def test_a_negation_is_noticed(desk: Desk, text: str, *, negated: bool) -> None:
    assert desk.understand(text).is_negated is negated


@pytest.mark.parametrize("text", ["who says three hoses burst", "says who", "хто каже що луснули рукави"])
def test_it_is_noticed_that_somebody_asks_whose_claim_it_is(desk: Desk, text: str) -> None:
    assert desk.understand(text).asks_source


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("three cars were lost", 3, "exactly"),
        ("more than 3 cars were lost", 3, "more"),
        ("at least three cars were lost", 3, "more"),
        ("fewer than 5 cars were lost", 5, "less"),
        ("about 150 cars were lost", 150, "about"),
    ],
)
def test_a_number_comes_with_its_bound_and_what_it_counts(desk: Desk, text: str, value: float, bound: str) -> None:
    (quantity,) = desk.understand(text).quantities
    assert (quantity.value, quantity.bound) == (value, bound)
    assert "c:car" in quantity.unit


def test_each_number_counts_its_own_thing(desk: Desk) -> None:
    hoses, sailors = desk.understand("three hoses and five sailors").quantities
    assert "c:sailor" in sailors.unit
    assert "c:sailor" not in hoses.unit or hoses.unit != sailors.unit


def test_before_and_after_tell_the_same_order(desk: Desk) -> None:
    first = desk.understand("the alarm before the fire").order
    second = desk.understand("the fire after the alarm").order
    turned = desk.understand("the fire before the alarm").order
    assert first is not None
    assert second is not None
    assert turned is not None
    assert first.agrees(second)
    assert first.opposes(turned)


def test_a_message_without_both_sides_has_no_order(desk: Desk) -> None:
    assert desk.understand("before the fire").order is None
    assert desk.understand("hoses burst").order is None


@pytest.mark.parametrize(
    ("text", "quantifiers"),
    [("all hoses burst", {"all"}), ("only three hoses burst", {"only"}), ("hoses burst", set())],
)
def test_all_and_only_are_noticed(desk: Desk, text: str, quantifiers: set[str]) -> None:
    assert desk.understand(text).quantifiers == quantifiers


def test_numbers_are_not_what_a_message_is_about(desk: Desk) -> None:
    assert [term.text for term in desk.understand("three hoses burst").content] == ["hoses", "burst"]


def test_the_kind_of_answer_is_matched_like_a_word(desk: Desk) -> None:
    assert desk.understand("how many hoses").matchable[-1].keys == {"k:count"}
    assert desk.understand("who says hoses burst").matchable[-1].keys == {"k:source"}
    assert all(not key.startswith("k:") for term in desk.understand("hoses").matchable for key in term.keys)


def test_reading_twice_gives_the_same(desk: Desk) -> None:
    assert desk.understand("did 3 hoses burst?") == desk.understand("did 3 hoses burst?")
