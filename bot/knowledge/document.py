"""Read one YAML file into plain data, and remember on which line and column each value stands.

Only plain data is read: no tags, no anchors or aliases, no duplicate keys, no file over the size limit.
Scalars follow YAML 1.2, so that ``no`` and ``on`` are words and not truth values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.reader import ReaderError

from bot.knowledge.problems import KnowledgeError, Path, Problem, dotted

MAX_BYTES = 8_000_000
MAX_DEPTH = 12

Plain = None | bool | int | float | str | date | list["Plain"] | dict[str, "Plain"]
"""What a YAML file can hold."""

ModelT = TypeVar("ModelT", bound=BaseModel)

_CONSTANTS: Mapping[str, Plain] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?\d{1,18}", re.ASCII)
_FRACTION = re.compile(r"[-+]?\d{1,18}\.\d{1,18}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_STANDARD_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain data, with the place of every value and of every key."""

    file: str
    data: Plain
    places: Mapping[Path, tuple[int, int]]
    keys: Mapping[Path, tuple[int, int]]

    def problem(self, path: Path, message: str) -> Problem:
        """Describe a problem at ``path``, or at its nearest parent that stands in the file."""
        known = path
        while known and known not in self.places:
            known = known[:-1]
        return self._at(self.places.get(known, (1, 1)), path, message)

    def build(self, model: type[ModelT]) -> ModelT:
        """Check the data against ``model``. Raises KnowledgeError with every problem."""
        if self.data is None:
            raise KnowledgeError([self._at((1, 1), (), "the file is empty; fill it, or take it out of the folder")])
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise KnowledgeError(self._mistakes(error)) from None

    def _mistakes(self, error: ValidationError) -> Iterator[Problem]:
        for detail in error.errors(include_url=False):
            path, kind = detail["loc"], detail["type"]
            if kind == "too_short" and detail["input"]:
                continue  # the list has items, they are wrong, and each is reported by itself
            message = _explain(kind, detail["msg"])
            if path and path[-1] == "[key]":
                path = path[:-1]
            elif kind != "extra_forbidden":
                yield self.problem(path, message)
                continue
            yield self._at(self.keys.get(path, (1, 1)), path, message)

    def _at(self, place: tuple[int, int], path: Path, message: str) -> Problem:
        return Problem(self.file, *place, dotted(path), message)


def parse(file: str, content: bytes) -> Document:
    """Parse YAML. Raises KnowledgeError; ``file`` is the name to show in problems."""
    if len(content) > MAX_BYTES:
        message = f"the file has {len(content):,} bytes, the limit is {MAX_BYTES:,}; split the report in two"
        raise KnowledgeError([Problem(file, 1, 1, "", message)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise KnowledgeError([Problem(file, line, 1, "", "this is not UTF-8; save the file as UTF-8")]) from None
    reader = _Reader(file)
    try:
        _refuse_traps(file, text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        data = None if node is None else reader.read(node, ())
    except yaml.YAMLError as error:
        raise KnowledgeError([_syntax_problem(file, text, error)]) from None
    if reader.problems:
        raise KnowledgeError(reader.problems)
    return Document(file, data, reader.places, reader.keys)


def _syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    line, column, found = 1, 1, str(error).partition("\n")[0]
    if isinstance(error, yaml.MarkedYAMLError):
        found = ", ".join(part for part in (error.context, error.problem) if part)
        mark = error.problem_mark or error.context_mark
        if mark:
            line, column = mark.line + 1, mark.column + 1
            if text[mark.index : mark.index + 1] == "\t":
                return Problem(file, line, column, "", "here is a tab; indent with spaces")
    elif isinstance(error, ReaderError):
        # The position is counted in bytes of UTF-8.
        before = text.encode()[: error.position].decode("utf-8", "ignore")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(file, line, column, "", f"this is not valid YAML: {found}")


def _refuse_traps(file: str, text: str) -> None:
    """Stop before anything is built: nested aliases make gigabytes out of a few lines, tags make objects."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        message = _trap(event)
        if depth > MAX_DEPTH:
            message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
        if message:
            mark = event.start_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise KnowledgeError([Problem(file, line, column, "", message)])


def _trap(event: yaml.Event) -> str:
    """Return what is wrong with an alias, an anchor or a tag; nothing for what is allowed."""
    if isinstance(event, yaml.AliasEvent):
        return f"aliases (*{event.anchor}) are not allowed; write the value out, or put it in quotes"
    if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
        return ""
    if event.anchor is not None:
        return f"anchors (&{event.anchor}) are not allowed; take it out, or put the text in quotes"
    if event.tag is not None:
        tag = event.tag.replace(_STANDARD_TAG, "!!")
        return f"tags ({tag}) are not allowed; take it out, or put the text in quotes"
    return ""


class _Reader:
    """Turns nodes into plain data; collects places and problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def read(self, node: yaml.Node, path: Path) -> Plain:
        self.places[path] = _place(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, position)) for position, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        text = str(node.value)
        if isinstance(node, yaml.ScalarNode) and node.style:  # quoted, or a block of text
            return text
        try:
            return _plain(text)
        except ValueError as error:  # a date such as 2031-02-30
            self._report(node, path, f"{error}; put it in quotes if it is not a date")
            return None

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Plain]:
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_node, path, "a key must be one word or a quoted text")
                continue
            key = str(key_node.value)
            if key in result:
                first_line, _ = self.keys[(*path, key)]
                self._report(key_node, (*path, key), f"this key stands here already, on line {first_line}; keep one")
                continue
            self.keys[(*path, key)] = _place(key_node)
            result[key] = self.read(value_node, (*path, key))
        return result

    def _report(self, node: yaml.Node, path: Path, message: str) -> None:
        self.problems.append(Problem(self.file, *_place(node), dotted(path), message))


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _plain(text: str) -> Plain:
    """Read a word that is not quoted. Raises ValueError for a date that no calendar has."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        return date.fromisoformat(text)
    return text


_KINDER = {
    "missing": "this key is missing; add it",
    "extra_forbidden": "this key is not known; check its spelling, or take it out",
    "string_type": "write a text here, in quotes if it looks like a number or a date",
    "too_short": "write at least one here",
    "tuple_type": "write a list here: [one, two]",
    "model_type": "write a mapping of keys to values here",
    "date_type": "write a date here: 2031-02-03",
    "date_from_datetime_parsing": "write a date here: 2031-02-03",
    "dict_type": "write a mapping of keys to values here",
}

_SHAPES = (
    ("https?://", "write an address here that begins with https://"),
    ("[a-z]{2}", "write a language in two letters, like en"),
    ("[a-z0-9]+", "use small letters, digits and single hyphens, like night-fire"),
)
"""What to say to a text that does not match a pattern, by a part of the pattern."""


def _explain(kind: str, message: str) -> str:
    """Say what to do where the checker only says what it found."""
    if kind == "string_pattern_mismatch":
        return next((advice for pattern, advice in _SHAPES if pattern in message), message)
    return _KINDER.get(kind, message.removeprefix("Value error, "))
