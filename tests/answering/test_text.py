from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.text import fold, number_in, tokenize


def forms(text: str) -> list[str]:
    return [token.form for token in tokenize(text)]


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("HARBOUR", "harbour"),
        ("Café", "cafe"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("пʼять", "п'ять"),
        ("п’ять", "п'ять"),
        ("ещё", "еще"),
        ("ｆｉｒｅ", "fire"),
    ],
)
def test_spellings_of_one_word_compare_equal(typed: str, usual: str) -> None:
    assert fold(typed) == usual


@pytest.mark.parametrize(("first", "second"), [("їх", "іх"), ("мій", "мии"), ("ґанок", "ганок")])
def test_letters_of_their_own_are_not_taken_for_accents(first: str, second: str) -> None:
    assert fold(first) != fold(second)


def test_punctuation_and_emoji_are_no_words() -> None:
    assert forms("«Hoses», they burst… 🔥 (three)!") == ["hoses", "they", "burst", "three"]


def test_apostrophes_and_hyphens_stay_inside_a_word() -> None:
    assert forms("п'ять twenty-five didn’t") == ["п'ять", "twenty-five", "didn't"]


def test_a_possessive_is_the_word_itself() -> None:
    assert forms("the mayor's car") == ["the", "mayor", "car"]


@pytest.mark.parametrize(
    ("typed", "word"),
    [("Kиїв", "київ"), ("Мoscоw", "moscow"), ("пожeжa", "пожежа")],
)
def test_look_alike_letters_of_the_other_script_are_undone(typed: str, word: str) -> None:
    assert forms(typed) == [word]


@pytest.mark.parametrize(
    ("text", "value"),
    [("150", 150), ("1,087", 1087), ("1.087", 1087), ("1 087", 1087), ("1\u00a0087", 1087), ("7.4", 7.4), ("7,4", 7.4)],
)
def test_a_number_is_one_word_however_it_is_separated(text: str, value: float) -> None:
    (token,) = tokenize(f"{text} hoses")[:-1]
    assert token.is_number
    assert number_in(token.form) == value


def test_what_is_no_number_has_no_value() -> None:
    assert number_in("hose") is None


def test_a_capital_letter_tells_a_name_only_inside_a_sentence() -> None:
    tokens = tokenize("Who is Brandal? Hoses burst")
    assert [token.text for token in tokens if token.looks_like_a_name] == ["Brandal"]


def test_tokens_know_where_they_stand() -> None:
    text = "three  hoses, burst"
    assert [text[token.start :].startswith(token.text) for token in tokenize(text)] == [True, True, True]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=80))
def test_any_text_falls_into_words_that_are_not_empty(text: str) -> None:
    assert all(token.text and token.form for token in tokenize(text))
