from __future__ import annotations

import pytest

from .desk import Desk


def test_things_of_one_sort_could_stand_in_each_others_place(desk: Desk) -> None:
    sorts = desk.index.sorts
    assert sorts.same(desk.term("firefighters"), desk.term("sailors"))
    assert sorts.same(desk.term("the mayor"), desk.term("the captain"))
    assert not sorts.same(desk.term("firefighters"), desk.term("hoses"))
    assert not sorts.same(desk.term("hoses"), desk.term("cargo"))


@pytest.mark.parametrize(
    ("key", "sort"), [("c:friday", "weekday"), ("c:sailor", "people"), ("e:oslo", "place"), ("c:alarm", None)]
)
def test_every_word_of_a_closed_set_and_every_name_has_its_sort(desk: Desk, key: str, sort: str | None) -> None:
    assert desk.index.sorts.sort({key}) == sort


def test_closed_sets_are_known_by_their_members(desk: Desk) -> None:
    sorts = desk.index.sorts
    assert sorts.closed(desk.term("Friday")) == {"weekday"}
    assert sorts.closed(desk.term("sailors")) == frozenset()
    entry = desk.candidate(desk.understand("who is the captain"), "captain-norwegian").entry
    assert "sex" in sorts.closed_in(entry)


@pytest.mark.parametrize(
    ("claim", "fact", "replaces"),
    [
        ("the fire began on Friday", "fire-began", True),
        ("the fire began on Monday", "fire-began", False),
        ("the captain is from Sweden", "captain-norwegian", True),
        ("the captain is from Norway", "captain-norwegian", False),
        ("hoses burst on Friday", "hoses-burst", False),
    ],
)
def test_a_member_of_a_set_stands_in_place_of_the_stated_one(
    desk: Desk, claim: str, fact: str, *, replaces: bool
) -> None:
    question = desk.understand(claim)
    entry = desk.candidate(question, fact).entry
    assert desk.index.sorts.replaces(question.content[-1], question.mentioned, entry) is replaces


def test_a_name_replaces_another_only_in_a_claim_about_what_it_is_of(desk: Desk) -> None:
    entry = desk.candidate(desk.understand("who is the captain"), "captain-norwegian").entry
    sweden = desk.term("Sweden")
    assert desk.index.sorts.replaces(sweden, desk.term("captain").keys, entry)
    assert not desk.index.sorts.replaces(sweden, desk.term("hoses").keys, entry)
