"""What is wrong with a fact base, and where: every problem at once, each one clear enough to mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Keys and list positions that lead to a place in a YAML file."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. Line and column count from 1."""

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}"
        return f"{where}: {self.path}: {self.message}" if self.path else f"{where}: {self.message}"


class KnowledgeError(Exception):
    """The fact base cannot be served. ``problems`` names everything that stands in the way."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def dotted(path: Path) -> str:
    """Write a path as people do: ``facts[3].cite.quote``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
