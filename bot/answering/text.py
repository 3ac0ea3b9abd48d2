"""Text as readers type it, made comparable: one form for each letter, and tokens with their places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"\d{1,3}(?:[.,\u00a0 ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+(?:['\-][^\W\d_]+)*")
_OPENING = re.compile(r"[.!?\n:“\"«]")
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‑": "-", "–": "-", "—": "-"})
_LATIN_EXTRA = str.maketrans({"ł": "l", "Ł": "L", "ß": "ss", "ø": "o", "Ø": "O", "đ": "d"})
_TO_CYRILLIC = str.maketrans("aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ")
_TO_LATIN = str.maketrans("асеіорхуАВСЕНІКМОРТХУ", "aceiopxyABCEHIKMOPTXY")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number of a text."""

    text: str
    """As typed."""
    form: str
    """Folded for comparing."""
    start: int
    opens_sentence: bool

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.form[0].isdigit()

    @property
    def is_cyrillic(self) -> bool:
        """Whether it is written in Cyrillic letters."""
        return is_cyrillic(self.form)

    @property
    def looks_like_a_name(self) -> bool:
        """Whether a capital letter sets it apart inside a sentence."""
        return self.text[0].isupper() and not self.opens_sentence


def is_cyrillic(text: str) -> bool:
    """Tell whether the first letter is Cyrillic."""
    return "\u0400" <= text[0] <= "\u04ff"


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Fold case, compatibility forms, apostrophes, Latin diacritics and ё, so that spellings compare equal."""
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold().translate(_LATIN_EXTRA)
    if not text.isascii():
        text = _without_diacritics(text)
    return text.replace("ё", "е")


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a text into words and numbers. Punctuation only marks where sentences open."""
    clean = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(clean):
        between = clean[end : match.start()]
        opens = not tokens or any(mark in between for mark in '.!?\n:“"«')
        word = _one_script(match.group())
        form = "usa" if word == "US" and not clean.isupper() else fold(word).removesuffix("'s")
        tokens.append(Token(word, form, match.start(), opens))
        end = match.end()
    return tuple(tokens)


def number_in(form: str) -> float | None:
    """Read digits, with separators of thousands or a decimal mark."""
    compact = re.sub(r"(?<=\d)[.,\u00a0 ](?=\d{3}(?:\D|$))", "", form)
    try:
        return float(compact.replace(",", "."))
    except ValueError:
        return None


def _without_diacritics(text: str) -> str:
    """Drop accents from Latin letters; й and ї are letters of their own."""
    result = []
    for letter in text:
        decomposed = unicodedata.normalize("NFD", letter)
        result.append(decomposed[0] if "a" <= decomposed[0] <= "z" else letter)
    return "".join(result)


def _one_script(word: str) -> str:
    """Undo look-alike letters of the other script, as in «Kиїв» typed with a Latin K."""
    if word.isascii() or not _LATIN.search(word):
        return word
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in word)
    if cyrillic == 0 or cyrillic == len(word):
        return word
    return word.translate(_TO_CYRILLIC if cyrillic * 2 >= len(word) else _TO_LATIN)
