"""The catalogues say the same things in every language."""

from __future__ import annotations

from dataclasses import fields
from string import Formatter

import pytest

from bot.chat.html import LIMIT, units
from bot.chat.texts import ADMIN_COMMANDS, COMMANDS, AdminTexts, Texts, admin_texts_in, texts_in
from bot.knowledge.models import LANGUAGES, Lang

NAMES = [each.name for each in (*fields(Texts), *fields(AdminTexts)) if each.name != "commands"]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def text(lang: Lang, name: str) -> str:
    found = getattr(texts_in(lang), name, None) or getattr(admin_texts_in(lang), name)
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_text_is_in_every_language_with_the_same_placeholders(name: str) -> None:
    texts = [text(lang, name) for lang in LANGUAGES]
    assert all(each.strip() == each and each for each in texts)
    assert texts[0] not in texts[1:]
    assert len({frozenset(placeholders(each)) for each in texts}) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_is_described_in_as_many_words_as_a_menu_holds(lang: Lang) -> None:
    commands, admin_commands = texts_in(lang).commands, admin_texts_in(lang).commands
    assert (set(commands), set(admin_commands)) == (set(COMMANDS), set(ADMIN_COMMANDS))
    assert all(1 <= len(text) <= 256 for text in (*commands.values(), *admin_commands.values()))


def test_no_command_is_both_for_everybody_and_for_admins() -> None:
    assert not set(COMMANDS) & set(ADMIN_COMMANDS)
    assert not {each.name for each in fields(Texts)} & {each.name for each in fields(AdminTexts)} - {"commands"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_fits_in_a_message(lang: Lang) -> None:
    assert all(units(text(lang, name)) < LIMIT // 2 for name in NAMES)


@pytest.mark.parametrize(("lang", "foreign"), [("uk", "ыэъё"), ("ru", "іїєґ"), ("en", "абвіы")])
def test_no_text_has_letters_of_another_language(lang: Lang, foreign: str) -> None:
    everything = " ".join([*(text(lang, name) for name in NAMES), *texts_in(lang).commands.values()])
    assert not set(everything.lower()) & set(foreign)
