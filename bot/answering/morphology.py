"""Dictionary forms of words, from simplemma (MIT): English for Latin letters, Ukrainian and Russian for Cyrillic.

``docs/decisions`` tells why simplemma: Snowball has no Ukrainian, and pymorphy3's Ukrainian dictionary is GPL.
"""

from __future__ import annotations

from functools import lru_cache

from simplemma import is_known, lemmatize

from bot.answering.text import fold, is_cyrillic

_SLAVIC_ENDINGS = (
    "ськими", "ського", "ському", "ськими", "скими", "ского", "скому", "ськой", "ської", "ською", "ських", "ським",
    "ский", "ська", "ське", "ські", "ская", "ское", "ские", "ской", "ских", "ским", "ами", "ями", "ого", "ому", "ему",
    "ими", "ыми", "ой", "ою", "ею", "ей", "ий", "ый", "ая", "яя", "ое", "ее", "ые", "ие", "ім", "ом", "ем", "єм", "ах",
    "ях", "ів", "їв", "ов", "ев", "ям", "ам", "их", "ых", "им", "ым", "а", "я", "у", "ю", "і", "и", "ы", "е", "о", "ї",
    "є", "ь", "й",
)  # fmt: skip
_MIN_STEM = 4


@lru_cache(maxsize=100_000)
def lemmas(word: str) -> tuple[str, ...]:
    """Return the dictionary forms that a folded word may have; the word itself where none is known.

    Words of one or two letters stay as they are: they are abbreviations or little words that the dictionaries confuse.
    """
    if len(word) <= 2:
        return (word,)
    langs = ("uk", "ru") if is_cyrillic(word) else ("en",)
    found = dict.fromkeys(fold(lemmatize(word, lang=lang)) for lang in langs)
    return tuple(found) or (word,)


@lru_cache(maxsize=100_000)
def is_real_word(word: str) -> bool:
    """Tell whether a dictionary of one of the reply languages has the word. Such a word is never "corrected"."""
    langs = ("uk", "ru") if is_cyrillic(word) else ("en",)
    return any(is_known(word, lang=lang) or is_known(word.capitalize(), lang=lang) for lang in langs)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Cut a Slavic ending off a word that no dictionary has, such as a name. Latin words are left alone."""
    if is_cyrillic(word):
        for ending in _SLAVIC_ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
                return word[: -len(ending)]
    return word
