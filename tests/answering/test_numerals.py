from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.numerals import Numerals
from bot.answering.text import tokenize

from .words import few_words


@pytest.fixture
def numerals() -> Numerals:
    """The number words of three languages."""
    return Numerals(few_words().numbers)


def read(numerals: Numerals, text: str, position: int = 0) -> tuple[int, float | None]:
    return numerals.match([token.form for token in tokenize(text)], position)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("550", 550),
        ("1,087", 1087),
        ("seven", 7),
        ("twenty six", 26),
        ("twenty-six", 26),
        ("five hundred fifty", 550),
        ("two thousand", 2000),
        ("two hundred thousand", 200_000),
        ("thousand", 1000),
        ("двадцять шість", 26),
        ("двадцать шесть", 26),
        ("пять тысяч", 5000),
        ("п'ять тисяч", 5000),
    ],
)
def test_a_number_is_read_in_digits_and_in_words(numerals: Numerals, text: str, value: float) -> None:
    assert read(numerals, text) == (len(tokenize(text)), value)


@pytest.mark.parametrize(("text", "value"), [("2.3 million", 2_300_000), ("5 тисяч", 5000), ("12 thousand", 12_000)])
def test_digits_and_a_word_for_thousands_are_one_number(numerals: Numerals, text: str, value: float) -> None:
    assert read(numerals, text) == (2, value)


def test_two_numbers_in_a_row_stay_two(numerals: Numerals) -> None:
    assert read(numerals, "two three") == (1, 2)


def test_a_number_ends_where_the_next_word_is_none(numerals: Numerals) -> None:
    assert read(numerals, "twenty six hoses burst") == (2, 26)


def test_a_number_may_stand_anywhere(numerals: Numerals) -> None:
    assert read(numerals, "there were seven", position=2) == (1, 7)


@pytest.mark.parametrize("text", ["hoses", "well-known", "seven-sided", "five-six", "two-hundred"])
def test_other_words_are_no_numbers(numerals: Numerals, text: str) -> None:
    assert read(numerals, text) == (0, None)


@given(st.lists(st.sampled_from(["five", "six", "twenty", "hundred", "thousand", "and", "7"]), min_size=1, max_size=4))
def test_whatever_numbers_a_hyphen_joins_reading_moves_on(words: list[str]) -> None:
    numerals = Numerals({"en": {"five": 5, "six": 6, "twenty": 20, "hundred": 100, "thousand": 1000}})
    for text in ("-".join(words), " ".join(words)):
        count, value = read(numerals, text)
        assert (count > 0) == (value is not None)
