"""The normal form of a question: what two ways of asking the same have in common, without looking anything up."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.answering.morphology import lemmas
from bot.answering.text import tokenize

_ALIKE = 80.0
"""How alike (of 100) two normal forms of one cluster are."""


def normal_form(question: str) -> str:
    """Return the dictionary forms of a question's words, each once, in alphabetical order."""
    return " ".join(sorted({lemmas(token.form)[0] for token in tokenize(question)}))


def clustered(forms: Sequence[str]) -> list[list[int]]:
    """Put like forms together; return the positions of each cluster's members, the first one leading.

    Whole forms are compared, word by word in order: a question that merely contains another is not like it.
    """
    clusters: list[list[int]] = []
    for position, form in enumerate(forms):
        for cluster in clusters:
            if fuzz.ratio(form, forms[cluster[0]]) >= _ALIKE:
                cluster.append(position)
                break
        else:
            clusters.append([position])
    return clusters
