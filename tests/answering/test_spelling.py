from __future__ import annotations

import pytest

from bot.answering.spelling import Spelling


@pytest.fixture
def spelling() -> Spelling:
    """A few known words."""
    spelling = Spelling()
    spelling.learn(["hoses", "burst", "firefighters", "пожежники", "bar", "car", "far", "jar", "of"])
    return spelling


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("hosess", "hoses"),
        ("hsoes", "hoses"),
        ("brust", "burst"),
        ("firefigters", "firefighters"),
        ("firefihgtres", "firefighters"),
        ("пожежнікі", "пожежники"),
    ],
)
def test_a_misspelt_word_leads_to_the_known_one(spelling: Spelling, typed: str, word: str) -> None:
    assert spelling.nearest(typed) == (word,)


def test_a_known_word_is_nearest_to_itself(spelling: Spelling) -> None:
    assert spelling.nearest("burst") == ("burst",)


@pytest.mark.parametrize("typed", ["dolphins", "hovercraft", "q"])
def test_what_is_near_to_nothing_stays_unknown(spelling: Spelling, typed: str) -> None:
    assert spelling.nearest(typed) == ()


def test_short_words_are_not_learnt(spelling: Spelling) -> None:
    assert spelling.nearest("ofs") == ()


def test_one_word_leads_to_three_at_most(spelling: Spelling) -> None:
    assert len(spelling.nearest("zar")) == 3


def test_a_swap_of_letters_beats_a_wrong_letter() -> None:
    spelling = Spelling()
    spelling.learn(["form", "fram"])
    assert spelling.nearest("from") == ("form",)


def test_words_that_are_learnt_later_are_found_too(spelling: Spelling) -> None:
    assert spelling.nearest("captian") == ()
    spelling.learn(["captain"])
    assert spelling.nearest("captian") == ("captain",)
