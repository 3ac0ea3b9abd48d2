from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.language import detect
from bot.knowledge.models import LANGUAGES, Lang


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("how many hoses burst?", "en"),
        ("hoses", "en"),
        ("скільки рукавів луснуло?", "uk"),
        ("хто постраждав", "uk"),
        ("коли почалася пожежа", "uk"),
        ("чи є загиблі", "uk"),
        ("сколько рукавов лопнуло?", "ru"),
        ("кто пострадал", "ru"),
        ("когда начался пожар", "ru"),
        ("это правда?", "ru"),
    ],
)
def test_the_language_of_a_message_is_told(text: str, lang: Lang) -> None:
    assert detect(text) == lang


@pytest.mark.parametrize(("text", "lang"), [("пожежник", "uk"), ("пожарный", "ru"), ("рукавов", "ru")])
def test_the_dictionary_tells_where_letters_do_not(text: str, lang: Lang) -> None:
    assert detect(text) == lang


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("how many of the рукави burst that night", "en"),
        ("скільки hoses луснуло", "uk"),
        ("сколько hoses лопнуло", "ru"),
        ("капітан Odd Brandal сказав що", "uk"),
    ],
)
def test_a_mixed_message_is_in_the_language_of_its_little_words(text: str, lang: Lang) -> None:
    assert detect(text) == lang


@pytest.mark.parametrize("text", ["", "???", "🔥🔥", "12", "火事", "skilky rukaviv"])
def test_what_is_in_none_of_the_scripts_is_answered_in_english(text: str) -> None:
    assert detect(text) == "en"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=80))
def test_every_message_has_one_of_the_reply_languages(text: str) -> None:
    assert detect(text) in LANGUAGES
