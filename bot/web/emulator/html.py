"""Telegram's HTML: what it reads as entities, and what it refuses and in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.web.emulator.errors import ApiError, bad_request
from bot.web.emulator.links import linked
from bot.web.emulator.text import Entity, FormattedText, utf16_length

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?", re.IGNORECASE)
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_SPACES = re.compile(r"\s*")


def parse_html(source: str) -> FormattedText:
    """Read Telegram's HTML.

    Raises:
        ApiError: 400 with what cannot be parsed, and the byte it stands at.
    """
    return _Reader(source).read()


@dataclass(frozen=True, slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    """Where the text inside begins, in UTF-16 units."""
    at: int
    """Where the text inside begins, in characters of the plain text."""


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._plain = ""
        self._offset = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def read(self) -> FormattedText:
        while self._at < len(self._source):
            if self._source[self._at] == "<":
                begin = self._at
                if self._source.startswith("</", begin):
                    self._end_tag(begin)
                else:
                    self._start_tag(begin)
            else:
                self._text()
        if self._open:
            tag = self._open[-1].name
            raise self._error(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return FormattedText(self._plain, tuple(_settled(self._entities)))

    def _text(self) -> None:
        end = self._source.find("<", self._at)
        run = self._source[self._at : end if end >= 0 else len(self._source)]
        self._at += len(run)
        decoded = _decoded(run)
        self._plain += decoded
        self._offset += utf16_length(decoded)

    def _start_tag(self, begin: int) -> None:
        self._at += 1
        name = self._take(_TAG_NAME).lower()
        if self._at >= len(self._source):
            raise self._error("Unclosed start tag", begin)
        if name not in _TYPES:
            raise self._error(f'Unsupported start tag "{name}"', begin)
        argument = self._attributes(name, begin)
        if name == "span" and argument != "spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_OpenTag(name, argument, self._offset, len(self._plain)))

    def _attributes(self, tag: str, begin: int) -> str:
        """Read up to the closing bracket; return the one attribute that means something for the tag."""
        argument = ""
        while True:
            self._take(_SPACES)
            if self._next(begin, tag) == ">":
                self._at += 1
                return argument
            name = self._take(_ATTRIBUTE_NAME).lower()
            if not name:
                raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
            self._take(_SPACES)
            value = ""
            if self._next(begin, tag) == "=":
                self._at += 1
                self._take(_SPACES)
                value = self._value(begin, tag)
            argument = _meaning(tag, name, value) or argument

    def _value(self, begin: int, tag: str) -> str:
        if self._next(begin, tag) in "\"'":
            quoted = _QUOTED.match(self._source, self._at)
            if quoted is None:
                raise self._error("Unclosed start tag", begin)
            self._at = quoted.end()
            return _decoded(quoted.group()[1:-1])
        start = self._at
        token = self._take(_TOKEN).lower()
        if self._next(begin, tag) not in "> \t\n\r":
            raise self._error("Unexpected end of name token", start)
        return token

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise self._error("Unexpected end tag", begin)
        self._at += 2
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACES)
        if self._at >= len(self._source) or self._source[self._at] != ">":
            raise self._error("Unclosed end tag", begin)
        self._at += 1
        opened = self._open.pop()
        if name not in ("", opened.name):
            found = f'expected "</{opened.name}>", found "</{name}>"'
            raise bad_request(f"can't parse entities: Unmatched end tag at byte offset {self._bytes(begin)}, {found}")
        self._close(opened)

    def _close(self, tag: _OpenTag) -> None:
        """Turn a tag that is now complete into its entity."""
        length = self._offset - tag.offset
        if length == 0:
            return
        entity = Entity(_TYPES[tag.name], tag.offset, length)
        if tag.name == "a":
            link = linked(entity, tag.argument or self._plain[tag.at :])
            if link is None:
                return
            entity = link
        elif tag.name == "tg-emoji":
            entity = replace(entity, custom_emoji_id=tag.argument)
        elif tag.name == "blockquote" and tag.argument:
            entity = replace(entity, type="expandable_blockquote")
        elif tag.name == "code":
            entity = replace(entity, language=tag.argument or None)
        elif tag.name == "pre" and self._entities and _same_span(self._entities[-1], entity):
            entity = replace(entity, language=self._entities[-1].language)
        self._entities.append(entity)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._source, self._at)
        text = match.group() if match else ""
        self._at += len(text)
        return text

    def _next(self, begin: int, tag: str) -> str:
        if self._at >= len(self._source):
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        return self._source[self._at]

    def _bytes(self, at: int) -> int:
        return len(self._source[:at].encode())

    def _error(self, what: str, at: int | None = None) -> ApiError:
        where = "" if at is None else f" at byte offset {self._bytes(at)}"
        return bad_request(f"can't parse entities: {what}{where}")


def _meaning(tag: str, name: str, value: str) -> str:
    """Return what an attribute says, or nothing where Telegram does not read it."""
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "expandable"
        case _:
            return ""


def _decoded(text: str) -> str:
    """Put characters in the place of the references that Telegram knows; any other stays as it is written."""

    def character(match: re.Match[str]) -> str:
        hexadecimal, decimal, name = match.groups()
        if name:
            return _NAMED[name.lower()]
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        allowed = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
        return chr(code) if allowed else match.group()

    return _REFERENCE.sub(character, text)


def _same_span(one: Entity, other: Entity) -> bool:
    return one.type == "code" and (one.offset, one.length) == (other.offset, other.length)


def _settled(entities: list[Entity]) -> list[Entity]:
    """Drop what cannot be inside another: anything inside code or pre, a quote inside a quote."""
    solid = [entity for entity in entities if entity.type in ("code", "pre")]
    quotes = [entity for entity in entities if entity.type.endswith("blockquote")]
    kept = []
    for at, entity in enumerate(entities):
        around = [outer for outer in solid if outer is not entity]
        if entity.type.endswith("blockquote"):
            around += [outer for outer in quotes if outer is not entity]
        later = entities[at + 1 :]  # an outer tag closes after the inner one
        if not any(outer in later and _inside(entity, outer) for outer in around):
            kept.append(replace(entity, language=None) if entity.type == "code" else entity)
    return kept


def _inside(inner: Entity, outer: Entity) -> bool:
    return outer.offset <= inner.offset and inner.end <= outer.end
