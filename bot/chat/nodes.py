"""Text as it is meant, before it is written as HTML: nodes that hold text and what it looks like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Tag = Literal["b", "i", "s"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link's address, as a mark of the text that carries it."""

    url: str


Mark = Tag | Anchor
"""What a run of text looks like."""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words, from whoever; nothing in them is markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Something in bold."""

    inner: Node


@dataclass(frozen=True, slots=True)
class Italic:
    """Something in italics."""

    inner: Node


@dataclass(frozen=True, slots=True)
class Strike:
    """Something that no longer holds."""

    inner: Node


@dataclass(frozen=True, slots=True)
class Quote:
    """Words taken from a report, verbatim: in quotation marks and italics."""

    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """Something to tap."""

    inner: Node
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes one after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Nodes below each other; an empty line between them when ``apart``."""

    parts: tuple[Node, ...]
    apart: bool = False


Node = Text | Bold | Italic | Strike | Quote | Link | Row | Lines


@dataclass(frozen=True, slots=True)
class Run:
    """Text that looks the same throughout."""

    text: str
    marks: tuple[Mark, ...] = ()


def row(*parts: Node | str) -> Row:
    """Put parts one after the other; a string is plain text."""
    return Row(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def lines(*parts: Node | str) -> Lines:
    """Put parts below each other."""
    return Lines(row(*parts).parts)


def paragraphs(*parts: Node | str) -> Lines:
    """Put parts below each other with an empty line between them."""
    return Lines(row(*parts).parts, apart=True)


def runs(node: Node) -> tuple[Run, ...]:
    """Return a node's text as runs, in order; neighbours that look the same are one run."""
    found = (run for run in _walk(node, ()) if run.text)
    return tuple(Run("".join(run.text for run in same), marks) for marks, same in groupby(found, _marks))


def _marks(run: Run) -> tuple[Mark, ...]:
    return run.marks


def _walk(node: Node, marks: tuple[Mark, ...]) -> Iterator[Run]:
    match node:
        case Text(text):
            yield Run(text, marks)
        case Quote(words):
            yield Run(f"“{words}”", _with(marks, "i"))
        case Bold(inner):
            yield from _walk(inner, _with(marks, "b"))
        case Italic(inner):
            yield from _walk(inner, _with(marks, "i"))
        case Strike(inner):
            yield from _walk(inner, _with(marks, "s"))
        case Link(inner, url):
            yield from _walk(inner, _with(marks, Anchor(url)))
        case Row(parts):
            yield from _join(parts, marks, "")
        case Lines(parts, apart):
            yield from _join(parts, marks, "\n\n" if apart else "\n")


def _join(parts: Iterable[Node], marks: tuple[Mark, ...], between: str) -> Iterator[Run]:
    for number, part in enumerate(parts):
        if number:
            yield Run(between, marks)
        yield from _walk(part, marks)


def _with(marks: tuple[Mark, ...], mark: Mark) -> tuple[Mark, ...]:
    """Add a mark, unless it is there or the text is in a link already: links do not nest."""
    if mark in marks or (isinstance(mark, Anchor) and any(isinstance(other, Anchor) for other in marks)):
        return marks
    return (*marks, mark)
