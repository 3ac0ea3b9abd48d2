"""Numbers in digits and in words: «550», «1,087», «twenty six», «двадцять шість», «пять тысяч»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.answering.text import number_in
from bot.knowledge.lexicon import WordLang

_JOINING = frozenset({"and"})


class Numerals:
    """Reads numbers at a place in a text."""

    def __init__(self, words: Mapping[WordLang, Mapping[str, int]]) -> None:
        self._values = {word.casefold(): value for table in words.values() for word, value in table.items()}

    def match(self, forms: Sequence[str], position: int) -> tuple[int, float | None]:
        """Return how many tokens make up the number that starts here, and its value; (0, None) if none does."""
        form = forms[position]
        if form[0].isdigit():
            value = number_in(form)
            following = self._values.get(forms[position + 1]) if position + 1 < len(forms) else None
            if value is not None and following is not None and following >= 1000:
                return 2, value * following
            return 1, value
        if form not in self._values and not self._hyphenated(form):
            return 0, None
        return self._spelled(forms, position)

    def _hyphenated(self, form: str) -> list[int]:
        """Return the numbers that a word such as «twenty-six» is made of. «Five-six» is a guess, not a number."""
        pieces = [self._values.get(piece) for piece in form.split("-")]
        values = [piece for piece in pieces if piece is not None]
        joins = all(first > second for first, second in pairwise(values))
        return values if len(values) == len(pieces) > 1 and joins else []

    def _spelled(self, forms: Sequence[str], position: int) -> tuple[int, float | None]:
        total, current, last, count = 0, 0, 0, 0
        for step, form in enumerate(forms[position:]):
            following = forms[position + step + 1] if position + step + 1 < len(forms) else ""
            if form in _JOINING and last in {0, 100} and count and following in self._values:
                count += 1  # «three hundred and fifty»
                continue
            values = self._hyphenated(form) or ([self._values[form]] if form in self._values else [])
            if not values:
                break
            for value in values:
                if value >= 1000:
                    total += max(1, current) * value
                    current = 0
                elif value == 100 and 0 < current < 10:
                    current *= 100
                elif last and value >= last:
                    return count, float(total + current)  # «two three» are two numbers
                else:
                    current += value
                last = value if value < 1000 else 0
            count += 1
        return count, float(total + current)
