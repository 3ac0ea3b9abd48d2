"""What a fact base is made of: frozen models, checked when they are built.

The YAML keys are the field names; ``knowledge/README.md`` explains them to editors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator

Lang = Literal["en", "uk", "ru"]
"""A language that Citebot replies in."""

LANGUAGES: tuple[Lang, ...] = ("en", "uk", "ru")
MAX_QUOTE_WORDS = 12

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A kebab-case name, unique among its kind."""
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
"""One non-empty line of text."""

Importance = Literal["low", "normal", "high"]
"""How much a fact matters to those who are told of changes."""
IMPORTANCES: tuple[Importance, ...] = ("low", "normal", "high")
"""The least important first."""

EntityKind = Literal["place", "person", "organisation", "group", "thing"]


class Model(BaseModel):
    """Base of all models: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Localized(Model):
    """One text in up to three languages. English is always there; it stands in for a missing one."""

    en: Line
    uk: Line | None = None
    ru: Line | None = None

    def text(self, lang: Lang) -> str:
        """Return the text in ``lang``, or in English where it is not translated."""
        return {"en": self.en, "uk": self.uk, "ru": self.ru}[lang] or self.en


class Phrasings(Model):
    """Ways in which people say the same thing, by language."""

    en: tuple[Line, ...] = ()
    uk: tuple[Line, ...] = ()
    ru: tuple[Line, ...] = ()

    def __iter__(self) -> Iterator[tuple[Lang, str]]:  # type: ignore[override]
        """Yield every phrasing with its language."""
        for lang, lines in (("en", self.en), ("uk", self.uk), ("ru", self.ru)):
            for line in lines:
                yield lang, line  # type: ignore[misc]


class Citation(Model):
    """The words that prove an answer, where they stand, and whose claim they are."""

    paragraph: Annotated[int, Field(ge=0, strict=True)]
    """Counted from 1 after the title; the title is 0."""
    quote: Line
    by: Localized | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_plain_by(cls, data: object) -> object:
        """Let an editor write ``by: the harbour master`` instead of a mapping of languages."""
        if isinstance(data, dict) and isinstance(data.get("by"), str):
            return {**data, "by": {"en": data["by"]}}
        return data

    @field_validator("quote")
    @classmethod
    def _limit_length(cls, quote: str) -> str:
        count = len(re.findall(r"\w+(?:['’.,]\w+)*", quote))
        if count > MAX_QUOTE_WORDS:
            raise ValueError(f"a quote has at most {MAX_QUOTE_WORDS} words, this one has {count}; keep what proves it")
        return quote


def _checkable(value: object) -> object:
    """Refuse here what is neither a number nor a text: a union would report it once for each of its types."""
    if isinstance(value, bool) or not isinstance(value, int | float | str) or value == "":
        raise ValueError("write a number or a word here; put the word in quotes if it looks like something else")
    return value


class Value(Model):
    """Something a claim can be checked against: a number of something, or one word of a closed set."""

    is_: Annotated[int | float | Line, BeforeValidator(_checkable), Field(alias="is")]
    of: Line
    bound: Literal["exactly", "more", "less", "about"] = "exactly"


class Withdrawal(Model):
    """When and why a fact was retracted."""

    on: date
    why: Localized


class Fact(Model):
    """One statement of a report, in an editor's words, with its proof."""

    id: Slug
    topics: Annotated[tuple[Slug, ...], Field(min_length=1)]
    answer: Localized
    cite: Citation
    also: Annotated[tuple[Citation, ...], Field(max_length=2)] = ()
    ask: Phrasings
    about: tuple[Slug, ...] = ()
    actor: Slug | None = None
    target: Slug | None = None
    values: tuple[Value, ...] = ()
    confirms: Phrasings = Phrasings()
    denies: Phrasings = Phrasings()
    importance: Importance = "normal"
    withdrawn: Withdrawal | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of the fact, the main one first."""
        return (self.cite, *self.also)


class Unknown(Model):
    """What readers ask and the report does not say."""

    id: Slug
    ask: Phrasings
    say: Localized
    about: tuple[Slug, ...] = ()
    nearest: tuple[Slug, ...] = ()


class Entity(Model):
    """Somebody or something that can be named, with every way people write the name."""

    kind: EntityKind
    names: Phrasings
    within: Slug | None = None


class Source(Model):
    """The article that a report file is derived from."""

    id: Slug
    title: Line
    publisher: Line | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")] | None = None
    author: Line | None = None
    published: date | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"


class Report(Model):
    """One report file: the source, who it speaks of, what it says and what it does not."""

    report: Source
    entities: dict[Slug, Entity] = {}
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]
    unknowns: tuple[Unknown, ...] = ()

    @property
    def items(self) -> tuple[Fact | Unknown, ...]:
        """Everything that can be asked: the facts, then the unknowns."""
        return (*self.facts, *self.unknowns)


class Expectation(Model):
    """A question and how its answer must end: with a citation, a curated unknown, or an abstention."""

    ask: Line
    after: Line | None = None
    """The question before it, for follow-ups."""
    cites: tuple[Slug, ...] = ()
    """Facts, any one of which is an adequate answer."""
    paragraphs: tuple[Annotated[int, Field(ge=0)], ...] = ()
    """The same by paragraph, for questions that were written without looking at the facts."""
    all_of: tuple[tuple[Annotated[int, Field(ge=0)], ...], ...] = ()
    """For a compound question: for each part, the paragraphs any one of which answers it."""
    says: tuple[Line, ...] = ()
    """What the answer must contain; alternatives are separated by ``|``."""
    verdict: Literal["yes", "no"] | None = None
    unknown: Slug | None = None
    abstains: bool = False
    kind: Slug = "question"
    """A label to group the figures by, such as ``typo`` or ``near-miss``."""
    lang: Lang | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether the report answers it."""
        return bool(self.cites or self.paragraphs)

    @model_validator(mode="after")
    def _one_outcome(self) -> Self:
        if sum((self.is_answerable, self.unknown is not None, self.abstains)) != 1:
            raise ValueError("give one of `cites` or `paragraphs`, `unknown`, `abstains: true`")
        return self


class Floors(Model):
    """The figures under which a fact base is not good enough to serve."""

    right: Annotated[float, Field(ge=0, le=1)] = 0.9
    wrong: Annotated[float, Field(ge=0, le=1)] = 0.0
    false: Annotated[float, Field(ge=0, le=1)] = 0.0


class RegressionQuestions(Model):
    """The regression questions of one report."""

    floors: Floors = Floors()
    questions: tuple[Expectation, ...] = ()
