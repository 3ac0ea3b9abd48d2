"""What became of facts, as it is told: each piece carries all that its message needs, and outlives revisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

from bot.knowledge.models import IMPORTANCES, Fact, Lang, Source
from bot.storage.subscriptions import Wishes

NewsKind = Literal["added", "corrected", "withdrawn", "restored"]


class News(BaseModel):
    """What became of one fact. One of ``old`` and ``new`` is always there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Source
    old: Fact | None = None
    new: Fact | None = None

    @model_validator(mode="after")
    def _is_of_something(self) -> Self:
        if self.old is None and self.new is None:
            raise ValueError("news of no fact")
        return self

    @property
    def fact(self) -> Fact:
        """The fact as it is now, or as it was where it is gone."""
        fact = self.new or self.old
        if fact is None:
            raise ValueError("news of no fact")
        return fact

    @property
    def key(self) -> str:
        """The fact's name among all reports: ``report/fact``."""
        return f"{self.source.id}/{self.fact.id}"

    @property
    def kind(self) -> NewsKind:
        """What became of the fact. One that is no longer in the fact base counts as withdrawn."""
        if self.new is None or self.new.withdrawn is not None:
            return "withdrawn"
        if self.old is None:
            return "added"
        return "corrected" if self.old.withdrawn is None else "restored"

    @property
    def unsays(self) -> bool:
        """Whether messages that carried the fact have to be put right."""
        return self.old is not None

    def concerns(self, lang: Lang) -> bool:
        """Say whether a reader of a language sees any difference."""
        old, new = self.old, self.new
        if old is None or new is None or old.withdrawn != new.withdrawn:
            return True
        return old.answer.text(lang) != new.answer.text(lang) or old.citations != new.citations

    def interests(self, wishes: Wishes) -> bool:
        """Say whether a subscriber wants to be told: by topic, and by importance."""
        important = IMPORTANCES.index(self.fact.importance) >= IMPORTANCES.index(wishes.importance)
        return important and (not wishes.topics or not wishes.topics.isdisjoint(self.fact.topics))


_NEWS: TypeAdapter[tuple[News, ...]] = TypeAdapter(tuple[News, ...])


def to_json(news: Sequence[News]) -> str:
    """Write news for the database."""
    return _NEWS.dump_json(tuple(news), exclude_defaults=True, by_alias=True).decode()


def from_json(body: str) -> tuple[News, ...]:
    """Read what ``to_json`` wrote."""
    return _NEWS.validate_json(body)


def read(body: str) -> tuple[News, ...] | None:
    """Read what was stored, perhaps by another version; None if that cannot be understood."""
    try:
        return from_json(body)
    except ValidationError:
        return None


def joined(news: Iterable[News]) -> tuple[News, ...]:
    """Make one piece of news of several about the same fact, oldest first; none of what is again as it was."""
    spans: dict[str, tuple[Source, Fact | None, Fact | None]] = {}
    for each in news:
        first = spans[each.key][1] if each.key in spans else each.old
        spans[each.key] = (each.source, first, each.new)
    return tuple(News(source=source, old=old, new=new) for source, old, new in spans.values() if old != new)
