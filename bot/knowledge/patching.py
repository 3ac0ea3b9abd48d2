"""Additions to a report's YAML by the place in the text: whatever an editor wrote, comments and layout, stays.

Every addition is read back and compared with what it was meant to do. Where it did something else, which an unusual
layout may bring about, it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Container, Sequence
from itertools import count
from typing import TypeVar

import yaml

from bot.knowledge.document import parse
from bot.knowledge.models import Fact, Lang, Phrasings, Report, Unknown
from bot.knowledge.problems import KnowledgeError

ItemT = TypeVar("ItemT", Fact, Unknown)
_BOM = "\ufeff"


class PatchError(ValueError):
    """The addition cannot be made; the message says why."""


def with_phrasing(content: bytes, fact_id: str, lang: Lang, text: str) -> bytes:
    """Add a way to ask for a fact or an unknown. Raises PatchError, also where it can be asked for so already."""
    lines = _Lines(content)
    item = _item(lines.root(), fact_id)
    ask = _value(item, "ask")
    if not isinstance(ask, yaml.MappingNode):
        raise PatchError(f"{fact_id} has no list of questions to add to")
    existing = _value(ask, lang)
    if isinstance(existing, yaml.SequenceNode) and existing.value:
        lines.append_to(existing, _quoted(text))
    elif existing is None:
        lines.add_key(ask, f"{lang}: [{_quoted(text)}]")
    else:
        raise PatchError(f"the questions of {fact_id} in {lang} are written in a way that I cannot add to")
    return _checked(lines.content(), _expected_phrasing(content, fact_id, lang, text))


def with_unknown(content: bytes, unknown: Unknown) -> bytes:
    """Add an unknown at the end of a report, with a number after its id where that is taken. Raises PatchError."""
    lines = _Lines(content)
    unknowns = _value(lines.root(), "unknowns")
    report = _report(content)
    unknown = unknown.model_copy(update={"id": _free(unknown.id, {item.id for item in report.items})})
    written = _flow(unknown)
    if isinstance(unknowns, yaml.SequenceNode) and unknowns.value:
        lines.append_to(unknowns, written)
    elif unknowns is None:
        lines.add_at_end(f"\nunknowns:\n  - {written}\n")
    else:
        raise PatchError("the unknowns are written in a way that I cannot add to")
    return _checked(lines.content(), report.model_copy(update={"unknowns": (*report.unknowns, unknown)}))


def _free(item_id: str, taken: Container[str]) -> str:
    """Return an id that no other item has: another database may have counted the same gaps."""
    if item_id not in taken:
        return item_id
    return next(name for number in count(2) if (name := f"{item_id}-{number}") not in taken)


class _Lines:
    """A text that is added to by line and column."""

    def __init__(self, content: bytes) -> None:
        text = content.decode("utf-8")
        self._bom = _BOM if text.startswith(_BOM) else ""
        self._lines = text.removeprefix(_BOM).splitlines(keepends=True)
        self._newline = "\r\n" if self._lines and self._lines[0].endswith("\r\n") else "\n"

    def root(self) -> yaml.MappingNode:
        node = yaml.compose("".join(self._lines), Loader=yaml.CSafeLoader)
        if not isinstance(node, yaml.MappingNode):
            raise PatchError("this is not a report")
        return node

    def content(self) -> bytes:
        return (self._bom + "".join(self._lines)).encode()

    def append_to(self, sequence: yaml.SequenceNode, item: str) -> None:
        """Add an item to a list that has some: in the brackets, or on a line of its own."""
        last = sequence.value[-1]
        if sequence.flow_style:
            self._insert(last.end_mark.line, last.end_mark.column, f", {item}")
            return
        indent = " " * sequence.start_mark.column
        self._insert_line(_last_line(last), f"{indent}- {item}")

    def add_key(self, mapping: yaml.MappingNode, pair: str) -> None:
        """Add a key with its value to a mapping."""
        if mapping.flow_style:
            if not mapping.value:
                self._insert(mapping.start_mark.line, mapping.start_mark.column + 1, pair)
                return
            end = mapping.value[-1][1].end_mark
            self._insert(end.line, end.column, f", {pair}")
            return
        indent = " " * mapping.value[0][0].start_mark.column
        self._insert_line(_last_line(mapping.value[-1][1]), f"{indent}{pair}")

    def add_at_end(self, text: str) -> None:
        if self._lines and not self._lines[-1].endswith("\n"):
            self._lines[-1] += self._newline
        self._lines.append(text.replace("\n", self._newline))

    def _insert(self, line: int, column: int, text: str) -> None:
        whole = self._lines[line]
        self._lines[line] = whole[:column] + text + whole[column:]

    def _insert_line(self, after: int, text: str) -> None:
        if not self._lines[after].endswith("\n"):
            self._lines[after] += self._newline
        self._lines.insert(after + 1, text + self._newline)


def _last_line(node: yaml.Node) -> int:
    """Return the line on which the last word of a node stands. A block's own end is where the next thing begins."""
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _last_line(node.value[-1])
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _last_line(node.value[-1][1])
    end: int = node.end_mark.line
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return max(node.start_mark.line, end - 1)
    return end


def _value(mapping: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((value for key, value in mapping.value if key.value == name), None)


def _item(root: yaml.MappingNode, item_id: str) -> yaml.MappingNode:
    for section in ("facts", "unknowns"):
        listed = _value(root, section)
        for node in listed.value if isinstance(listed, yaml.SequenceNode) else ():
            if isinstance(node, yaml.MappingNode):
                name = _value(node, "id")
                if name is not None and name.value == item_id:
                    return node
    raise PatchError(f"there is no fact {item_id} any more")


def _quoted(text: str) -> str:
    """Write a text so that YAML reads it as that text, whatever it is."""
    return json.dumps(text, ensure_ascii=False)


def _flow(unknown: Unknown) -> str:
    ask = ", ".join(f"{lang}: {_list(texts)}" for lang, texts in _by_lang(unknown.ask) if texts)
    say = ", ".join(f"{lang}: {_quoted(text)}" for lang, text in unknown.say.model_dump().items() if text)
    nearest = f", nearest: [{', '.join(unknown.nearest)}]" if unknown.nearest else ""
    return f"{{id: {unknown.id}, ask: {{{ask}}}, say: {{{say}}}{nearest}}}"


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _by_lang(phrasings: Phrasings) -> tuple[tuple[Lang, tuple[str, ...]], ...]:
    return ("en", phrasings.en), ("uk", phrasings.uk), ("ru", phrasings.ru)


def _report(content: bytes) -> Report:
    return parse("report", content).build(Report)


def _expected_phrasing(content: bytes, item_id: str, lang: Lang, text: str) -> Report:
    report = _report(content)
    if any(item.id == item_id and (lang, text) in tuple(item.ask) for item in report.items):
        raise PatchError(f"{item_id} can be asked for so already")
    facts = tuple(_asked(each, lang, text) if each.id == item_id else each for each in report.facts)
    unknowns = tuple(_asked(each, lang, text) if each.id == item_id else each for each in report.unknowns)
    return report.model_copy(update={"facts": facts, "unknowns": unknowns})


def _asked(item: ItemT, lang: Lang, text: str) -> ItemT:
    """Return a fact or an unknown with one more way to ask for it."""
    more = item.ask.model_copy(update={lang: (*dict(_by_lang(item.ask))[lang], text)})
    return item.model_copy(update={"ask": more})


def _checked(new: bytes, expected: Report) -> bytes:
    """Return the new text if it means what was meant. Raises PatchError."""
    try:
        found = _report(new)
    except KnowledgeError as error:
        raise PatchError(f"the addition would break the file: {error}") from None
    if found != expected:
        raise PatchError("the file is laid out in a way that I cannot add to; please add it by hand")
    return new
