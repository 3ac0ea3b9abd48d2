"""Text with entities, measured as Telegram measures it: in UTF-16 units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.web.emulator.errors import JsonObject

MAX_ENTITIES = 100
_SPACE = " \t\n\r\v\f"


def utf16_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a text that means something. Offset and length are in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user_id: int | None = None

    @property
    def end(self) -> int:
        """Where the entity ends, in UTF-16 units."""
        return self.offset + self.length

    def overlaps(self, other: Entity) -> bool:
        """Tell whether the two share a unit."""
        return self.offset < other.end and other.offset < self.end

    def as_json(self) -> JsonObject:
        """Return the MessageEntity of the Bot API."""
        entity: JsonObject = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.url is not None:
            entity["url"] = self.url
        if self.language is not None:
            entity["language"] = self.language
        if self.custom_emoji_id is not None:
            entity["custom_emoji_id"] = self.custom_emoji_id
        if self.user_id is not None:
            entity["user"] = {"id": self.user_id, "is_bot": False, "first_name": f"User {self.user_id}"}
        return entity


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and its entities, in order."""

    text: str
    entities: tuple[Entity, ...] = ()

    def slice(self, entity: Entity) -> str:
        """Return the words that ``entity`` covers."""
        units = self.text.encode("utf-16-le")
        return units[2 * entity.offset : 2 * entity.end].decode("utf-16-le", errors="replace")

    def all_of(self, kind: str) -> tuple[str, ...]:
        """Return the words of every entity of one type, such as ``blockquote``."""
        return tuple(self.slice(entity) for entity in self.entities if entity.type == kind)

    @property
    def length(self) -> int:
        """The length in UTF-16 units."""
        return utf16_length(self.text)


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Sort entities as Telegram does, outer before inner, and keep the first hundred."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))[:MAX_ENTITIES]


def trimmed(body: FormattedText) -> FormattedText:
    """Take the white space off both ends, as Telegram does to every text, and clip the entities."""
    kept = body.text.strip(_SPACE)
    lead = utf16_length(body.text) - utf16_length(body.text.lstrip(_SPACE))
    end = lead + utf16_length(kept)
    entities = []
    for entity in body.entities:
        start, stop = max(entity.offset, lead), min(entity.end, end)
        if start < stop:
            entities.append(replace(entity, offset=start - lead, length=stop - start))
    return FormattedText(kept, in_order(entities))
