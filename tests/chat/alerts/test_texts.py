"""The catalogues of alerts say the same things in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from string import Formatter

import pytest

from bot.chat.texts.alerts import AlertTexts, alert_texts_in
from bot.knowledge.models import LANGUAGES, Lang

NAMES = [each.name for each in fields(AlertTexts)]


def texts(lang: Lang, name: str) -> dict[object, str]:
    """Return a text, or all of a set of them."""
    found = getattr(alert_texts_in(lang), name)
    return dict(found) if isinstance(found, Mapping) else {"": found}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", NAMES)
def test_a_text_is_in_every_language_with_the_same_placeholders(name: str) -> None:
    english, *others = [texts(lang, name) for lang in LANGUAGES]
    for other in others:
        assert english.keys() == other.keys()
        for key, text in english.items():
            assert text.strip() == text
            assert text != other[key]
            assert placeholders(text) == placeholders(other[key])


@pytest.mark.parametrize(("lang", "foreign"), [("uk", "ыэъё"), ("ru", "іїєґ"), ("en", "абвіы")])
def test_no_text_has_letters_of_another_language(lang: Lang, foreign: str) -> None:
    everything = " ".join(text for name in NAMES for text in texts(lang, name).values())
    assert not set(everything.lower()) & set(foreign)
