"""Read one YAML file into plain data, and remember on which line and column each value stands.

Only plain data is read: no tags, no anchors or aliases, no duplicate keys, no file over the size limit.
Scalars follow YAML 1.2, so that ``no`` and ``on`` are words and not truth values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.knowledge.problems import KnowledgeError, Path, Problem, dotted

MAX_BYTES = 8_000_000
MAX_DEPTH = 12

Plain = None | bool | int | float | str | date | list["Plain"] | dict[str, "Plain"]
"""What a YAML file can hold."""

ModelT = TypeVar("ModelT", bound=BaseModel)

_STRING = "tag:yaml.org,2002:str"
_SCALARS = (
    ("tag:yaml.org,2002:bool", re.compile(r"true|false")),
    ("tag:yaml.org,2002:int", re.compile(r"[-+]?\d{1,18}", re.ASCII)),
    ("tag:yaml.org,2002:float", re.compile(r"[-+]?\d{1,18}\.\d{1,18}", re.ASCII)),
    ("tag:yaml.org,2002:null", re.compile(r"~|null|")),
    ("tag:yaml.org,2002:timestamp", re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)),
)


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader with the scalars of YAML 1.2."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: tuple[bool, bool]) -> str:
        if kind is not yaml.ScalarNode:
            return "tag:yaml.org,2002:map" if kind is yaml.MappingNode else "tag:yaml.org,2002:seq"
        if value is None or not implicit[0]:
            return _STRING
        return next((tag for tag, pattern in _SCALARS if pattern.fullmatch(value)), _STRING)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain data, with the place of every value."""

    file: str
    data: Plain
    places: Mapping[Path, tuple[int, int]]

    def problem(self, path: Path, message: str) -> Problem:
        """Describe a problem at ``path``, or at its nearest parent that stands in the file."""
        known = path
        while known and known not in self.places:
            known = known[:-1]
        line, column = self.places.get(known, (1, 1))
        return Problem(self.file, line, column, dotted(path), message)

    def build(self, model: type[ModelT]) -> ModelT:
        """Check the data against ``model``. Raises KnowledgeError with every problem."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise KnowledgeError(
                self.problem(tuple(detail["loc"]), _explain(detail["type"], detail["msg"]))
                for detail in error.errors(include_url=False)
            ) from None


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
        _refuse_aliases(file, text)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            data = None if node is None else reader.read(loader, node, ())
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"this is not valid YAML: {error.problem or error.context}"
        raise KnowledgeError([Problem(file, line, column, "", message)]) from None
    except yaml.YAMLError as error:
        message = f"this is not valid YAML: {str(error).splitlines()[0]}"
        raise KnowledgeError([Problem(file, 1, 1, "", message)]) from None
    if reader.problems:
        raise KnowledgeError(reader.problems)
    return Document(file, data, reader.places)


def _refuse_aliases(file: str, text: str) -> None:
    """Stop before anything is expanded: nested aliases make gigabytes out of a few lines."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        message = ""
        if isinstance(event, yaml.AliasEvent):
            message = f"aliases (*{event.anchor}) are not allowed; write the value out"
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if message:
            mark = event.start_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise KnowledgeError([Problem(file, line, column, "", message)])


class _Reader:
    """Turns nodes into plain data; collects places and problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def read(self, loader: _Loader, node: yaml.Node, path: Path) -> Plain:
        self.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(loader, item, (*path, position)) for position, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(loader, node, path)
        try:
            value: Plain = loader.construct_object(node)
        except ValueError as error:  # a date such as 2031-02-30
            self._report(node, path, str(error))
            return None
        return value

    def _mapping(self, loader: _Loader, node: yaml.MappingNode, path: Path) -> dict[str, Plain]:
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_node, path, "a key must be one word or a quoted text")
                continue
            key = str(key_node.value)
            if key in result:
                first_line = self.places[(*path, key)][0]
                self._report(key_node, (*path, key), f"this key stands here already, on line {first_line}; keep one")
                continue
            result[key] = self.read(loader, value_node, (*path, key))
        return result

    def _report(self, node: yaml.Node, path: Path, message: str) -> None:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.problems.append(Problem(self.file, line, column, dotted(path), message))


_KINDER = {
    "missing": "this key is missing; add it",
    "extra_forbidden": "this key is not known; check its spelling, or take it out",
    "string_type": "write a text here, in quotes if it looks like a number or a date",
    "tuple_type": "write a list here: [one, two]",
    "model_type": "write a mapping of keys to values here",
    "dict_type": "write a mapping of keys to values here",
}


def _explain(kind: str, message: str) -> str:
    """Say what to do where the checker only says what it found."""
    if kind == "string_pattern_mismatch":
        return f"{message}; use small letters, digits and single hyphens, like night-fire"
    return _KINDER.get(kind, message.removeprefix("Value error, "))
