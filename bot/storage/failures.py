"""Describes an exception without its message, which may quote what a user wrote."""

from __future__ import annotations

from pathlib import PurePath
from traceback import extract_tb


def name_of(error: BaseException) -> str:
    """Return the type of an exception, with its module."""
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def trail_of(error: BaseException) -> list[str]:
    """Return where an exception passed, outermost first, each as ``folder/file.py:line function``."""
    return [
        f"{'/'.join(PurePath(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in extract_tb(error.__traceback__)
    ]
