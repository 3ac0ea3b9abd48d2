from __future__ import annotations

import pytest

from bot.answering.transliteration import cyrillic_spellings


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("skilky", "скільки"),
        ("skolko", "сколько"),
        ("pozhezha", "пожежа"),
        ("pozhar", "пожар"),
        ("kapitan", "капітан"),
        ("kapitan", "капитан"),
        ("yakshcho", "якщо"),
        ("khto", "хто"),
        ("hto", "хто"),
        ("tsyfra", "цифра"),
        ("byudzhet", "бюджет"),
    ],
)
def test_a_word_in_latin_letters_is_spelt_in_cyrillic(latin: str, cyrillic: str) -> None:
    assert cyrillic in cyrillic_spellings(latin)


def test_the_spellings_are_limited_however_long_the_word() -> None:
    assert 1 <= len(cyrillic_spellings("pozhezhnyky" * 60)) <= 256


@pytest.mark.parametrize("word", ["пожежа", "skilky2", "köln"])
def test_what_is_not_plain_latin_is_left_alone(word: str) -> None:
    assert cyrillic_spellings(word) == ()
