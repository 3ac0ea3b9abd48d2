"""Ukrainian and Russian typed in Latin letters: «skilky droniv», «skolko raket»."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product

_MAX_SPELLINGS = 256
_LETTERS: dict[str, tuple[str, ...]] = {
    "shch": ("щ",), "sch": ("щ",), "zh": ("ж",), "kh": ("х",), "ts": ("ц",), "ch": ("ч",), "sh": ("ш",),
    "yu": ("ю",), "iu": ("ю",), "ya": ("я",), "ia": ("я",), "ye": ("є", "е", "иє", "ие"), "ie": ("є", "ие"),
    "yi": ("ї", "ий", "ый"),
    "yo": ("е", "йо"), "ju": ("ю",), "ja": ("я",), "je": ("є", "е"), "yy": ("ий", "ый"), "iy": ("ий",),
    "ii": ("ії", "ий"),
    "a": ("а",), "b": ("б",), "c": ("ц", "к"), "d": ("д",), "e": ("е", "є"), "f": ("ф",), "g": ("г",), "h": ("г", "х"),
    "i": ("і", "и"), "j": ("й",), "k": ("к",), "l": ("л", "ль"), "m": ("м",), "n": ("н",), "o": ("о",), "p": ("п",),
    "q": ("к",), "r": ("р",), "s": ("с",), "t": ("т", "ть"), "u": ("у",), "v": ("в",), "w": ("в",), "x": ("х", "кс"),
    "y": ("и", "й", "ы"), "z": ("з",), "'": ("ь",),
}  # fmt: skip


@lru_cache(maxsize=10_000)
def cyrillic_spellings(word: str) -> tuple[str, ...]:
    """Return the Cyrillic words that a Latin one may stand for, the likeliest first."""
    pieces: list[tuple[str, ...]] = []
    position = 0
    while position < len(word):
        for size in (4, 3, 2, 1):
            piece = word[position : position + size]
            if len(piece) == size and piece in _LETTERS:
                pieces.append(_LETTERS[piece])
                position += size
                break
        else:
            return ()
    return tuple("".join(letters) for letters in islice(product(*pieces), _MAX_SPELLINGS))
