from __future__ import annotations

import pytest

from bot.answering.morphology import is_real_word, lemmas, stem


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("hoses", "hose"), ("firefighters", "firefighter"), ("пожежників", "пожежник"), ("пожарных", "пожарный")],
)
def test_an_inflected_form_has_its_dictionary_form(word: str, lemma: str) -> None:
    assert lemma in lemmas(word)


@pytest.mark.parametrize("word", ["us", "на", "qwertzuiop"])
def test_little_and_unknown_words_stay_as_they_are(word: str) -> None:
    assert lemmas(word) == (word,)


@pytest.mark.parametrize(("word", "real"), [("harbour", True), ("лондон", True), ("пожежа", True), ("hosess", False)])
def test_a_dictionary_tells_what_is_a_word(word: str, *, real: bool) -> None:
    assert is_real_word(word) is real


def test_the_forms_of_a_name_share_a_stem() -> None:
    assert {stem(form) for form in ("кранвік", "кранвіка", "кранвіком", "кранвіку")} == {"кранвік"}


@pytest.mark.parametrize("word", ["kranvika", "мера"])
def test_latin_and_short_words_are_not_cut(word: str) -> None:
    assert stem(word) == word
