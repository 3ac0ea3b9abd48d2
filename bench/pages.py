"""Tables as Markdown, and the pages under ``docs`` that they are written into, between markers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bench.sets import ROOT

DOCS = ROOT / "docs"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first are aligned to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = [f"{'-' * (width - 1)}:" if place else "-" * width for place, width in enumerate(widths)]
    lines = [_line(head, widths), f"| {' | '.join(rule)} |", *(_line(row, widths) for row in rows)]
    return "\n".join(lines)


def write(page: str, section: str, text: str) -> None:
    """Replace a section of a page. The page and its markers must be there; what stands around them stays."""
    path: Path = DOCS / page
    begin, end = f"<!-- {section}: begin -->", f"<!-- {section}: end -->"
    before = path.read_text("utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    after, count = pattern.subn(lambda _: f"{begin}\n\n{text.strip()}\n\n{end}", before)
    if count != 1:
        raise ValueError(f"docs/{page} needs the markers {begin} and {end}, once each; found {count}")
    path.write_text(after, "utf-8")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"
