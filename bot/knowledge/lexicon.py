"""The shared lexicon: which words mean the same, and which names readers may use, for every report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from bot.knowledge.models import Entity, Line, Model, Slug

_Value = TypeVar("_Value", int, str)
WordLang = Literal["en", "uk", "ru", "pl", "de", "es"]
"""A language whose words are understood. Replies come in the first three."""

SmallTalkKind = Literal["greeting", "thanks", "farewell", "identity", "feelings"]

AnswerKind = Literal[
    "count", "duration", "price", "share", "age", "degree", "distance",
    "who", "source", "where", "when", "why", "manner", "thing", "polar",
]  # fmt: skip
"""What kind of answer a question word asks for. ``source``: whose claim it is; ``polar``: yes or no."""

Marker = Literal[
    "negation", "before", "after", "saying", "all", "only", "almost", "tag", "more", "at-least", "less",
    "at-most", "about", "and", "or",
    "follow-up", "pronoun", "other-time",
]  # fmt: skip
"""Little words that turn a meaning around or tie a message to another one."""


class Words(Model):
    """Words or phrases by language."""

    en: tuple[Line, ...] = ()
    uk: tuple[Line, ...] = ()
    ru: tuple[Line, ...] = ()
    pl: tuple[Line, ...] = ()
    de: tuple[Line, ...] = ()
    es: tuple[Line, ...] = ()

    def each(self) -> Iterator[tuple[WordLang, str]]:
        """Yield every word with its language."""
        by_lang: tuple[tuple[WordLang, tuple[str, ...]], ...] = (
            ("en", self.en), ("uk", self.uk), ("ru", self.ru), ("pl", self.pl), ("de", self.de), ("es", self.es),
        )  # fmt: skip
        for lang, words in by_lang:
            for word in words:
                yield lang, word


class Concept(Words):
    """Words that mean the same. Members of one ``class`` exclude one another: Monday is not Tuesday."""

    class_: Annotated[Slug | None, Field(alias="class")] = None


class Hearsay(Model):
    """Who passes rumours on, and how: «my neighbour», «says», «on TikTok», «that»."""

    possessive: Words = Words()
    teller: Words = Words()
    telling: Words = Words()
    opening: Words = Words()
    """Tellings that need no teller when they open a message: «heard that …»."""
    object: Words = Words()
    channel: Words = Words()
    link: Words = Words()

    def merged(self, other: Hearsay) -> Hearsay:
        """Return both in one."""
        return Hearsay(
            possessive=_joined(self.possessive, other.possessive),
            teller=_joined(self.teller, other.teller),
            telling=_joined(self.telling, other.telling),
            opening=_joined(self.opening, other.opening),
            object=_joined(self.object, other.object),
            channel=_joined(self.channel, other.channel),
            link=_joined(self.link, other.link),
        )


class Lexicon(Model):
    """The lexicon, in one file or merged from several."""

    concepts: Mapping[Slug, Concept] = {}
    entities: Mapping[Slug, Entity] = {}
    sorts: Mapping[Slug, tuple[Slug, ...]] = {}
    """Concepts that could stand in each other's place in a follow-up: drones and missiles are weapons."""
    fillers: Words = Words()
    hearsay: Hearsay = Hearsay()
    shorthand: Mapping[WordLang, Mapping[str, str]] = {}
    """How words are written in chats, and the word that is meant: «thru», through."""
    light: tuple[Slug, ...] = ()
    """Concepts that say little by themselves, such as «happen» and «do»."""
    smalltalk: Mapping[SmallTalkKind, Words] = {}
    injection: Words = Words()
    arithmetic: Words = Words()
    numbers: Mapping[WordLang, Mapping[str, int]] = {}
    questions: Mapping[AnswerKind, Words] = {}
    markers: Mapping[Marker, Words] = {}

    def merged(self, other: Lexicon) -> Lexicon:
        """Return both in one. A key that stands in both is taken from ``other``."""
        return Lexicon(
            concepts={**self.concepts, **other.concepts},
            entities={**self.entities, **other.entities},
            sorts={**self.sorts, **other.sorts},
            fillers=_joined(self.fillers, other.fillers),
            hearsay=self.hearsay.merged(other.hearsay),
            shorthand=_by_language(self.shorthand, other.shorthand),
            light=self.light + other.light,
            smalltalk={**self.smalltalk, **other.smalltalk},
            injection=_joined(self.injection, other.injection),
            arithmetic=_joined(self.arithmetic, other.arithmetic),
            numbers=_by_language(self.numbers, other.numbers),
            questions={**self.questions, **other.questions},
            markers={**self.markers, **other.markers},
        )


def _by_language(
    first: Mapping[WordLang, Mapping[str, _Value]], second: Mapping[WordLang, Mapping[str, _Value]]
) -> dict[WordLang, Mapping[str, _Value]]:
    return {lang: {**first.get(lang, {}), **second.get(lang, {})} for lang in (*first, *second)}


def _joined(first: Words, second: Words) -> Words:
    return Words(
        en=first.en + second.en, uk=first.uk + second.uk, ru=first.ru + second.ru,
        pl=first.pl + second.pl, de=first.de + second.de, es=first.es + second.es,
    )  # fmt: skip
