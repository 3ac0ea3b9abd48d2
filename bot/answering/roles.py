"""Who did it and to whom it was done, as far as word order, prepositions and Slavic endings tell."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.morphology import lemmas
from bot.answering.text import is_cyrillic
from bot.answering.vocabulary import Reading, Term

_BEFORE_ACTOR = frozenset(["did", "does", "do", "has", "had", "have", "will", "by", "von", "przez", "por"])
_BEFORE_TARGET = frozenset(
    ["on", "at", "against", "toward", "towards", "upon", "onto", "into", "проти", "против", "по", "на"]
)
_PASSIVE = frozenset(["was", "were", "is", "are", "been", "being", "got", "get", "gets"])
_COPULAS = frozenset(["є", "це", "був", "була", "було", "були", "это", "есть", "был", "была", "было", "были"])
_DETERMINERS = frozenset(
    ["the", "a", "an", "its", "his", "her", "their", "our", "every", "all", "some", "any", "no", "this", "that",
     "many", "more", "over", "almost", "nearly", "him", "it", "them", "by", "for", "to", "from", "and", "but"]
)  # fmt: skip
_BEFORE_CAUSE = frozenset(["in", "with", "at", "about", "of"])
_IRREGULAR_PAST = frozenset(
    [
        "hit",
        "struck",
        "shot",
        "sent",
        "fought",
        "began",
        "won",
        "lost",
        "met",
        "said",
        "told",
        "made",
        "bought",
        "sold",
        "took",
        "gave",
    ]
)
_CASELESS_PREPOSITIONS = frozenset(
    [
        "у",
        "в",
        "на",
        "за",
        "з",
        "із",
        "зі",
        "по",
        "про",
        "до",
        "від",
        "із",
        "из",
        "с",
        "со",
        "от",
        "о",
        "об",
        "к",
        "через",
        "для",
    ]
)


def actors(reading: Reading, terms: Iterable[Term]) -> frozenset[str]:
    """Return the entities that the text shows as doing something."""
    found: set[str] = set()
    for term in terms:
        if term.entities and (
            _follows(reading, term, _BEFORE_ACTOR)
            or _does(reading, term)
            or _feels(reading, term)
            or _nominative(reading, term)
        ):
            found |= term.entities
    return frozenset(found)


def targets(reading: Reading, terms: Iterable[Term]) -> frozenset[str]:
    """Return the entities that the text shows as those something was done to."""
    found: set[str] = set()
    for term in terms:
        if term.entities and (
            _follows(reading, term, _BEFORE_TARGET)
            or _suffers(reading, term)
            or _is_object(reading, term)
            or _accusative(reading, term)
        ):
            found |= term.entities
    return frozenset(found)


def _form(reading: Reading, position: int) -> str:
    return reading.tokens[position].form if 0 <= position < len(reading.tokens) else ""


def _follows(reading: Reading, term: Term, words: frozenset[str]) -> bool:
    before = _form(reading, term.position - 1)
    if before == "the":
        before = _form(reading, term.position - 2)
    return before in words


def _does(reading: Reading, term: Term) -> bool:
    """An English subject: a verb in the past, or one that has an object, follows; and nothing makes it passive."""
    after = term.position + term.length
    verb = _form(reading, after)
    past = (verb.endswith("ed") or verb in _IRREGULAR_PAST) and _has_object(reading, after + 1)
    present = verb.endswith("s") and any(other.entities and other.position == after + 1 for other in reading.terms)
    object_follows = present or (_form(reading, after + 1) == "the" and verb.endswith("s"))
    passive = _form(reading, after + 1) == "by" or any(token.form in _PASSIVE for token in reading.tokens[:after])
    return (past or object_follows) and not passive


def _has_object(reading: Reading, position: int) -> bool:
    """Tell whether what a verb would be done to stands here, or nothing more: «Kyiv injured number» tells no deed."""
    form = _form(reading, position)
    named = any(term.position == position and (term.entities or term.number is not None) for term in reading.terms)
    return not form or named or form in _DETERMINERS or form in _BEFORE_TARGET or form in _BEFORE_CAUSE


def _suffers(reading: Reading, term: Term) -> bool:
    following = _form(reading, term.position + term.length)
    return following in _PASSIVE and any(token.form == "by" for token in reading.tokens[term.position :])


def _feels(reading: Reading, term: Term) -> bool:
    """«Was Anna disappointed in Boris»: whom a feeling is ascribed to, and another name as its cause."""
    after = term.position + term.length
    ascribed = _follows(reading, term, _PASSIVE) or _form(reading, after) in _PASSIVE
    causes = [other for other in reading.terms if other.entities and other.position > after]
    return ascribed and any(_follows(reading, other, _BEFORE_CAUSE) for other in causes)


def _is_object(reading: Reading, term: Term) -> bool:
    """«Did Anna ask Boris»: the name right after the verb of a question."""
    subjects = [
        other
        for other in reading.terms
        if other.entities
        and other.position + other.length == term.position - 1
        and _follows(reading, other, _BEFORE_ACTOR)
    ]
    return bool(subjects) and term.position > 0 and not is_cyrillic(term.text)


def _nominative(reading: Reading, term: Term) -> bool:
    """A Slavic subject, as the lexicon lists it and after no preposition: «Україна», a feminine, or a person's name.

    Of other words the nominative looks like the accusative.
    """
    bare = _form(reading, term.position - 1) not in _CASELESS_PREPOSITIONS
    telling = term.is_person or term.text[-1].lower() in "ая"
    if _form(reading, term.position + term.length) in _COPULAS:  # «the capital was the target» does nothing
        return False
    return bare and term.is_base_form and is_cyrillic(term.text) and telling


def _accusative(reading: Reading, term: Term) -> bool:
    """A Slavic feminine object: «Україну», «Россию»."""
    form = _form(reading, term.position)
    if not reading.tokens[term.position].is_cyrillic or form[-1] not in "ую":
        return False
    bare = _form(reading, term.position - 1) not in _CASELESS_PREPOSITIONS
    return bare and any(lemma[-1] in "ая" for lemma in lemmas(form))
