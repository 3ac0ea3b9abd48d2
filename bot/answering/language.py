"""Which of the reply languages a message is in, from its letters and its little words."""

from __future__ import annotations

import re

from simplemma import is_known

from bot.knowledge.models import Lang

_UKRAINIAN_LETTERS = frozenset("іїєґ")
_RUSSIAN_LETTERS = frozenset("ыэъё")
_UKRAINIAN_WORDS = frozenset(
    [
        "що",
        "шо",
        "чи",
        "як",
        "де",
        "коли",
        "хто",
        "скільки",
        "та",
        "це",
        "цей",
        "ця",
        "були",
        "був",
        "була",
        "було",
        "вже",
        "ще",
        "також",
        "чому",
        "чого",
        "який",
        "яка",
        "яке",
        "які",
        "немає",
        "нема",
        "тільки",
        "лише",
        "дуже",
        "або",
        "але",
        "коло",
        "якщо",
        "його",
        "її",
        "їх",
        "вона",
        "вони",
        "він",
        "мені",
        "тобі",
        "вам",
        "нас",
        "скажіть",
        "дякую",
        "бувай",
        "привіт",
        "вірно",
        "правда",
        "сказав",
        "каже",
        "казав",
        "після",
        "перед",
        "між",
        "понад",
        "про",
        "від",
        "до",
        "зараз",
        "треба",
        "можна",
        "хоч",
        "щоб",
        "бо",
    ]
)
_RUSSIAN_WORDS = frozenset(
    [
        "что",
        "как",
        "где",
        "когда",
        "кто",
        "сколько",
        "это",
        "этот",
        "эта",
        "были",
        "был",
        "была",
        "было",
        "уже",
        "еще",
        "также",
        "почему",
        "чего",
        "какой",
        "какая",
        "какое",
        "какие",
        "нет",
        "только",
        "очень",
        "или",
        "но",
        "около",
        "если",
        "его",
        "ее",
        "их",
        "она",
        "они",
        "он",
        "мне",
        "тебе",
        "вам",
        "нас",
        "скажите",
        "спасибо",
        "пока",
        "привет",
        "верно",
        "ли",
        "правда",
        "сказал",
        "говорит",
        "после",
        "перед",
        "между",
        "свыше",
        "про",
        "от",
        "до",
        "сейчас",
        "надо",
        "можно",
        "хоть",
        "чтобы",
        "потому",
        "и",
        "с",
        "со",
        "во",
        "из",
    ]
)
_ENGLISH_HINTS = frozenset(
    [
        "the",
        "is",
        "are",
        "was",
        "were",
        "did",
        "does",
        "do",
        "how",
        "what",
        "who",
        "where",
        "when",
        "why",
        "which",
        "many",
        "much",
        "of",
        "and",
    ]
)


def detect(text: str) -> Lang:
    """Return the reply language for a message. Text in other scripts or languages is answered in English."""
    lowered = text.lower()
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in lowered)
    latin = sum("a" <= letter <= "z" for letter in lowered)
    words = re.findall(r"[\w'’]+", lowered)
    if cyrillic == 0 or (latin > 2 * cyrillic and any(word in _ENGLISH_HINTS for word in words)):
        return "en"
    ukrainian = 3 * sum(letter in _UKRAINIAN_LETTERS for letter in lowered)
    russian = 3 * sum(letter in _RUSSIAN_LETTERS for letter in lowered)
    ukrainian += 2 * sum(word in _UKRAINIAN_WORDS for word in words)
    russian += 2 * sum(word in _RUSSIAN_WORDS for word in words)
    if ukrainian == russian:
        return _by_dictionary(words)
    return "uk" if ukrainian > russian else "ru"


def _by_dictionary(words: list[str]) -> Lang:
    """Count which dictionary has more of the words, where letters do not tell."""
    ukrainian = sum(is_known(word, lang="uk") for word in words)
    russian = sum(is_known(word, lang="ru") for word in words)
    return "ru" if russian > ukrainian else "uk"
