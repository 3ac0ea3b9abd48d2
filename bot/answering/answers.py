"""What an answer can be. One of six types, so that a reader of the code sees every way a question can end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.knowledge.lexicon import SmallTalkKind
from bot.knowledge.models import Citation, Fact, Lang, Source, Unknown

Verdict = Literal["yes", "no"]
"""What the report says of a claim: it bears it out, or it contradicts it."""


@dataclass(frozen=True, slots=True)
class CitedFact:
    """A fact and the report it stands in."""

    source: Source
    fact: Fact

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The words that prove the fact, the main citation first."""
        return self.fact.citations


@dataclass(frozen=True, slots=True)
class Answered:
    """The report answers: one to four facts, and a verdict where something checkable was stated or asked."""

    lang: Lang
    facts: tuple[CitedFact, ...]
    verdict: Verdict | None
    unanswered: tuple[str, ...]
    """The parts of a compound question that the report does not answer, in the reader's words."""
    score: float


@dataclass(frozen=True, slots=True)
class Clarify:
    """Several facts could be meant: two to four to choose from."""

    lang: Lang
    options: tuple[CitedFact, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Curated:
    """An editor foresaw the question and noted that the report does not say."""

    source: Source
    unknown: Unknown


@dataclass(frozen=True, slots=True)
class Unmentioned:
    """The question names somebody or something that the report does not mention."""

    name: str


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """The question asks for a sum that the report does not do."""


@dataclass(frozen=True, slots=True)
class Silent:
    """The report says nothing that answers the question."""


Reason = Curated | Unmentioned | Uncomputed | Silent
"""Why the report does not answer."""


@dataclass(frozen=True, slots=True)
class NotInReport:
    """The report does not say. ``nearest`` is what it does say, never shown as the answer."""

    lang: Lang
    reason: Reason
    nearest: tuple[CitedFact, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The fact that answered this was retracted."""

    lang: Lang
    fact: CitedFact
    score: float


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A greeting, thanks, a farewell, a question about the bot itself, or a mood."""

    lang: Lang
    kind: SmallTalkKind


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Nothing in the message can be looked up."""

    lang: Lang


Answer = Answered | Clarify | NotInReport | Withdrawn | SmallTalk | NotUnderstood
