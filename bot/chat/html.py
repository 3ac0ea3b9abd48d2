"""Nodes as Telegram's HTML, or as plain text, in messages short enough to send.

The only place where text is escaped: whatever is in a node cannot become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bot.chat.nodes import Anchor, Mark, Node, Run, runs

LIMIT = 4096
"""Telegram's limit of a message, in UTF-16 units of its text without markup."""

_BORDERS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])[”»\")]*\s"), re.compile(r"\s"))
"""Where to cut, the best first: after a paragraph, a line, a sentence, a word."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One message: its HTML, and the same as plain text for when Telegram refuses the HTML."""

    html: str
    plain: str


def chunks(node: Node, limit: int = LIMIT) -> tuple[Chunk, ...]:
    """Write a node as messages of at most ``limit`` UTF-16 units, cut where a reader would pause.

    Every chunk is balanced by itself: markup that spans a cut is closed before it and opened after it.
    Nothing but white space at the cuts is lost. A node without any text gives no chunk.
    """
    left = runs(node)
    text = "".join(run.text for run in left)
    return tuple(
        Chunk(to_html(part), to_plain(part)) for start, end in _spans(text, limit) if (part := _slice(left, start, end))
    )


def to_html(parts: Sequence[Run]) -> str:
    """Write runs as Telegram's HTML."""
    written: list[str] = []
    opened: tuple[Mark, ...] = ()
    for part in parts:
        common = _common(opened, part.marks)
        written += [_close(mark) for mark in reversed(opened[common:])]
        written += [_open(mark) for mark in part.marks[common:]]
        written.append(escape(part.text, quote=False))
        opened = part.marks
    written += [_close(mark) for mark in reversed(opened)]
    return "".join(written)


def to_plain(parts: Sequence[Run]) -> str:
    """Write runs without any markup."""
    return "".join(part.text for part in parts)


def plain(node: Node) -> str:
    """Write a node without any markup."""
    return to_plain(runs(node))


def units(text: str) -> int:
    """Return how long Telegram takes a text to be: its UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def shorten(text: str, limit: int) -> str:
    """Cut a line at a word so that it has at most ``limit`` UTF-16 units, with an ellipsis where it was cut."""
    if units(text) <= limit:
        return text
    kept = text[: _fit(text, 0, limit - 1)]
    at_word = kept.rpartition(" ")[0]
    return (at_word if len(at_word) > len(kept) // 2 else kept).rstrip(" ,;:—–-") + "…"


def _spans(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Yield where each message starts and ends in the text, without the white space around it."""
    start = 0
    while start < len(text):
        start += len(text[start:]) - len(text[start:].lstrip())
        furthest = _fit(text, start, limit)
        end = furthest if furthest == len(text) else _cut(text, start, furthest)
        stripped = start + len(text[start:end].rstrip())
        if stripped > start:
            yield start, stripped
        start = end


def _fit(text: str, start: int, limit: int) -> int:
    """Return the furthest position up to which the text from ``start`` fits in ``limit`` units."""
    end = min(start + limit, len(text))
    while units(text[start:end]) > limit:
        # Each step back removes at least the excess counted in whole characters, so few steps are taken.
        end -= max(1, (units(text[start:end]) - limit) // 2)
    return max(end, min(start + 1, len(text)))


def _cut(text: str, start: int, furthest: int) -> int:
    # A border in the first half would make many short messages; then a lesser border further on is better.
    earliest = start + (furthest - start) // 2
    for border in _BORDERS:
        found = [match.end() for match in border.finditer(text, earliest, furthest + 1) if match.start() <= furthest]
        if found:
            return min(found[-1], len(text))
    return furthest


def _slice(parts: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    cut: list[Run] = []
    position = 0
    for part in parts:
        text = part.text[max(0, start - position) : max(0, end - position)]
        if text:
            cut.append(Run(text, part.marks))
        position += len(part.text)
    return tuple(cut)


def _common(left: tuple[Mark, ...], right: tuple[Mark, ...]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _open(mark: Mark) -> str:
    return f'<a href="{escape(mark.url)}">' if isinstance(mark, Anchor) else f"<{mark}>"


def _close(mark: Mark) -> str:
    return "</a>" if isinstance(mark, Anchor) else f"</{mark}>"
